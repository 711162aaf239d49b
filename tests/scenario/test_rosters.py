"""A world with a roster: what it takes, what it refuses, and that a study starts from those very people."""

import numpy as np
import pandas as pd
import pytest
from rosters import MENTEES, MENTORS, YEARS, cells, office

from simulation.agents import Mentee
from simulation.jit import COMPILED
from simulation.run import simulate
from simulation.scenario.errors import ScenarioError
from simulation.scenario.policy import Policy
from simulation.scenario.world import World

TIPS = Policy.load("six_tips")
MONTHS = 14 if COMPILED else 2


@pytest.fixture(scope="module")
def run():
    return simulate(office(), TIPS, months=MONTHS)


def at_start(run):
    return run.mentees[run.mentees["cohort"] <= 0]


def counts(*columns):
    return pd.Series(list(zip(*map(list, columns), strict=True))).value_counts().to_dict()


def test_disciplines_keep_their_true_heads(run):
    mentors = run.mentors[run.mentors["joined_month"] == 0]
    for people, heads in ((at_start(run), MENTEES), (mentors, MENTORS)):
        assert people["discipline"].astype(str).value_counts().to_dict() == heads


def test_each_mentee_is_one_of_the_roster(run):
    people = at_start(run)
    years = 1 - people["cohort"] // 12
    told = cells(MENTEES)
    asked = pd.Series([(*one["groups"].values(), one["discipline"]) for one in told]).value_counts().to_dict()
    assert counts(people["gender"], people["minority"], people["discipline"]) == asked
    with_year = pd.Series([one["year"] for one in told if "year" in one]).value_counts()
    assert (years.value_counts().reindex(range(1, 6), fill_value=0) >= with_year.reindex(range(1, 6), fill_value=0)).all()
    without = sum("year" not in one for one in told)
    shared = years.value_counts().sub(with_year, fill_value=0.0)
    assert shared.sum() == without
    assert shared.max() - shared.min() <= 2  # as the world's years, which are alike


def test_years_are_true_where_all_are_given():
    heads = {"discipline": "medicine", "heads": 10}
    world = office().with_({"people.mentees": 30, "roster": {
        "mentees": [heads | {"year": year} for year in (1, 1, 4)], "mentors": cells(MENTORS, years=False)}})
    people = at_start(simulate(world, TIPS, months=2))
    assert people["cohort"].value_counts().to_dict() == {0: 20, -36: 10}


def test_mentors_are_those_of_the_roster():
    mentors = [*cells(MENTORS, years=False)[1:], {"discipline": "medicine", "groups": {"gender": "man"}, "expertise": {"research": 0.93}}]
    run = simulate(office(roster={"mentees": cells(MENTEES), "mentors": mentors}), TIPS, months=1)
    people = np.asarray(run.state.mentors)[:31]
    assert (people["expertise"][:, 1] == 0.93).sum() == 1
    medicine = people[people["expertise"][:, 1] == 0.93][0]
    assert (medicine["discipline"], medicine["group"][0]) == (0, 0)


def test_what_a_roster_leaves_open_is_drawn_as_ever():
    bare = [{"discipline": name, "heads": heads} for name, heads in MENTEES.items()]
    world = office(roster={"mentees": bare, "mentors": cells(MENTORS, years=False)})
    seeds = [tuple(at_start(simulate(world, TIPS, seed, months=1))["gender"]) for seed in (1, 2)]
    assert seeds[0] != seeds[1]
    assert {len(set(one)) for one in seeds} == {2}


def test_arrivals_are_drawn_again_as_they_were(run):
    again = run.arrivals.set_index("mentee")
    rows = np.asarray(run.state.mentees)[again.index]
    assert (again["wish_strength_gender"] == rows["wish_strength"][:, 0]).all()
    assert (pd.Categorical(again["wish_gender"]).codes == rows["wish"][:, 0] + 1).all()


def test_the_order_of_a_roster_changes_nothing(run):
    told = {"mentees": cells(MENTEES)[::-1], "mentors": cells(MENTORS, years=False)[::-1]}
    assert office(roster=told) == office()
    assert simulate(office(roster=told), TIPS, months=MONTHS).digest == run.digest


def test_both_lanes_give_the_same_bits(run):
    class Same(Mentee):
        def seek(self):
            return super().seek()

    assert simulate(office(), TIPS, months=MONTHS, mentee_class=Same).digest == run.digest


@pytest.mark.jit_only
def test_a_large_roster_spans_sites():
    heads = {"medicine": 701, "surgery": 295, "radiology": 5}
    bare = {side: [{"discipline": name, "heads": count} for name, count in heads.items()] for side in ("mentees", "mentors")}
    world = office(**{"people.mentees": 1001, "people.mentors": 1001}, roster=bare)
    people = at_start(simulate(world, Policy(), months=1))
    assert people["discipline"].astype(str).value_counts().to_dict() == heads
    by_site = pd.crosstab(people["site"], people["discipline"].astype(str))
    assert len(by_site) == 3
    assert (by_site.max() - by_site.min() <= 1).all()


