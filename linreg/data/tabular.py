"""`Tabular`: a table that training data are taken from, as rows or as sums over them.

Code that takes either asks for what both have: `name`, `columns`, `text`, `first_text`, `units`,
`notes`, `repairs`, `done_before` (repairs before its file was made), `usual` (the target and the
features that come with it, if any), and `table` (the rows, None for a `Summary`).
"""

from linreg.data.files.table import Table
from linreg.data.summary.summary import Summary

Tabular = Table | Summary
