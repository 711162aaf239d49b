"""An office's figures narrow the plausible sets to its program: what they leave predicts better what was not among them.

Written down before any of it was run: each plausible set in turn is the truth, and is left out. Its four figures of today,
with errors that an office of some size has, weigh the others. Then, over the truths,
* the mean squared error of what is predicted of spark months, need covered and access under today is at most 0.9 of that of the
  unweighed sets, for each;
* the truth lies within the 90 % range of the weighed sets for these in at least three quarters of the truths;
* for what the plan adds to these (the differences), the mean squared error is not more than 1.05 of the unweighed sets', and
  falls for at least one.
"""

import numpy as np
import pandas as pd

from simulation.evidence import own_clauses, weigh
from simulation.executor import finished, threads_or
from simulation.scenario.loading import shipped_folder
from simulation.scenario.parameter_sets import ParameterSets
from simulation.scenario.targets import Targets

FIGURES = {"mentored_share": 0.03, "closure_12": 0.03, "retention_12": 0.015, "mentoring_satisfaction": 0.07}
HELD = ("spark_months", "need_coverage", "access")
SEEDS, LUCK = 60, 20  # programs with each set, and figures drawn for each truth


def levels(sets):
    """What each set gives: the figures and what is held out under today, and what the plan adds to the latter."""
    at = {"world": "my_program.toml", "source": "made up", "low": 0.0}
    asked = [{**at, "name": name, "outcome": name, "policy": "today.toml"} for name in (*FIGURES, *HELD)]
    asked += [
        {**at, "name": f"plan {name}", "outcome": name, "policy": "plan.toml", "other_policy": "today.toml", "measure": "difference"}
        for name in HELD
    ]
    own = own_clauses.own_clauses(Targets(name="made_up", clauses=asked), shipped_folder("starter") / "made_up.toml")
    given, luck = np.empty((2, len(sets.changes), len(asked)))
    with threads_or(None, None) as working:
        pieces = [(own.studies[0], change, range(1, SEEDS + 1)) for change in sets.changes]
        for number, future in finished(working, weigh._given, pieces):
            given[number], luck[number] = future.result()
    return own, given, luck


def bar_numbers(measured):
    sets = ParameterSets.load("posterior")
    own, given, luck = levels(sets)
    table, known, count = pd.DataFrame(list(sets.changes)), len(FIGURES), len(sets.changes)
    errors = np.array(list(FIGURES.values()))
    off, plain, within, worth = [], [], [], []
    for truth in range(count):
        others = np.arange(count) != truth
        for draw in range(LUCK):
            value = given[truth, :known] + np.random.default_rng([truth, draw]).normal(0.0, errors)
            clauses = [
                clause._replace(low=one - 1.96 * error, high=one + 1.96 * error)
                for clause, one, error in zip(own.clauses, value, errors, strict=False)
            ]
            found = weigh.weigh(table[others], given[others][:, :known], luck[others][:, :known], clauses, 1)
            weights, rest = found.tried["weight"].to_numpy(), given[others][:, known:]
            off.append((weights @ rest - given[truth, known:]) ** 2)
            plain.append((rest.mean(axis=0) - given[truth, known:]) ** 2)
            below = ((rest < given[truth, known:]) * weights[:, None]).sum(axis=0)
            within.append((below >= 0.05) & (below <= 0.95))
            worth.append(found.effective)
    ratios = np.mean(off, axis=0) / np.mean(plain, axis=0)
    held = np.mean(within, axis=0)
    measured("figures: sets in effect that four figures leave, of 35", float(np.mean(worth)), "told, no bar")
    for place, name in enumerate(HELD):
        measured(f"figures: squared error of {name} over that of all sets", float(ratios[place]), "<= 0.9")
        measured(f"figures: truths of {name} within the 90 % range", float(held[place]), ">= 0.75")
        measured(f"figures: squared error of what the plan adds to {name}", float(ratios[len(HELD) + place]), "<= 1.05, one < 1")
    assert (ratios[: len(HELD)] <= 0.9).all()
    assert (held[: len(HELD)] >= 0.75).all()
    assert (ratios[len(HELD) :] <= 1.05).all()
    assert (ratios[len(HELD) :] < 1.0).any()
