"""Effects of two-level factorials: by hand, as laws, with failed runs, and end to end through the command."""

import io
import itertools
import json
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from study_folders import write_small_study

from simulation.analysis.effects import effects
from simulation.cli import main
from simulation.commands.analysis.effect_lines import figures_of_effects, lines_of_effects
from simulation.commands.console import printed
from simulation.commands.sensitivity import CURVES, EFFECTS, TIPPING, analysis_of
from simulation.figures.effect_figures import effect, interaction_map
from simulation.judgement import holm, smallest_effect
from simulation.outcomes import TABLE
from simulation.scenario.errors import ScenarioError
from simulation.scenario.policy import SECTIONS, Policy
from simulation.scenario.study import Study
from simulation.scenario.world import World
from simulation.studies.setup import Setup, set_up

NAMES = "abcdef"
numbers = st.floats(-5, 5).map(lambda x: round(x, 3))


def carried_out(*replicates, outcome="retention", policies=("ad_hoc",)):
    """A study of as many on-off factors as 2^k levels need; `replicates` are levels in the design's order, nan: failed."""
    count = len(replicates[0]).bit_length() - 1
    levers = [
        {"field": field, "name": name, "like": ("ad_hoc", "six_tips")}
        for name, field in zip(NAMES, SECTIONS, strict=True)
    ]
    study = Study(
        name="made_up", policies=policies, outcomes=(outcome,), replicates=len(replicates), levers=levers[:count]
    )
    table = [
        {"world": "teaching_hospital", "policy": policy, "point": point, "replicate": k, "error": "it broke" if np.isnan(y) else None, outcome: y * q}
        for k, levels in enumerate(replicates) for point, y in enumerate(levels) for q, policy in enumerate(policies, start=1)
    ]  # fmt: skip
    points = pd.DataFrame(itertools.product(*[("ad_hoc", "six_tips")] * count), columns=list(NAMES[:count]))
    points.insert(0, "point", range(len(points)))
    setup = Setup(study, [World.load("teaching_hospital")], [Policy.load(name) for name in policies], {}, None)
    return SimpleNamespace(setup=setup, outcomes=pd.DataFrame(table), points=points, rows=np.arange(len(points)))


def found(table, measure, column="value"):
    """One measure by factor, or by pair of factors."""
    rows = table[table["measure"] == measure]
    keys = rows["factor"] + rows["other"].fillna("")
    return dict(zip(keys, rows[column], strict=True))


def levels_of(function, count):
    """A function of `count` switches at every point, in the design's order: the last factor changes fastest."""
    return [float(function(*switches)) for switches in itertools.product((0, 1), repeat=count)]


def said_of(table):
    """What the command says of effects, line by line."""
    out = io.StringIO()
    printed(*lines_of_effects(table), stream=out)
    return out.getvalue().splitlines()


def test_two_factors_by_hand():
    table = effects(carried_out([10, 11, 14, 20], [10, 13, 14, 22]))  # off, b, a, both; means 10, 12, 14, 21
    assert found(table, "alone") == {"a": 4, "b": 2}
    assert found(table, "given_others") == {"a": 9, "b": 7}
    assert found(table, "mean") == {"a": 6.5, "b": 4.5}
    assert found(table, "interaction") == {"ab": 5}  # together 11, and the sum of both alone is 6
    assert table.set_index("measure").loc[["all_off", "together"], "value"].tolist() == [10, 11]
    # b alone is 1 and 3: mean 2, its error 1, and the t of 1 degree of freedom 12.706
    b = table[(table["factor"] == "b") & (table["measure"] == "alone")].iloc[0]
    assert (b["low"], b["high"]) == (pytest.approx(2 - 12.706, abs=1e-3), pytest.approx(2 + 12.706, abs=1e-3))
    assert b["verdict"] == "cannot tell"
    a = table[(table["factor"] == "a") & (table["measure"] == "alone")].iloc[0]
    assert (a["low"], a["high"], a["verdict"], a["off"], a["on"]) == (4, 4, "helps", "ad_hoc", "six_tips")


