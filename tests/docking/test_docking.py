"""Docking (Axtell et al. 1996): two programs of one description, with no code in common, give the same outcomes.

The second one (this folder) was programmed from `simulation/ODD.md` alone and takes its numbers from there. Luck is its
own, so what must agree is how outcomes are distributed over seeds. Each mean must be shown to lie within a margin of the
other (two one-sided tests at 5 %, Schuirmann 1987), for every outcome of every comparison, so that no correction for many
tests is due (Berger 1982). That is more than finding no difference: a difference as large as a margin passes once in
twenty times at most, and one as large as two thirds of it once in two or three. Shapes are compared by Kolmogorov and
Smirnov's test, all comparisons together, corrected by Holm's procedure: it finds a shift of a third of a standard
deviation, or a spread one and a half times as wide.

Where people come to rest says little about how fast they get there: with `engage.rate` a fifth larger or smaller no
headline outcome moves by a margin. So a few outcomes of the way there are compared too.
"""

from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import NamedTuple

import numpy as np
import pytest
from scipy import stats

from docking import model, outcomes, reading
from docking.people import wishes
from docking.study import Study
from simulation.allocate import lay_out
from simulation.burn_in import of_study
from simulation.run import simulate
from simulation.scenario.parameters import Parameters
from simulation.scenario.policy import Policy
from simulation.scenario.world import World
from simulation.ties import REDEFINITION

ROOT = Path(__file__).parents[2]
DESCRIPTION = reading.read_description(ROOT / "simulation" / "ODD.md")
WORLDS = {path.stem: path for path in sorted((ROOT / "scenarios" / "worlds").glob("*.toml"))}
POLICIES = {path.stem: path for path in sorted((ROOT / "scenarios" / "policies").glob("*.toml"))}
ALPHA = 0.05
SHAPES_ALPHA = 0.01
# Between the shipped policies these outcomes differ by 0.034, 0.44, 0.23, 0.18, 0.13, 0.026, 1.0, 0.54, 0.18 and 2,100 (in
# the teaching hospital): the margins are a twentieth to a fifth of that, for retention and burnout less than a half.
MARGINS = {
    "retention": 0.015, "mentored_share": 0.02, "spark_rate": 0.02, "need_coverage": 0.01, "closure_12": 0.02,
    "burnout": 0.006, "mentoring_satisfaction": 0.10, "job_satisfaction": 0.05, "mentor_load_gini": 0.03,
}  # fmt: skip
ON_THE_WAY = {"skill": 0.005, "output": 0.01, "belonging": 0.008, "norm_share": 0.02, "mentor_burnout": 0.01}
# Who has a mentor, where rules are changed: burnout and ability of those who have one less that of the others, and how far
# mentors meet wishes. (Where nearly all have a mentor the others are too few.)
CHOSEN = {"worn_apart": 0.015, "able_apart": 0.015, "wishes_met": 0.015}
SHARES = {"cost": 0.05, "unpaid_mentor_time": 0.05, "unpaid_mentee_time": 0.05, "tie_months": 0.04, "months_to_spark": 0.04}  # margins as shares of the mean itself
HEADLINE = [*MARGINS, "cost", "unpaid_mentor_time", "unpaid_mentee_time"]
OUTCOMES = [*HEADLINE, *ON_THE_WAY, "tie_months", "months_to_spark"]
SAME_CLIMATE = {"climate_time": 0.0, "climate_hazard": 0.0}


class Case(NamedTuple):
    """What is compared: a world under a policy, changed in both programs alike, with so many seeds of the second.

    There are seeds enough for margins of at least three and a half standard errors, so that equal programs pass.
    """

    world: str
    policy: str
    seeds: int
    people: dict
    context: dict
    parameters: dict = {}  # noqa: RUF012  what is changed, by section and name
    offer: dict = {}  # noqa: RUF012


