"""Differences in the words of a program office: who gains what, and who loses."""

import numpy as np

from simulation.figures import wording
from simulation.outcomes import Outcome, gap_parts

# Higher, and lower, than under what one does today; {n} is the amount, with its unit where the words have none.
SAID = {
    "retention": ("{n} more of 100 mentees stay", "{n} fewer of 100 mentees stay"),
    "access": ("{n} more of 100 ever have a mentor", "{n} fewer of 100 ever have a mentor"),
    "cost": ("it costs {n} more per mentee and year", "it costs {n} less per mentee and year"),
    "need_coverage": ("{n} points more of what mentees need is met", "{n} points less of what mentees need is met"),
    "spark_months": (
        "mentees have {n} more months a year with a mentor with whom it truly works",
        "mentees have {n} fewer months a year with a mentor with whom it truly works",
    ),
    "mentor_burnout": ("mentor burnout rises by {n} points of 100", "mentor burnout falls by {n} points of 100"),
    "mentor_load_gini": (
        "mentees are spread less evenly over mentors, by {n} of 1",
        "mentees are spread more evenly over mentors, by {n} of 1",
    ),
}
TITLES = {
    "spark_months": "months with a mentor with whom it truly works",
    "mentor_load_gini": "how evenly mentees are spread over mentors",
    "need_coverage": "how much of what mentees need is met",
}  # fmt: skip


def named(outcome: str) -> str:
    """An outcome inside a sentence, in plain words."""
    if parts := gap_parts(outcome):
        return f"the gap by {wording.attribute(parts[1])} in {named(parts[0])}"
    return TITLES.get(outcome) or wording.inside(wording.outcome(outcome).title)


def changed(outcome: str, difference: float, low: float = np.nan, high: float = np.nan, turned: bool = False) -> str:
    """A difference in words, with its interval: `2.9 more of 100 mentees stay (2.5 to 3.3)`.

    Of a gap, `difference` is that of its width. `turned` says that now the other side is behind.
    """
    described = wording.outcome(outcome)
    amount, unit = wording.amount(abs(difference), described), _unit(described)
    sign = 1.0 if difference >= 0.0 else -1.0
    ends = " to ".join(wording.amount(end, described) for end in sorted((sign * low, sign * high)))
    span = f" ({ends})" if np.isfinite(low + high) else ""
    if outcome.startswith("gap_"):
        if turned:
            return f"{named(outcome)} turns round: now the other side is behind"
        return f"{named(outcome)} gets {'wider' if sign > 0 else 'narrower'} by {amount}{unit}{span}"
    if outcome in SAID:
        return SAID[outcome][sign < 0].format(n=amount) + span
    return f"{named(outcome)} {'rises' if sign > 0 else 'falls'} by {amount}{unit}{span}"


def margin(outcome: str, value: float) -> str:
    """A margin with its unit: `1.0 points`."""
    described = wording.outcome(outcome)
    return f"{wording.amount(value, described)}{_unit(described)}"


def _unit(described: Outcome) -> str:
    unit = described.difference_unit
    return " points" if unit == "percentage points" else f" {unit}" if unit else ""
