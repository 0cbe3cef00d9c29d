"""Numbers, lists, symbols, units and names as text."""
