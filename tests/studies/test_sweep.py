"""A study carried out: its tables hold the runs that it asks for, and what fails is a row that can be replayed."""

import json
import shlex

import pandas as pd
import pyarrow.parquet as pq
import pytest
from study_folders import FEW, LEAVING, files_of, is_done, manifest_in, study_in, world_in

from simulation.cli import main
from simulation.comparison.replicates import seed_of
from simulation.results import load
from simulation.run import simulate
from simulation.scenario.study import Table
from simulation.scenario.world import World
from simulation.studies import chunks
from simulation.studies.checksums import sha
from simulation.studies.setup import set_up
from simulation.studies.sweep import Spread, estimated, sweep

pytestmark = pytest.mark.jit_only
EVERY = [str(table) for table in Table]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("studies")


@pytest.fixture(scope="module")
def said():
    return []


@pytest.fixture(scope="module")
def done(folder, said):
    world_in(folder, "young", like="youth_program")
    study = study_in(folder, "every", worlds=["young.toml"], design={"kind": "sobol", "points": 4}, tables=EVERY)
    return sweep(study, folder / "out", workers=1, progress=lambda *words: said.append(words))


def one_run(done, row):
    """The run of a row, made anew."""
    values = done.points.set_index("point").loc[row["point"]].to_dict()
    values["people.mentees"] = int(values["people.mentees"])
    policy = next(policy for policy in done.setup.policies if policy.name == row["policy"])
    return simulate(done.setup.world_at(done.setup.worlds[0], values), policy, seed=int(row["seed"]))


def test_there_is_a_row_for_every_run(done):
    table = done.outcomes
    assert len(table) == 4 * 2 * 2
    assert table["error"].isna().all()
    keys = table[["point", "replicate", "policy"]].itertuples(index=False, name=None)
    assert list(keys) == [(p, r, name) for p in range(4) for r in range(2) for name in ("ad_hoc", "six_tips")]
    assert table["seed"].tolist() == [seed_of(1, r) for r in table["replicate"]]
    assert done.points.shape == (4, 3)
    assert done.rows.tolist() == list(range(4))


@pytest.mark.parametrize("number", [0, 6, 15])
def test_a_row_is_the_run_that_it_names(done, number):
    row = done.outcomes.iloc[number]
    run = one_run(done, row)
    for name, value in run.outcomes.items():
        assert row[name] == pytest.approx(value, rel=0, abs=0, nan_ok=True)
    for name in EVERY[1:]:
        table = done.tables[name]
        mine = table[(table[["policy", "point", "replicate"]] == row[["policy", "point", "replicate"]]).all(axis=1)]
        whole = getattr(run, name)
        found = mine[list(whole.columns)].reset_index(drop=True)
        texts = dict.fromkeys(whole.select_dtypes("category"), "string")
        pd.testing.assert_frame_equal(found, whole.astype(texts), check_dtype=False)


def test_the_manifest_knows_every_file(done):
    manifest = manifest_in(done.folder)
    known = {
        f"{table}/{number:06d}.parquet": total
        for number, chunk in enumerate(manifest["chunks"]) for table, total in chunk["sha256"].items()
    }  # fmt: skip
    found = {name: sha(content) for name, content in files_of(done.folder).items()}
    assert found.pop("points.parquet") == manifest["points"]
    assert found.pop("design.parquet") == manifest["design"]
    assert found == known
    assert len(manifest["chunks"]) == 8
    assert manifest["tables"] == {name: len(table) for name, table in done.tables.items()}
    assert set(manifest["tables"]) == {"points", "design", *EVERY}
    assert manifest["digest"] == done.digest
    assert is_done(done.folder)


def test_chunks_of_a_table_have_one_schema(done):
    for name in EVERY:
        kinds = {str(pq.read_schema(path).remove_metadata()) for path in (done.folder / name).iterdir()}
        assert len(kinds) == 1, name


