"""Real tables that come with the app, each with its source and units."""

from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]

from linreg.data.dataset import Dataset
from linreg.data.files.read_table import read_table
from linreg.data.files.table import Table
from linreg.data.select import select


@dataclass(frozen=True)
class BuiltIn:
    """A real table that is installed with the plotly package.

    Attributes
    ----------
    name, title, about : str
        The word in an address, a title, and one sentence on what a row is.
    source : str
        Who collected the numbers, and where they were published.
    units : dict of str to str
        Unit of each numeric column that is offered; codes and identifiers are left out.
    target : str
        The column to explain, unless the user chooses another.
    features : tuple of str
        The columns that explain it, unless the user chooses others.
    """

    name: str
    title: str
    about: str
    source: str
    units: dict[str, str]
    target: str
    features: tuple[str, ...]

    def table(self) -> Table:
        """Read the table: its numeric columns with a unit, and its text columns."""
        table = read_table(_plotly_data() / f"{self.name}.csv.gz")
        columns = table.columns
        of_2007 = columns["year"] == 2007 if self.name == "gapminder" else np.full(table.n, True)
        return replace(
            table,
            name=self.title,
            columns={name: columns[name][of_2007] for name in columns if name in self.units},
            texts={name: cells.filter(pa.array(of_2007)) for name, cells in table.texts.items()},
            n=int(of_2007.sum()),
            units=self.units,
            usual=(self.target, self.features),
        )

    def dataset(self) -> Dataset:
        """Return the default target against the default features, with its source."""
        rows = select(self.table(), self.target, self.features)
        return replace(rows, source=f"{self.title}. {self.source}")


def _plotly_data() -> Path:
    """Find the tables in the installed plotly package without importing it."""
    spec = find_spec("plotly")
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError("The built-in tables come with the package plotly: install it.")
    return Path(spec.submodule_search_locations[0]) / "package_data" / "datasets"


BUILT_IN: dict[str, BuiltIn] = {
    table.name: table
    for table in (
        BuiltIn(
            name="tips",
            title="Tips in a restaurant",
            about="Each row is a bill: what the party paid and what tip it left.",
            source=(
                "Recorded by one waiter over a few months; P. G. Bryant and M. A. Smith, "
                "Practical Data Analysis: Case Studies in Business Statistics, Irwin, 1995."
            ),
            units={"total_bill": "US dollars", "tip": "US dollars", "size": "people"},
            target="tip",
            features=("total_bill",),
        ),
        BuiltIn(
            name="iris",
            title="Iris flowers",
            about="Each row is a flower of one of three species, measured in centimetres.",
            source=(
                "Collected by E. Anderson; published by R. A. Fisher, The use of multiple "
                "measurements in taxonomic problems, Annals of Eugenics 7, 1936."
            ),
            units=dict.fromkeys(
                ("sepal_length", "sepal_width", "petal_length", "petal_width"), "cm"
            ),
            target="petal_width",
            features=("petal_length",),
        ),
        BuiltIn(
            name="gapminder",
            title="Countries in 2007",
            about="Each row is a country: how long people live and how much they earn.",
            source="Gapminder, www.gapminder.org/data; the rows of 2007.",
            units={
                "lifeExp": "years",
                "gdpPercap": "US dollars per person, adjusted for inflation",
                "pop": "people",
            },
            target="lifeExp",
            features=("gdpPercap",),
        ),
        BuiltIn(
            name="election",
            title="An election in Montreal",
            about="Each row is a district: its votes for three candidates for mayor in 2013.",
            source="Results of the 2013 Montreal mayoral election, as published with plotly.",
            units=dict.fromkeys(("Coderre", "Bergeron", "Joly", "total"), "votes"),
            target="Coderre",
            features=("total",),
        ),
    )
}


def built_in_titles() -> dict[str, str]:
    """Return the title of each built-in table by its name."""
    return {name: table.title for name, table in BUILT_IN.items()}


def built_in_table(name: str) -> BuiltIn:
    """Return the built-in table of this name; raises KeyError if there is none."""
    return BUILT_IN[name]
