"""Where everybody sits, once and for all: the page, the film and the figures show the same places, and nobody ever moves.

A seat belongs to a post, or to a mentee's place in a unit, and depends on nothing that chance or a policy decides. A discipline
is an island (a site, where there is one discipline): mentors in its middle, mentees around, people of one unit side by side.
All is in the unit square, with y growing downward.
"""

import base64
from collections.abc import Callable, Sequence
from functools import partial
from itertools import combinations, pairwise, product
from typing import Any, NamedTuple

import numpy as np
from scipy.spatial import KDTree

from simulation.allocate import Layout
from simulation.scenario.world import World

POST = 1.25  # distance between posts, in distances between mentees
SHORE = 0.9  # between the outermost seats and the shore of an island, likewise
WATER = 0.012  # between islands, between labels and islands, and to the edge
CLEAR = WATER - 1e-9  # what is checked, as sums are not exact
EM = 0.026  # height of letters of a label, with up to eight islands
LETTER, LINE = 0.6, 1.25  # width of a letter and height of a line, in EM
LETTERS = 14  # in a line of a label, as long as its words allow
MANY = 8  # islands: with more of them, letters are smaller
LARGER = 1.3  # times as large as in a ring: then islands stand in rows
BENDS, TURNS = (1.0, 0.8, 0.6, 0.4), (0.0, 0.25, 0.5, 0.75)  # of rings that are tried
GOLDEN = np.pi * (3.0 - np.sqrt(5.0))
MIDDLE = 0.500001  # of the square: an island in its very middle has its label above
STEPS = 20  # of halving, by which the largest scale is found


class Island(NamedTuple):
    """A discipline or a site: its disc, and where its label stands, by the middle of the label's box."""

    x: float
    y: float
    radius: float
    label: str  # lines with "\\n" between them
    label_x: float
    label_y: float


class Seats(NamedTuple):
    """The seats of a world: a row a mentee and a row a post, x and y; islands; and how large things may be drawn."""

    mentees: np.ndarray
    posts: np.ndarray
    islands: tuple[Island, ...]
    apart: float  # least distance between two seats
    em: float  # height of letters for which labels have room


def seats_in(layout: Layout, world: World) -> Seats:
    """Give the seats of a world as it is laid out; policy and seed change nothing."""
    setting, units = layout.setting, layout.units
    cohorts = int(setting.cohorts)
    bounds = layout.first_rows
    unit, cohort = np.zeros(int(setting.people), int), np.zeros(int(setting.people), int)
    for number in range(cohorts):
        for place, (first, end) in enumerate(pairwise(bounds[number])):
            unit[first:end], cohort[first:end] = place, setting.cohort_month[number]
    months = 12 * int(setting.years) if setting.graduates else None
    names = [discipline.name.replace("_", " ").capitalize() for discipline in world.disciplines]
    by_site = len(set(units.discipline.tolist())) == 1 and len(layout.sites) > 1
    labels = [f"Site {site + 1}" for site in range(len(layout.sites))] if by_site else names
    island = units.site if by_site else units.discipline
    return seats(unit, cohort, layout.posts.unit, island, labels, months)


def seats(
    units: Sequence[int], cohorts: Sequence[int], posts: Sequence[int], islands: Sequence[int], labels: Sequence[str],
    months: int | None = None,
) -> Seats:  # fmt: skip
    """Seat everybody.

    Args:
        units, cohorts: of each mentee, the unit and the month of arrival.
        posts: of each post, the unit.
        islands: of each unit, the number of its island.
        labels: of each island.
        months: after how many months everybody has graduated, so that a seat is free again; None: nobody does.
    """
    units, posts, islands = (np.asarray(values, int) for values in (units, posts, islands))
    number, owner = _shared(units, np.asarray(cohorts, int), months)
    present = sorted({*islands[owner].tolist(), *islands[posts].tolist()})
    placed = [_island(owner, posts, islands, one) for one in present]
    radii = np.array([radius for _, _, radius in placed])
    em = EM * min(1.0, np.sqrt(MANY / max(len(present), 1)))
    texts = [_lines(labels[one]) for one in present]
    centres, scale = _spread(radii, np.array([_size(text, em) for text in texts]).reshape(-1, 2))
    at_seat, at_post = np.zeros((len(owner), 2)), np.zeros((len(posts), 2))
    for one, centre, (around, within, _) in zip(present, centres, placed, strict=True):
        at_seat[islands[owner] == one] = centre + scale * around
        at_post[islands[posts] == one] = centre + scale * within
    shores = tuple(
        Island(float(x), float(y), float(radius), text, float(x), float(y + side * (radius + _size(text, em)[1] / 2)))
        for (x, y), radius, text, side in zip(centres, scale * radii, texts, _sides(centres), strict=True)
    )
    places = at_seat[number].astype("f4"), at_post.astype("f4")
    return Seats(*places, shores, _apart(np.concatenate([at_seat, at_post])), float(em))