# What feeds back, at sizes that are larger than any that fits.
FEEDBACK = {"seek.worn": 4.0, "seek.able": 4.0, "seek.custom": 2.0, "learn.means": 0.3, "leave.output": 4.0}

CASES = {
    "six_tips": Case("teaching_hospital", "six_tips", 50, {}, SAME_CLIMATE),
    "choice": Case("surgery_residency", "mentee_choice", 200, {}, SAME_CLIMATE),
    "youth": Case("youth_program", "single_discipline", 50, {}, SAME_CLIMATE),
    # a climate of its own moves outcomes of a single site more than any policy does; ten sites even it out
    "climates": Case("teaching_hospital", "multi_discipline", 60, {"site_mentees": 30}, {}),
    "feedback": Case("teaching_hospital", "prioritized", 120, {}, SAME_CLIMATE, FEEDBACK),
    # everybody graduates in the last month
    "emptying": Case("women_in_engineering", "multi_discipline", 60, {"mentees": 200, "mentors": 80}, SAME_CLIMATE),
    "pilot": Case("teaching_hospital", "six_tips", 100, {"burn_in": 2, "months": 36}, SAME_CLIMATE, {}, {"share": 0.5}),
}
QUICK = ("choice", "emptying")
SELDOM = ("six_tips", "choice", "climates", "feedback", "emptying", "pilot")  # so many seeds take minutes: `make bars`, and a quick look here
OFTEN = [name for name in CASES if name not in SELDOM]
FIRST_SEED = 1
OURS = 400  # seeds of the model, which is fast
FEW, FEW_OURS = 12, 100


def told_by_model(world: World, policy: Policy, seed: int, chosen: bool) -> list[float]:
    """The outcomes of a run of the model; `months_to_spark` is the mean time from the beginning of a tie to its spark."""
    run = simulate(world, policy, seed)
    state, _ = of_study(run.state, run.layout.plan.first_month, run.layout.months - 1)
    ties = state.records[: int(state.counts.records)]
    sparked = (ties["spark"] >= 0) & (ties["start"] >= 0)
    waited = (ties["spark"][sparked] - ties["start"][sparked]).mean()
    told = [run.outcomes[name] for name in (*HEADLINE, *ON_THE_WAY, "tie_months")]
    return [*told, waited, *(chosen_by_model(state, ties) if chosen else ())]


def chosen_by_model(state, ties) -> list[float]:
    """Who has a mentor among those there at the end, and how far mentors meet wishes, on average over ties."""
    mentees, slots = np.asarray(state.mentees), np.asarray(state.ties)
    has = ((slots["mentor"] >= 0) & (slots["phase"] != REDEFINITION) & (slots["silent"] <= 2)).any(axis=1)
    there = mentees["active"] == 1
    apart = [mentees[name][there & has].mean() - mentees[name][there & ~has].mean() for name in ("burnout", "ability")]
    own, theirs = mentees[ties["mentee"]], np.asarray(state.mentors)[ties["mentor"]]
    met = np.where(own["group"] == theirs["group"], own["wish"], -own["wish"]) * own["wish_strength"]
    return [*apart, met.sum(axis=1).mean()]


def told_by_second(world: reading.World, policy: reading.Policy, seed: int, chosen: bool) -> list[float]:
    """The same outcomes of a run of the second program."""
    study = model.run(world, policy, seed, world.people.months)
    headline, mean, ties = outcomes.headline(study), outcomes.mean, outcomes.ties_of(study)
    return [
        *(headline[name] for name in (*HEADLINE, *ON_THE_WAY)),
        mean((study.months if tie.end is None else tie.end) - tie.start for tie in ties),
        mean(tie.spark - tie.start for tie in ties if tie.sparked and tie.start >= study.first),
        *(chosen_by_second(study) if chosen else ()),
    ]


