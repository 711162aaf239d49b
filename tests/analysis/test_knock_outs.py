"""Knock-outs: by hand, with failed runs, and end to end through the command."""

import io
import json
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from study_folders import write_small_study

from simulation.analysis.knock_outs import clear, knock_outs, summary
from simulation.cli import main
from simulation.commands.analysis.knock_out_lines import figures_of_knock_outs, lines_of_knock_outs, page_of_knock_outs
from simulation.commands.console import printed
from simulation.commands.sensitivity import KNOCK_OUTS, analysis_of
from simulation.figures.knock_out_figures import knock_out_map
from simulation.scenario.policy import Policy
from simulation.scenario.study import Study
from simulation.scenario.world import World
from simulation.studies.points import distinct, numbers_of, rows_of
from simulation.studies.setup import Setup, set_up

FIELDS = ("parameters.strain.threat", "parameters.engage.coupling", "hazards.mentors")


def carried_out(*levels, policies=("ad_hoc",), moved=(), **outcomes):
    """A study of as many knock-outs as `levels` has rows after the first; a row holds the replicates, nan: failed.

    Each policy after the first has twice as much, three times as much, and so on. `outcomes` are further ones by name.
    """
    factors = [{"field": field, "values": [0]} for field in FIELDS[: len(levels) - 1]]
    outcomes = {"retention": levels, **outcomes}
    study = Study(
        name="made_up", policies=policies, outcomes=tuple(outcomes), replicates=len(levels[0]), uncertainties=factors,
        design={"kind": "one_by_one"},
    )  # fmt: skip
    setup = Setup(study, [World.load("teaching_hospital")], [Policy.load(name) for name in policies], {}, None)
    rows = rows_of(setup)
    points = distinct(rows.iloc[list(moved)] if moved else rows)
    numbers = numbers_of(rows, points)
    table = [
        {"world": "teaching_hospital", "policy": policy, "point": numbers[row], "replicate": k,
         "error": "it broke" if np.isnan(levels[row][k]) else None, **{name: q * of[row][k] for name, of in outcomes.items()}}
        for row in range(len(levels)) for k in range(len(levels[0])) for q, policy in enumerate(policies, start=1)
    ]  # fmt: skip
    points = points.assign(point=range(len(points)))
    return SimpleNamespace(setup=setup, outcomes=pd.DataFrame(table), points=points, rows=numbers)


def said_of(table):
    """What the command says, line by line."""
    out = io.StringIO()
    printed(*lines_of_knock_outs(table), stream=out)
    return out.getvalue().splitlines()


def test_two_factors_by_hand():
    table = knock_outs(carried_out([0.50, 0.60], [0.53, 0.65], [0.501, 0.601]))
    threat, coupling = (table.iloc[k] for k in range(2))
    # the differences are 0.03 and 0.05: mean 0.04, its error 0.01, and the t of 1 degree of freedom 12.706
    assert threat["value"] == pytest.approx(0.04)
    assert (threat["low"], threat["high"]) == (pytest.approx(0.04 - 0.12706, abs=1e-5), pytest.approx(0.04 + 0.12706, abs=1e-5))
    assert threat["p"] == pytest.approx(0.15596, abs=1e-5)  # t of 4
    assert (threat["factor"], threat["off"], threat["used"], threat["smallest"]) == (FIELDS[0], "0", 2, 0.005)
    assert threat["verdict"] == "cannot tell"
    assert (coupling["value"], coupling["verdict"]) == (pytest.approx(0.001), "negligible")


@pytest.mark.parametrize(("differences", "verdict"), [
    ([0.02, 0.021, 0.022], "moves"), ([-0.02, -0.021, -0.022], "moves"), ([-0.01, 0.0, 0.01], "cannot tell"),
    ([0.001, 0.002, 0.003], "negligible"), ([0.0, 0.0, 0.0], "negligible"), ([0.02], "cannot tell"), ([np.nan] * 3, "cannot tell"),
])  # fmt: skip
def test_verdicts(differences, verdict):
    table = knock_outs(carried_out([0.5] * len(differences), 0.5 + np.array(differences)))
    assert table["verdict"].tolist() == [verdict]


def test_what_matters_of_other_outcomes_is_a_part_of_the_largest_level_with_nothing_knocked_out():
    done = carried_out([0.5, 0.5], [0.5, 0.5], policies=("ad_hoc", "six_tips"), cost=([500.0, 500.0], [509.0, 509.1]))
    of_ad_hoc = (done.outcomes["policy"] == "ad_hoc", "cost")
    done.outcomes.loc[of_ad_hoc] /= 1000.0  # so of 1000, 10 matters, also to a policy that costs next to nothing
    table = knock_outs(done)
    cost = table[table["outcome"] == "cost"]
    assert cost["smallest"].tolist() == [10.0] * 3
    assert cost["verdict"].tolist() == ["negligible", "moves", "moves"]


