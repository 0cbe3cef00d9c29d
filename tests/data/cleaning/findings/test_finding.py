"""Findings: frozen values with at most three offers each, whatever the table."""

import pytest

from linreg.data.cleaning.findings.finding import Finding, Offer
from linreg.data.cleaning.findings.inspect import findings
from linreg.data.cleaning.repairs.column_repairs import LeaveOut
from linreg.data.files.read_table import read_table

TABLES = {
    "gaps": "x,z,y\n1,,3\n2,5,4\n,6,5\n4,7,8\n5,8,9\n6,9,9\n",
    "text": "x,kind,y\n1,a,3\n2,b,4\n3,a,5\n4,b,8\n5,a,9\n",
    "scales": "x,z,y\n1,1000000,3\n2,5000000,4\n3,2000000,5\n4,9000000,8\n",
    "repeated": "x,z,y\n1,2,3\n2,4,4\n3,6,5\n4,8,8\n",
}


@pytest.mark.parametrize("name", TABLES)
def test_each_finding_says_what_and_why_and_offers_little(name):
    table = read_table(TABLES[name].encode(), "t.csv")
    features = [column for column in table.columns if column != "y"]
    results = findings(table, "y", features)
    assert results
    for finding in results:
        assert finding.sentence
        assert finding.why
        assert len(finding.offers) <= 3
        assert all(offer.label and offer.repairs for offer in finding.offers)


def test_findings_alike_are_equal():
    offers = (Offer("Leave it out", (LeaveOut("x"),)),)
    assert Finding("constant", "s", "w", offers) == Finding("constant", "s", "w", offers)
    assert len({Finding("constant", "s", "w"), Finding("constant", "s", "w")}) == 1
