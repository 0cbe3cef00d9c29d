"""The URL of an experiment, and the experiment of a URL."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, replace
from typing import Any, TypeVar, get_args
from urllib.parse import urlencode

from linreg.data.cleaning.repairs.pipeline import parse
from linreg.data.cleaning.repairs.repair import divided, joined, shown
from linreg.data.load import chosen_columns, load_repaired
from linreg.data.sources.builtin import BUILT_IN
from linreg.data.sources.choice import SOURCE_NAMES, UPLOAD, DataChoice, TableChoice
from linreg.data.sources.synthetic import (
    GENERATORS,
    MAX_COORDINATE,
    MAX_POINTS,
    MIN_POINTS,
    Drawn,
    Generator,
)
from linreg.experiment.experiment import Experiment, View
from linreg.model.least_squares import Loss
from linreg.text.numbers import count, number
from linreg.text.symbols import SYMBOL_CHOICES, Notation

Query = Mapping[str, Sequence[str]]
T = TypeVar("T")

MAX_CHOSEN_NUMBER = 1e100  # a start or a rate beyond it may have no finite loss
MAX_SEED = 2**31 - 1
MAX_PENDING_COLUMNS = 10_000  # of a file that is still to be uploaded
MAX_UNIT_CHARACTERS = 60  # characters: longer ones fit no axis
DEFAULT = Experiment()


def fits_address(value: float) -> bool:
    """Whether an address may hold this number as a start or a rate."""
    return abs(value) <= MAX_CHOSEN_NUMBER


def is_seed(value: float) -> bool:
    """Whether an address may hold this number as the seed of a random start."""
    return 0 <= value <= MAX_SEED


def to_link(experiment: Experiment) -> str:
    """Return the query string of all choices but the view, which the browser adds.

    What is at its default is left out. Uploaded rows are not in it, their columns are.
    """
    query: list[tuple[str, str]] = _data_query(experiment.data)
    for name in ("loss", "steps"):
        if getattr(experiment, name) != getattr(DEFAULT, name):
            query.append((name, str(getattr(experiment, name))))
    if not experiment.intercept:
        query.append(("intercept", "0"))
    if experiment.rate is not None:
        query.append(("rate", repr(experiment.rate)))
    if isinstance(experiment.start, int):
        query.append(("start", f"random:{experiment.start}"))
    elif experiment.start is not None:
        query.append(("start", ",".join(shown(value) for value in experiment.start)))
    chosen = ((f.default, getattr(experiment.notation, f.name)) for f in fields(Notation))
    if letters := [letter for default, letter in chosen if letter != default]:
        query.append(("notation", ",".join(letters)))
    return urlencode(query, safe=",:")


def view_link(view: View) -> str:
    """Return the query string of the view, as the browser writes it."""
    query = {}
    if view.step:
        query["step"] = str(view.step)
    if view.log:
        query["log"] = "1"
    if view.axes != View().axes:
        query["axes"] = ",".join(map(str, view.axes))
    if view.show != View.FITTED:
        query["show"] = view.show
    return urlencode(query, safe=",")


def _data_query(data: DataChoice) -> list[tuple[str, str]]:
    query = [("data", data.name)] if data.name != DEFAULT.data.name else []
    if isinstance(data, Generator):
        return query + [
            (f.name, shown(getattr(data, f.name)))
            for f in fields(data)
            if getattr(data, f.name) != f.default
        ]
    if isinstance(data, Drawn):
        points = " ".join(f"{shown(x)},{shown(y)}" for x, y in data.points)
        return query if data == Drawn() else [*query, ("points", points)]
    if data.target is not None:
        query.append(("y", data.target))
    query += [("x", name) for name in data.features]
    query += [("repair", repair.text) for repair in data.repairs]
    return query + [("unit", joined(column, unit)) for column, unit in data.units]


class _Reader:
    """Takes values out of a query and remembers which ones made no sense."""

    def __init__(self, query: Query) -> None:
        self.query = query
        self.problems: list[str] = []

    def take(self, name: str, default: T, read: Callable[[str], T], rule: str) -> T:
        """Return the last value of `name` as `read` gives it, or the default."""
        last = self.query.get(name, ())[-1:]
        return self._read(name, last, default, lambda texts: read(texts[0]), rule)

    def take_all(self, name: str, default: T, read: Callable[[Sequence[str]], T], rule: str) -> T:
        """Return all values of `name` as `read` gives them, or the default."""
        return self._read(name, self.query.get(name, ()), default, read, rule)

    def take_each(self, name: str, read: Callable[[str], T], rule: str) -> tuple[T, ...]:
        """Return the values of `name` as `read` gives them, without those that make no sense."""
        found = []
        for text in self.query.get(name, ()):
            try:
                found.append(read(text))
            except (ValueError, OverflowError):
                self.problems.append(
                    f"The address asks for {name} = “{_shortened(text)}”, which must be {rule}; "
                    "it is left out."
                )
        return tuple(found)

    def _read(
        self,
        name: str,
        texts: Sequence[str],
        default: T,
        read: Callable[[Sequence[str]], T],
        rule: str,
    ) -> T:
        if not texts:
            return default
        try:
            return read(texts)
        except (ValueError, OverflowError):
            brief = _shortened(", ".join(texts))
            instead = _words(default)
            self.problems.append(
                f"The address asks for {name} = “{brief}”, which must be {rule}; "
                f"{instead} is used instead."
            )
            return default


def _shortened(text: str) -> str:
    return text if len(text) <= 40 else text[:40] + "…"


def _words(default: object) -> str:
    if default is None:
        return "the default"
    if isinstance(default, bool):
        return "1" if default else "0"
    if isinstance(default, int | float):
        return number(default)
    return default if isinstance(default, str) else "the default"


def from_query(query: Query) -> tuple[Experiment, list[str]]:
    """Read an experiment from the parameters of an address.

    Parameters
    ----------
    query : mapping of str to sequence of str
        As a browser splits it; parameters of other names are ignored.

    Returns
    -------
    experiment : Experiment
        With the default wherever a value is invalid or out of range.
    problems : list of str
        A sentence for each of those.
    """
    reader = _Reader(query)
    data = _read_data(reader)
    steps_rule = f"a whole number from 1 to {count(Experiment.MAX_STEPS)}"
    loss = reader.take("loss", DEFAULT.loss, _loss, "tsse, mse or half-mse")
    intercept = reader.take("intercept", True, _flag, "0 or 1")
    steps = reader.take(
        "steps", DEFAULT.steps, lambda s: _whole(s, 1, Experiment.MAX_STEPS), steps_rule
    )
    features = _count_features(data)
    size = None if features is None else features + intercept
    experiment = Experiment(
        data=data,
        loss=loss,
        intercept=intercept,
        steps=steps,
        rate=reader.take(
            "rate", None, _rate, f"a number above 0 and at most {number(MAX_CHOSEN_NUMBER)}"
        ),
        start=_read_start(reader, size),
        notation=_read_notation(reader),
        view=_read_view(reader, steps, features, size),
    )
    return experiment, reader.problems


def _read_data(reader: _Reader) -> DataChoice:
    default, rule = DEFAULT.data.name, "one of " + ", ".join(SOURCE_NAMES)
    name = reader.take("data", default, lambda s: _one_of(s, SOURCE_NAMES), rule)
    if name in GENERATORS:
        return _read_generator(reader, GENERATORS[name])
    if name == Drawn.name:
        bounds = f"from {number(-MAX_COORDINATE)} to {number(MAX_COORDINATE)}"
        rule = (
            f"{MIN_POINTS} to {MAX_POINTS} points x,y of numbers {bounds}, "
            "with a space between two points"
        )
        return reader.take("points", Drawn(), _points, rule)
    return _read_columns(reader, name)


def _read_columns(reader: _Reader, name: str) -> TableChoice:
    repairs = reader.take_each("repair", parse, "the short form of a repair")
    pairs = reader.take_each("unit", _unit, "a column, an equals sign and its unit")
    chosen = TableChoice(name, repairs=repairs, units=tuple(dict(pairs).items()))
    if name == UPLOAD:  # the file knows its columns, and it is not here yet
        target = reader.take("y", None, str, "")
        return replace(chosen, target=target, features=reader.take_all("x", (), _unique, ""))
    if chosen.name in BUILT_IN and not repairs:  # its file is not needed
        names = list(BUILT_IN[chosen.name].units)
    else:
        names = list(load_repaired(chosen, None)[0].columns)
    target = reader.take("y", None, lambda s: _one_of(s, names), "one of " + ", ".join(names))
    chosen = replace(chosen, target=target)
    others = [column for column in names if column != chosen_columns(chosen, None)[0]]
    none: tuple[str, ...] = ()
    features = reader.take_all(
        "x",
        none,
        lambda texts: _unique([_one_of(s, others) for s in texts]),
        "among the other columns " + ", ".join(others),
    )
    return replace(chosen, features=features)


def _unit(text: str) -> tuple[str, str]:
    column, unit = divided(text)
    if not 0 < len(unit) <= MAX_UNIT_CHARACTERS:
        raise ValueError(text)
    return column, unit


def _count_features(data: DataChoice) -> int | None:
    """Return M, or None where only the file that is still to come knows it."""
    if isinstance(data, Generator):
        return len(data.theta) - 1
    if isinstance(data, Drawn):
        return 1
    return len(chosen_columns(data, None)[1]) if data.name != UPLOAD else len(data.features) or None


def _read_generator(reader: _Reader, kind: type[Generator]) -> Generator:
    values: dict[str, Any] = {}
    for f in fields(kind):
        low, high, whole = (f.metadata[key] for key in ("low", "high", "integer"))
        rule = f"a {'whole ' if whole else ''}number from {number(low)} to {number(high)}"
        read = _bounded(low, high, whole=whole)
        values[f.name] = reader.take(f.name, f.default, read, rule)
    try:
        return kind(**values)
    except ValueError as error:  # values that are fine one by one but not together
        reader.problems.append(f"In the address, {error}; the default range is used instead.")
        return kind(**{name: v for name, v in values.items() if name not in ("low", "high")})


def _read_start(reader: _Reader, size: int | None) -> tuple[float, ...] | int | None:
    each = "one number" if size in (None, 1) else f"{count(size)} numbers, one"
    rule = (
        f"{each} per parameter with commas between them, none beyond {number(MAX_CHOSEN_NUMBER)}, "
        f"or random: and a seed from 0 to {MAX_SEED:,}"
    )
    return reader.take("start", None, lambda s: _start(s, size), rule)


def _read_notation(reader: _Reader) -> Notation:
    kinds = SYMBOL_CHOICES
    words = [word for kind in kinds.values() for word in kind]

    def read(text: str) -> Notation:
        chosen: dict[str, Any] = {}
        for word in text.split(","):
            name = next(name for name, kind in kinds.items() if _one_of(word, words) in kind)
            chosen[name] = word
        return Notation(**chosen)

    return reader.take("notation", Notation(), read, "among " + ", ".join(words))


def _read_view(reader: _Reader, steps: int, features: int | None, size: int | None) -> View:
    """Read the view; `features` and `size` are M and p where they are known."""
    plane = ", plane" if features in (2, None) else ""
    most, last = (
        MAX_PENDING_COLUMNS if number is None else number - 1 for number in (features, size)
    )
    axes_rule = f"two different numbers from 0 to {count(last)} with a comma between them"
    if size == 1:
        axes_rule = "left out, as there is one parameter"
    return View(
        step=reader.take(
            "step", 0, lambda s: _whole(s, 0, steps), f"a whole number from 0 to {count(steps)}"
        ),
        log=reader.take("log", False, _flag, "0 or 1"),
        axes=reader.take("axes", View().axes, lambda s: _axes(s, last), axes_rule),
        show=reader.take(
            "show",
            View.FITTED,
            lambda s: (
                s if s == View.FITTED or (plane and s == View.PLANE) else str(_whole(s, 0, most))
            ),
            f"fitted{plane} or the number of a feature from 0 to {count(most)}",
        ),
    )


def _unique(texts: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(texts))


def _one_of(text: str, names: Sequence[T]) -> T:
    return names[[str(name) for name in names].index(text)]


def _loss(text: str) -> Loss:
    return _one_of(text, get_args(Loss))


def _flag(text: str) -> bool:
    if text not in ("0", "1"):
        raise ValueError(text)
    return text == "1"


def _whole(text: str, low: int, high: int) -> int:
    value = int(text)
    if not low <= value <= high:
        raise ValueError(text)
    return value


def _bounded(low: float, high: float, *, whole: bool) -> Callable[[str], float]:
    def read(text: str) -> float:
        value = int(text) if whole else float(text)
        if not low <= value <= high:
            raise ValueError(text)
        return value

    return read


def _rate(text: str) -> float:
    value = float(text)
    if not 0 < value <= MAX_CHOSEN_NUMBER:
        raise ValueError(text)
    return value


def _points(text: str) -> Drawn:
    pairs = [tuple(map(float, pair.split(","))) for pair in text.split()]
    return Drawn(tuple((x, y) for x, y in pairs))


def _start(text: str, size: int | None) -> tuple[float, ...] | int:
    if text.startswith("random:"):
        return _whole(text.removeprefix("random:"), 0, MAX_SEED)
    values = tuple(map(float, text.split(",")))
    if not all(map(fits_address, values)) or size not in (len(values), None):
        raise ValueError(text)
    return values


def _axes(text: str, last: int) -> tuple[int, int]:
    j, k = (_whole(part, 0, last) for part in text.split(","))
    if j == k:
        raise ValueError(text)
    return j, k
