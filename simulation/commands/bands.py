"""How commands show a band, of which one end may be open."""

from math import isfinite

from simulation.commands.words import validate as words


def band_ends(low: float, high: float) -> list[float | None]:
    """The two ends for machines; an open end is None."""
    return [end if isfinite(end) else None for end in (low, high)]


def band_said(low: float, high: float) -> str:
    """A band in words."""
    text = words.AT_MOST if not isfinite(low) else words.AT_LEAST if not isfinite(high) else words.BETWEEN
    return text.format(low=low, high=high)