def test_a_roster_is_written_and_read_again(tmp_path):
    path = tmp_path / "office.toml"
    path.write_text(office().to_toml())
    assert World.load(path) == office()


@pytest.mark.parametrize(("changes", "said"), [
    ({"people.mentees": 80}, "roster.mentees has 84 heads, and people.mentees is 80: they must be the same"),
    ({"people.mentors": 32}, "roster.mentors has 31 heads, and people.mentors is 32"),
    ({"people.years": 4}, "people in year 5, and people.years, how long the program lasts, is 4"),
    ({"people.burn_in": 2}, "only 0 goes with it"),
    ({"roster.small_cell": 4}, "value 4, allowed: a whole number from 5 to 1,000"),
    ({"roster.small_cell": 90}, "fewer than the roster.small_cell = 90"),
    ({"disciplines.surgery": None}, "names the discipline \"surgery\", which the world has not"),
    ({"identities.minority.groups.minority": None}, "this list has 1 entry"),
    ({"roster.mentees.0.groups": {"gender": "wman"}}, "names the group of gender \"wman\", which the world has not; did you mean woman?"),
    ({"roster.mentees.0.year": 0}, "value 0, allowed: a whole number from 1 to 40"),
    ({"roster.mentees.0.groups": {"gendr": "man"}}, "names the attribute \"gendr\", which the world has not; did you mean gender?"),
    ({"roster.mentors.0.expertise": {"reserch": 0.5}}, "did you mean research?"),
    ({"roster.mentors.0.expertise": {"research": 1.5}}, "from 0 to 1"),
    ({"roster.mentees.0.heads": 0}, "value 0"),
])  # fmt: skip
def test_what_does_not_fit_is_refused_in_a_sentence(changes, said):
    with pytest.raises(ScenarioError) as refused:
        office().with_(changes)
    assert said in str(refused.value).replace("'", '"')
    assert "\n" not in str(refused.value)


def test_parts_that_a_roster_names_are_dropped_or_renamed_with_it():
    world = office().with_({"disciplines.surgery.name": "cutting", "identities.gender.groups.woman": "women",
                            "identities.minority": None, "identities.gender.name": "sex"})  # fmt: skip
    assert {cell.discipline for cell in world.roster.mentees} == {"cutting", *MENTEES} - {"surgery"}
    assert {tuple(cell.groups.items()) for cell in world.roster.mentees} == {(("sex", "man"),), (("sex", "women"),)}
    assert len(world.with_({"roster.mentees.0.groups.sex": "women"}).roster.mentees) == len(world.roster.mentees) - 1  # one make-up now
    assert office().with_({"roster": None, "people.mentees": 50}).roster is None


@pytest.mark.slow
def test_a_roster_of_the_worlds_own_shares_is_like_the_world():
    """Means of 100 seeds lie within three standard errors; the roster has the shares exactly, crossed as if independent."""
    world = World.load("teaching_hospital").with_({"people.months": 36})
    mentees = np.asarray(simulate(world, Policy(), months=1).mentees["discipline"].astype(str))
    posts = simulate(world, Policy(), months=1).mentors["discipline"].astype(str).value_counts()
    told = {"mentees": spread(pd.Series(mentees).value_counts(), world, "mentees"), "mentors": spread(posts, world, "mentors")}
    own, names = world.with_({"roster": told}), ["retention", "access", "need_coverage", "spark_months", "mentor_burnout"]
    found = [pd.DataFrame([simulate(one, TIPS, seed).outcomes[names] for seed in range(100)]) for one in (world, own)]
    error = np.sqrt(sum(one.var() / 100 for one in found))
    assert (abs(found[0].mean() - found[1].mean()) <= 3 * error).all()


def spread(heads, world, side):
    """Cells of exact shares: every discipline's people by gender, and in them by minority, by points that fall evenly."""
    gender, minority = world.identities
    found = []
    for discipline, count in heads.items():
        even = (np.arange(count) + 0.5) / count, (np.arange(count) + 0.5) * 0.6180339887498949 % 1.0
        groups = [group_at(*pair) for pair in zip((gender, minority), even, strict=True) for pair in [(pair[0], side, pair[1])]]
        found += [{"discipline": discipline, "groups": {"gender": a, "minority": b}} for a, b in zip(*groups, strict=True)]
    return found


def group_at(identity, side, points):
    shares = np.cumsum([getattr(identity, side)[group] for group in identity.groups])
    return [identity.groups[min(int(np.searchsorted(shares, point)), len(shares) - 1)] for point in points]


def test_years_of_the_fixture_cover_every_kind():
    assert {None, 1, 2, 3, 5} == set(YEARS)
