"""Sums over any number of rows, and a few rows to draw."""
