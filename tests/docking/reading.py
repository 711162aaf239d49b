"""Reads what the model is given: the tables of section 8 of the ODD description, and world and policy files."""

import copy
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

PARTS = {
    "Parameters of the rules": "parameters",
    "Fields of a world": "world",
    "Levers of a policy": "policy",
}
LISTS = ("disciplines", "domains", "identities", "shocks")
ROSTER = "roster"  # a program's own people, whom the second program does not know
HEADERS = ("name", "title", "text", "extends")
REQUIRED = object()


@dataclass
class Description:
    """The defaults that the description gives: for each part a table of sections, each a table of values."""

    parameters: dict[str, dict]
    world: dict[str, dict]
    policy: dict[str, dict]


@dataclass
class World:
    """A world: one namespace for each single section, one list of namespaces for each section that repeats."""

    name: str
    rules: SimpleNamespace
    people: SimpleNamespace
    context: SimpleNamespace
    hazards: SimpleNamespace
    prices: SimpleNamespace
    disciplines: list[SimpleNamespace]
    domains: list[SimpleNamespace]
    identities: list[SimpleNamespace]
    shocks: list[SimpleNamespace]


@dataclass
class Policy:
    """A policy: the months in which it starts and ends, its levers by section, and the ad hoc levers without it."""

    name: str
    start_month: int
    end_month: int
    levers: SimpleNamespace
    ad_hoc: SimpleNamespace


def default_of(cell: str) -> Any:
    """Turn the text of a default, as it stands in a table, into a value."""
    text = cell.strip()
    if text == "must be given":
        return REQUIRED
    if text in ("true", "false"):
        return text == "true"
    if text == "{}":
        return {}
    if text.startswith("["):
        return [default_of(item) for item in text[1:-1].split(",") if item.strip()]
    if text.startswith('"'):
        return text.strip('"')
    try:
        number = float(text.replace(",", ""))
    except ValueError:
        return text
    return number if re.search(r"[.e]", text) else int(number)


def read_description(path: Path) -> Description:
    """Read the defaults of all parameters, world fields and levers from the tables of the description."""
    parts: dict[str, dict] = {part: {} for part in PARTS.values()}
    part = None
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("### "):
            part = PARTS.get(line[4:].strip())
        row = re.match(r"\| `([a-z_0-9.]+)` \|", line)
        if part is None or row is None:
            continue
        cells = [cell.strip() for cell in line.strip("|").split(" | ")]
        section, _, field = row[1].rpartition(".")
        if section.partition(".")[0] == ROSTER:
            continue
        parts[part].setdefault(section, {})[field] = default_of(cells[3])
    return Description(**parts)


def read_processes(path: Path) -> list[str]:
    """Read the names of a month's processes, in order: those in bold in the numbered list of section 3."""
    section = path.read_text(encoding="utf-8").partition("\n## 3. ")[2].partition("\n## 4. ")[0]
    numbered = re.findall(r"^(?:\d+\.|  ) .*", section, re.MULTILINE)
    return re.findall(r"\*\*(\w+)\*\*", "\n".join(numbered))


def read_headings(path: Path) -> list[str]:
    """Read the names of the submodels: the headings of section 7."""
    section = path.read_text(encoding="utf-8").partition("\n## 7. ")[2].partition("\n## 8. ")[0]
    return re.findall(r"^### (\w+)$", section, re.MULTILINE)


def filled(defaults: dict, given: dict, where: str) -> SimpleNamespace:
    """Put what a file gives over the defaults of a section; refuse names that the description does not know."""
    unknown = set(given) - set(defaults)
    if unknown:
        raise ValueError(f"{where}: the description knows no {', '.join(sorted(unknown))}")
    values = copy.deepcopy({**defaults, **given})
    missing = [name for name, value in values.items() if value is REQUIRED]
    if missing:
        raise ValueError(f"{where}: {', '.join(missing)} must be given")
    return SimpleNamespace(**values)


def sections(defaults: dict[str, dict], given: dict[str, dict], where: str) -> dict[str, SimpleNamespace]:
    """Fill every section that the description names."""
    unknown = set(given) - set(defaults)
    if unknown:
        raise ValueError(f"{where}: the description knows no section {', '.join(sorted(unknown))}")
    return {name: filled(fields, given.get(name, {}), f"{where}, {name}") for name, fields in defaults.items()}


def read_world(path: Path, description: Description) -> World:
    """Read a world file over the defaults of the description."""
    table = extended(path)
    single = {name: fields for name, fields in description.world.items() if name not in LISTS}
    given = {name: value for name, value in table.items() if name not in (*HEADERS, *LISTS, "parameters")}
    lists = {
        name: [filled(description.world[name], {k: v for k, v in item.items() if k not in ("name", "text")}, name)
               for item in table.get(name, [])]
        for name in LISTS
    }
    for name in LISTS:
        for space, item in zip(lists[name], table.get(name, []), strict=True):
            space.name = item.get("name", "")
    rules = SimpleNamespace(**sections(description.parameters, table.get("parameters", {}), path.stem))
    return World(name=table["name"], rules=rules, **sections(single, given, path.stem), **lists)


def extended(path: Path) -> dict:
    """Read a file together with the files it extends; what the later file says goes before."""
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    if "extends" not in table:
        return table
    base = extended(path.with_name(f"{table['extends']}.toml"))
    for name, value in table.items():
        base[name] = {**base.get(name, {}), **value} if isinstance(value, dict) else value
    return base


def read_policy(path: Path, description: Description) -> Policy:
    """Read a policy file over the levers of ad hoc mentoring."""
    table = extended(path)
    defaults = {name: fields for name, fields in description.policy.items() if name}
    given = {name: value for name, value in table.items() if name not in (*HEADERS, "start_month", "end_month")}
    return Policy(
        name=table["name"],
        start_month=table.get("start_month", description.policy[""]["start_month"]),
        end_month=table.get("end_month", description.policy[""]["end_month"]),
        levers=SimpleNamespace(**sections(defaults, given, path.stem)),
        ad_hoc=SimpleNamespace(**sections(defaults, {}, "ad hoc")),
    )
