"""The measurements behind the project's promises: `python -m bench` and `python -m bench.soak`.

Every row measures the app and its baseline in the same run and in turns, so that whatever else
the machine does slows both.
"""