def test_tables_open_in_duckdb(done):
    duckdb = pytest.importorskip("duckdb")
    for name in EVERY:
        files = str(done.folder / name / "*.parquet")
        assert duckdb.sql(f"select count(*) from '{files}'").fetchall()[0][0] == len(done.tables[name])
    query = f"""
        select avg(retention) from '{done.folder}/outcomes/*.parquet' join '{done.folder}/points.parquet' using (point)
        where policy = 'six_tips' and "hazards.first_year" > 0.2
    """
    merged = done.outcomes.merge(done.points, on="point").query("policy == 'six_tips' and `hazards.first_year` > 0.2")
    assert duckdb.sql(query).fetchall()[0][0] == pytest.approx(merged["retention"].mean())


def test_progress_says_how_far_and_how_sure(done, said):
    assert [words[0] for words in said] == list(range(0, 17, 2)), "the first call says what is there"
    assert {words[1:3] for words in said} == {(16, 0)}
    by = done.outcomes.pivot(index=["point", "replicate"], columns="policy", values="retention")
    half = 1.96 * (by["six_tips"] - by["ad_hoc"]).std(ddof=0) / 8**0.5
    assert said[-1][3] == f"mean retention under six_tips known to ±{100 * half:.2f} points"
    assert str(Spread()) == ""


def test_the_same_study_again_runs_nothing(done, monkeypatch):
    monkeypatch.setattr("simulation.studies.sweep.run_box", None)
    before = files_of(done.folder)
    again = sweep(folder_of(done) / "every.toml", done.folder)
    assert (again.digest, files_of(done.folder)) == (done.digest, before)


def folder_of(done):
    return done.folder.parent


def test_a_failed_run_is_a_row_and_its_command_replays_it(done, folder, monkeypatch, capsys):
    def breaking(world, policy, layout, seed, trace=False, **acting):
        if policy.name == "six_tips" and seed == seed_of(1, 1) and world.people.mentees < 16:
            raise RuntimeError("it broke")
        return real(world, policy, layout, seed, trace)

    real, said = chunks.run_of, []
    monkeypatch.setattr(chunks, "run_of", breaking)
    broken = sweep(folder / "every.toml", folder / "broken", workers=1, progress=lambda *words: said.append(words))
    few = set(done.points.loc[done.points["people.mentees"] < 16, "point"])
    failed = broken.failures
    assert 0 < len(few) < 4
    assert set(failed["point"]) == few
    assert set(failed["error"]) == {"RuntimeError: it broke"}
    assert said[-1][:3] == (16, 16, len(few))
    gone = broken.outcomes["error"].notna()
    pd.testing.assert_frame_equal(broken.outcomes[~gone], done.outcomes[~gone])
    assert broken.outcomes.loc[gone, "retention"].isna().all()
    assert len(broken.tables["months"]) == 12 * (16 - len(few))

    row = failed.iloc[0]
    words = shlex.split(row["replay"])
    assert words[:2] == ["mentorship", "run"]
    assert main([*words[1:], "--json"]) == 0
    outcomes = json.loads(capsys.readouterr().out)["outcomes"]
    want = done.outcomes.loc[failed.index[0]]
    assert outcomes["retention"] is not None
    for name, value in outcomes.items():
        assert want[name] == value or (value is None and pd.isna(want[name])), name


def test_what_cannot_be_laid_out_is_a_row_too(folder):
    wishes = [
        {"field": f"identities.gender.{wish}.girl_or_woman", "values": [0.1, 0.55]}
        for wish in ("wish_same", "wish_different")
    ]
    heads = {"field": "people.mentees", "values": [12]}
    world_in(folder, "young", like="youth_program")
    study = study_in(
        folder,
        "wishes",
        worlds=["young.toml"],
        uncertainties=[heads, *wishes],
        replicates=1,
        design={"kind": "factorial"},
    )
    table = sweep(study, folder / "wishes", workers=2).failures
    assert table["point"].tolist() == [3, 3]
    assert "add up to more than 1" in table["error"].iloc[0]
    assert main(shlex.split(table["replay"].iloc[0])[1:]) == 2


