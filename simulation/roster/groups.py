"""What people say of themselves, in one spelling: disciplines and groups, over both sheets together."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

import pandas as pd

from simulation.columns import DISCIPLINES, GROUPS
from simulation.roster.headers import LONG, Side
from simulation.roster.spellings import CONTACT, NO, YES, gender_in, plain, unsaid
from simulation.scenario.counted import counted
from simulation.scenario.roster import SMALL_CELL
from simulation.scenario.world import World

UNKNOWN, SEVERAL, OTHER, NOT_STATED = "unknown", "several", "other", "not stated"
IS_SO = {"urm", "urim", "uim", "minority", "underrepresented", "underrepresented minority"}
IS_NOT = {"non urm", "not urm", "nonurm", "non urim", "majority", "none", "not underrepresented", "non minority"}
ALIKE = 0.8


def same_words(sides: Sequence[Side], name: str, like: World, mapped: Mapping[str, str]) -> tuple[dict[str, pd.Series], list[str]]:
    """The disciplines or groups of the people on each side that has them, each thing in one spelling; and what is to be told."""
    those = [side for side in sides if name in side.people]
    cells = pd.concat([side.people[name] for side in those])
    whole, told = Counter(cells.tolist()), []
    nobody = NOT_STATED if name == "discipline" else UNKNOWN
    said = {value for value in whole if value and not unsaid(value)}
    fixed = {plain(value): meant for value, meant in mapped.items()}
    yes_no = {} if name == "discipline" else _yes_no(name, whole, said, like)
    if yes_no and "" in yes_no:
        told.append(f"{name}: a blank is read as {yes_no['']}, as only the others are marked")
    labels = _labels(whole, name, like)
    meant, split, hidden = {}, set(), set()
    for value in whole:
        parts = _parts(value, said)
        if plain(value) in fixed:
            meant[value] = fixed[plain(value)]
        elif plain(value) in yes_no:
            meant[value] = yes_no[plain(value)]
        elif value not in said:
            meant[value] = nobody
        elif CONTACT.search(value) or (len(value) > LONG and whole[value] < SMALL_CELL and len(parts) == 1):
            meant[value] = nobody if CONTACT.search(value) else OTHER
            hidden.add(value)
        elif len(parts) > 1 and (name != "gender" or gender_in(value) is None):
            several = list(dict.fromkeys(_one(part, name, labels, fixed, yes_no, nobody) for part in parts))
            meant[value] = several[0] if name == "discipline" or len(several) == 1 else SEVERAL
            split |= {value} if len(several) > 1 else set()
        else:
            meant[value] = _one(parts[0] if parts else value, name, labels, fixed, yes_no, nobody)
    if split:
        taken = "the first is taken" if name == "discipline" else f"read as {SEVERAL}"
        told.append(f"{name}: {counted(sum(whole[value] for value in split), 'people')} with several values in the cell: {taken}")
    if hidden:
        heads, first = counted(sum(whole[value] for value in hidden), "people"), cells.index[cells.isin(hidden)][0]
        read_as = " or ".join(sorted({meant[value] for value in hidden}))
        told.append(f"{name}: {heads} with an address or a sentence in the cell (first in row {first}): read as {read_as}")
    most, heads = (DISCIPLINES if name == "discipline" else GROUPS), Counter(cells.map(meant).tolist())
    if len(heads) > most:
        ranked = sorted((label for label in heads if label not in (nobody, OTHER)), key=lambda label: (-heads[label], label))
        rare = set(ranked[most - 2 :])
        meant = {value: OTHER if label in rare else label for value, label in meant.items()}
        told.append(f"{name}: the {len(rare)} smallest are put together as {OTHER}, since a world has at most {most}")
    return {side.whose: side.people[name].map(meant) for side in those}, told


def ordered(heads: Counter, name: str) -> list[str]:
    """The groups: the largest first, as the reference of every gap, and last those who said nothing or several things."""
    last = [NOT_STATED, SEVERAL, OTHER, UNKNOWN]
    named = sorted(group for group in heads if group not in last)
    first = max(named, key=lambda group: heads[group], default=None)
    rest = [group for group in named if group != first or name == "discipline"]
    return ([first] if first and name != "discipline" else []) + rest + [group for group in last if group in heads]


def _bare(text: str, name: str) -> str:
    """A value without what stands in brackets, and a discipline without "department of"."""
    text = re.sub(r"^\s*(the )?(department|dept\.?|division) of ", "", text, flags=re.IGNORECASE) if name == "discipline" else \
        re.sub(r"\s*\(.*?\)", "", text)  # fmt: skip
    return " ".join(text.split()) or "?"


def _labels(whole: Counter, name: str, like: World) -> dict[str, str]:
    """The one spelling of everything: the like-world's, or the office's most frequent."""
    heads: dict[str, Counter] = {}
    for value, number in whole.items():
        for part in {*_pieces(value), value}:
            heads.setdefault(plain(_bare(part, name)), Counter())[_bare(part, name)] += number
    labels = {key: _name(min(found, key=lambda label: (-found[label], label))) for key, found in heads.items()}
    identity = next((identity for identity in like.identities if identity.name == name), None)
    known = [discipline.name for discipline in like.disciplines] if name == "discipline" else identity.groups if identity else ()
    return labels | {plain(label): label for label in known}


def _name(label: str) -> str:
    """A label as a world allows names."""
    return "".join(c if c.isprintable() else " " for c in label).replace(":", " -")[:LONG].strip()


def _pieces(value: str) -> list[str]:
    return [part for part in (piece.strip() for piece in re.split(r"[;|\n]", value)) if plain(part)]


def _parts(value: str, said: set[str]) -> list[str]:
    """The values in a cell: parted by semicolons and the like, or by commas where each stands alone elsewhere."""
    parts = _pieces(value)
    commas = [part.strip() for part in re.split(r"[,/]", value)] if len(parts) == 1 else []
    return commas if len(commas) > 1 and all(part in said for part in commas) else parts


def _one(value: str, name: str, labels: Mapping[str, str], fixed: Mapping[str, str], yes_no: Mapping[str, str], nobody: str) -> str:
    """What one value means."""
    key = plain(value)
    if key in fixed or key in yes_no:
        return fixed.get(key) or yes_no[key]
    gender = gender_in(value) if name == "gender" else None
    if gender:
        return labels.get(gender, gender)
    if key == OTHER:
        return OTHER
    return nobody if unsaid(value) else labels.get(plain(_bare(value, name))) or nobody


def _yes_no(name: str, whole: Counter, said: set[str], like: World) -> dict[str, str]:
    """What the answers mean in a column of yes and no, or of marks and blanks; empty for other columns."""
    yes, no = (YES | IS_SO, NO | IS_NOT) if name == "minority" else (YES, NO)
    heads = sum(whole[value] for value in said)
    if not heads or sum(whole[value] for value in said if plain(value) in yes | no) < ALIKE * heads:
        return {}
    groups = next((identity.groups for identity in like.identities if identity.name == name), ())
    words = (name, groups[1 - groups.index(name)]) if len(groups) == 2 and name in groups else ("yes", "no")
    means = dict.fromkeys(yes, words[0]) | dict.fromkeys(no, words[1])
    marked = whole[""] and {plain(value) for value in said} <= yes
    return means | ({"": words[1]} if marked else {})
