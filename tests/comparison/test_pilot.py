"""A pilot tells what an evaluator of the same people would tell, written another way; and its power is that of its pilots."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from simulation import Policy, World, simulate
from simulation.cli import main
from simulation.comparison.lives import OUTCOMES
from simulation.comparison.pilot import BEFORE, Size, _share, pilot, power
from simulation.comparison.replicates import seed_of
from simulation.dictionary import OF_PILOTS
from simulation.results import load
from simulation.scenario.errors import ScenarioError

pytestmark = pytest.mark.jit_only  # dozens of years are lived
SMALL = {"people.mentees": 80, "people.mentors": 30, "people.unit_mentees": 8}


@pytest.fixture(scope="module")
def world():
    return World.load("teaching_hospital").with_(SMALL)


@pytest.fixture(scope="module")
def six():
    return Policy.load("six_tips")


@pytest.fixture(scope="module")
def found(world, six):
    """Pilots of each kind, without other sizes."""
    return {kind: pilot(world, six, kind, replicates=4, seed=7, scan=False) for kind in ("individual", "cohort", "stepped")}


def told(world, policy, seed, months=12):
    """People at the end of a study, by the public tables alone: a row a mentee, with what an evaluator would ask."""
    run = simulate(world.with_({"people.burn_in": BEFORE}), policy, seed, months=months, surveys=[months])
    people = run.mentees.set_index("mentee").join(run.surveys.set_index("mentee").add_suffix("_asked"))
    last = people["exit_month"].fillna(months - 1).astype(float)
    people["access"] = (people["ties"] > 0).astype(float)
    people["mentored_share"] = people["months_mentored"] / (last - people["cohort"].clip(lower=0) + 1)
    people["retention"] = (people["exit"] != "left").astype(float)
    answers = {name: people[f"{name}_asked"].astype(float) for name in ("mentoring_satisfaction", "burnout")}
    return people.assign(**answers)


PUBLIC = [name for name in OUTCOMES if name != "need_coverage"]  # whose mean over months no table of people has


def test_each_pilot_is_what_an_evaluator_finds_in_the_public_tables(world, six, found):
    offered = six.with_({"offer.share": 0.5})
    for replicate in range(3):
        people, nobody = (told(world, policy, seed_of(7, replicate)) for policy in (offered, Policy()))
        everybody = told(world, six, seed_of(7, replicate))
        rows = found["individual"].set_index(["replicate", "outcome"]).loc[replicate]
        for name in PUBLIC:
            sides = [people.loc[side, name].dropna() for side in (people["offered"], ~people["offered"])]
            assert rows.loc[name, "estimate"] == pytest.approx(sides[0].mean() - sides[1].mean(), rel=1e-9, abs=1e-12)
            if min(side.nunique() for side in sides) > 1:  # scipy warns where all of a side are alike
                assert rows.loc[name, "p"] == pytest.approx(stats.ttest_ind(*sides, equal_var=False).pvalue, rel=1e-7)
            assert rows.loc[name, "truth"] == pytest.approx(everybody[name].mean() - nobody[name].mean(), rel=1e-9, abs=1e-12)
            lot = [nobody.loc[people["offered"] == side, name].mean() for side in (True, False)]
            assert rows.loc[name, "nothing_estimate"] == pytest.approx(lot[0] - lot[1], rel=1e-9, abs=1e-12)


@pytest.mark.slow
def test_units_are_what_least_squares_with_clustered_errors_find_in_the_public_tables(world, six, found):
    formula = pytest.importorskip("statsmodels.formula.api")
    people = told(world, six.with_({"offer.share": 0.5, "offer.whole_units": True}), seed_of(7, 1)).astype({"offered": int})
    rows = found["cohort"].set_index(["replicate", "outcome"]).loc[1]
    for name in PUBLIC:
        known = people.dropna(subset=name)
        fit = formula.ols(f"{name} ~ offered", known).fit(cov_type="cluster", cov_kwds={"groups": known["unit"]}, use_t=True)
        assert rows.loc[name, "estimate"] == pytest.approx(fit.params["offered"], rel=1e-8)
        assert rows.loc[name, "p"] == pytest.approx(fit.pvalues["offered"], rel=1e-6)


def test_a_stepped_wedge_by_its_public_tables(world, six, found):
    """Burnout at the end of each period, with effects of units and periods, from surveys."""
    size = Size("stepped", 1.0, 12)
    assert size.periods == 4
    run = simulate(world.with_({"people.burn_in": BEFORE}), size.policy(six), seed_of(7, 2), months=12, surveys=[3, 6, 9, 12])
    asked = run.surveys.merge(run.mentees[["mentee", "unit"]], on="mentee")
    reached = {}
    for k in range(1, 4):
        part = six.with_({"offer.share": k / 3 if k < 3 else 1.0, "offer.whole_units": True})
        offered = simulate(world.with_({"people.burn_in": BEFORE}), part, seed_of(7, 2), months=1).mentees
        reached[3 * k + 3] = set(offered.loc[offered["offered"], "unit"])
    treated = np.array([unit in reached.get(after, ()) for unit, after in zip(asked["unit"], asked["after_months"], strict=True)])
    dummies = pd.get_dummies(asked[["unit", "after_months"]].astype(str)).to_numpy(float)
    effect = np.linalg.lstsq(np.column_stack([treated, dummies]), asked["burnout"], rcond=None)[0][0]
    row = found["stepped"].set_index(["replicate", "outcome"]).loc[(2, "burnout")]
    assert row["estimate"] == pytest.approx(effect, rel=1e-8)


def test_power_is_counted(found):
    rows = found["individual"]
    worth = power(rows).set_index("outcome").loc["mentored_share"]
    mine = rows[rows["outcome"] == "mentored_share"]
    assert worth["pilots"] == 4 and worth["bias"] == pytest.approx((mine["estimate"] - mine["truth"]).mean())
    assert worth["power"] == ((mine["p"] < 0.05) & (mine["estimate"] > 0)).mean()
    assert worth["false_alarms"] == (mine["nothing_p"] < 0.05).mean()
    turned = power(rows.assign(truth=-rows["truth"])).set_index("outcome").loc["mentored_share"]
    assert turned["power"] == 0.0 and turned["wrong_sign"] == 1.0


def test_the_interval_of_a_power_is_no_point_where_all_find_it():
    value, low, high = _share([True] * 20)
    assert (value, high) == (1.0, 1.0) and low == pytest.approx(0.8389, abs=1e-4)  # by hand: 20 / (20 + 1.96 squared)
    assert np.isnan(_share([])).all()


def test_a_policy_that_does_nothing_is_found_by_nobody(world):
    rows = pilot(world, Policy(name="another"), replicates=2, scan=False)
    assert (rows["truth"] == 0.0).all() and (rows["estimate"] == rows["nothing_estimate"]).all()
    assert power(rows)["power"].isna().all()


def test_workers_and_other_sizes_change_no_pilot(world, six, found):
    few = pilot(world, six, replicates=2, seed=7, workers=1)
    own = few[(few["months"] == 12) & (few["share"] == 0.5) & (few["times"] == 1)].reset_index(drop=True)
    mine = found["individual"][found["individual"]["replicate"] < 2].reset_index(drop=True)
    pd.testing.assert_frame_equal(own, mine)
    assert len(few.drop_duplicates(["share", "months", "times"])) == 16


@pytest.mark.parametrize(("months", "periods"), [(3, 3), (6, 3), (7, 7), (12, 4), (24, 4), (36, 4)])
def test_a_wedge_is_cut_into_whole_months(months, periods):
    assert Size("stepped", 1.0, months).periods == periods


@pytest.mark.parametrize(
    ("changes", "asked", "said"),
    [
        ({"offer.share": 0.5}, {}, "already says to whom"),
        ({"start_month": 3}, {}, "already says to whom"),
        ({}, {"assign": "coin"}, "individual, cohort, stepped"),
        ({}, {"share": 1.0}, "between 0 and 1"),
        ({}, {"assign": "stepped", "months": 2}, "whole number from 3"),
        ({}, {"baseline": Policy.load("mentee_choice")}, "cannot have it"),
    ],
)
def test_what_cannot_be_a_pilot_is_refused(world, six, changes, asked, said):
    with pytest.raises(ScenarioError, match=said):
        pilot(world, six.with_(changes), **asked)


def test_a_world_of_few_units_has_none_by_units(six):
    with pytest.raises(ScenarioError, match="1 unit, and a pilot by units needs 4"):
        pilot(World.load("youth_program").with_({"people.mentees": 20}), six, "cohort")


def test_the_command_answers_first_and_writes_what_the_dictionary_tells(world, tmp_path, capsys):
    path, out = tmp_path / "small.toml", tmp_path / "out"
    path.write_text(world.to_toml(), encoding="utf-8")
    assert main(["pilot", str(path), "six_tips", "--replicates", "2", "--months", "6", "--out", str(out), "--quiet"]) == 0
    said = capsys.readouterr().out
    first, second = said.splitlines()[:2]
    assert first.startswith("A pilot of all six tips in") and "50 % of the mentees by lot, for 6 months" in first
    assert second.startswith("What is true: ")
    assert "find the effect" in said and "36 months" in said
    tables = load(out)
    assert {name: set(table) for name, table in tables.items()} == {table.name: table.names() for table in OF_PILOTS}
    assert (out / "pilot.png").is_file()
    assert main(["pilot", str(path), "six_tips", "--assign", "stepped", "--share", "0.5"]) == 2
    assert "--share does not go with" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "said"),
    [(["--assign", "coin"], 'value "coin", allowed: individual, cohort, stepped'), (["--baseline", "mentee_choice"], "reaches mentees one by one")],
)
def test_what_is_no_pilot_is_refused_before_a_folder_is_made(words, said, tmp_path, capsys):
    out = tmp_path / "out"
    assert main(["pilot", "teaching_hospital", "six_tips", *words, "--out", str(out)]) == 2
    err = capsys.readouterr().err
    assert said in err and err.count("\n") == 1
    assert not out.exists()