def test_the_replay_of_a_point_says_all_that_it_changes(folder):
    section = {"field": "match", "name": "matching", "like": ["identity_required"]}
    hours = {"field": "prioritize.training_hours", "values": [2.5], "policies": ["six_tips"]}
    study = study_in(folder, "changed", levers=[section, hours], uncertainties=[FEW, LEAVING], months=7)
    setup = set_up(study)
    values = {
        "matching": "identity_required",
        "prioritize.training_hours": 2.5,
        FEW["field"]: 12,
        LEAVING["field"]: 0.1,
    }
    command = chunks.replay(setup, setup.worlds[0], setup.policies[1], 5, values)
    words = shlex.split(command)
    assert words[:8] == ["mentorship", "run", str(folder / "tiny.toml"), "six_tips", "--seed", "5", "--months", "7"]
    assert words[8:12] == ["--set", "world.people.mentees=12", "--set", "world.hazards.first_year=0.1"]
    assert words[13].startswith('policy.match={"')
    assert words[14:] == ["--set", "policy.prioritize.training_hours=2.5"]
    assert "training" not in chunks.replay(setup, setup.worlds[0], setup.policies[0], 5, values)


def test_a_study_without_factors_has_one_point(folder):
    world_in(folder, "small", mentees=20)
    done = sweep(study_in(folder, "plain", worlds=["small.toml"], uncertainties=[], design={}), folder / "plain")
    assert done.outcomes[["point", "replicate"]].to_numpy().tolist() == [[0, 0], [0, 0], [0, 1], [0, 1]]
    assert done.rows.tolist() == [0]
    run = simulate(World.load(folder / "small.toml"), done.setup.policies[1], seed=seed_of(1, 1))
    assert done.outcomes.iloc[3]["retention"] == run.outcomes["retention"]


def test_worlds_with_other_identities_lie_in_one_table(folder):
    world_in(folder, "one", mentees=20, like="youth_program")
    world_in(folder, "other", mentees=20, like="women_in_engineering")
    study = study_in(folder, "two", worlds=["one.toml", "other.toml"], uncertainties=[], design={}, tables=EVERY)
    done = sweep(study, folder / "two")
    assert done.outcomes["world"].tolist() == ["one"] * 4 + ["other"] * 4
    assert len({tuple(pq.read_schema(path).names) for path in (done.folder / "outcomes").iterdir()}) == 1
    assert set(load(done.folder)["mentees"]["world"]) == {"one", "other"}


def test_a_point_of_words_and_of_yes_or_no(folder):
    levers = [
        {"field": "evaluate.adapt", "values": [True, False]},
        {"field": "empower.pairing", "values": ["choice", "facilitated"]},
    ]
    heads = {"field": "people.mentees", "values": [12]}
    study = study_in(folder, "words", levers=levers, uncertainties=[heads], replicates=1, design={"kind": "factorial"})
    done = sweep(study, folder / "words")
    assert done.failures.empty
    assert done.points["evaluate.adapt"].tolist() == [True, True, False, False]
    assert done.points["empower.pairing"].tolist() == ["choice", "facilitated"] * 2
    assert done.rows.tolist() == [0, 1, 2, 3]


def test_an_estimate_runs_a_little_and_writes_nothing(done, folder):
    found = estimated(folder / "every.toml", folder / "nowhere", trial=0.05)
    assert (found.points, found.runs, found.waiting) == (4, 16, 16)
    assert found.seconds > 0.0
    size = sum(map(len, files_of(done.folder).values()))
    assert 0.5 * size < found.bytes < 2.0 * size
    assert not (folder / "nowhere").exists()
    assert estimated(folder / "every.toml", done.folder)[2:] == (0, 0.0, 0.0)


def test_worlds_with_other_identities_have_tables_of_one_schema(folder):
    world_in(folder, "engineers", like="women_in_engineering")
    study = study_in(folder, "two", worlds=["engineers.toml", "young.toml"], tables=EVERY, replicates=1)
    both = sweep(study, folder / "two_worlds", workers=1)
    for name in EVERY:
        kinds = {str(pq.read_schema(path).remove_metadata()) for path in (both.folder / name).iterdir()}
        assert len(kinds) == 1, name
    people = both.tables["mentees"]
    assert people.loc[people["world"] == "engineers", "minority"].isna().all()
    assert people.loc[people["world"] == "young", "minority"].notna().all()
    assert both.tables["ties"].loc[lambda ties: ties["world"] == "engineers", "same_minority"].isna().all()
