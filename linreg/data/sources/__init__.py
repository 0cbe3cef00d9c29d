"""Data that need no file of the user: generated with a known truth, drawn, or built in."""
