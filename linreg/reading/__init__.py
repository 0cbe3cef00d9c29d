"""Tables from files: clean numeric columns, and sentences on what was wrong."""

from linreg.reading.collect import read_table, read_text
from linreg.reading.errors import TableError
from linreg.reading.table import Table

__all__ = ["Table", "TableError", "read_table", "read_text"]
