"""Downloads of the Data page."""

import pytest

pytestmark = pytest.mark.slow


def labels(tab):
    return [button.proto.label for button in tab.at.get("download_button")]


def test_rows_and_problem_file_are_offered(app):
    assert labels(app(page="data")) == ["Download the rows used (CSV)", "Download a problem file"]


def test_of_a_large_table_the_sample_is_offered(app):
    rows = "x,y\n" + "".join(f"{k},{k * k % 97}\n" for k in range(100_001))
    tab = app({"data": "upload"}).upload(rows).visit("data")
    assert labels(tab)[0] == "Download the 2,000 rows at hand (CSV)"


def test_a_name_too_long_for_a_problem_file_is_refused_beforehand(app):
    tab = app({"data": "upload"}).upload(f"x,{'y' * 10_001}\n1,2\n2,3\n3,5\n").visit("data")
    assert labels(tab) == ["Download the rows used (CSV)"]
    assert any("No problem file can be made" in caption for caption in tab.captions)
