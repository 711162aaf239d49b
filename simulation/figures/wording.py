"""Plain words for policies, outcomes and numbers, so that all figures and the brief use the same ones."""

import dataclasses
import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping

import pandas as pd

from simulation.judgement import verdict
from simulation.outcomes import TABLE, Outcome, Unit, attribute_parts, find, gap_parts
from simulation.scenario.counted import counted, listed
from simulation.scenario.field_words import field_at, number
from simulation.scenario.policy import Policy
from simulation.scenario.world import World

MINUS = "\N{MINUS SIGN}"
NAMES = {"cipp": "CIPP", "gpa": "GPA", "id": "ID"}
ATTRIBUTES = {"minority": "minority status"}
SETTINGS = {
    "coordinator": "assigned by a coordinator", "facilitated": "chosen with help", "choice": "chosen without help",
    "off": "off", "optional": "if wished", "required": "for all", "True": "yes", "False": "no",
}  # fmt: skip
FINEST = 6  # decimals beyond the usual ones, where that many are needed
MONEY = Unit(decimals=0)
SHORT = 40  # the longest description of a field that fits into a figure, in letters


def words(name: object) -> str:
    """Turn a name of a file or column into words: `multi_discipline` becomes `Multi discipline`."""
    said = " ".join(NAMES.get(word, word) for word in str(name).split("_") if word)
    return said[:1].upper() + said[1:]


def attribute(name: object) -> str:
    """Turn the name of an identity attribute into words inside a sentence: `minority` becomes `minority status`."""
    return listed([ATTRIBUTES.get(part, inside(words(part))) for part in str(name).split("_x_")])


def outcome(name: str) -> Outcome:
    """Describe an outcome by the name of its column; the title of a gap says by which attribute."""
    found = find(name)
    if parts := gap_parts(name):
        return dataclasses.replace(found, title=f"Gap by {attribute(parts[1])} in {inside(outcome(parts[0]).title)}")
    if parts := attribute_parts(name):
        return dataclasses.replace(found, title=f"{found.title}, by {attribute(parts[1])}")
    return found if name in TABLE else dataclasses.replace(found, title=words(name))


def inside(title: str) -> str:
    """Write a title as it stands inside a sentence: `Six tips` becomes `six tips`, and `NASA program` stays."""
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]


def level(value: float, described: Outcome | Unit) -> str:
    """Write a level of an outcome, such as `84.2 %`; a missing value is a dash."""
    if value is None or not math.isfinite(value):
        return "–"
    text = f"{value * described.scale:,.{described.decimals}f}".replace("-", MINUS)
    text = text if any(digit in text for digit in "123456789") else text.removeprefix(MINUS)
    return f"{text} %" if described.unit == "%" else text


def ends(top: float, rest: float, described: Outcome | Unit) -> str:
    """Write the levels of both ends of an identity without their unit, such as `59.1 / 52.3`."""
    return " / ".join(level(value, described).removesuffix(" %") for value in (top, rest))


def change(value: float, described: Outcome | Unit) -> str:
    """Write a difference with its sign, such as `+2.1`; a missing value is a dash."""
    if value is None or not math.isfinite(value):
        return "–"
    text = f"{value * described.scale:+,.{described.decimals}f}".replace("-", MINUS)
    return text[1:] if float(f"{value * described.scale:.{described.decimals}f}") == 0 else text


def interval(low: float, high: float, described: Outcome | Unit) -> str:
    """Write an interval, such as `+0.4 to +3.8`; a missing one says so."""
    if not (math.isfinite(low) and math.isfinite(high)):
        return "no interval"
    return f"{change(low, described)} to {change(high, described)}"


def amount(value: float, described: Outcome | Unit) -> str:
    """Write a difference without a plus sign; a missing value is a dash."""
    return change(value, described).removeprefix("+")


def open_question(low: float, high: float, needed: float, described: Outcome | Unit) -> str:
    """Say that one cannot tell: what could still be true, and how many replicates would tell."""
    if not (math.isfinite(low) and math.isfinite(high)):
        return "cannot tell: too few replicates"
    less, more = amount(abs(low), described), amount(abs(high), described)
    could = f"{less} less to {more} more" if low < 0.0 < high else f"{less} to {more} {'more' if low >= 0.0 else 'less'}"
    return f"cannot tell: {could}" + (f"; about {counted(int(needed), 'replicates')} would tell" if math.isfinite(needed) else "")


