"""What can be done to a table before training: a list of frozen values, done in order.

Nothing is changed in place, so every repair is undone by shortening the list.
"""

from linreg.repairs.base import Repair, divided, joined, shown
from linreg.repairs.doing import (
    Done,
    apply,
    apply_to_summary,
    carry_out,
    done_before,
    lines_of,
    parse,
    with_cell,
)
from linreg.repairs.of_columns import (
    STANDARD,
    Blank,
    Days,
    Fill,
    Indicators,
    LeaveOut,
    Numbers,
    Standardise,
)
from linreg.repairs.of_rows import Cell, LeaveGroup, LeaveMissing, LeaveRows
from linreg.repairs.values import value_counts

__all__ = [
    "STANDARD",
    "Blank",
    "Cell",
    "Days",
    "Done",
    "Fill",
    "Indicators",
    "LeaveGroup",
    "LeaveMissing",
    "LeaveOut",
    "LeaveRows",
    "Numbers",
    "Repair",
    "Standardise",
    "apply",
    "apply_to_summary",
    "carry_out",
    "divided",
    "done_before",
    "joined",
    "lines_of",
    "parse",
    "shown",
    "value_counts",
    "with_cell",
]
