"""A world before its first month as one block of bytes, with the description by which a page finds its way in it.

The block holds every table of a run, and what the compiled month takes beside them. What is only zeros lies at its end and
is left out: the page makes it. So it does with a table whose rows are all alike, of which the description has one row.
Numbers are little-endian, and pointers are the page's own.
"""

import base64
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np

from simulation import ties
from simulation.allocate import Layout, allocate, lay_out
from simulation.billing import BILL
from simulation.burn_in import KEPT
from simulation.columns import VIEW, State
from simulation.outcomes import PERSONAL, groups_of, overall_of
from simulation.outcomes.counting import moment_of
from simulation.outcomes.table import OVERALL, PERSON
from simulation.page.levers import ABSENT, levers_in, values_of
from simulation.page.words import words_of
from simulation.rows import empty
from simulation.scenario.cross_checks import check_together
from simulation.scenario.errors import ScenarioError
from simulation.scenario.policy import PERSONAL as LEVERS_OF_PEOPLE
from simulation.scenario.policy import SECTIONS, Policy
from simulation.scenario.privacy import stand_ins
from simulation.scenario.world import World

BASE = 2 << 20  # where the block lies in the page's memory: behind the module's stack and constants
ALIGNED = 64
MOST = 24 << 20  # bytes of all tables, those of 3,000 mentees over ten years: more takes a phone seconds for each run
# The tables that fill up as months go by, and the count of their rows in use.
USED = {"records": "records", "mentors": "mentors", **KEPT}
# Times the rows that a traced table starts with, so that it seldom has to grow; the others start with room for most studies.
ROOM = {"trace": 6, "asks": 6, "views": 6}
WIDEST = Policy().with_({"empower.mentors_at_once": 4})  # so that every lever fits


class Image(NamedTuple):
    """The block of a world without the zeros at its end, and its description, which JSON can hold."""

    content: bytes
    description: dict[str, Any]


def image_of(world: World, policies: Sequence[Policy], months: int | None = None) -> Image:
    """Lay out a world, and describe it and its policies; of a world with a roster, its stand-ins.

    A policy that does not fit the world, or needs what no page has, raises `ScenarioError`; so does a world that is too large.
    """
    world = stand_ins(world)
    for policy in policies:
        check_together(world, policy)
        if policy.empower.pairing in ABSENT:
            problem = f'value "{policy.empower.pairing}": a page cannot make this assignment'
            hint = "use another pairing, such as coordinator or stable"
            raise ScenarioError(problem, file=f"policy {policy.name}", field="empower.pairing", hint=hint)
    layout = lay_out(world, WIDEST, world.people.months if months is None else months)
    parts = _parts(layout, len(groups_of(world)))
    whole = sum(np.asarray(part).nbytes for part in parts.values())
    if whole > MOST:
        problem = f"a page has room for {MOST >> 20} megabytes, and the tables of this study take {whole >> 20}"
        raise ScenarioError(problem, file=f"world {world.name}", hint="use fewer mentees, or fewer months")
    content, tables = _block(parts, allocate(layout, 1, False))
    return Image(content, _described(world, policies, layout, tables))


def _parts(layout: Layout, groups: int) -> dict[str, Any]:
    """Everything that lies in the block, by name: the tables of a traced run, and what is beside them."""
    state = allocate(layout, 1, True)
    roomy = {
        name: empty(getattr(state, name).dtype, ROOM.get(name, 1) * len(getattr(state, name)))
        for name in _traced(layout, state)
    }
    state = state._replace(
        **{name: rows for name, rows in roomy.items() if name in USED}, streams=np.zeros_like(state.streams)
    )
    state.units.turn[:] = 0.0  # of the seed, as the streams are
    beside = {
        "setting": layout.setting,
        "plan": layout.plan.levers,
        "without": layout.plan.without,
        "moment_people": np.zeros((2, groups), PERSON),
        "moment_overall": np.zeros((2, 1), OVERALL),
    }
    return state._asdict() | beside


def _traced(layout: Layout, state: State) -> list[str]:
    """The tables that have rows in a traced run alone."""
    plain = allocate(layout, 1, False)
    return [name for name in State._fields if np.size(getattr(plain, name)) == 0 < np.size(getattr(state, name))]


