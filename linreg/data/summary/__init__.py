"""Sums over any number of rows, and a few rows to draw.

summary, row_sample, problem_file  sums, rows to draw, and the file of both
summarise, accumulator             files to a summary; batches to sums, in one pass
dask_engine, partitions            the same pass on many processes or machines
"""
