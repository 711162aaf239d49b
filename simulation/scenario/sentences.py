"""A policy in plain sentences, made from the descriptions and units of its levers."""

from typing import Any

from simulation.scenario.field_words import field_at, said
from simulation.scenario.policy import NEVER, SECTIONS, Policy


def _subject(path: tuple[str, ...]) -> str:
    """What a lever is, as the start of a sentence: its description up to the first colon or semicolon."""
    field = field_at(Policy, path)
    words = (field.description or path[-1].replace("_", " ")).partition(":")[0].partition(";")[0]
    return words[:1].upper() + words[1:]


def _value(path: tuple[str, ...], value: Any) -> str:
    return said(value, field_at(Policy, path))


def _levers() -> list[tuple[str, ...]]:
    """The paths of all levers, in the order of the tips."""
    inside = [(section, name) for section in SECTIONS for name in type(getattr(Policy(), section)).model_fields]
    return [("start_month",), ("end_month",), *inside]


def _at(policy: Policy, path: tuple[str, ...]) -> Any:
    value: Any = policy
    for step in path:
        value = getattr(value, step)
    return value


def in_sentences(policy: Policy) -> list[str]:
    """The policy tip by tip; levers that are as without a program are not named."""
    lines = [policy.title, *([policy.text] if policy.text else []), ""]
    if policy.start_month:
        lines += [f"It starts in month {policy.start_month}; before that everything is ad hoc.", ""]
    if policy.end_month < NEVER:
        lines += [f"It ends in month {policy.end_month}; from then on everything is ad hoc again.", ""]
    without = Policy()
    for section in SECTIONS:
        changed = [path for path in _levers() if path[0] == section and _at(policy, path) != _at(without, path)]
        tip = (type(getattr(policy, section)).__doc__ or "").partition("\n")[0].rstrip(".")
        lines.append(f"{tip}: {'' if changed else 'as without a program.'}".rstrip())
        lines += [f"  - {_subject(path)}: {_value(path, _at(policy, path))}." for path in changed]
    return lines


def differences(one: Policy, other: Policy) -> list[tuple[str, Any, Any, str]]:
    """Each lever in which two policies differ: its dotted name, both values, and a sentence."""
    found = []
    for path in _levers():
        before, after = _at(one, path), _at(other, path)
        if before != after:
            start, end = _value(path, before), _value(path, after)
            # The unit once is enough: "from 0 to 2 hours per month".
            if start.partition(" ")[2] == end.partition(" ")[2] and isinstance(before, int | float):
                start = start.partition(" ")[0]
            text = f"{_subject(path)}: from {start} to {end}."
            found.append((".".join(path), _plain(before), _plain(after), text))
    return found


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value