def _block(parts: dict[str, Any], plain: State) -> tuple[bytes, dict[str, Any]]:
    """Lay parts one behind the other, those with only zeros last; the first bytes are for what a call answers."""
    arrays = {name: tidied(np.asarray(part)) for name, part in parts.items()}
    rows = {name: _row_of(array) for name, array in arrays.items()}
    held = {name: array.tobytes() for name, array in arrays.items() if not rows[name] and any(array.tobytes())}
    content, tables, at = b"", {}, ALIGNED
    traced = {name for name in State._fields if np.size(getattr(plain, name)) == 0 < arrays[name].size}
    for name in sorted(arrays, key=lambda name: (name not in held, name in traced)):
        array = arrays[name]
        if name in held:
            content = content.ljust(at, b"\0") + held[name]
        tables[name] = _table(array) | {"at": at, "traced": name in traced, "used": USED.get(name)}
        if rows[name]:
            tables[name] |= {"row": base64.b64encode(rows[name]).decode(), "numbered": _is_numbered(array)}
        at = -(-(at + array.nbytes) // ALIGNED) * ALIGNED
    return content, tables


def _row_of(array: np.ndarray) -> bytes:
    """The bytes of a row, of a table whose rows are all alike (but for their numbers) and not only zeros; none of another one."""
    if array.size < 2:
        return b""
    rows = np.frombuffer(array.tobytes(), np.uint8).reshape(array.size, -1).copy()
    if _is_numbered(array):
        at = array.dtype.fields["row"][1]
        rows[:, at : at + array.dtype["row"].itemsize] = 0
    return rows[0].tobytes() if rows[0].any() and not (rows != rows[0]).any() else b""


def _is_numbered(array: np.ndarray) -> bool:
    """Whether each row of a table holds its own number."""
    return "row" in (array.dtype.names or ()) and bool((array["row"] == np.arange(array.size)).all())


def tidied(rows: np.ndarray) -> np.ndarray:
    """Copy rows with zeros between their fields, where numpy's own copies have whatever was there."""
    tidy = np.zeros(rows.shape, rows.dtype)  # zeros_like leaves what was there between fields
    for name in rows.dtype.names or ():
        tidy[name] = rows[name]
    return tidy if rows.dtype.names else rows


def _table(array: np.ndarray) -> dict[str, Any]:
    """Describe a table: the size of a row, its fields, and its shape as compiled code takes it (none for one record)."""
    kind = array.dtype
    return {
        "rows": array.size,
        "size": kind.itemsize,
        "shape": list(array.shape) if array.ndim else None,
        "fields": dict(_fields(kind)) if kind.names else {"value": (0, f"{kind.kind}{kind.itemsize}", 1)},
    }


def _fields(kind: np.dtype, before: str = "", at: int = 0) -> Iterator[tuple[str, tuple[int, str, int]]]:
    """The fields of a record, those of its records too: name, and offset, type and length."""
    for name, (inner, offset, *_) in kind.fields.items():
        scalar, shape = inner.subdtype or (inner, ())
        if scalar.names:
            yield from _fields(scalar, f"{before}{name}.", at + offset)
        else:
            yield before + name, (at + offset, f"{scalar.kind}{scalar.itemsize}", int(np.prod(shape, dtype=int)))


def _described(world: World, policies: Sequence[Policy], layout: Layout, tables: dict[str, Any]) -> dict[str, Any]:
    first, months = layout.plan.first_month, layout.months
    return {
        "world": {"name": world.name, "title": world.title or world.name},
        "months": months,
        "firstMonth": first,
        "moment": moment_of(layout.setting, months),
        "people": int(layout.setting.people),
        "slots": layout.slots,
        "base": BASE,
        "end": max(table["at"] + table["rows"] * table["size"] for table in tables.values()),
        "state": State._fields,
        "tables": tables,
        "outcomes": {
            "personal": PERSONAL,
            "groups": groups_of(world),
            "overall": overall_of(world),
            "items": [item.name for item in BILL],
        },
        "policies": [
            {
                "name": policy.name,
                "title": policy.title or policy.name,
                "text": policy.text,
                "values": values_of(policy),
                "startMonth": policy.start_month,
                "endMonth": policy.end_month,
            }
            for policy in policies
        ],
        "levers": levers_in(world),
        "sections": SECTIONS,
        "personal": LEVERS_OF_PEOPLE,
        "facts": _facts(world),
        "words": _words(world),
    }


def _facts(world: World) -> dict[str, Any]:
    """What the levers that cannot act in a world are told by (`scenario.idle`)."""
    prices = (world.prices.mentor_hour, world.prices.mentee_hour, world.prices.staff_hour)
    return {
        "wishes": {one.name: any((*one.wish_same.values(), *one.wish_different.values())) for one in world.identities},
        "domains": [one.name for one in world.domains],
        "meetsAll": world.context.acquaintances >= VIEW,
        "free": 0.0 in prices,
        "without": values_of(Policy()),
    }


def _words(world: World) -> dict[str, Any]:
    """The names behind the numbers of the tables, and what the player is told."""
    return words_of(world) | {
        "disciplines": [one.name for one in world.disciplines],
        "domains": [one.name for one in world.domains],
        "phases": ties.PHASES,
        "vias": ties.VIAS,
        "enders": ties.ENDERS,
        "reasons": ties.REASONS,
    }
