"""The command line: `python -m linreg`."""

import sys

from linreg.command import main

if __name__ == "__main__":  # a worker process that Dask starts imports this module again
    sys.exit(main())