def test_three_factors_by_hand():
    table = effects(
        carried_out([60, 72, 54, 68, 52, 83, 45, 80])
    )  # Box, Hunter and Hunter's pilot plant: order T, C, K
    # as they give them: main effects T 23, C -5, K 1.5; with T as the factor that changes fastest
    assert found(table, "mean") == {"a": 1.5, "b": -5, "c": 23}
    # their interactions are halves of ours: TK 10, TC 1.5, CK 0
    assert found(table, "interaction") == {"ab": 0, "ac": 20, "bc": 3}
    assert found(table, "alone") == {"a": -8, "b": -6, "c": 12}
    assert found(table, "given_others") == {"a": 12, "b": -3, "c": 35}


@given(st.lists(numbers, min_size=2, max_size=5), st.integers(1, 3))
def test_what_adds_up_has_one_effect_and_no_interactions(slopes, replicates):
    levels = levels_of(lambda *x: 1 + np.dot(slopes, x), len(slopes))
    table = effects(carried_out(*[np.add(levels, k) for k in range(replicates)]))  # luck that all points share
    for measure in ("alone", "given_others", "mean"):
        assert list(found(table, measure).values()) == pytest.approx(slopes)
    assert list(found(table, "interaction").values()) == [0] * (len(slopes) * (len(slopes) - 1) // 2)
    assert table.set_index("measure").loc["together", "value"] == pytest.approx(sum(slopes), abs=1e-9)
    assert not set(table["verdict"].dropna()) & {"more", "less"}


@given(numbers, st.integers(2, 4))
def test_a_product_is_an_interaction_and_nothing_else(size, count):
    table = effects(carried_out(*[levels_of(lambda a, b, *rest: size * a * b, count)] * 2))
    expected = dict.fromkeys(map("".join, itertools.combinations(NAMES[:count], 2)), 0) | {"ab": size}
    assert found(table, "interaction") == pytest.approx(expected)
    rest = dict.fromkeys(NAMES[2:count], 0)
    assert found(table, "alone") == {"a": 0, "b": 0, **rest}
    assert found(table, "given_others") == pytest.approx({"a": size, "b": size, **rest})
    assert found(table, "mean") == pytest.approx({"a": size / 2, "b": size / 2, **rest})


@given(st.lists(numbers, min_size=8, max_size=8))
def test_effects_sum_to_what_all_do_together(levels):
    """However factors interact, going from all off to all on one by one passes by levels that are there."""
    table = effects(carried_out(levels))
    two = np.subtract(levels[3], levels[1])  # b on top of c
    assert found(table, "alone")["c"] + two + found(table, "given_others")["a"] == pytest.approx(
        table.set_index("measure").loc["together", "value"], abs=1e-9
    )


def test_a_failed_run_takes_its_replicate_from_the_measures_that_need_it():
    whole, broken = [10, 12, 14, 21], [10, np.nan, 14, 99]
    table = effects(carried_out(whole, whole, broken))
    assert found(table, "alone", "used") == {"a": 3, "b": 2}
    assert found(table, "given_others", "used") == {"a": 2, "b": 3}
    assert found(table, "mean", "used") == {"a": 2, "b": 2}
    assert found(table, "interaction") == {"ab": 5}
    assert "2 of 3 replicates used; those with a failed run are left out" in said_of(table)


def test_a_point_that_always_fails_leaves_what_can_be_known():
    table = effects(carried_out([10, np.nan, 14, 21], [11, np.nan, 16, 22]))
    assert found(table, "alone")["a"] == 4.5
    assert np.isnan(found(table, "alone")["b"])
    assert found(table, "alone", "verdict")["b"] == "cannot tell"
    assert np.isnan(found(table, "interaction")["ab"])
    assert any("no interval" in line for line in said_of(table))


@pytest.mark.parametrize(
    ("level", "note"), [(np.nan, "all runs failed"), (None, "not defined for runs of this length")]
)
def test_where_nothing_is_known_the_note_says_why(level, note):
    done = carried_out([np.nan] * 4)
    done.outcomes["error"] = "it broke" if level is not None else None
    table = effects(done)
    assert list(table.columns) == list(effects(carried_out([1, 2, 3, 4])).columns)
    assert set(table["note"]) == {note}
    assert said_of(table) == [note]
    assert note in effect(table).texts[0].get_text()


@pytest.mark.parametrize(("outcome", "gain", "verdict"), [
    ("retention", 0.02, "helps"), ("retention", -0.02, "harms"), ("retention", 0.004, "negligible"),
    ("burnout", 0.02, "harms"), ("cost", -0.02, "helps"), ("cost", 0.004, "negligible"),
])  # fmt: skip
def test_verdicts_know_what_is_better_and_what_is_too_small(outcome, gain, verdict):
    table = effects(carried_out([0.8, 0.8 + gain], [0.7, 0.7 + gain], outcome=outcome))
    assert found(table, "alone", "verdict") == {"a": verdict}


def test_one_replicate_has_no_interval_and_no_verdict():
    table = effects(carried_out([0.8, 0.9, 0.8, 0.9]))
    assert table["low"].isna().all()
    assert set(table["verdict"].dropna()) == {"cannot tell"}


@pytest.mark.parametrize(("before", "after", "verdict"), [
    (-0.10, -0.06, "helps"), (-0.10, -0.14, "harms"), (0.10, 0.06, "helps"), (-0.10, 0.03, "reversed"), (0.10, 0.102, "negligible"),
])  # fmt: skip
def test_a_gap_is_turned_to_be_above_zero_and_narrower_is_better(before, after, verdict):
    done = carried_out([before, after], [before + 0.001, after + 0.001], outcome="gap_retention_gender")
    table = effects(done)
    assert table.set_index("measure").loc["all_off", "value"] > 0
    assert found(table, "alone")["a"] == pytest.approx((after - before) * np.sign(before))
    assert found(table, "alone", "verdict") == {"a": verdict}


def test_without_a_clear_gap_nothing_is_for_the_better():
    luck = np.array([-0.1, 0.08, 0.03])
    table = effects(carried_out(*[[x, x - 0.02] for x in luck], outcome="gap_retention_gender"))
    assert found(table, "alone", "verdict") == {"a": "shifted"}
    assert any("no clear gap before" in line for line in said_of(table))
    assert "no clear gap with all off" in effect(table).get_xlabel()


def test_what_is_neither_good_nor_bad_is_only_raised():
    table = effects(carried_out([0.1, 0.2], [0.1, 0.2], outcome="cross_discipline_share"))
    assert any(": raises" in line for line in said_of(table))


def test_several_policies_are_told_as_differences_from_the_first():
    table = effects(
        carried_out([0.8, 0.9], [0.8, 0.9], policies=("ad_hoc", "six_tips"))
    )  # the second has twice as much
    differences = table[table["baseline"].notna()]
    assert found(differences, "alone")["a"] == pytest.approx(0.1)
    assert set(table.loc[table["baseline"].isna(), "policy"]) == {"ad_hoc", "six_tips"}


def test_holm_by_hand():
    corrected = holm([0.01, 0.04, np.nan, 0.03, 0.005])
    np.testing.assert_allclose(corrected, [0.03, 0.06, np.nan, 0.06, 0.02])
    assert holm([0.9, 0.8]).tolist() == [1.0, 1.0]
    assert holm([]).tolist() == []


def test_luck_alone_makes_a_pair_clear_in_one_study_of_twenty():
    luck = np.random.default_rng(2)
    told = [
        set(effects(carried_out(*luck.normal(size=(10, 8))))["verdict"].dropna()) & {"more", "less"} for _ in range(100)
    ]
    assert sum(map(bool, told)) < 20  # five standard errors above five


def test_shares_are_those_that_people_read_in_percent():
    for name, outcome in TABLE.items():
        assert (smallest_effect(name, 10.0) == 0.005) == (outcome.unit == "%"), name
    assert smallest_effect("gap_retention_minority", 0.1) == 0.005
    assert smallest_effect("cost", 2000.0) == 20.0


def test_figures_mark_alone_and_given_the_others_and_pairs():
    done = carried_out([0.5, 0.6, 0.7, 0.9], [0.5, 0.6, 0.7, 0.9])
    table = effects(done)
    ax = effect(table)
    assert [tick.get_text() for tick in ax.get_yticklabels()] == ["A", "B"]
    marks = [line for line in ax.lines if line.get_marker() == "o"]
    assert sorted(line.get_xdata()[0] for line in marks) == pytest.approx([10, 20, 20, 30])
    assert [line.get_markerfacecolor() == "white" for line in marks] == [True, False] * 2
    assert ax.get_xlabel() == "percentage points; right is better"
    assert [stem for stem, _ in figures_of_effects(table, done)] == ["effects_teaching_hospital_ad_hoc"]
    said = said_of(table)
    assert "A and b together: 10.0 percentage points more than the sum of both (better)" in said


def test_the_map_of_pairs_shows_what_is_clear_and_is_drawn_for_three_factors_or_more():
    levels = np.array(levels_of(lambda a, b, c: 0.5 + 0.1 * a + 0.1 * a * b, 3))
    done = carried_out(levels, levels + 0.01)
    table = effects(done)
    ax = interaction_map(table)
    assert [text.get_text() for text in ax.texts[:3]] == ["+10.0", "0.0", "0.0"]
    assert [text.get_fontweight() for text in ax.texts[:3]] == ["bold", "normal", "normal"]
    assert [stem for stem, _ in figures_of_effects(table, done)] == [
        "effects_teaching_hospital_ad_hoc", "interactions_teaching_hospital_ad_hoc_retention",
    ]  # fmt: skip
    assert "clear after Holm's correction for 3 pairs" in said_of(table)


def of_study(**study):
    return analysis_of(set_up(Study.model_validate({"name": "s", **study})))


def test_the_analysis_follows_the_values_of_the_factors():
    stigma, hours = {"field": "move_on.stigma"}, {"field": "prioritize.protected_hours"}
    two = [{**stigma, "values": [0.2, 1.0]}, {**hours, "values": [0.0, 2.0]}]
    assert of_study(levers=two) is EFFECTS
    assert of_study(levers=[*two, {"field": "match", "like": ["ad_hoc", "six_tips"]}]) is EFFECTS
    ranges = [{**stigma, "low": 0.2, "high": 1.0}, {**hours, "low": 0.0, "high": 2.0}]
    assert of_study(levers=ranges, design={"levels": 2}) is TIPPING
    assert of_study(levers=[{**stigma, "values": [0.2, 0.5, 1.0]}, two[1]]) is TIPPING
    three = [{"field": name, "like": ["ad_hoc", "six_tips", "mentee_choice"]} for name in SECTIONS]
    assert of_study(levers=three[:3]) is CURVES
    with pytest.raises(ScenarioError, match="cannot show which factors matter"):
        of_study(levers=three[:4])


def test_the_study_of_the_six_tips_has_one_lever_a_tip():
    setup = set_up("six_tips")
    assert [lever.field for lever in setup.study.levers] == list(SECTIONS)
    assert {lever.like for lever in setup.study.levers} == {("ad_hoc", "six_tips")}
    assert analysis_of(setup) is EFFECTS
    on = {lever.label: "six_tips" for lever in setup.study.levers}
    (base,) = setup.policies
    whole = setup.policy_at(base, on)
    assert {name: getattr(whole, name) for name in SECTIONS} == {
        name: getattr(Policy.load("six_tips"), name) for name in SECTIONS
    }


@pytest.mark.jit_only
def test_two_tips_through_the_command(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    write_small_study(
        tmp_path,
        'worlds = ["small.toml"]\nreplicates = 3\noutcomes = ["retention", "mentored_share", "cost"]\n'
        '[[levers]]\nname = "prioritize"\nfield = "prioritize"\nlike = ["ad_hoc", "six_tips"]\n'
        '[[levers]]\nname = "empower mentees"\nfield = "empower"\nlike = ["ad_hoc", "six_tips"]\n'
    )
    assert main(["sensitivity", "study.toml", "--out", "out"]) == 0
    out, _ = capsys.readouterr()
    assert "given the others" in out and "Empower mentees" in out
    table = pd.read_parquet("out/analysis/effects.parquet")
    assert len(table) == 3 * (2 + 3 * 2 + 1)
    cost = table[(table["outcome"] == "cost") & (table["factor"] == "prioritize") & (table["measure"] == "alone")].iloc[
        0
    ]
    assert cost["low"] > 0.0 and cost["verdict"] == "harms"
    # as pandas finds it from the tables of the study
    runs = pd.read_parquet("out/outcomes").merge(pd.read_parquet("out/points.parquet"), on="point")
    means = runs.groupby(["prioritize", "empower mentees"])["mentored_share"].mean()
    expected = means["six_tips", "six_tips"] - means["six_tips", "ad_hoc"]
    value = found(table[table["outcome"] == "mentored_share"], "given_others")["empower mentees"]
    assert value == pytest.approx(expected)
    assert list((tmp_path / "out" / "analysis").glob("effects_*.png"))
    assert main(["sensitivity", "study.toml", "--out", "out", "--json"]) == 0
    assert json.loads(capsys.readouterr()[0])["analysis"] == "effects"
