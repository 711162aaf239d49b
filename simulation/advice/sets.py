"""How the advice does under other numbers that fit: sets of parameters that all nearly give what is published.

The range is over sets. It does not shrink with more runs, as the interval of a mean does.
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from simulation.advice.phrases import changed, named
from simulation.advice.rule import Deciding, better_is_larger, first, levels_by
from simulation.judgement import TAILS
from simulation.outcomes import find
from simulation.scenario.counted import counted

FEWEST = 5  # sets


def over_sets_said(
    tables: Mapping[str, pd.DataFrame], deciding: list[Deciding], advised: list[str], place: int, titles: Mapping[str, str]
) -> list[str]:
    """Say under how many sets each advised policy comes first by the same rule, and is better than the baseline.

    The baseline is the first of `titles`; `place` is that of the outcome in which it is to be better. Luck is in the counts,
    since a set has few simulated programs.
    """
    outcomes = tables["outcomes"] if "parameter_set" in tables["outcomes"] else tables.get("sets")
    if outcomes is None or not deciding:
        return []
    policies = list(titles)
    levels = better_is_larger(levels_by(outcomes, policies, deciding), deciding)
    levels = levels[np.isfinite(levels).all(axis=(1, 2))]
    if len(levels) < FEWEST:
        return []
    kept, _ = first(levels, np.array([one.margin for one in deciding]))
    together = kept[:, [policies.index(name) for name in advised]].any(axis=1).sum()
    sets, who = counted(len(levels), "sets"), " or ".join(titles[name] for name in advised)
    said = [
        f"The numbers of the model are not known exactly. Under {together} of {sets} of numbers that nearly fit what "
        f"is published, {who} comes first by the same rule."
    ]  # fmt: skip
    outcome = deciding[place].outcome
    for name in [name for name in advised if name != policies[0]]:
        apart = levels[:, place, policies.index(name)] - levels[:, place, 0]
        changes = find(outcome).better * apart
        spread = changed(outcome, float(changes.mean()), *map(float, np.quantile(changes, TAILS)))
        said.append(
            f"Under {(apart > 0.0).sum()} of the {len(levels)}, {titles[name]} is better than {titles[policies[0]]} in "
            f"{named(outcome)}: on average {spread}. This range is that of 95 of 100 sets; more runs do not narrow it."
        )  # fmt: skip
    return said
