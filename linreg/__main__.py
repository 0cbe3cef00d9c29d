"""The command line: `python -m linreg`."""

import sys

if __name__ == "__main__":  # a worker process that Dask starts imports this module again
    try:
        from linreg.cli.main import main

        sys.exit(main())
    except KeyboardInterrupt:  # before the command line is there to answer it
        sys.exit(130)
