"""Cells and column names, the same for every format."""
