"""A study that grows runs only what is new and leaves what is there alone; one that became another is refused."""

import json

import pandas as pd
import pytest
from study_folders import FEW, LEAVING, everything_in, files_of, is_done, manifest_in, study_in, world_in

from simulation.results import MANIFEST
from simulation.scenario.errors import ScenarioError
from simulation.studies import store
from simulation.studies import sweep as module
from simulation.studies.checksums import is_unchanged, with_checksum
from simulation.studies.resume import DESIGN, FORMAT, POINTS
from simulation.studies.sweep import sweep

pytestmark = pytest.mark.jit_only
HEADS = {"field": "people.mentees", "values": [14, 18]}
PRODUCT = {
    "uncertainties": [HEADS, {**LEAVING, "values": [0.1, 0.3]}],
    "design": {"kind": "factorial"},
    "replicates": 1,
}
for end in ("low", "high"):
    PRODUCT["uncertainties"][1].pop(end)
CUBES = {"design": {"kind": "latin_hypercube", "points": 3}, "replicates": 1}
SMALL = {"design": {"kind": "sobol", "points": 2}, "replicates": 1}
ALONE = {
    "worlds": ["youth_program"], "months": 6, "design": {"kind": "one_by_one"}, "replicates": 1,
    "uncertainties": [{"field": "hazards.mentors", "values": [0]}],
}  # fmt: skip

WAYS = {
    "more points": (SMALL, {"design": {"kind": "sobol", "points": 4}}),
    "more replicates": (SMALL, {"replicates": 3}),
    "another policy": (SMALL, {"policies": ["ad_hoc", "six_tips", "multi_discipline"]}),
    "another world": (SMALL, {"worlds": ["tiny.toml", "other.toml"]}),
    "everything at once": (SMALL, {
        "worlds": ["tiny.toml", "other.toml"], "policies": ["ad_hoc", "six_tips", "multi_discipline"], "replicates": 2,
        "design": {"kind": "sobol", "points": 4},
    }),
    "another hypercube": (CUBES, {"design": {"kind": "latin_hypercube", "points": 3, "blocks": 2}}),
    "a value in between": (PRODUCT, {"uncertainties": [{**HEADS, "values": [14, 16, 18]}, PRODUCT["uncertainties"][1]]}),
    "from whole numbers to others": (
        {**PRODUCT, "uncertainties": [HEADS, {"field": "hazards.first_year", "values": [0, 1]}]},
        {"uncertainties": [HEADS, {"field": "hazards.first_year", "values": [0, 0.5, 1]}]},
    ),
    "another factor": (ALONE, {"uncertainties": [{"field": "hazards.first_year", "values": [0]}, *ALONE["uncertainties"]]}),
    "steps that hold the old ones": (
        {**PRODUCT, "uncertainties": [{**FEW, "low": 12, "high": 16}], "design": {"kind": "factorial", "levels": 3}},
        {"design": {"kind": "factorial", "levels": 5}},
    ),
}  # fmt: skip

# What these hold is held by others too, several at a time.
ELSEWHERE = ("more points", "more replicates", "another policy", "another world", "steps that hold the old ones")


@pytest.fixture
def ran(monkeypatch):
    """The chunks that are run."""
    boxes = []

    def watched(setup, box, points):
        boxes.append(box)
        return real(setup, box, points)

    real = module.run_box
    monkeypatch.setattr(module, "run_box", watched)
    return boxes


def by_values(done):
    """Outcomes by what each run was, whatever the number of its point."""
    table = done.outcomes.merge(done.points.astype(dict.fromkeys(done.points.columns[1:], float)), on="point")
    keys = ["world", "policy", *done.points.columns[1:], "replicate"]
    return table.drop(columns="point").sort_values(keys).reset_index(drop=True)


@pytest.mark.parametrize("way", [pytest.param(way, marks=pytest.mark.slow if way in ELSEWHERE else ()) for way in WAYS])
def test_a_study_that_grows_keeps_what_is_there(way, tmp_path, ran):
    small, more = WAYS[way]
    world_in(tmp_path, "other", more="[hazards]\nmentors = 0.3\n")
    first = sweep(study_in(tmp_path, **small), tmp_path / "grown", workers=1)
    before, had = everything_in(tmp_path / "grown"), len(first.outcomes)
    smaller = first.digest
    ran.clear()
    grown = sweep(study_in(tmp_path, **(small | more)), tmp_path / "grown", workers=1)
    new = len(grown.outcomes) - had
    assert new > 0
    assert sum(box.runs for box in ran) == new
    after = everything_in(tmp_path / "grown")
    for name in before.keys() - {MANIFEST, POINTS, DESIGN}:
        assert after[name] == before[name], name
    kept = grown.points.head(len(first.points))
    pd.testing.assert_frame_equal(kept[first.points.columns], first.points, check_dtype=False)
    assert kept.drop(columns=first.points.columns).isna().all(axis=None)
    at_once = sweep(study_in(tmp_path, **(small | more)), tmp_path / "at_once", workers=2)
    pd.testing.assert_frame_equal(by_values(grown), by_values(at_once))
    assert grown.digest == at_once.digest != smaller
    assert (grown.rows >= 0).all()
    assert not grown.outcomes.duplicated(["world", "policy", "point", "replicate"]).any()


