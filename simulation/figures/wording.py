"""Plain words for policies, outcomes and numbers, so that every figure and the brief name them alike."""

import dataclasses
import math
import re

from simulation.scenario.field_words import field_at, number
from simulation.scenario.policy import Policy
from simulation.scenario.world import World

MINUS = "\N{MINUS SIGN}"
NAMES = {"cipp": "CIPP", "gpa": "GPA", "id": "ID"}
ATTRIBUTES = {"minority": "minority status"}
SHORT = 40  # letters of a field's description that a figure has room for


@dataclasses.dataclass(frozen=True)
class Outcome:
    """An outcome as a person reads it: its title, its unit, and which way is better (1 up, -1 down, 0 neither)."""

    title: str
    unit: str
    difference_unit: str
    scale: float = 1.0
    better: int = 0
    decimals: int = 1


def _share(title: str, better: int) -> Outcome:
    return Outcome(title, "%", "percentage points", 100.0, better, 1)


def _answer(title: str) -> Outcome:
    return Outcome(title, "on a scale of 1 to 5", "points on a scale of 1 to 5", 1.0, 1, 2)


OUTCOMES = {
    "retention": _share("Retention", 1),
    "retention_12": _share("Retention at 12 months", 1),
    "retention_36": _share("Retention at 36 months", 1),
    "retention_60": _share("Retention at 60 months", 1),
    "mentored_share": _share("Months with a mentor", 1),
    "access": _share("Mentees who ever had a mentor", 1),
    "sparked_share": _share("Mentees with a tie that sparked", 1),
    "spark_rate": _share("Ties that spark", 1),
    "need_coverage": _share("Need covered", 1),
    "mentoring_satisfaction": _answer("Satisfaction with mentoring"),
    "job_satisfaction": _answer("Satisfaction with the job"),
    "burnout": Outcome("Mentee burnout", "on a scale of 0 to 100", "points of 100", 100.0, -1, 1),
    "output": Outcome("Research output", "per mentee", "per mentee", 1.0, 1, 2),
    "belonging": Outcome("Belonging", "on a scale of 0 to 100", "points of 100", 100.0, 1, 1),
    "skill": Outcome("Skill", "on a scale of 0 to 100", "points of 100", 100.0, 1, 1),
    "meaningful_share": _share("Mentees with a meaningful mentor", 1),
    "primary_share": _share("Mentees with a primary mentor", 1),
    "months_to_first_tie": Outcome("Months to the first tie, of those who had one", "months", "months", 1.0, -1, 1),
    "months_to_first_spark": Outcome("Months to the first spark, of those who had one", "months", "months", 1.0, -1, 1),
    "closure_30": _share("Ties closed within 30 months", 0),
    "mentor_ended_share": _share("Endings that mentors began", 0),
    "tie_months": Outcome("Length of ties so far", "months", "months", 1.0, 1, 1),
    "tie_quality": Outcome("Quality of ties", "on a scale of 0 to 100", "points of 100", 100.0, 1, 1),
    "mentor_load": Outcome("Mentees per mentor", "mentees", "mentees", 1.0, 0, 2),
    "cross_discipline_share": _share("Ties across disciplines", 0),
    "same_identity_share": _share("Ties of the same group, by the first attribute", 0),
    "degree": Outcome("Mentors per mentee", "mentors", "mentors", 1.0, 0, 2),
    "reach": _share("Mentors with at least one mentee", 1),
    "norm_share": _share("Mentees to whom moving on is normal", 0),
    "closure_12": _share("Ties closed within 12 months", 0),
    "ended_well_share": _share("Endings that were good", 1),
    "mentor_retention": _share("Mentor retention", 1),
    "mentor_satisfaction": _answer("Mentor satisfaction"),
    "mentor_burnout": Outcome("Mentor burnout", "on a scale of 0 to 100", "points of 100", 100.0, -1, 1),
    "mentor_load_gini": Outcome("Mentor load Gini", "0 even, 1 uneven", "0 even, 1 uneven", 1.0, -1, 3),
    "cost": Outcome("Cost", "money per mentee and year", "per mentee and year", 1.0, -1, 0),
    "cost_per_retained": Outcome("Cost per retained mentee", "money", "money", 1.0, -1, 0),
}