def chosen_by_second(study: Study) -> list[float]:
    """The same of the second program: who has a mentor, and how far mentors meet wishes."""
    mean, told = outcomes.mean, []
    for name in ("burnout", "ability"):
        with_one, without = (
            mean(getattr(each, name) for each in study.mentees if each.has_current_mentor() == has) for has in (True, False)
        )
        told.append(with_one - without)
    return [*told, mean(wishes(tie.mentee, tie.mentor) for tie in study.ties)]


def by_model(case: Case, seeds: int) -> np.ndarray:
    """The outcomes of the model: seeds x outcomes."""
    changed = {f"people.{name}": value for name, value in case.people.items()}
    changed |= {f"context.{name}": value for name, value in case.context.items()}
    changed |= {f"parameters.{name}": value for name, value in case.parameters.items()}
    world, policy = World.load(case.world).with_(changed), Policy.load(case.policy).with_({"offer": case.offer})
    chosen = bool(case.parameters)
    return np.array([told_by_model(world, policy, seed, chosen) for seed in range(FIRST_SEED, FIRST_SEED + seeds)])


def by_second(case: Case, seeds: int) -> np.ndarray:
    """The outcomes of the second program: seeds x outcomes."""
    world = reading.read_world(WORLDS[case.world], DESCRIPTION)
    policy = reading.read_policy(POLICIES[case.policy], DESCRIPTION)
    vars(world.people).update(case.people)
    vars(world.context).update(case.context)
    vars(policy.levers.offer).update(case.offer)
    for name, value in case.parameters.items():
        section, field = name.split(".")
        setattr(getattr(world.rules, section), field, value)
    chosen = bool(case.parameters)
    return np.array([told_by_second(world, policy, seed, chosen) for seed in range(FIRST_SEED, FIRST_SEED + seeds)])


@cache
def both(name: str) -> tuple[np.ndarray, np.ndarray]:
    """The outcomes of both programs in a case, run once."""
    return by_model(CASES[name], OURS), by_second(CASES[name], CASES[name].seeds)


def holm(chances) -> np.ndarray:
    """Chances under many hypotheses, each corrected by Holm's procedure."""
    chances = np.asarray(chances)
    order = np.argsort(chances)
    raised = np.maximum.accumulate(chances[order] * np.arange(len(chances), 0, -1))
    corrected = np.empty(len(chances))
    corrected[order] = np.minimum(raised, 1.0)
    return corrected


def margin_of(outcome: str, ours: np.ndarray) -> float:
    """The margin of an outcome, for some in proportion to its mean."""
    return SHARES[outcome] * ours.mean() if outcome in SHARES else {**MARGINS, **ON_THE_WAY, **CHOSEN}[outcome]


def interval(ours: np.ndarray, other: np.ndarray) -> tuple[float, float]:
    """The interval of the difference of two means that lies within a margin just when both one-sided tests say so."""
    found = stats.ttest_ind(other, ours, equal_var=False).confidence_interval(1.0 - 2.0 * ALPHA)
    return float(found.low), float(found.high)


def share_of_margin(name: str, outcome: str) -> float:
    """How far the interval of the difference of two means reaches, in margins: below one when they are shown to be alike."""
    ours, other = (values[:, [*OUTCOMES, *CHOSEN].index(outcome)] for values in both(name))
    if not (ours.any() or other.any()):  # nothing in either, as where an hour of mentees is worth nothing
        return 0.0
    return max(map(abs, interval(ours, other))) / margin_of(outcome, ours)


def alike_in_shape(names: list[str]) -> dict[str, bool]:
    """For each outcome, whether its distributions have one shape, all cases together."""
    pairs = [[values[:, : len(OUTCOMES)] for values in both(name)] for name in names]
    spreads = [np.where(ours.std(axis=0) > 0.0, ours.std(axis=0), 1.0) for ours, _ in pairs]
    ours = np.concatenate([(ours - ours.mean(axis=0)) / spread for (ours, _), spread in zip(pairs, spreads, strict=True)])
    other = np.concatenate([(other - ours.mean(axis=0)) / spread for (ours, other), spread in zip(pairs, spreads, strict=True)])
    chances = [stats.ks_2samp(ours[:, k], other[:, k]).pvalue for k in range(len(OUTCOMES))]
    return dict(zip(OUTCOMES, holm(chances) > SHAPES_ALPHA, strict=True))


