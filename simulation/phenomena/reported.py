"""The number that each phenomenon reports, with its interval and beside chance; and the numbers as they were last measured."""

import json
from pathlib import Path
from typing import Any, NamedTuple

from simulation import __version__
from simulation.phenomena.demonstration import Shown, named, phenomenon
from simulation.phenomena.phenomenon import Finding

# `make bars` measures all six at their default size and writes the file of the checkout; a wheel holds a copy beside this module.
REFERENCE = Path("results") / "reference" / "phenomena.json"
PLACES = (Path(__file__).parent / "phenomena.json", Path(__file__).parents[2] / REFERENCE)


class Reported(NamedTuple):
    """The statistic of a phenomenon in its unit: with its mechanism on and off, and under chance alone."""

    name: str
    label: str  # the statistic in a few words
    statistic: str  # the statistic in full
    unit: str  # of all numbers here, such as `points`; empty for a bare number
    decimals: int  # to which they are said
    value: float
    low: float  # ends of the 95 % interval
    high: float
    null: float  # the value under chance alone
    p: float
    off_value: float
    off_low: float
    off_high: float
    off_p: float
    said: str  # value and interval in words, such as `+4.4 points (+3.8 to +4.9)`
    off_said: str
    seeds: int  # programs with the mechanism on, and as many with it off
    seed: int  # the first
    version: str


def report(shown: Shown, seed: int = 1) -> Reported:
    """The number that a phenomenon reports, of programs that were run; `seed` is their first seed."""
    what, measure = shown.phenomenon, shown.phenomenon.measure
    on, off = (
        [end * measure.scale for end in (found.value, found.low, found.high)] + [found.p]
        for found in (shown.on, shown.off)
    )
    return Reported(
        what.name, " ".join(measure.label.split()), what.statistic, measure.unit, measure.decimals,
        *on[:3], shown.on.chance * measure.scale, on[3], *off, _said(what.name, shown.on), _said(what.name, shown.off),
        len(shown.seen_on), seed, __version__,
    )  # fmt: skip


def _said(name: str, found: Finding) -> str:
    """A finding in words: value, unit and interval."""
    measure = named(name).measure
    return f"{measure.in_unit(found.value)} ({measure.said(found.low)} to {measure.said(found.high)})"


def reported(name: str, seeds: int | None = None, seed: int = 1, **how: Any) -> Reported:
    """Run a phenomenon and give the number that it reports; `how` goes on to `phenomenon`, such as `workers`."""
    return report(phenomenon(name, seeds=seeds, seed=seed, **how), seed)


def measured() -> dict[str, Reported]:
    """The numbers of all phenomena at their default size, as they were last measured, by name; an empty one if none are there."""
    known = next((json.loads(place.read_text(encoding="utf-8")) for place in PLACES if place.is_file()), {})
    return {name: Reported(name=name, **numbers) for name, numbers in known.items()}
