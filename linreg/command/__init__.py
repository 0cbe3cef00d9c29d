"""The command line: tables too large to upload, and scripts.

Numbers go to standard output, everything else (notes, warnings, progress, errors) to standard
error.  An error is one sentence and an exit code, never a traceback.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from linreg.command.arguments import BROKEN_PIPE, INTERRUPTED, REFUSED, WrongUsage, build
from linreg.command.output import say


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code.

    Parameters
    ----------
    arguments : sequence of str, optional
        What is typed after `python -m linreg`; by default what was.

    Raises
    ------
    SystemExit
        From argparse, for wrong usage and for --help.
    """
    parser = build()
    options = parser.parse_args(arguments)
    try:
        from linreg.command.work import run  # what it imports takes its time: not for --help

        return run(options)
    except WrongUsage as error:
        parser.error(str(error))
    except KeyboardInterrupt:
        say("Interrupted; nothing was written.")
        return INTERRUPTED
    except BrokenPipeError:  # the reader, say `head`, has seen enough
        _close_output()
        return BROKEN_PIPE
    except OSError as error:  # of files it is told by name; this is the output itself
        _close_output()
        say(f"The output could not be written ({error.strerror or error}).")
        return REFUSED


def _close_output() -> None:
    """Let Python's own last flush find an output that takes everything."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
