"""Findings in a table, and the repairs to offer."""
