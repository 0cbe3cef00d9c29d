"""A run as two complete programs: a NumPy loop and its PyTorch twin, line beside line."""

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from textwrap import wrap

import numpy as np

from linreg.data.dataset import Dataset
from linreg.data.files.formats.delimited.dialect import repair_line
from linreg.data.training_set import TrainingSet
from linreg.experiment.resolve import Resolved
from linreg.model.least_squares import Loss
from linreg.text.numbers import count, counted

MAX_INLINE_NUMBERS = 400  # numbers written into a program; beyond, it reads them from a file
ROWS_FILE = "rows.csv"
LINE_CHARACTERS = 58  # of two programs beside each other on a laptop

# The loss, and its gradient by hand; autograd needs no second one.
LOSS_LINES: dict[Loss, tuple[str, str]] = {
    "tsse": ("(error**2).sum()", "-2 * error @ X"),
    "mse": ("(error**2).mean()", "-2 * error @ X / len(y)"),
    "half-mse": ("(error**2).mean() / 2", "-error @ X / len(y)"),
}
# The same where few rows stand for n of them.
CONDENSED_LINES: dict[Loss, tuple[str, str]] = {
    "tsse": LOSS_LINES["tsse"],
    "mse": ("(error**2).sum() / n", "-2 * error @ X / n"),
    "half-mse": ("(error**2).sum() / (2 * n)", "-error @ X / n"),
}

Pair = tuple[str, str]


@dataclass(frozen=True)
class Programs:
    """Two programs that take the same steps.

    Attributes
    ----------
    numpy, torch : str
        Complete; line k of one does what line k of the other does.
    inline : bool
        Whether the rows stand in the programs; else both read `rows_csv` of `rows_to_write`.
    """

    numpy: str
    torch: str
    inline: bool


def rows_to_write(rows: TrainingSet, *, intercept: bool) -> Dataset:
    """Return the rows that the programs work with.

    They are all rows; or, where these are not held, the triangle of `LeastSquares` as p+1 rows
    with a column for each of the p parameters: their TSSE is that of all rows, for every θ.
    """
    data = rows.dataset
    if rows.holds_all:
        return data
    problem = rows.problem(intercept=intercept)
    X = np.vstack([problem.R, np.zeros(len(problem.z))])
    names = (*(["ones"] if intercept else []), *data.features)
    numbers, y = np.arange(1, len(X) + 1), np.append(problem.z, problem.rho)
    return Dataset(X, y, names, data.target, numbers, data.source, repairs=data.repairs)


def programs(resolved: Resolved) -> Programs:
    """Write the run of an experiment down as two programs, as far as its steps are finite.

    Returns
    -------
    Programs
        Run on their own, they end with the variables `losses`, one before each step and one at
        the end, and theta (or what the notation calls it).
    """
    training_set, run = resolved.training_set, resolved.run
    whole = training_set.holds_all
    notation, intercept = resolved.experiment.notation, resolved.problem.intercept
    theta, fitted, rate = notation.parameters, f"y_{notation.fitted}", notation.rate
    data = rows_to_write(training_set, intercept=intercept)
    inline = data.X.size + data.y.size <= MAX_INLINE_NUMBERS
    comments = _size_comment(training_set.n, data, whole=whole)
    repaired = _repaired(data)
    repairs = [
        part for line in repaired for part in wrap(line, LINE_CHARACTERS, subsequent_indent="#   ")
    ]
    lines: list[Pair] = [
        *_imports(inline=inline),
        *_both("", ""),
        *_training(run.loss_name, theta, fitted, rate, whole=whole),
        *_both("", "", *repairs, *comments),
        *(_inline(data) if inline else _loaded(above=len(repaired) + 1)),
    ]
    if intercept and whole:
        ones = "X = {0}.column_stack([{0}.ones(len(y)), X])"
        lines.append((ones.format("np"), ones.format("torch")))
    start = repr(run.theta[0].tolist())
    lines += [
        (f"{theta} = np.array({start})", f"{theta} = torch.tensor({start}, requires_grad=True)"),
        *_both(
            f"{rate}, steps = {run.rate!r}, {len(run.loss) - 1}",
            f"{theta}, losses = train(X, y, {theta}, {rate}, steps)",
            f"print({theta}.tolist(), losses[-1])",
        ),
    ]
    numpy, torch = ("\n".join(side) + "\n" for side in zip(*lines, strict=True))
    return Programs(numpy, torch, inline)


