"""The parts of the page that shows a table before training."""
