"""The command line: `python -m linreg`."""
