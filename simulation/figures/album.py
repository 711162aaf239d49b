"""All figures of a comparison, drawn and saved."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd
from matplotlib.figure import Figure

from simulation.figures import style
from simulation.figures.contrasts import contrast_panels
from simulation.figures.equity import equity_map
from simulation.figures.load import load_by_group
from simulation.figures.network import mentoring_networks
from simulation.figures.retention import count_survival, retention_by_group, retention_curves
from simulation.figures.ties import life_of_ties, life_of_ties_has
from simulation.judgement import turn_gaps, widest_gap

READABLE = 3000  # mentees over a whole study; with more, nobody can read a drawing of the network


def draw_all(tables: dict[str, pd.DataFrame], folder: Path | str, month: int | None = None) -> list[Path]:
    """Draw every figure that the tables allow, and save each as PNG and SVG; return the paths in reading order.

    Args:
        tables: any of `outcomes`, `contrasts`, `survival`, `months`, `mentees`, `mentors`, `ties`, as in a comparison's
            folder. Figures of missing tables are left out; without `survival` the curves come from `mentees`.
        folder: where the files go; made when missing.
        month: the month of the network; by default the middle of the study.
    """
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    paths: list[Path] = []
    known = {name: table for name, table in tables.items() if table is not None and len(table)}
    for stem, draw in _figures(known, month):
        drawn = draw()
        figure = drawn if isinstance(drawn, Figure) else drawn.get_figure(root=True)
        paths += style.save(figure, folder / stem)
    return paths


def identities(tables: dict[str, pd.DataFrame]) -> list[str]:
    """List the identity attributes of a comparison, in the order of its tables."""
    if "survival" in tables:
        return [name for name in dict.fromkeys(tables["survival"]["attribute"]) if name != "all"]
    columns = [name.removeprefix("same_") for name in tables.get("ties", pd.DataFrame()) if name.startswith("same_")]
    people = tables.get("mentees", tables.get("mentors", pd.DataFrame()))
    return [column for column in columns if column in people and column != "discipline"]


def _figures(tables: dict[str, pd.DataFrame], month: int | None) -> Iterator[tuple[str, Callable[[], object]]]:
    """List each figure that the tables allow, in reading order: its name and the call that draws it."""
    outcomes, contrasts, months = (tables.get(name) for name in ("outcomes", "contrasts", "months"))
    attributes = identities(tables)
    if contrasts is not None:
        yield "contrasts", lambda: contrast_panels(turn_gaps(contrasts))
    if outcomes is not None and {"retention", "cost"} <= set(outcomes):
        baseline = outcomes["policy"].iloc[0] if contrasts is None else contrasts["baseline"].iloc[0]
        if widest_gap(outcomes, baseline):
            yield "equity", lambda: equity_map(outcomes, contrasts)
    survival, replicates = tables.get("survival"), 1
    if survival is None and "mentees" in tables:
        length = None if months is None else int(months["month"].max()) + 1
        survival = count_survival(tables["mentees"], attributes, length)
    elif survival is not None:
        known = [table for table in (survival, outcomes) if table is not None and "replicate" in table]
        replicates = next((count for table in known if (count := table["replicate"].nunique()) > 1), 1)
    if survival is not None:
        yield "retention", lambda: retention_curves(survival, replicates=replicates)
        for name in attributes:
            yield f"retention_by_{name}", lambda name=name: retention_by_group(survival, name)
    if months is not None and life_of_ties_has(months):
        yield "ties", lambda: life_of_ties(months)
    for name in attributes:
        if "mentors" in tables and name in tables["mentors"]:
            yield f"load_by_{name}", lambda name=name: load_by_group(tables["mentors"], name)
    if {"ties", "mentees", "mentors"} <= set(tables) and _fits(tables["mentees"]):
        shown = _two(tables), _month(tables, month), _minority(tables, attributes)
        yield "network", lambda: mentoring_networks(tables, *shown)


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
