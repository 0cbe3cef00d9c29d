"""Findings: what a student should know about a table before training."""
