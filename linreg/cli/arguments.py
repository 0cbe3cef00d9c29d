"""The parser of the command line, and its exit codes."""

import argparse
import csv
from math import inf, nan

EXIT_REFUSED, EXIT_INTERRUPTED, EXIT_BROKEN_PIPE = 1, 130, 141

HELP_DESCRIPTION = """\
Linear regression on tables of any length: one pass over the rows, in bounded memory.

DATA is one or more files of one table (CSV and its relatives, gzip of them, Excel, Parquet, JSON
lines), patterns like 'rows-*.csv', folders of Parquet files, or one problem file."""

HELP_EPILOG = """\
exit codes:
  0    done; a run that diverges is a result as well
  1    the data can not be used, or a file can not be read or written
  2    wrong usage
  130  interrupted with Ctrl-C; no half file is left
  141  what read the output went away

examples:
  python -m linreg summarise 'trips-*.parquet' --target fare --features km,minutes -o trips.json
  python -m linreg fit trips.json --json
  python -m linreg train trips.json --rate 1e-9 --steps 1000 --loss mse
"""

NAMES_HELP = "a name with a comma goes in double quotes, and the option may be repeated"


class WrongUsage(Exception):
    """Raised for options that do not go together; the message names them."""


def build() -> argparse.ArgumentParser:
    """Return the parser of the whole command line."""
    parser = argparse.ArgumentParser(
        prog="python -m linreg",
        description=HELP_DESCRIPTION,
        epilog=HELP_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    data, model = _data(), _model()
    summarise = commands.add_parser(
        "summarise",
        parents=[data],
        help="sum the rows up, and write a problem file",
        description="Sum the rows up: print a short account, and write a problem file.",
    )
    summarise.add_argument(
        "-o", "--output", type=_name, metavar="FILE", help="the problem file to write"
    )
    commands.add_parser(
        "fit",
        parents=[data, model],
        help="the exact minimiser",
        description="Print the θ of least TSSE; if several reach it, the one of least norm.",
    )
    train = commands.add_parser(
        "train",
        parents=[data, model],
        help="a whole run of gradient descent",
        description="Take the steps θ ← θ − η∇ and print where they lead.",
    )
    train.add_argument("--rate", type=_rate, required=True, help="learning rate η > 0")
    train.add_argument("--steps", type=_steps, required=True, help="0 to 100,000")
    train.add_argument(
        "--start",
        type=_numbers,
        metavar="NUMBERS",
        help="θ before the first step, intercept first, with commas between (zeros by default); "
        "write --start=-1,0 if the first is negative",
    )
    train.add_argument(
        "--loss",
        choices=("tsse", "mse", "half-mse"),
        default="tsse",
        help="which loss the rate and the losses are of (tsse by default)",
    )
    return parser


def _data() -> argparse.ArgumentParser:
    """Return the options that say what is read."""
    data = argparse.ArgumentParser(add_help=False)
    data.add_argument(
        "data", nargs="+", type=_name, metavar="DATA", help="files, patterns, folders"
    )
    data.add_argument(
        "--target",
        type=_name,
        metavar="COLUMN",
        help="the column to explain; a problem file has one",
    )
    data.add_argument(
        "--features",
        action="extend",
        type=_names,
        metavar="COLUMNS",
        help="the columns that explain it, with commas between; only these are read, and by "
        f"default all with numbers; {NAMES_HELP}",
    )
    data.add_argument(
        "--groups",
        type=_name,
        metavar="COLUMN",
        help="sum up the rows of each value of this column apart",
    )
    data.add_argument(
        "--leave-out",
        action="extend",
        type=_groups,
        default=[],
        metavar="GROUPS",
        help=f"groups whose rows do not count, with commas between; {NAMES_HELP}; alone, '' is the "
        "group of the rows without a value",
    )
    data.add_argument(
        "--engine",
        choices=("auto", "polars", "pandas", "dask"),
        default="auto",
        help="what reads the rows; auto takes polars where it is installed",
    )
    data.add_argument(
        "--scheduler",
        type=_name,
        metavar="ADDRESS",
        help="with --engine dask: a cluster that runs already, like tcp://host:8786",
    )
    return data


def _model() -> argparse.ArgumentParser:
    """Return the options that say what is computed."""
    model = argparse.ArgumentParser(add_help=False)
    model.add_argument(
        "--no-intercept", dest="intercept", action="store_false", help="leave θ0 out"
    )
    model.add_argument("--json", action="store_true", help="print one JSON object")
    return model


def _name(text: str) -> str:
    if not text:
        raise argparse.ArgumentTypeError("the name is empty")
    return text


def _names(text: str) -> list[str]:
    """Split a list of names, which is a line of CSV."""
    (names,) = csv.reader([text], skipinitialspace=True)
    if not names or "" in names:
        raise argparse.ArgumentTypeError(f"an empty name in {text!r}")
    return names


def _groups(text: str) -> list[str]:
    """Split a list of groups; an empty text alone is the group with the empty name."""
    return [""] if text.strip() in ("", '""') else _names(text)


def _numbers(text: str) -> list[float]:
    try:
        return [float(part) for part in text.split(",")]
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not numbers with commas between") from None


def _rate(text: str) -> float:
    try:
        rate = float(text)
    except ValueError:
        rate = nan
    if not 0 < rate < inf:
        raise argparse.ArgumentTypeError(f"{text!r} is not a finite number above 0")
    return rate


def _steps(text: str) -> int:
    # Experiment.MAX_STEPS, not imported: every start would wait for what its module imports.
    # Its digits are counted first: Python does not convert thousands of them.
    digits = text.lstrip("0") or "0"
    if not (text.isascii() and text.isdigit() and len(digits) <= 6 and int(digits) <= 100_000):
        raise argparse.ArgumentTypeError(f"{text[:60]!r} is not a whole number from 0 to 100,000")
    return int(digits)
