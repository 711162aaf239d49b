"""All figures of a comparison, drawn and saved."""

from collections.abc import Iterator
from functools import cache, partial
from pathlib import Path

import pandas as pd

from simulation.figures.contrasts import contrast_panels
from simulation.figures.drawn import Draw, draw_each
from simulation.figures.equity import equity_panels, shown_gaps
from simulation.figures.islands import seated
from simulation.figures.load import load_by_group
from simulation.figures.network import mentoring_networks
from simulation.figures.retention import count_survival, retention_curves
from simulation.figures.retention_groups import retention_by_group
from simulation.figures.ties import course_of, life_of_ties, panels_of
from simulation.judgement import turn_gaps
from simulation.scenario.world import World

READABLE = 3000  # mentees over a whole study; with more, nobody can read a drawing of the network


def draw_all(
    tables: dict[str, pd.DataFrame], folder: Path | str, month: int | None = None, world: World | None = None
) -> list[Path]:
    """Draw every figure that the tables allow, and save each as PNG and SVG; return the paths in reading order.

    Args:
        tables: any of `outcomes`, `contrasts`, `groups`, `survival`, `course`, `months`, `mentees`, `mentors`, `ties`, as in a
            comparison's folder. Figures of missing tables are left out; without `survival` the curves come from `mentees`.
        folder: where the files go; made when missing.
        month: the month of the network; by default the middle of the study.
        world: where it is known, people sit in the network where they sit in its page and in its film.

    When a figure cannot be drawn, the others are; then an `ExceptionGroup` says why.
    """
    drawn = draw_each(figures_of(tables, month, world), Path(folder))
    if drawn.failed:
        raise ExceptionGroup(f"not drawn: {', '.join(drawn.failed)}", list(drawn.failed.values()))
    return drawn.paths


def identities(tables: dict[str, pd.DataFrame]) -> list[str]:
    """List the identity attributes of a comparison, in the order of its tables."""
    if "survival" in tables:
        return [name for name in dict.fromkeys(tables["survival"]["attribute"]) if name != "all"]
    columns = [name.removeprefix("same_") for name in tables.get("ties", pd.DataFrame()) if name.startswith("same_")]
    people = tables.get("mentees", tables.get("mentors", pd.DataFrame()))
    return [column for column in columns if column in people and column != "discipline"]


def figures_of(
    tables: dict[str, pd.DataFrame], month: int | None = None, world: World | None = None
) -> Iterator[tuple[str, Draw]]:
    """List each figure that the tables allow, in reading order: its name and the call that draws it."""
    tables = {name: table for name, table in tables.items() if table is not None and len(table)}
    outcomes, contrasts, months = (tables.get(name) for name in ("outcomes", "contrasts", "months"))
    attributes = identities(tables)
    if contrasts is not None:
        yield "contrasts", lambda: contrast_panels(turn_gaps(contrasts))
    if outcomes is not None and shown_gaps(outcomes):
        yield "equity", lambda: equity_panels(outcomes, tables.get("groups"), contrasts)
    if "survival" in tables or "mentees" in tables:
        survival = cache(lambda: _survival(tables, attributes))
        yield "retention", lambda: retention_curves(survival(), None, _replicates(tables), contrasts)
        for name in attributes:
            yield f"retention_by_{name}", lambda name=name: retention_by_group(survival(), name, outcomes, contrasts)
    course = tables.get("course", course_of(months) if months is not None and "live_ties" in months else None)
    if course is not None and panels_of(course):
        yield "ties", lambda: life_of_ties(course, contrasts)
    for name in attributes:
        if "mentors" in tables and name in tables["mentors"]:
            yield f"load_by_{name}", lambda name=name: load_by_group(tables["mentors"], name, outcomes, contrasts)
    if {"ties", "mentees", "mentors"} <= set(tables) and _fits(tables["mentees"]):
        yield "network", lambda: _network(tables, month, attributes, world)


def _survival(tables: dict[str, pd.DataFrame], attributes: list[str]) -> pd.DataFrame:
    """The counts of the retention curves, over all runs or, from the people, over the first."""
    if "survival" in tables:
        return tables["survival"]
    length = int(tables["months"]["month"].max()) + 1 if "months" in tables else None
    return count_survival(tables["mentees"], attributes, length)


def _replicates(tables: dict[str, pd.DataFrame]) -> int:
    """How many runs the retention curves are counted over."""
    if "survival" not in tables:
        return 1
    known = [tables[name] for name in ("survival", "outcomes") if name in tables and "replicate" in tables[name]]
    return next((count for table in known if (count := table["replicate"].nunique()) > 1), 1)


def _network(
    tables: dict[str, pd.DataFrame], month: int | None, attributes: list[str], world: World | None
) -> object:
    """Draw the network of the baseline and of the policy that retains most."""
    how = [_two(tables), _month(tables, month), _minority(tables, attributes)]
    if world is None:
        return mentoring_networks(tables, *how)
    return mentoring_networks(tables, *how, partial(seated, world=world, months=world.people.months))


def _fits(mentees: pd.DataFrame) -> bool:
    """Whether the network can be read: one site, or few enough people."""
    return "site" in mentees or mentees["policy"].value_counts().max() <= READABLE


def _two(tables: dict[str, pd.DataFrame]) -> list[str]:
    """The baseline and the policy that retains most, or the last one."""
    policies = list(dict.fromkeys(tables["mentees"]["policy"]))
    contrasts = tables.get("contrasts")
    if contrasts is None:
        return list(dict.fromkeys([policies[0], policies[-1]]))
    gains = contrasts[(contrasts["outcome"] == "retention") & contrasts["policy"].isin(policies)]
    gains = gains.dropna(subset="difference")
    best = gains.loc[gains["difference"].idxmax(), "policy"] if len(gains) else policies[-1]
    return [name for name in dict.fromkeys([contrasts["baseline"].iloc[0], best]) if name in policies]


def _month(tables: dict[str, pd.DataFrame], month: int | None) -> int:
    """The month asked for, or the middle of the study."""
    if month is not None:
        return month
    last = tables["months"]["month"].max() if "months" in tables else tables["ties"]["start_month"].max()
    return int(last) // 2


def _minority(tables: dict[str, pd.DataFrame], attributes: list[str]) -> tuple[str, object] | None:
    """The smallest group of the last identity attribute, which the network highlights."""
    here = [name for name in attributes if name in tables["mentees"] and name in tables["mentors"]]
    if not here:
        return None
    return here[-1], tables["mentees"][here[-1]].value_counts().loc[lambda count: count > 0].index[-1]
