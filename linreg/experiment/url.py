"""The URL of an experiment, and the experiment of a URL."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, replace
from functools import partial
from typing import Any, TypeVar, get_args
from urllib.parse import urlencode

from linreg.data.cleaning.repairs.pipeline import parse
from linreg.data.cleaning.repairs.repair import divided, joined, shown
from linreg.data.load import chosen_columns, load_repaired
from linreg.data.sources import synthetic
from linreg.data.sources.builtin import built_in_table
from linreg.data.sources.choice import SOURCE_NAMES, UPLOAD, DataChoice, TableChoice
from linreg.experiment.experiment import Experiment, View
from linreg.model.least_squares import Loss
from linreg.text.numbers import count, number
from linreg.text.symbols import Notation

Texts = Sequence[str]
Query = Mapping[str, Texts]
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
    if isinstance(data, synthetic.Generator):
        return query + [
            (f.name, shown(getattr(data, f.name)))
            for f in fields(data)
            if getattr(data, f.name) != f.default
        ]
    if isinstance(data, synthetic.Drawn):
        points = " ".join(f"{shown(x)},{shown(y)}" for x, y in data.points)
        return query if data == synthetic.Drawn() else [*query, ("points", points)]
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

    def take_whole(self, name: str, default: int, low: int, high: int) -> int:
        """Return the last value of `name` as a whole number from `low` to `high`."""
        rule = f"a whole number from {count(low)} to {count(high)}"
        return self.take(name, default, lambda text: _whole(text, low, high), rule)

    def take_all(self, name: str, default: T, read: Callable[[Texts], T], rule: str) -> T:
        """Return all values of `name` as `read` gives them, or the default."""
        return self._read(name, self.query.get(name, ()), default, read, rule)

    def take_each(self, name: str, read: Callable[[str], T], rule: str) -> tuple[T, ...]:
        """Return the values of `name` as `read` gives them, without those that make no sense."""
        taken = []
        for text in self.query.get(name, ()):
            try:
                taken.append(read(text))
            except (ValueError, OverflowError):
                self._complain(name, text, rule, "it is left out")
        return tuple(taken)

    def _read(
        self, name: str, texts: Texts, default: T, read: Callable[[Texts], T], rule: str
    ) -> T:
        if not texts:
            return default
        try:
            return read(texts)
        except (ValueError, OverflowError):
            self._complain(name, ", ".join(texts), rule, f"{_words(default)} is used instead")
            return default

    def _complain(self, name: str, text: str, rule: str, remedy: str) -> None:
        short = text if len(text) <= 40 else text[:40] + "…"
        self.problems.append(
            f"The address asks for {name} = “{short}”, which must be {rule}; {remedy}."
        )


def _words(default: object) -> str:
    if isinstance(default, int | float):  # a bool too: 1 or 0
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
    losses: tuple[Loss, ...] = get_args(Loss)
    loss = reader.take("loss", DEFAULT.loss, lambda s: _one_of(s, losses), "tsse, mse or half-mse")
    intercept = reader.take("intercept", True, _flag, "0 or 1")
    steps = reader.take_whole("steps", DEFAULT.steps, 1, Experiment.MAX_STEPS)
    features = _count_features(data)
    size = None if features is None else features + intercept
    rate_rule = f"a number above 0 and at most {number(MAX_CHOSEN_NUMBER)}"
    experiment = Experiment(
        data=data,
        loss=loss,
        intercept=intercept,
        steps=steps,
        rate=reader.take("rate", None, _rate, rate_rule),
        start=_read_start(reader, size),
        notation=_read_notation(reader),
        view=_read_view(reader, steps, features, size),
    )
    return experiment, reader.problems


def _read_data(reader: _Reader) -> DataChoice:
    default, rule = DEFAULT.data.name, "one of " + ", ".join(SOURCE_NAMES)
    name = reader.take("data", default, lambda s: _one_of(s, SOURCE_NAMES), rule)
    if name in synthetic.GENERATORS:
        return _read_generator(reader, synthetic.GENERATORS[name])
    if name == synthetic.Drawn.name:
        bounds = f"from {number(-synthetic.MAX_COORDINATE)} to {number(synthetic.MAX_COORDINATE)}"
        points = f"{synthetic.MIN_POINTS} to {synthetic.MAX_POINTS} points x,y of numbers {bounds}"
        rule = f"{points}, with a space between two points"
        return reader.take("points", synthetic.Drawn(), _points, rule)
    return _read_columns(reader, name)


def _read_columns(reader: _Reader, name: str) -> TableChoice:
    repairs = reader.take_each("repair", parse, "the short form of a repair")
    pairs = reader.take_each("unit", _unit, "a column, an equals sign and its unit")
    chosen = TableChoice(name, repairs=repairs, units=tuple(dict(pairs).items()))
    if name == UPLOAD:  # the file knows its columns, and it is not here yet
        target = reader.take("y", None, str, "")
        return replace(chosen, target=target, features=reader.take_all("x", (), _unique, ""))
    if not repairs:  # its file is not needed
        names = list(built_in_table(name).units)
    else:
        names = list(load_repaired(chosen, None)[0].columns)
    target = reader.take("y", None, lambda s: _one_of(s, names), "one of " + ", ".join(names))
    chosen = replace(chosen, target=target)
    others = [column for column in names if column != chosen_columns(chosen, None)[0]]
    rule = "among the other columns " + ", ".join(others)
    features: tuple[str, ...] = reader.take_all(
        "x", (), lambda texts: _unique([_one_of(s, others) for s in texts]), rule
    )
    return replace(chosen, features=features)


def _unit(text: str) -> tuple[str, str]:
    column, unit = divided(text)
    if not 0 < len(unit) <= MAX_UNIT_CHARACTERS:
        raise ValueError(text)
    return column, unit


def _count_features(data: DataChoice) -> int | None:
    """Return M, or None where only the file that is still to come knows it."""
    if isinstance(data, synthetic.Generator):
        return len(data.theta) - 1
    if isinstance(data, synthetic.Drawn):
        return 1
    return len(chosen_columns(data, None)[1]) if data.name != UPLOAD else len(data.features) or None


def _read_generator(reader: _Reader, kind: type[synthetic.Generator]) -> synthetic.Generator:
    values: dict[str, Any] = {}
    for f in fields(kind):
        low, high, whole = (f.metadata[key] for key in ("low", "high", "integer"))
        rule = f"a {'whole ' if whole else ''}number from {number(low)} to {number(high)}"
        read = partial(_within, low=low, high=high, kind=int if whole else float)
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
    names = {word: name for name, kind in Notation.CHOICES.items() for word in kind}
    words = list(names)

    def read(text: str) -> Notation:
        chosen: dict[str, Any] = {names[_one_of(word, words)]: word for word in text.split(",")}
        return Notation(**chosen)

    return reader.take("notation", Notation(), read, "among " + ", ".join(words))


def _read_view(reader: _Reader, steps: int, features: int | None, size: int | None) -> View:
    """Read the view; `features` and `size` are M and p where they are known."""
    named = (View.FITTED, View.PLANE) if features in (2, None) else (View.FITTED,)
    most, last = (
        MAX_PENDING_COLUMNS if number is None else number - 1 for number in (features, size)
    )
    axes_rule = f"two different numbers from 0 to {count(last)} with a comma between them"
    if size == 1:
        axes_rule = "left out, as there is one parameter"
    show_rule = f"{', '.join(named)} or the number of a feature from 0 to {count(most)}"
    return View(
        step=reader.take_whole("step", 0, 0, steps),
        log=reader.take("log", False, _flag, "0 or 1"),
        axes=reader.take("axes", View().axes, lambda s: _axes(s, last), axes_rule),
        show=reader.take(
            "show", View().show, lambda s: s if s in named else str(_whole(s, 0, most)), show_rule
        ),
    )


def _unique(texts: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(texts))


def _one_of(text: str, names: Sequence[T]) -> T:
    return names[[str(name) for name in names].index(text)]


def _flag(text: str) -> bool:
    return bool(_one_of(text, (0, 1)))


def _whole(text: str, low: int, high: int) -> int:
    return int(_within(text, low, high, int))


def _within(text: str, low: float, high: float, kind: type[int | float]) -> float:
    value = kind(text)
    if not low <= value <= high:
        raise ValueError(text)
    return value


def _rate(text: str) -> float:
    value = float(text)
    if not 0 < value <= MAX_CHOSEN_NUMBER:
        raise ValueError(text)
    return value


def _points(text: str) -> synthetic.Drawn:
    pairs = [tuple(map(float, pair.split(","))) for pair in text.split()]
    return synthetic.Drawn(tuple((x, y) for x, y in pairs))


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
