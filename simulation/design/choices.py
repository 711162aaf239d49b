"""Three named choices on a front, and what each further part of the budget buys.

The choices are made on the luck of the search, by rules that were fixed before anything was looked at; what is told of them
is measured on new luck.
"""

import itertools
from collections.abc import Sequence

import numpy as np
import pandas as pd

from simulation.design.aims import COST, Aims, Tried, affordable
from simulation.judgement import together
from simulation.outcomes import find

PARTS = 4  # into which the budget is cut to see what each buys


def keeps_most(front: Sequence[Tried], today: Tried, aims: Aims) -> Tried:
    """The design on the front with the highest retention."""
    return max(front, key=lambda tried: (tried.of("retention").mean(), -tried.number))


def narrowest_gaps(front: Sequence[Tried], today: Tried, aims: Aims) -> Tried | None:
    """The design with the smallest sum of gaps, in margins, of those that keep no fewer than today by as much as matters."""
    places = [place for place, name in enumerate(aims.names) if name.startswith("gap_")]
    least = today.of("retention").mean() - find("retention").margin
    fair = [tried for tried in front if tried.of("retention").mean() >= least]
    if not places or not fair:
        return None
    return min(fair, key=lambda tried: (tried.shortfall(aims).mean(axis=1)[places].sum(), tried.number))


def most_for_the_money(front: Sequence[Tried], today: Tried, aims: Aims) -> Tried:
    """The cheapest design whose retention is practically that of the one that keeps most: within the margin that matters."""
    least = keeps_most(front, today, aims).of("retention").mean() - find("retention").margin
    good = [tried for tried in front if tried.of("retention").mean() >= least]
    return min(good, key=lambda tried: (tried.of(COST).mean(), tried.number))


RULES = {rule.__name__: rule for rule in (keeps_most, narrowest_gaps, most_for_the_money)}


def named(front: Sequence[Tried], today: Tried, aims: Aims) -> dict[str, Tried]:
    """The three choices by name; one that has no meaning in this world is left out."""
    found = {name: rule(front, today, aims) for name, rule in RULES.items()}
    return {name: tried for name, tried in found.items() if tried is not None}


def best_within(front: Sequence[Tried], today: Tried, aims: Aims) -> list[Tried]:
    """Within a quarter of the budget, half of it and so on, the design that keeps most; today's, where none can be paid."""
    within = [aims._replace(budget=aims.budget * part / PARTS) for part in range(1, PARTS + 1)]
    paid = [[tried for tried in front if affordable(tried, part)] for part in within]
    return [keeps_most(some, today, aims) if some else today for some in paid]


def steps(best: Sequence[Tried], today: Tried, aims: Aims) -> pd.DataFrame:
    """What each further part of the budget buys in retention, measured on new luck: a row a part.

    Columns: within (money a year), design, cost, retention; gain, low and high against the row before (the first: against
    today); rest, rest_low and rest_high, what the whole budget keeps more than this part of it (the last: 0). All intervals
    hold together.
    """
    kept = [tried.of("retention") for tried in (today, *best)]
    apart = np.array([after - before for before, after in itertools.pairwise(kept)] + [kept[-1] - one for one in kept])
    low, high, _ = together(apart)
    gain, rest = np.split(np.array([apart.mean(axis=1), low, high]), [len(best)], axis=1)
    table = pd.DataFrame({
        "within": [aims.budget * part / PARTS for part in range(1, PARTS + 1)],
        "design": [tried.number for tried in best],
        "cost": [tried.of(COST).mean() for tried in best],
        "retention": [one.mean() for one in kept[1:]],
    })  # fmt: skip
    table[["gain", "low", "high"]] = gain.T
    table[["rest", "rest_low", "rest_high"]] = rest.T[1:]
    return table.assign(without_low=rest[1, 0])


def enough(table: pd.DataFrame) -> float:
    """The money a year beyond which these runs cannot tell that more keeps more.

    It is 0 where no money in the budget does, and infinite where the last part of the budget still does.
    """
    clear = [table["without_low"].iloc[0], *table["rest_low"]][:-1]
    told = [place for place, low in enumerate(clear) if low > 0.0]
    return 0.0 if not told else float("inf") if told[-1] == PARTS - 1 else float(table["cost"].iloc[told[-1]])
