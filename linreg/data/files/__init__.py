"""Tables from files: numeric columns, and sentences on what was wrong.

reader, formats/   the protocol of all formats; each format, and how it is detected
read_table, table  a whole table, in memory or a folder
scan, batches/     any number of files in one pass, by pandas or polars
cells/, storage/   numbers and names in cells; bytes in files, uploads and memory
process/           a reader in a process of its own
"""
