"""The table of the rules that stop a run."""

from linreg.ui.lesson.views.stop_rules import _when


def test_a_rule_says_when_it_stops_the_run_or_that_it_does_not():
    assert _when(1234, 5000) == "at step 1,234"
    assert _when(None, 100) == "not within 100 steps"