def fitted(described: Outcome, intervals: Iterable[tuple[float, float, float]]) -> Outcome:
    """Give an outcome as many decimals as its shown intervals need: each, as shown, says what its verdict says.

    An interval is its ends and the difference that closes a gap (missing for all but gaps). So none that leaves out zero is
    shown as one that holds it, and none that reaches beyond the margin as one within it.
    """
    intervals = [[float(value) * described.scale for value in one] for one in intervals]
    margin = round(described.margin * described.scale, 9)

    def said(decimals: int) -> list[str]:
        ends = ((round(low, decimals), round(high, decimals), closes) for low, high, closes in intervals)
        return [verdict(low, high, described.better, margin, closes) for low, high, closes in ends]

    usual, exact = described.decimals, said(12)
    enough = (count for count in range(usual, usual + FINEST + 1) if said(count) == exact)
    return dataclasses.replace(described, decimals=next(enough, usual))


def fitted_to(name: str, rows: pd.DataFrame) -> Outcome:
    """Describe an outcome with the decimals that its rows of turned contrasts need, so that all of them are shown alike."""
    mine = rows[rows["outcome"] == name]
    return fitted(outcome(name), zip(mine["low_all"], mine["high_all"], mine["no_gap"], strict=True))


def after(before: float, difference: float, described: Outcome | Unit) -> float:
    """The level after a difference, so that the shown levels differ by the shown difference."""
    places = described.decimals
    return (round(float(before) * described.scale, places) + round(float(difference) * described.scale, places)) / described.scale


def between(top: float, rest: float, described: Outcome | Unit) -> float:
    """The difference between two levels as they are shown."""
    shown = (round(float(value) * described.scale, described.decimals) for value in (top, rest))
    return (next(shown) - next(shown)) / described.scale


def gap_change(now: tuple[float, float], before: tuple[float, float], described: Outcome | Unit) -> float:
    """How much wider a gap is than before, by the two ends of each as they are shown."""
    apart, today = between(*now, described), between(*before, described)
    return (apart - today) * (1.0 if today >= 0.0 else -1.0)


def within(value: float, low: float, high: float, described: Outcome | Unit) -> bool:
    """Whether an interval holds a value, as they are shown."""
    low, value, high = (round(float(one) * described.scale, described.decimals) for one in (low, value, high))
    return low <= value <= high


def rounded(amount: float) -> float:
    """Money as people say it: with three digits that count."""
    return float(f"{amount:.3g}")


def money(amount: float) -> str:
    """Write money as people say it, such as `312,000`; a missing value is a dash."""
    return level(rounded(amount), MONEY)


def called(named: Policy | World) -> str:
    """What a policy or a world is called: by its title, else by its name in words."""
    return named.title or words(named.name)


def titles(given: Mapping[str, str | None]) -> dict[str, str]:
    """What policies are called, by name: by title, else by their name in words; with the name where two are called alike."""
    found = {name: title or words(name) for name, title in given.items()}
    count = Counter(found.values())
    return {name: f"{title} ({name})" if count[title] > 1 else title for name, title in found.items()}


def percent(value: float) -> str:
    """Write a share, such as `34 %`; a missing value is a dash."""
    return f"{100.0 * value:.0f} %" if math.isfinite(value) else "–"


def factor(label: str) -> str:
    """Name a factor of a study: by its label, or by the description of its field if that is short."""
    if not re.fullmatch(r"\w+(\.\w+)+", label):
        return words(label)
    parts = label.split(".")
    described = [found.description for kind in (World, Policy) if (found := field_at(kind, tuple(parts)))]
    short = next((text for text in described if text and len(text) <= SHORT), " ".join(parts[-2:]))
    return words(short)


def setting(level: str) -> str:
    """Write the level of a factor of a study: `0.2`, `1,200`, `chosen with help`."""
    try:
        return number_said(float(level))
    except (ValueError, OverflowError):
        return SETTINGS.get(level, inside(words(level)))


def number_said(value: float) -> str:
    """Write a number with as many digits as people read: `0.2`, `1,200`."""
    return number(float(f"{value:.6g}")).replace("-", MINUS)


def short(label: str) -> str:
    """Name a factor by its field, without the word that all parameters have in common."""
    return label.removeprefix("parameters.")


def bound(name: str, category: str | None, low: float, high: float) -> str:
    """Write the limits of a box on a factor: `time mentors find is above 2.5 and at most 4`, or `matching is stable`."""
    said = inside(factor(name))
    if isinstance(category, str):
        return f"{said} is {'' if math.isfinite(low) else 'not '}{inside(words(category))}"
    low_said, high_said = (number(float(f"{end:.3g}")) if math.isfinite(end) else "" for end in (low, high))
    sides = [f"above {low_said}" if low_said else "", f"at most {high_said}" if high_said else ""]
    return f"{said} is {' and '.join(filter(None, sides))}".replace("-", MINUS)


def compared(name: str, policy: str, baseline: str | None) -> str:
    """Name a response: `Retention: six tips compared with ad hoc`, or `Retention, under Six tips`."""
    title = outcome(name).title
    if not isinstance(baseline, str):
        return f"{title}, under {words(policy)}"
    return f"{title}: {inside(words(policy))} compared with {inside(words(baseline))}"
