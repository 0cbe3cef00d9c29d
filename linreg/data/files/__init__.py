"""Tables from files: numeric columns, and sentences on what was wrong.

reader, formats/            the protocol of all formats; each format, and their detection
read_table, table           a whole table, in memory or in a folder
scan, batches/              any number of files in one pass, by pandas or polars
cells/, storage/, process/  cells and names; bytes, wherever they are; a reader process
"""
