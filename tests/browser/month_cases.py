"""Cases that a browser and this machine both run: worlds, policies and seeds, and what this machine found."""

import hashlib
import json
import random
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

import simulation
from simulation import Policy, World
from simulation.allocate import allocate, lay_out
from simulation.billing import ITEMS
from simulation.outcomes import PERSONAL, groups_of, overall_of
from simulation.outcomes.counting import at_moment, moment_of
from simulation.page.image import USED, image_of, tidied
from simulation.page.levers import levers_in, values_of
from simulation.page.module import module
from simulation.run import Run, advance_to
from simulation.scenario.idle import at_work
from simulation.scenario.levers import acts, levers_of

STATIC = Path(simulation.__file__).parent / "page" / "static"


class Case(NamedTuple):
    """A run in a world: `way` is how the page lives it (at once, in steps, or back and again)."""

    policy: Policy
    seed: int
    traced: bool = True
    way: str = "at once"


class Place(NamedTuple):
    """A world, the cases in it, policies of which only the levers are looked at, and how little room its tables get."""

    world: World
    cases: tuple[Case, ...] = ()
    levers: tuple[Policy, ...] = ()
    crowded: bool = False


def drawn_policy(world: World, key: Any, **pinned: Any) -> Policy:
    """A policy with about half of all levers anywhere in their ranges, by the description that a page has of them."""
    luck, values = random.Random(repr(key)), {}
    for lever in levers_in(world):
        names = [name for name, _ in lever["choices"] or ()]
        kind, low, high = lever["kind"], lever["low"], lever["high"]
        value = {
            "number": lambda low=low, high=high: luck.choice(
                [low, high, luck.uniform(low, high), luck.uniform(low, high)]
            ),
            "whole": lambda low=low, high=high: luck.choice(
                [low, luck.randint(low, min(high, low + 8)), luck.randint(low, high)]
            ),
            "yes": lambda: luck.random() < 0.5,
            "choice": lambda names=names: luck.choice(names),
            "names": lambda names=names: luck.sample(names, luck.randint(0, len(names))),
            "measures": lambda names=names: luck.sample(names, luck.randint(0, len(names))),
            "name": lambda names=names: luck.choice(["", *names]),
            "group": lambda names=names: luck.choice(["", *names]),
            "ids": lambda: luck.choice([[], [], [0, 2, 3], list(range(40))]),
        }[kind]()
        if luck.random() < 0.5 and lever["name"] != "offer.everyone_from":
            values[lever["name"]] = value
    start = luck.choice([0, 0, 0, 7])
    values |= {"start_month": start, "end_month": luck.choice([Policy().end_month] * 3 + [start + 20])}
    values["offer.everyone_from"] = luck.choice([Policy().end_month] * 2 + [start + 9])
    return Policy(name="drawn", title="").with_(values | pinned)


def told(policy: Policy) -> dict[str, Any]:
    """A policy as a page has it."""
    return {"values": values_of(policy), "startMonth": policy.start_month, "endMonth": policy.end_month}


def files_of(places: list[Place]) -> dict[str, bytes]:
    """What the page finds beside it."""
    files = {path.name: path.read_bytes() for path in STATIC.glob("*.js")}
    files["month_page.js"] = (Path(__file__).parent / "month_page.js").read_bytes()
    files["month.wasm"] = module()
    job = []
    for k, place in enumerate(places):
        image = image_of(place.world, [])
        files[f"block{k}"] = image.content
        for name in USED if place.crowded else ():
            table = image.description["tables"][name]
            table["rows"] = table["rows"] // 60 + 1
        cases = [{**one._asdict(), "policy": told(one.policy), "seed": str(one.seed)} for one in place.cases]
        job.append(
            {
                "description": image.description,
                "block": f"block{k}",
                "cases": cases,
                "levers": [told(one) for one in place.levers],
            }
        )
    files["job.json"] = json.dumps(job).encode()
    return files


def expected(place: Place) -> list[dict[str, Any]]:
    """What this machine finds for a place, in the form of the page's answers."""
    found = [run_here(place.world, case) for case in place.cases]
    without = levers_of(Policy(), place.world)
    for policy in place.levers:
        levers = levers_of(at_work(policy, place.world)[0], place.world)
        found.append({"levers": np.asarray(levers).tobytes().hex(), "brings": bool(acts(levers, without))})
    return found


def run_here(world: World, case: Case) -> dict[str, Any]:
    """The hashes of all tables after the last month, with as many slots as a page has, and all outcomes of the ordinary run."""
    layout = lay_out(world, case.policy, world.people.months)
    wide = layout._replace(slots=5)
    state = advance_to(allocate(wide, case.seed, case.traced), wide, 0, wide.months)
    tables = {}
    for name, rows in state._asdict().items():
        rows = np.asarray(rows)[: int(state.counts[USED[name]])] if name in USED else np.asarray(rows)
        tables[name] = hashlib.sha256(tidied(np.ascontiguousarray(rows)).tobytes()).hexdigest()
    end = moment_of(layout.setting, layout.months) + 1
    state = advance_to(allocate(layout, case.seed, case.traced), layout, 0, end)
    moment = at_moment(state, layout.setting, end - 1, len(groups_of(world)))
    run = Run(world, case.policy, case.seed, layout, advance_to(state, layout, end, layout.months), moment)
    overall = {name: known(run.overall[place]) for name, place in overall_of(world).items()}
    personal = {name: [known(value) for value in run.personal[:, k]] for k, name in enumerate(PERSONAL)}
    spent = [known(value) for value in run.overall[-1 - ITEMS : -1]]
    return {
        "tables": tables,
        "overall": overall,
        "personal": personal,
        "heads": run.at_risk[:, 0].tolist(),
        "spent": spent,
    }


def known(value: float) -> float | None:
    """A number as JSON has it; none where it is missing."""
    return None if np.isnan(value) else float(value)