def test_a_study_that_grew_twice_goes_on_after_an_interruption(tmp_path, ran):
    steps = [SMALL, SMALL | {"replicates": 2}, SMALL | {"replicates": 2, "design": {"kind": "sobol", "points": 8}}]
    for folder in ("smooth", "rough"):
        for step in steps[: 3 if folder == "smooth" else 2]:
            sweep(study_in(tmp_path, **step), tmp_path / folder, workers=1)
    with pytest.raises(KeyboardInterrupt):
        sweep(study_in(tmp_path, **steps[2]), tmp_path / "rough", workers=1, progress=stop_after(16))
    assert manifest_in(tmp_path / "rough")["digest"] is None
    sweep(study_in(tmp_path, **steps[2]), tmp_path / "rough")
    assert files_of(tmp_path / "rough") == files_of(tmp_path / "smooth")
    assert len(manifest_in(tmp_path / "rough")["extents"]) == 3


def stop_after(runs):
    """A progress that ends the work when so many runs are done."""

    def progress(done, total, failed, note):
        if done >= runs:
            raise KeyboardInterrupt

    return progress


@pytest.mark.parametrize("file", [MANIFEST, POINTS])
@pytest.mark.parametrize("way", ["more points", "a value in between", "another factor"])
def test_growing_may_stop_before_any_file_is_written(file, way, tmp_path, monkeypatch):
    small, more = WAYS[way]
    for folder in ("smooth", "rough"):
        sweep(study_in(tmp_path, **small), tmp_path / folder, workers=1)
    study = study_in(tmp_path, **(small | more))
    smooth = sweep(study, tmp_path / "smooth", workers=1)

    def stopping(path, write):
        if path.name == file:
            raise KeyboardInterrupt
        return real(path, write)

    real = store.write_whole
    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(store, "write_whole", stopping)
        sweep(study, tmp_path / "rough", workers=1)
    rough = sweep(study, tmp_path / "rough", workers=1)
    assert rough.digest == smooth.digest
    assert files_of(tmp_path / "rough") == files_of(tmp_path / "smooth")


OTHER = {
    "fewer points": ({"design": {"kind": "sobol", "points": 2}}, "points that the study no longer has"),
    "fewer replicates": ({"replicates": 1}, "2 replicates, and the study asks for 1"),
    "a policy less": ({"policies": ["ad_hoc"]}, "six_tips, which the study no longer asks for"),
    "policies in another order": ({"policies": ["six_tips", "ad_hoc"]}, "in another order"),
    "a policy in between": ({"policies": ["ad_hoc", "multi_discipline", "six_tips"]}, "in another order"),
    "another seed": ({"seed": 2}, "whose seed differ"),
    "another design": ({"design": {"kind": "latin_hypercube", "points": 8}}, "no longer has"),
    "another range": ({"uncertainties": [FEW, {**LEAVING, "high": 0.4}]}, "no longer has"),
    "another factor": ({"uncertainties": [FEW, {**LEAVING, "field": "hazards.mentors"}]}, "whose factors differ"),
    "factors in another order": ({"uncertainties": [LEAVING, FEW]}, "whose factors differ"),
    "a factor more": ({"levers": [{"field": "move_on.stigma", "low": 0.0, "high": 1.0}]}, "whose factors differ"),
    "other tables": ({"tables": ["outcomes", "months"]}, "whose tables differ"),
    "another length": ({"months": 11}, "whose months differ"),
    "another name": ({"name": "renamed"}, None),
}


@pytest.fixture(scope="module")
def held(tmp_path_factory):
    folder = tmp_path_factory.mktemp("held")
    sweep(study_in(folder, design={"kind": "sobol", "points": 4}), folder / "out", workers=1)
    return folder


@pytest.mark.parametrize("case", OTHER)
def test_a_study_that_became_another_is_refused(case, held, ran):
    changes, said = OTHER[case]
    study = study_in(held, "changed", **({"design": {"kind": "sobol", "points": 4}} | changes))
    before = everything_in(held / "out")
    if said is None:
        sweep(study, held / "out")
    else:
        with pytest.raises(ScenarioError, match=said):
            sweep(study, held / "out")
        assert everything_in(held / "out") == before
    assert not ran


@pytest.mark.parametrize("changed", ["tiny", "own"])
def test_a_world_or_a_policy_that_changed_is_refused(changed, tmp_path):
    (tmp_path / "own.toml").write_text('extends = "six_tips"\n[move_on]\nstigma = 0.5\n')
    study = study_in(tmp_path, policies=["ad_hoc", "own.toml"], design={"kind": "sobol", "points": 2})
    sweep(study, tmp_path / "out", workers=1)
    before = everything_in(tmp_path / "out")
    path = tmp_path / f"{changed}.toml"
    path.write_text(path.read_text().replace("mentors = 6", "mentors = 7").replace("0.5", "0.6"))
    with pytest.raises(ScenarioError, match=f'"{changed}" as it was before it was changed'):
        sweep(study, tmp_path / "out")
    assert everything_in(tmp_path / "out") == before