def seats_json(found: Seats) -> dict[str, Any]:
    """Give seats for JavaScript: places as 32-bit numbers in base64."""
    packed = {name: base64.b64encode(places.astype("<f4").tobytes()).decode() for name, places in zip("pk", found, strict=False)}
    islands = [dict(zip(("x", "y", "r", "label", "lx", "ly"), island, strict=True)) for island in found.islands]
    return {**packed, "islands": islands, "apart": found.apart, "em": found.em}


def _shared(units: np.ndarray, cohorts: np.ndarray, months: int | None) -> tuple[np.ndarray, np.ndarray]:
    """Give each mentee the number of a seat of the own unit, and each seat its unit; the first that is free by then is taken."""
    free_from: dict[int, list[tuple[int, int]]] = {}  # of each unit: its seats, and the month from which each is free
    number, owner = np.zeros(len(units), int), []
    for row in np.lexsort((np.arange(len(units)), cohorts)).tolist():
        unit, arrives = int(units[row]), int(cohorts[row])
        until = arrives + months if months is not None else np.inf
        mine = free_from.setdefault(unit, [])
        place = next((k for k, (_, free) in enumerate(mine) if free <= arrives), len(mine))
        if place == len(mine):
            mine.append((len(owner), 0))
            owner.append(unit)
        number[row] = mine[place][0]
        mine[place] = number[row], until
    return number, np.array(owner, int)


def _island(owner: np.ndarray, posts: np.ndarray, islands: np.ndarray, one: int) -> tuple[np.ndarray, np.ndarray, float]:
    """The seats and posts of one island around its middle, and its radius; the distance between mentees is 1."""
    seated, posted = owner[islands[owner] == one], posts[islands[posts] == one]
    k = np.arange(len(posted))
    away = POST * np.sqrt((k + 0.5) / np.pi) * 1.1
    within = _in_wedges(np.stack([away * np.cos(k * GOLDEN), away * np.sin(k * GOLDEN)], axis=1), posted)
    far = away.max(initial=0.0) + POST if len(posted) else 0.5
    rings, left = [], len(seated)
    while left > 0:
        around = min(left, int(2 * np.pi * far))
        rings.append((far, around))
        far, left = far + 1.0, left - around
    if len(rings) > 1:  # the rings fill evenly, so that no gap is left in the last
        reach = np.array([ring for ring, _ in rings])
        filled = np.floor(len(seated) * reach / reach.sum()).astype(int)
        filled = np.minimum(filled, (2 * np.pi * reach).astype(int))
        for place in range(len(rings) - 1, -1, -1):
            filled[place] += min(len(seated) - filled.sum(), int(2 * np.pi * reach[place]) - filled[place])
        rings = list(zip(reach.tolist(), filled.tolist(), strict=True))
    around = [ring * np.stack([np.cos(turn), np.sin(turn)], axis=1) for ring, count in rings for turn in [_turns(count, ring)]]
    seats_around = _in_wedges(np.concatenate(around) if around else np.zeros((0, 2)), seated)
    outermost = rings[-1][0] if rings else away.max(initial=0.0)
    return seats_around, within, outermost + SHORE


def _turns(count: int, ring: float) -> np.ndarray:
    """The angles of a ring: even, and each ring turned by another part of a step."""
    return 2 * np.pi * (np.arange(count) + (GOLDEN * ring) % 1.0) / max(count, 1)


def _in_wedges(places: np.ndarray, units: np.ndarray) -> np.ndarray:
    """Deal places out so that each unit has a wedge: places by angle, people by unit."""
    dealt = np.empty_like(places)
    dealt[np.argsort(units, kind="stable")] = places[np.argsort(np.arctan2(places[:, 1], places[:, 0]), kind="stable")]
    return dealt


def _lines(label: str) -> str:
    """A label in lines of about `LETTERS` letters."""
    lines = [""]
    for word in label.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > LETTERS:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return "\n".join(lines)


def _size(label: str, em: float) -> tuple[float, float]:
    """Width and height of the room of a label."""
    lines = label.split("\n")
    return LETTER * em * max(map(len, lines)), LINE * em * len(lines) + WATER


def _spread(radii: np.ndarray, sizes: np.ndarray) -> tuple[np.ndarray, float]:
    """Place islands so that they are as large as they can be: give their centres, and the scale of their radii.

    They stand in a ring, so that ties between them run through open water, unless rows make them a good deal larger.
    """
    ring, rows = (np.full((len(radii), 2), 0.5), 0.0), (np.full((len(radii), 2), 0.5), 0.0)
    for bend, turn in product(BENDS, TURNS) if len(radii) else ():
        ring = _larger(ring, radii, sizes, partial(_in_ring, bend=bend, turn=turn))
    for count in range(1, len(radii) + 1):
        rows = _larger(rows, radii, sizes, partial(_in_rows, rows=count))
    return rows if rows[1] > LARGER * ring[1] or len(radii) == 1 else ring


