"""Every term and symbol, defined once; pages show a definition on hover."""

from __future__ import annotations

import re

from linreg.ui import session

# In house symbols, one sentence each; the glossary page lists them in this order.
TERMS: dict[str, str] = {
    "row": "One observation: the values of the features and the target that belong together.",
    "feature": "A column x that the model predicts from; M is how many there are.",
    "target": "The column y that the model is to predict.",
}


def anchor(term: str) -> str:
    """Return the name of a term's heading on the glossary page."""
    return re.sub(r"\W+", "-", term.lower()).strip("-")


def explained(markdown: str) -> str:
    """Turn [[term]] or [[shown|term]] into a link to the glossary that shows the definition."""

    def hover(found: re.Match[str]) -> str:
        shown, _, term = found[1].partition("|")
        definition = session.notation().say(TERMS[(term or shown).lower()]).replace('"', "'")
        return f'[{shown}](glossary#{anchor(term or shown)} "{definition}")'

    return re.sub(r"\[\[([^\]]+)\]\]", hover, markdown)