def test_differences_between_policies_are_responses_too():
    table = knock_outs(carried_out([0.2, 0.3], [0.1, 0.2], policies=("ad_hoc", "multi_discipline", "six_tips")))
    assert table["policy"].tolist() == ["ad_hoc", "multi_discipline", "six_tips", "multi_discipline", "six_tips"]
    assert table["baseline"].tolist()[3:] == ["ad_hoc", "ad_hoc"]
    assert table["value"].tolist() == pytest.approx([-0.1, -0.2, -0.3, -0.1, -0.2])


def test_more_of_a_gap_is_always_a_wider_gap():
    gap = ([-0.10, -0.10], [-0.06, -0.06])
    rows = knock_outs(carried_out([0.5] * 2, [0.5] * 2, policies=("ad_hoc", "six_tips"), gap_retention_gender=gap))
    rows = rows[rows["outcome"] == "gap_retention_gender"]
    assert rows["value"].tolist() == pytest.approx([-0.04, -0.08, -0.04])  # twice the gap under the second policy


def test_a_failed_run_takes_its_replicate_from_the_factors_that_need_it():
    table = knock_outs(carried_out([0.5, 0.5, 0.5], [0.6, np.nan, 0.6], [0.5, 0.5, 0.5]))
    assert table["used"].tolist() == [2, 3]
    assert table["value"].tolist() == pytest.approx([0.1, 0.0])


def test_points_may_have_other_numbers_in_a_study_that_grew():
    levels = ([0.5, 0.6], [0.7, 0.9], [0.4, 0.4])
    first, grown = (knock_outs(carried_out(*levels, moved=moved)) for moved in ((), (2, 0, 1)))
    pd.testing.assert_frame_equal(first, grown)


def test_holm_counts_all_responses_of_a_factor_and_of_no_other():
    whole, lucky, still = np.full(4, 0.5), np.array([0.51, 0.52, 0.53, 0.54]), np.array([0.501, 0.499, 0.501, 0.499])
    alone = knock_outs(carried_out(whole, lucky, still))
    others = dict.fromkeys(("retention_12", "retention_36", "retention_60", "access"), (whole, still, still))
    table = knock_outs(carried_out(whole, lucky, still, **others))
    of = table[(table["outcome"] == "retention") & (table["factor"] == FIELDS[0])].iloc[0]
    assert alone["p_holm"].iloc[0] == alone["p"].iloc[0] == of["p"]
    assert of["p_holm"] == pytest.approx(5 * of["p"])
    assert 0.01 < of["p"] < 0.05 < of["p_holm"]
    # so it moves alone, and among five it may be luck
    assert of["verdict"] == "moves"
    assert clear(alone).tolist() == [True, False]
    assert not clear(table).any()
    assert summary(table).set_index("factor").loc[FIELDS[0], ["verdict", "moves", "cannot_tell"]].tolist() == ["cannot tell", 0, 1]


def test_luck_alone_moves_something_in_one_factor_of_twenty():
    luck = np.random.default_rng(4).normal(size=(100, 10, 4, 2)) / 10
    names = ("retention_12", "retention_36", "retention_60")
    told = [
        summary(knock_outs(carried_out(*one[:, 0].T, **{name: one[:, k].T for k, name in enumerate(names, 1)})))["verdict"].iloc[0]
        for one in luck
    ]
    assert told.count("moves") < 16  # five standard errors above five


def test_a_summary_names_what_moves_most_in_units_of_the_smallest_effect():
    cost = ([1000.0, 1001.0], [1500.0, 1501.0], [1000.0, 1001.0])  # 50 smallest effects; retention only 20
    done = carried_out([0.5, 0.6], [0.6, 0.7], [0.5, 0.6], cost=cost)
    found = summary(knock_outs(done)).set_index("factor")
    assert pd.isna(found.loc[FIELDS[1], "outcome"])
    assert found.loc[FIELDS[0], ["verdict", "outcome", "value", "moves"]].tolist() == ["moves", "cost", 500.0, 2]
    assert found.loc[FIELDS[1], ["verdict", "moves", "cannot_tell", "negligible"]].tolist() == ["negligible", 0, 0, 2]


