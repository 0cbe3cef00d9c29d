"""Rows to train on: generated, built in, or read from files and repaired."""
