"""Cells and column names, treated alike in every format."""
