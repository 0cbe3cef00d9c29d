"""Sentences with names that a user typed or uploaded: shown letter by letter, never as markup."""

import re
from collections.abc import Sequence


def literal(text: str) -> str:
    """Return Markdown that shows `text` as it is.

    A backslash takes Markdown's, LaTeX's and HTML's meaning from punctuation. Links, emoji, icons
    and arrows are looked for afterwards in unbroken text, so an empty directive breaks it.
    """
    escaped = re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", re.sub(r"\s*[\r\n]\s*", " ", text.strip()))
    return re.sub(r"(\\[:@<>~-]|www)", r"\1:red[]", escaped)


def listed(texts: Sequence[str]) -> str:
    """Return Markdown that shows one text as it is, several as a list."""
    if len(texts) == 1:
        return literal(texts[0])
    return "\n".join(f"- {literal(text)}" for text in texts)
