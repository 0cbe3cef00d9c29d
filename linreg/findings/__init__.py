"""What a table is like that is about to be trained on, and what can be done about it."""

from linreg.findings.finding import Finding, Offer
from linreg.findings.looking import findings, summary_findings

__all__ = ["Finding", "Offer", "findings", "summary_findings"]
