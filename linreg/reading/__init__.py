"""Tables from files: clean numeric columns, and sentences on what was wrong."""

from linreg.reading.collect import read_table, read_text
from linreg.reading.errors import TableError
from linreg.reading.scanning import Batch, Scan, scan
from linreg.reading.table import Table

__all__ = ["Batch", "Scan", "Table", "TableError", "read_table", "read_text", "scan"]