@pytest.mark.slow
@pytest.mark.jit_only
@pytest.mark.parametrize("outcome", OUTCOMES)
@pytest.mark.parametrize("name", OFTEN)
def test_means_are_the_same_within_a_margin(name, outcome):
    ours, other = (values[:, OUTCOMES.index(outcome)].mean() for values in both(name))
    share = share_of_margin(name, outcome)
    assert share < 1.0, f"{outcome}: {ours:.4f} in the model, {other:.4f} in the second program; {share:.2f} margins apart"


@pytest.mark.slow
@pytest.mark.jit_only
def test_shapes_are_the_same():
    assert alike_in_shape(OFTEN) == dict.fromkeys(OUTCOMES, True)


@pytest.mark.jit_only
@pytest.mark.parametrize("name", [pytest.param(name, marks=() if name in QUICK else pytest.mark.slow) for name in SELDOM])
def test_few_runs_show_no_difference(name):
    """The quick look, which finds a difference of one and a half standard deviations between runs."""
    ours, other = by_model(CASES[name], FEW_OURS), by_second(CASES[name], FEW)
    chances = holm(stats.ttest_ind(ours, other, equal_var=False).pvalue)
    compared = [*OUTCOMES, *CHOSEN][: len(chances)]
    assert dict(zip(compared, chances > SHAPES_ALPHA, strict=True)) == dict.fromkeys(compared, True)


def plain(value):
    """A value as both programs would write it."""
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {name: plain(item) for name, item in value.items()}
    return str(value) if isinstance(value, str) else value


def same_fields(section, read: SimpleNamespace) -> bool:
    """Whether the two programs have read the same of a section."""
    return all(plain(getattr(section, name)) == plain(value) for name, value in vars(read).items())


@pytest.mark.parametrize("name", WORLDS)
def test_both_read_the_same_world(name):
    ours, read = World.load(name), reading.read_world(WORLDS[name], DESCRIPTION)
    for section in ("people", "context", "hazards", "prices"):
        assert same_fields(getattr(ours, section), getattr(read, section))
    for section in ("disciplines", "domains", "identities", "shocks"):
        pairs = zip(getattr(ours, section), getattr(read, section), strict=True)
        assert all(same_fields(entry, other) for entry, other in pairs)
    assert set(vars(read.rules)) == set(Parameters.model_fields)
    assert all(same_fields(getattr(ours.parameters, section), rules) for section, rules in vars(read.rules).items())


@pytest.mark.parametrize("name", POLICIES)
def test_both_read_the_same_policy(name):
    ours, read = Policy.load(name), reading.read_policy(POLICIES[name], DESCRIPTION)
    assert (ours.start_month, ours.end_month) == (read.start_month, read.end_month)
    assert all(same_fields(getattr(ours, section), levers) for section, levers in vars(read.levers).items())


@pytest.mark.parametrize("site_mentees", [None, 70])
@pytest.mark.parametrize("name", WORLDS)
def test_both_lay_out_the_same_places(name, site_mentees):
    ours, read = World.load(name), reading.read_world(WORLDS[name], DESCRIPTION)
    if site_mentees:
        ours, read.people.site_mentees = ours.with_({"people.site_mentees": site_mentees}), site_mentees
    laid_out = lay_out(ours, Policy(), ours.people.months)
    study = Study(read, reading.read_policy(POLICIES["ad_hoc"], DESCRIPTION), 0, read.people.months)
    units = laid_out.units
    assert [unit.site.number for unit in study.units] == units.site.tolist()
    assert [unit.discipline for unit in study.units] == units.discipline.tolist()
    assert [len(unit.posts) for unit in study.units] == (units.end_post - units.first_post).tolist()