@pytest.fixture
def three():
    """Three factors: one that moves much, one that moves nothing, and one of which one cannot tell."""
    levels = ([0.5, 0.6, 0.7], [0.4, 0.51, 0.6], [0.5, 0.6, 0.7], [0.5, 0.7, 0.5])
    return carried_out(*levels, policies=("ad_hoc", "six_tips"))


def test_the_screen_has_a_row_for_what_moves_and_a_line_for_the_rest(three):
    said = said_of(knock_outs(three))
    assert "; 3 responses;" in said[0]
    (row,) = [line for line in said if "strain.threat" in line]
    assert "Retention (percentage points)" in row and "teaching hospital" in row
    assert "move nothing, everywhere negligible: engage.coupling" in said
    assert "nothing that is clear: hazards.mentors" in said


def test_where_nothing_moves_or_all_runs_failed_every_factor_is_in_a_line():
    still, failed = ([0.5, 0.5], [0.5, 0.5]), ([np.nan, np.nan], [np.nan, np.nan])
    assert said_of(knock_outs(carried_out(*still)))[1:] == ["move nothing, everywhere negligible: strain.threat"]
    assert said_of(knock_outs(carried_out(*failed)))[1:] == ["nothing that is clear: strain.threat"]
    assert knock_outs(carried_out(*failed))["note"].tolist() == ["all runs failed"]


def test_the_page_has_a_row_a_factor_with_its_evidence(three):
    lines = page_of_knock_outs(knock_outs(three), three).splitlines()
    assert len(lines) == 2 + 3
    assert lines[2].startswith("| `strain.threat` | 0 | Retention (percentage points) | ") and lines[2].endswith("| D16 |")
    assert lines[3] == "| `engage.coupling` | 0 | nothing: everywhere negligible |  |  | assumed |"
    assert lines[4] == "| `hazards.mentors` | 0 | nothing that is clear |  |  | E2 |"


def test_the_map_shows_what_moves_in_smallest_effects_and_leaves_out_what_does_not(three):
    table = knock_outs(three)
    assert [stem for stem, _ in figures_of_knock_outs(table, three)] == ["knock_outs_teaching_hospital"]
    rows = table[table["baseline"].notna()]
    figure = knock_out_map(rows, clear(rows))
    panel = figure.axes[0]
    assert [tick.get_text() for tick in panel.get_yticklabels()] == ["strain.threat"]
    assert panel.get_title(loc="left") == "Six tips less ad hoc"
    ((drawn,),) = panel.images[1].get_array()
    assert drawn == pytest.approx(rows["value"].iloc[0] / 0.005)
    nothing = rows[rows["factor"] == FIELDS[1]]
    assert "no factor" in knock_out_map(nothing, clear(nothing)).axes[0].texts[0].get_text()


def test_the_shipped_study_has_this_analysis():
    assert analysis_of(set_up("knock_outs")) is KNOCK_OUTS


@pytest.mark.jit_only
def test_two_knock_outs_through_the_command(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    write_small_study(
        tmp_path,
        'worlds = ["small.toml"]\npolicies = ["ad_hoc", "six_tips"]\nreplicates = 4\noutcomes = ["cost", "mentored_share"]\n'
        "uncertainties = [\n"
        '    { field = "parameters.strain.intent", values = [0] },\n    { field = "prices.staff_hour", values = [0] },\n]\n'
        'design = { kind = "one_by_one" }\n'
    )
    assert main(["sensitivity", "study.toml", "--out", "out"]) == 0
    out, _ = capsys.readouterr()
    assert "move nothing, everywhere negligible: strain.intent" in out
    table = pd.read_parquet("out/analysis/knock_outs.parquet")
    assert len(table) == 2 * 3 * 2
    # as pandas finds it from the tables of the study
    runs = pd.read_parquet("out/outcomes").merge(pd.read_parquet("out/points.parquet"), on="point")
    means = runs[runs["policy"] == "six_tips"].groupby("prices.staff_hour", dropna=False)["cost"].mean()
    whole = runs[(runs["policy"] == "six_tips") & (runs["point"] == 0)]["cost"].mean()
    found = table.query("factor == 'prices.staff_hour' and outcome == 'cost' and policy == 'six_tips' and baseline.isna()")
    assert found["value"].item() == pytest.approx(means.loc[0.0] - whole)
    assert (table.loc[table["factor"] == "parameters.strain.intent", "value"] == 0.0).all()
    assert (tmp_path / "out/analysis/knock_outs.md").read_text().startswith("| factor |")
    assert (tmp_path / "out/analysis/knock_outs_small.png").is_file()
    assert main(["sensitivity", "study.toml", "--out", "out", "--json"]) == 0
    assert json.loads(capsys.readouterr()[0])["analysis"] == "knock_outs"