def words(name: object) -> str:
    """Say a name of a file or column as a program office would: `multi_discipline` becomes `Multi discipline`."""
    said = " ".join(NAMES.get(word, word) for word in str(name).split("_") if word)
    return said[:1].upper() + said[1:]


def attribute(name: object) -> str:
    """Say the name of an identity attribute inside a sentence: `minority` becomes `minority status`."""
    return ATTRIBUTES.get(str(name), words(name).lower())


def gap_parts(name: str) -> tuple[str, str] | None:
    """Split the name of a gap, `gap_<outcome>_<attribute>`, into the two; None when it is not a gap."""
    if not name.startswith("gap_"):
        return None
    rest = name.removeprefix("gap_")
    known = [outcome for outcome in OUTCOMES if rest.startswith(outcome + "_")]
    if known:
        longest = max(known, key=len)
        return longest, rest.removeprefix(longest + "_")
    outcome, _, attribute = rest.rpartition("_")
    return (outcome, attribute) if outcome else None


def outcome(name: str) -> Outcome:
    """Describe an outcome by the name of its column; a gap is described by the outcome it is a gap in."""
    if name in OUTCOMES:
        return OUTCOMES[name]
    parts = gap_parts(name)
    if parts is None:
        return Outcome(words(name), "", "", 1.0, 0, 2)
    inner = outcome(parts[0])
    title = f"{inner.title} gap by {attribute(parts[1])}"
    return Outcome(title, inner.difference_unit, inner.difference_unit, inner.scale, -1, inner.decimals)


def level(value: float, described: Outcome) -> str:
    """Write a level of an outcome, such as `84.2 %`; a missing value is a dash."""
    if value is None or not math.isfinite(value):
        return "–"
    text = f"{value * described.scale:,.{described.decimals}f}".replace("-", MINUS)
    return f"{text} %" if described.unit == "%" else text


def change(value: float, described: Outcome) -> str:
    """Write a difference with its sign, such as `+2.1`; a missing value is a dash."""
    if value is None or not math.isfinite(value):
        return "–"
    text = f"{value * described.scale:+,.{described.decimals}f}".replace("-", MINUS)
    return text[1:] if float(f"{value * described.scale:.{described.decimals}f}") == 0 else text


def interval(low: float, high: float, described: Outcome) -> str:
    """Write an interval, such as `+0.4 to +3.8`; a missing one says so."""
    if not (math.isfinite(low) and math.isfinite(high)):
        return "no interval"
    return f"{change(low, described)} to {change(high, described)}"


def amount(value: float, described: Outcome) -> str:
    """Write the size of a difference, without a sign where it is up; a missing value is a dash."""
    return change(value, described).removeprefix("+")


def percent(value: float) -> str:
    """Write a share, such as `34 %`; a missing value is a dash."""
    return f"{100.0 * value:.0f} %" if math.isfinite(value) else "–"


def factor(label: str) -> str:
    """Say what a study varies: the name that it was given, or else what its field says of itself, if that is short."""
    if not re.fullmatch(r"\w+(\.\w+)+", label):
        return words(label)
    parts = label.split(".")
    described = [found.description for kind in (World, Policy) if (found := field_at(kind, tuple(parts)))]
    short = next((text for text in described if text and len(text) <= SHORT), " ".join(parts[-2:]))
    return words(short)


def bound(name: str, category: str | None, low: float, high: float) -> str:
    """Say one side of a box, or both: `time mentors find is above 2.5 and at most 4`, or `matching is stable`."""
    said = factor(name)
    said = said[:1].lower() + said[1:]
    if isinstance(category, str):
        return f"{said} is {'' if math.isfinite(low) else 'not '}{words(category).lower()}"
    low_said, high_said = (number(float(f"{end:.3g}")) if math.isfinite(end) else "" for end in (low, high))
    sides = [f"above {low_said}" if low_said else "", f"at most {high_said}" if high_said else ""]
    return f"{said} is {' and '.join(filter(None, sides))}".replace("-", MINUS)


def compared(name: str, policy: str, baseline: str | None) -> str:
    """Say what is measured: `Retention: six tips compared with ad hoc`, or `Retention, under Six tips`."""
    title = outcome(name).title
    if not isinstance(baseline, str):
        return f"{title}, under {words(policy)}"
    return f"{title}: {words(policy).lower()} compared with {words(baseline).lower()}"


def listed(items: list[str]) -> str:
    """Join words as a sentence does: `a, b and c`."""
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}" if items else ""
