"""Rows to train on: generated, built in, or read from files and repaired.

A module imports from those above it only:

    dataset, files/          rows; tables read from files
    select                   target and features of a table
    summary/                 sums over any number of rows, and problem files
    tabular                  a table or a summary
    cleaning/, training_set  findings and repairs; sums and rows to look at
    sources/                 data that are made, built in, or chosen
    load                     the training set of a choice of data
"""
