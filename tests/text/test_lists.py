"""Lists of names."""

import pytest

from linreg.text.lists import MAX_NAMES_IN_SENTENCE, quoted, quoted_few


@pytest.mark.parametrize(
    ("names", "text"),
    [([], ""), (["a"], "“a”"), (["a", "b"], "“a” and “b”"), (list("abc"), "“a”, “b” and “c”")],
)
def test_names_are_joined_as_in_a_sentence(names, text):
    assert quoted(names) == quoted_few(names) == text


def test_a_long_list_stops_where_nobody_reads_on():
    names = [f"x{j}" for j in range(MAX_NAMES_IN_SENTENCE + 1)]
    assert quoted_few(names[:-1]) == quoted(names[:-1])
    text = quoted_few(names)
    assert text.endswith("“x9” and others")
    assert text.count("“") == MAX_NAMES_IN_SENTENCE
    assert quoted(names).endswith(" and “x10”")
