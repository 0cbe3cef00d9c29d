"""Lists of names as text."""

from collections.abc import Sequence

MAX_NAMES_IN_SENTENCE = 10  # nobody reads more; also the most sentences of one kind on columns


def quoted(names: Sequence[str]) -> str:
    """Join names for a sentence, each in quotes: “a”, “b” and “c”."""
    return listed([f"“{name}”" for name in names])


def listed(parts: Sequence[str]) -> str:
    """Join parts of a sentence: a, b and c."""
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if parts[1:] else parts)


def quoted_few(names: Sequence[str]) -> str:
    """Join names for a sentence, the first ten if there are more: “a”, “b” and others."""
    if len(names) <= MAX_NAMES_IN_SENTENCE:
        return quoted(names)
    return f"{', '.join(f'“{name}”' for name in names[:MAX_NAMES_IN_SENTENCE])} and others"
