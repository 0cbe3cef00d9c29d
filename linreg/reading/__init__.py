"""Tables from files: clean numeric columns, and sentences on what was wrong."""

from linreg.reading.table import Table, TableError, read_table, read_text

__all__ = ["Table", "TableError", "read_table", "read_text"]
