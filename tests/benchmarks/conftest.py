"""Benchmarks keep what they measure in `results/reference/benchmarks.json`."""

import pytest
from keeping import kept_in


@pytest.fixture
def measured():
    """A function that prints a figure with its bar and keeps it."""
    return kept_in("benchmarks.json")
