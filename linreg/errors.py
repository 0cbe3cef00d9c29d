"""`DataError`, raised when a table cannot be used."""


class DataError(ValueError):
    """A table that cannot be used; the message is the sentence a user reads."""
