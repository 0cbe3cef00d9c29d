"""Markdown of texts that a user typed or uploaded: shown letter by letter, never as markup."""

import re
from collections.abc import Sequence


def literal(text: str) -> str:
    r"""Return Markdown that shows `text` as it is.

    A backslash escapes punctuation from Markdown, LaTeX and HTML. Streamlit looks for links, emoji,
    icons and arrows only afterwards, in the unescaped text; an empty directive, `:red[]`, splits
    what it would match.
    """
    escaped = re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", re.sub(r"\s*[\r\n]\s*", " ", text.strip()))
    return re.sub(r"(\\[:@<>~-]|www)", r"\1:red[]", escaped)


def listed(texts: Sequence[str]) -> str:
    """Return Markdown that shows one text as it is, and several as a list."""
    if len(texts) == 1:
        return literal(texts[0])
    return "\n".join(f"- {literal(text)}" for text in texts)
