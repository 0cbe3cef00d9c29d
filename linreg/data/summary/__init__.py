"""Sums over any number of rows, and a few rows to draw.

summary, problem_file    the sums, and the file that holds them
summarise, accumulator   files to a summary; batches to sums, in one pass
dask_engine, partitions  the same pass on many processes or machines
row_sample               a fixed random sample of rows
"""
