"""Findings in a table, and the repairs to offer.

column_types, column_statistics  what a column is, and its numbers
column_profile, influence        columns in a few numbers; rows that decide the fit
findings/, repairs/              what is wrong with a table, and what can be done
suggest_columns                  the target and features to begin with
"""