def rows_csv(data: Dataset) -> str:
    """Return the rows as the programs read them: a header, the features, then the target.

    What was done to the table before stands above the header, in lines that begin with #.
    """
    text = io.StringIO()
    text.writelines(f"{line}\n" for line in _repaired(data))
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([_on_one_line(name) for name in (*data.features, data.target)])
    writer.writerows([*x, y] for x, y in zip(data.X.tolist(), data.y.tolist(), strict=True))
    return text.getvalue()


def _imports(*, inline: bool) -> list[Pair]:
    exact = "torch.set_default_dtype(torch.float64)"
    modules = [("import numpy as np", "import torch")]
    if not inline:
        modules = [*_both("import numpy as np"), ("", "import torch")]
    return [*modules, ("# NumPy counts in float64", exact)]


def _training(loss: Loss, theta: str, fitted: str, rate: str, *, whole: bool) -> list[Pair]:
    value, gradient = (LOSS_LINES if whole else CONDENSED_LINES)[loss]
    return [
        *_both(f"def train(X, y, {theta}, {rate}, steps):"),
        (
            "    # no optimiser: the update is written out",
            f"    optimiser = torch.optim.SGD([{theta}], lr={rate})",
        ),
        *_both(
            "    losses = []",
            "    for step in range(steps + 1):",
            f"        {fitted} = X @ {theta}  # model",
            f"        error = y - {fitted}",
            f"        loss = {value}  # loss",
            "        losses.append(loss.item())",
            "        if step == steps:  # stop",
            "            break",
        ),
        ("        # no old gradient to clear", "        optimiser.zero_grad()"),
        (f"        gradient = {gradient}  # gradient", "        loss.backward()  # gradient"),
        (
            f"        {theta} = {theta} - {rate} * gradient  # update",
            "        optimiser.step()  # update",
        ),
        *_both(f"    return {theta}, losses"),
    ]


def _repaired(data: Dataset) -> list[str]:
    """Write each repair as one comment, which the app knows when it reads the rows again."""
    return [repair_line(_on_one_line(line)) for line in data.repairs]


def _on_one_line(text: str) -> str:
    """Put a space for each line end and tab; the rest names columns, and stays as it is."""
    return re.sub(r"\r\n|[\r\n\t]", " ", text).strip()


def _size_comment(n: int, data: Dataset, *, whole: bool) -> list[str]:
    rows = f"# data: {counted(n, 'row')}"
    if whole:
        return [f"{rows}, {counted(data.X.shape[1], 'feature')}"]
    return [
        f"{rows} are too many to write down.",
        f"# A QR decomposition leaves {count(len(data.y))} rows whose squared",
        "# errors add up to the same for every choice of parameters.",
        f"n = {n}",
    ]


def _inline(data: Dataset) -> list[Pair]:
    shaped = f".reshape(-1, {data.X.shape[1]})"
    return _array("X", data.X.ravel().tolist(), shaped) + _array("y", data.y.tolist(), "")


def _array(name: str, values: Iterable[float], shaped: str) -> list[Pair]:
    listed = wrap(", ".join(map(repr, values)), LINE_CHARACTERS - 4)
    return [
        (f"{name} = np.array([", f"{name} = torch.tensor(["),
        *_both(*(f"    {line}" for line in listed), f"]){shaped}"),
    ]


def _loaded(*, above: int) -> list[Pair]:
    read = f'np.loadtxt("{ROWS_FILE}", delimiter=",", skiprows={above})'
    return [
        *_both(
            f"# Download {ROWS_FILE} from the page into this folder:",
            "# a header, then the features and, last, the target.",
        ),
        (f"table = {read}", f"table = torch.from_numpy({read})"),
        *_both("X, y = table[:, :-1], table[:, -1]"),
    ]


def _both(*lines: str) -> list[Pair]:
    return [(line, line) for line in lines]
