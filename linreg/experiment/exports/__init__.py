"""Exports of an experiment: programs, and a problem file."""