def _larger(best: tuple[np.ndarray, float], radii: np.ndarray, sizes: np.ndarray, place: Callable) -> tuple[np.ndarray, float]:
    """Give the centres by which islands are largest: those of another way to place them, or the best so far."""
    low, high = 1.001 * best[1] + 1e-9, 0.5 / radii.max(initial=1e-9)
    for step in range(STEPS):
        middle = (low + high) / 2 if step else low
        centres = place(radii * middle, sizes)
        if _fits(centres, radii * middle, sizes):
            low, best = middle, (centres, middle)
        elif step:
            high = middle
        else:
            break
    return best


def _in_ring(radii: np.ndarray, sizes: np.ndarray, bend: float, turn: float) -> np.ndarray:
    """Centres on a ring that is bent towards the corners, from the top on with the clock; all touch the edge."""
    share = radii + radii.mean()
    angles = 2 * np.pi * (np.cumsum(share) - share / 2 + turn * share[0]) / share.sum() - np.pi / 2
    wide, high = _box(radii, sizes)
    x = _bent(np.cos(angles), bend) * (0.5 - wide / 2 - WATER)
    y = _bent(np.sin(angles), bend) * (0.5 - high + radii - WATER)
    return 0.5 + np.stack([x, y], axis=1)


def _bent(along: np.ndarray, bend: float) -> np.ndarray:
    return np.sign(along) * np.abs(along) ** bend


def _in_rows(radii: np.ndarray, sizes: np.ndarray, rows: int) -> np.ndarray:
    """Centres in rows from above, as many islands in each as equals allow."""
    wide, high = _box(radii, sizes)
    centres, names, top, left = np.zeros((len(radii), 2)), np.zeros(len(radii)), 0.0, 0
    for row in range(rows):
        mine = slice(left, left := left + len(range(row, len(radii), rows)))
        width, height = (wide[mine] + WATER).sum(), high[mine].max(initial=0.0) + WATER
        centres[mine, 0] = 0.5 - width / 2 + np.cumsum(wide[mine] + WATER) - (wide[mine] + WATER) / 2
        centres[mine, 1], names[mine] = top + WATER / 2 + radii[mine].max(initial=0.0), sizes[mine, 1].max(initial=0.0)
        top += height
    centres[:, 1] += (1.0 - top) / 2
    raised = centres[:, 1] + names <= MIDDLE  # rows whose labels stand above
    centres[:, 1] = np.where(raised, centres[:, 1] + names, np.maximum(centres[:, 1], MIDDLE + 1e-6))
    return centres


def _box(radii: np.ndarray, sizes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Width and height of each island with its label."""
    return np.maximum(2 * radii, sizes[:, 0]), 2 * radii + sizes[:, 1]


def _sides(centres: np.ndarray) -> np.ndarray:
    """On which side of an island its label stands: above it (-1), or in the lower half below it (1), as ties run inside."""
    return np.where(centres[:, 1] > MIDDLE, 1.0, -1.0)


def _fits(centres: np.ndarray, radii: np.ndarray, sizes: np.ndarray) -> bool:
    """Whether all islands and labels lie in the square, and none touches another."""
    wide, sides = _box(radii, sizes)[0], _sides(centres)
    low = centres - np.stack([wide / 2, radii + np.where(sides < 0, sizes[:, 1], 0.0)], axis=1)
    high = centres + np.stack([wide / 2, radii + np.where(sides > 0, sizes[:, 1], 0.0)], axis=1)
    if (low < CLEAR / 2).any() or (high > 1.0 - CLEAR / 2).any():
        return False
    labels = centres + np.stack([np.zeros(len(radii)), sides * (radii + sizes[:, 1] / 2)], axis=1)
    label_low, label_high = labels - sizes / 2, labels + sizes / 2
    for a, b in combinations(range(len(radii)), 2):
        if np.hypot(*(centres[a] - centres[b])) < radii[a] + radii[b] + CLEAR:
            return False
        if (label_low[a] < label_high[b] + CLEAR).all() and (label_low[b] < label_high[a] + CLEAR).all():
            return False
        for label, island in ((a, b), (b, a)):
            nearest = np.clip(centres[island], label_low[label], label_high[label])
            if np.hypot(*(nearest - centres[island])) < radii[island] + CLEAR:
                return False
    return True


def _apart(places: np.ndarray) -> float:
    """The least distance between two seats; 1 where there is one alone."""
    return float(KDTree(places).query(places, k=2)[0][:, 1].min()) if len(places) > 1 else 1.0
