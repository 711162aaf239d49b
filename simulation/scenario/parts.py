"""Parts of a world that other fields name, in its data: dropped or renamed, with what hangs on them.

Parts are entries of a list: disciplines, domains, identities, shocks, and the groups of an identity. Where the parts share
people out, the others keep their proportions.
"""

from collections.abc import Iterator
from typing import Any

from simulation.scenario.errors import ScenarioError, shown
from simulation.scenario.roster import renamed

MIXES = ("mentees", "mentors")  # shares of an attribute's groups that add up to 1
BY_GROUP = (*MIXES, "wish_same", "wish_different", "hazard_ratio", "resources")


def drop(data: dict[str, Any], path: tuple) -> None:
    """Take a part out; a `ScenarioError` says so where the others have no people among them."""
    owner, name = _named(data, path)
    owner.pop(path[-1])
    for table in _by_name(data, path):
        table.pop(name, None)
    if path[:-1] == ("disciplines",):
        shares = {place: entry["mentees"] for place, entry in enumerate(owner)}
        for place, share in _spread(shares, name).items():
            owner[place]["mentees"] = share
    elif path[-2] == "groups":
        identity = data[path[0]][path[1]]
        identity.update({mix: _spread(identity[mix], name) for mix in MIXES})


def rename(data: dict[str, Any], path: tuple, new: str) -> None:
    """Give a part another name, everywhere in the world; that no two have one name is the world's own check."""
    owner, old = _named(data, path)
    if data.get("roster"):
        renamed(data["roster"], path, old, new, data[path[0]][path[1]]["name"])
    if isinstance(owner[path[-1]], dict):
        owner[path[-1]]["name"] = new
    else:
        owner[path[-1]] = new
    for table in _by_name(data, path):
        if old in table:
            kept = {new if name == old else name: value for name, value in table.items()}
            table.clear()
            table.update(kept)


def _named(data: Any, path: tuple) -> tuple[list, str]:
    """The list that holds a part, and the part's name."""
    for step in path[:-1]:
        data = data[step]
    part = data[path[-1]]
    return data, part.get("name", "") if isinstance(part, dict) else part


def _by_name(data: dict[str, Any], path: tuple) -> Iterator[dict[str, Any]]:
    """The tables of a world that have an entry by the name of a part."""
    roster = data.get("roster") or {"mentees": (), "mentors": ()}
    if path[0] == "domains":
        yield from (entry["expertise"] for entry in (*data["disciplines"], *roster["mentors"]))
    elif path[0] == "identities" and len(path) == 2:
        yield from (cell["groups"] for cell in (*roster["mentees"], *roster["mentors"]))
    elif path[-2] == "groups":
        yield from (data[path[0]][path[1]][field] for field in BY_GROUP)


def _spread(shares: dict[Any, float], gone: str) -> dict[Any, float]:
    """The shares of those who stay, in their proportions, so that they add up to 1."""
    total = sum(shares.values())
    if total <= 0.0:
        raise ScenarioError(f"without {shown(gone)} there is nobody")
    return {name: share / total for name, share in shares.items()}
