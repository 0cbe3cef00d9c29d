"""Repairs of a table: a list of frozen values, done in order."""
