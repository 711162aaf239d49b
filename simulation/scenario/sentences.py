"""A policy in plain sentences, made from the descriptions and units of its levers."""

from collections.abc import Iterator
from typing import Any

from simulation.scenario.field_words import field_at, number, said
from simulation.scenario.policy import NEVER, PERSONAL, SECTIONS, WITH_OFFER, Policy

STARTS = "It starts in month {month}. Before that, everything is ad hoc."
ENDS = "It ends in month {month}. From then on, everything is ad hoc again."
OFFERED = "It is offered to some mentees only:"
PHASED = "It comes in phases. Until their turn, the others live without it:"
ONLY_THEY = "Only they have: {levers}."
EVERYBODY = "Everybody has: {levers}."
AS_AD_HOC = "{tip}: as in ad hoc mentoring."
SENTENCE = "{lever}: {value}."
CHANGE = "{lever}: from {before} to {after}."


def _lever(path: tuple[str, ...]) -> str:
    """The name of a lever at the start of a sentence: its description up to the first colon or semicolon."""
    field = field_at(Policy, path)
    words = (field.description or path[-1].replace("_", " ")).partition(":")[0].partition(";")[0]
    return words[:1].upper() + words[1:]


def _value(path: tuple[str, ...], value: Any) -> str:
    return said(value, field_at(Policy, path))


def _levers() -> list[tuple[str, ...]]:
    """The paths of all levers, in the order of the tips; last come those of the offer."""
    inside = [(section, name) for section in WITH_OFFER for name in type(getattr(Policy(), section)).model_fields]
    return [("start_month",), ("end_month",), *inside]


def _at(policy: Policy, path: tuple[str, ...]) -> Any:
    value: Any = policy
    for step in path:
        value = getattr(value, step)
    return value


def in_sentences(policy: Policy) -> Iterator[tuple[str, list[str]]]:
    """The policy as texts, each with a list of its own: tip by tip, the levers that differ from ad hoc mentoring."""
    yield from ((text, []) for text in (policy.title, policy.text) if text)
    yield "", []
    if policy.start_month:
        yield STARTS.format(month=policy.start_month), []
        yield "", []
    if policy.end_month < NEVER:
        yield ENDS.format(month=policy.end_month), []
        yield "", []
    set_here = [path for path in _levers() if _at(policy, path) != _at(Policy(), path)]
    for section in SECTIONS:
        changed = [path for path in set_here if path[0] == section]
        tip = (type(getattr(policy, section)).__doc__ or "").partition("\n")[0].rstrip(".")
        yield (f"{tip}:" if changed else AS_AD_HOC.format(tip=tip)), [_sentence(policy, path) for path in changed]
    pace = [("offer", "step_months")] if policy.offer.steps > 1 else []  # said also where it is the default
    offer = [path for path in _levers() if path[0] == "offer" and path in (*set_here, *pace)]
    if offer:
        phased = ("offer", "steps") in offer or ("offer", "everyone_from") in offer
        yield PHASED if phased else OFFERED, [*(_sentence(policy, path) for path in offer), *_who_has_what(set_here)]


def _sentence(policy: Policy, path: tuple[str, ...]) -> str:
    return SENTENCE.format(lever=_lever(path), value=_value(path, _at(policy, path)))


def _who_has_what(set_here: list[tuple[str, ...]]) -> Iterator[str]:
    """Say which levers of a policy those alone have to whom it is offered, and which everybody has."""
    levers = [path for path in set_here if path[0] in SECTIONS]
    for text, personal in ((ONLY_THEY, True), (EVERYBODY, False)):
        found = [_lever(path) for path in levers if (".".join(path) in PERSONAL) == personal]
        if found:
            yield text.format(levers="; ".join(name[:1].lower() + name[1:] for name in found))


def differences(one: Policy, other: Policy) -> list[tuple[str, Any, Any, str]]:
    """Each lever in which two policies differ: its dotted name, both values, and a sentence."""
    found = []
    for path in _levers():
        before, after = _at(one, path), _at(other, path)
        if before != after:
            start, end = _value(path, before), _value(path, after)
            if isinstance(before, str | tuple):
                start, end = f'"{start}"', f'"{end}"'
            elif not isinstance(before, bool):  # the unit once is enough: "from 0 to 2 hours per month"
                start = number(before)
            text = CHANGE.format(lever=_lever(path), before=start, after=end)
            found.append((".".join(path), _plain(before), _plain(after), text))
    return found


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value
