"""Findings in a table, and the repairs to offer.

column_types, column_statistics, column_profile  what a column holds, and its numbers
influence, suggest_columns                       rows that decide the fit; columns to begin with
findings/, repairs/                              what is wrong with a table, and what to do
"""