def test_one_by_one_refuses_a_factor_less_and_another_value(tmp_path):
    plan = {"design": {"kind": "one_by_one"}, "replicates": 1}
    heads, leaving = ({"field": "people.mentees", "values": [14]}, {"field": "hazards.first_year", "values": [0.3]})
    world_in(tmp_path, mentees=20)
    sweep(study_in(tmp_path, uncertainties=[heads, leaving], **plan), tmp_path / "out", workers=1)
    before = everything_in(tmp_path / "out")
    for factors, said in (
        ([heads], "whose factors differ"), ([leaving, heads], "whose factors differ"),
        ([heads, {**leaving, "values": [0.2]}], "points that the study no longer has"),
    ):  # fmt: skip
        with pytest.raises(ScenarioError, match=said):
            sweep(study_in(tmp_path, uncertainties=factors, **plan), tmp_path / "out")
    with pytest.raises(ScenarioError, match="points that the study no longer has"):
        sweep(study_in(tmp_path, uncertainties=[heads, leaving], design={"kind": "list"}, replicates=1), tmp_path / "out")
    assert everything_in(tmp_path / "out") == before


def test_what_a_name_stands_for_may_not_change(tmp_path):
    (tmp_path / "own.toml").write_text('extends = "six_tips"\n[empower]\npairing = "choice"\n')
    lever = {"field": "empower.pairing", "like": ["own.toml"]}
    study = study_in(tmp_path, levers=[lever], uncertainties=[HEADS], design={"kind": "factorial"}, replicates=1)
    sweep(study, tmp_path / "out", workers=1)
    (tmp_path / "own.toml").write_text('extends = "six_tips"\n[empower]\npairing = "lot"\n')
    with pytest.raises(ScenarioError, match="as it was before it was changed"):
        sweep(study, tmp_path / "out")


def test_a_factor_may_not_change_its_kind_of_values(tmp_path):
    (tmp_path / "own.toml").write_text('extends = "six_tips"\n[move_on]\nstigma = 0.5\n')
    plan = {"uncertainties": [HEADS], "design": {"kind": "factorial"}, "replicates": 1}
    numbers, words = ({"field": "move_on.stigma", **kind} for kind in ({"values": [0.5]}, {"like": ["own.toml"]}))
    sweep(study_in(tmp_path, levers=[numbers], **plan), tmp_path / "out", workers=1)
    with pytest.raises(ScenarioError, match="whose factors differ"):
        sweep(study_in(tmp_path, levers=[words], **plan), tmp_path / "out")


def rewrite(folder, **changes):
    """The manifest with some facts changed as this program would have written them."""
    manifest = manifest_in(folder)
    facts = {key: value for key, value in manifest.items() if key not in ("digest", "tables", "chunks")}
    assert is_unchanged(facts)
    text = json.dumps({**manifest, **with_checksum({**facts, **changes})})
    (folder / MANIFEST).write_text(text)


@pytest.mark.parametrize(("changes", "said"), [
    ({"format": FORMAT + 1}, "written by a newer version"),
    ({"version": "99.0"}, "results of version"),
    ({"kind": "comparison", "command": "mentorship compare"}, 'the results of "mentorship compare"'),
])  # fmt: skip
def test_what_another_program_wrote_is_refused(changes, said, tmp_path):
    study = study_in(tmp_path, design={"kind": "sobol", "points": 1}, replicates=1)
    sweep(study, tmp_path / "out", workers=1)
    rewrite(tmp_path / "out", **changes)
    before = everything_in(tmp_path / "out")
    with pytest.raises(ScenarioError, match=said):
        sweep(study, tmp_path / "out")
    assert everything_in(tmp_path / "out") == before


def test_a_folder_of_somebody_else_is_refused(tmp_path, held):
    study = study_in(tmp_path)
    (tmp_path / "file").write_text("mine")
    with pytest.raises(ScenarioError, match="this is a file"):
        sweep(study, tmp_path / "file")
    for place in ("people.parquet", "outcomes/people.parquet"):
        folder = tmp_path / place.replace("/", "_")
        (folder / place).parent.mkdir(parents=True)
        (folder / place).write_bytes(b"mine")
        with pytest.raises(ScenarioError, match="files of another study"):
            sweep(study, folder)
        assert everything_in(folder).keys() == {place}
    assert is_done(held / "out")


def test_a_model_whose_code_was_changed_is_refused(held, monkeypatch):
    before = files_of(held / "out")
    monkeypatch.setattr("simulation.studies.resume.fingerprint", lambda: "another science")
    with pytest.raises(ScenarioError, match="as it was before its code"):
        sweep(held / "study.toml", held / "out")
    assert files_of(held / "out") == before
