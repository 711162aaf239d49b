"""Bars that take too long for the tests: `make bars` measures them, and keeps what it saw in `results/reference/bars.json`."""

import pytest
from keeping import kept_in


@pytest.fixture
def measured():
    """A function that prints a figure with its bar and keeps it."""
    return kept_in("bars.json")
