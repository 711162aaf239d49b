"""An office's figures narrow the plausible sets to its program: what they leave predicts better what was not among them.

Written down before any of it was run: each plausible set in turn is the truth, and is left out. Its four figures of today,
with errors that an office of some size has, weigh the others. Then, over the truths,
* the mean squared error of what is predicted of spark months, need covered and access under today is at most 0.9 of that of the
  unweighed sets, for each;
* the truth lies within the 90 % range of the weighed sets for these in at least three quarters of the truths;
* for what the plan adds to these (the differences), the mean squared error is not more than 1.05 of the unweighed sets', and
  falls for at least one.

The second bar has the unknowns of the starter folder too, which are part of each truth. It was also written down before it was
run: the mean squared error is at most 0.7 for each outcome under today; for what the plan adds it is at most 1.05 for each and
below 1 for two of the three; the 90 % range is held as above.

What was seen: the first bar holds. Of the second, all that is said of today holds (errors of 0.23 to 0.31), and what is said of
the plan is refuted: 0.87, 1.17 and 1.12. Figures of today tell little of what a plan adds, and the eleven sets in effect that
they leave of 127 carry a luck of their own: of what the figures say nothing about, the expected ratio is 1 + 1 / 11.
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


def levels(points):
    """What each point gives: the figures and what is held out under today, and what the plan adds to the latter."""
    at = {"world": "my_program.toml", "source": "made up", "low": 0.0}
    asked = [{**at, "name": name, "outcome": name, "policy": "today.toml"} for name in (*FIGURES, *HELD)]
    asked += [
        {**at, "name": f"plan {name}", "outcome": name, "policy": "plan.toml", "other_policy": "today.toml", "measure": "difference"}
        for name in HELD
    ]
    own = own_clauses.own_clauses(Targets(name="made_up", clauses=asked), shipped_folder("starter") / "made_up.toml")
    given, luck = np.empty((2, len(points), len(asked)))
    with threads_or(None, None) as working:
        pieces = [(own.studies[0], change, range(1, SEEDS + 1)) for change in points]
        for number, future in finished(working, weigh._given, pieces):
            given[number], luck[number] = future.result()
    return own, given, luck


def judged(points, draws):
    """Each point is the truth in turn, with figures drawn so often; gives ratios of squared errors, ranges held, sets in effect."""
    own, given, luck = levels(points)
    table, known, count = pd.DataFrame(points), len(FIGURES), len(points)
    errors = np.array(list(FIGURES.values()))
    off, plain, within, worth = [], [], [], []
    for truth in range(count):
        others = np.arange(count) != truth
        for draw in range(draws):
            value = given[truth, :known] + np.random.default_rng([truth, draw]).normal(0.0, errors)
            clauses = [
                clause._replace(low=one - 1.96 * error, high=one + 1.96 * error)
                for clause, one, error in zip(own.clauses, value, errors, strict=False)
            ]
            rows = table[others].reset_index(drop=True)
            found = weigh.weigh(rows, given[others][:, :known], luck[others][:, :known], clauses, 1)
            weights, rest = found.tried["weight"].to_numpy(), given[others][:, known:]
            off.append((weights @ rest - given[truth, known:]) ** 2)
            plain.append((rest.mean(axis=0) - given[truth, known:]) ** 2)
            below = ((rest < given[truth, known:]) * weights[:, None]).sum(axis=0)
            within.append((below >= 0.05) & (below <= 0.95))
            worth.append(found.effective)
    return np.mean(off, axis=0) / np.mean(plain, axis=0), np.mean(within, axis=0), float(np.mean(worth))


def told(measured, what, found, most, count):
    """Keep what was seen beside its bar."""
    ratios, held, worth = found
    measured(f"figures, {what}: sets in effect that four figures leave, of {count}", worth, "told, no bar")
    for place, name in enumerate(HELD):
        measured(f"figures, {what}: squared error of {name} over that of all sets", float(ratios[place]), f"<= {most}")
        measured(f"figures, {what}: truths of {name} within the 90 % range", float(held[place]), ">= 0.75")
        measured(f"figures, {what}: squared error of what the plan adds to {name}", float(ratios[len(HELD) + place]), "<= 1.05")


def bar_numbers(measured):
    points = list(ParameterSets.load("posterior").changes)
    found = judged(points, LUCK)
    told(measured, "sets alone", found, 0.9, len(points) - 1)
    ratios, held, _ = found
    assert (ratios[: len(HELD)] <= 0.9).all()
    assert (held[: len(HELD)] >= 0.75).all()
    assert (ratios[len(HELD) :] <= 1.05).all()
    assert (ratios[len(HELD) :] < 1.0).any()


def bar_numbers_and_unknowns(measured):
    targets = Targets.load(shipped_folder("starter") / "my_numbers.toml").model_copy(update={"points": 128})
    points = weigh.points_of(targets, ParameterSets.load("posterior"))
    found = judged(points, 5)
    told(measured, "with unknowns", found, 0.7, len(points) - 1)
    ratios, held, _ = found
    assert (ratios[: len(HELD)] <= 0.7).all()
    assert (held[: len(HELD)] >= 0.75).all()
    assert not (ratios[len(HELD) :] <= 1.05).all(), "refuted when it was first run; if it holds now, say so above"
