"""The command line: `python -m linreg`.

main, arguments, commands  the entry; the parser and exit codes; summarise, fit, train
inputs, output, progress   the summary to work on; results as text or JSON; a progress bar
totals                     notes on rows of totals
"""
