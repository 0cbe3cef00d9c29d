"""The app without a browser, for every test of this folder."""

from tests.helpers.app import app, expected, rows, state, widgets

__all__ = ["app", "expected", "rows", "state", "widgets"]
