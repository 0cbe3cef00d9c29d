"""`main`, the command line for tables too large to upload, and for scripts.

Numbers go to standard output, everything else (notes, warnings, progress, errors) to standard
error.  An error is one sentence and an exit code, never a traceback.
"""

from collections.abc import Sequence

from linreg.cli.arguments import EXIT_INTERRUPTED, EXIT_REFUSED, WrongUsage, build
from linreg.cli.output import prepare, say


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code.

    Parameters
    ----------
    arguments : sequence of str, optional
        The words after `python -m linreg`; by default those of this process.

    Raises
    ------
    SystemExit
        From argparse, for wrong usage and for --help.
    """
    is_open = prepare()
    parser = build()
    options = parser.parse_args(arguments)
    if not is_open:
        say("Standard output is closed; send it to a file or to /dev/null.")
        return EXIT_REFUSED
    try:
        from linreg.cli.commands import run  # its imports are slow, and --help needs none

        return run(options)
    except WrongUsage as error:
        parser.error(str(error))
    except KeyboardInterrupt:
        say("Interrupted; nothing was written.")
        return EXIT_INTERRUPTED
    except OSError as error:  # errors of data and output name their file; this is another one
        say(f"The system did not do what was asked of it ({error}); try again.")
        return EXIT_REFUSED
