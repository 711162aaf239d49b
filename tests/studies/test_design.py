"""A folder of a study explains itself: its design row by row, and one digest for one content, however it came about."""

import json
import subprocess
import sys

import numpy as np
import pandas as pd
import pytest
from study_folders import LEAVING, manifest_in, study_in

from simulation.analysis.sensitivity import sensitivity
from simulation.studies.content import added, content_of
from simulation.studies.points import design_of, distinct, rows_of
from simulation.studies.setup import set_up
from simulation.studies.sweep import sweep

HEADS = {"field": "people.mentees", "low": 12, "high": 13}
POOL = {"field": "diversify.pool", "values": ["own", "all"]}
# Two of three factors have so few values that points repeat.
MIXED = {"uncertainties": [HEADS, LEAVING], "levers": [POOL], "replicates": 2, "outcomes": ["mentored_share"]}
# What somebody does who has pandas and SALib, and has never heard of this program.
OUTSIDER = """
import json, sys
import pandas as pd
from SALib.analyze import morris, sobol
folder, kind, policy = sys.argv[1:]
design, runs = pd.read_parquet(f"{folder}/design.parquet"), pd.read_parquet(f"{folder}/outcomes")
names = [name for name in design if name not in ("row", "point")]
problem = {"num_vars": len(names), "names": names, "bounds": [[0, 1]] * len(names)}
means = runs[runs["policy"] == policy].groupby("point")["mentored_share"].mean()
y = means.loc[design["point"]].to_numpy()
if kind == "morris":
    found = morris.analyze(problem, design[names].to_numpy(), y, num_levels=4)
    told = {"mu_star": found["mu_star"], "mu": found["mu"], "sigma": found["sigma"]}
else:
    found = sobol.analyze(problem, y, calc_second_order=False)
    told = {"first": found["S1"], "total": found["ST"]}
print(json.dumps({name: dict(zip(names, map(float, values))) for name, values in told.items()}))
"""


def outside(folder, kind, policy):
    """What SALib says of a folder, by measure and factor."""
    words = [sys.executable, "-W", "ignore", "-c", OUTSIDER, str(folder), kind, policy]
    told = subprocess.run(words, capture_output=True, text=True, timeout=300)
    assert told.returncode == 0, told.stderr
    return json.loads(told.stdout)


def inside(done, policy):
    """What `mentorship sensitivity` says."""
    table = sensitivity(done)
    levels = table[(table["policy"] == policy) & table["baseline"].isna()]
    return {measure: part.set_index("factor")["value"].to_dict() for measure, part in levels.groupby("measure")}


@pytest.mark.jit_only
@pytest.mark.parametrize("kind", ["morris", "saltelli"])
def test_an_outsider_computes_the_same_indices_also_after_the_study_grew(kind, tmp_path):
    pytest.importorskip("SALib")
    for points in (4, 8):
        study = study_in(tmp_path, design={"kind": kind, "points": points}, **MIXED)
        done = sweep(study, tmp_path / "out")
        assert manifest_in(tmp_path / "out")["tables"]["design"] == points * (4 if kind == "morris" else 5)
        assert len(done.points) < len(done.tables["design"]) or kind == "saltelli"
        found, own = outside(tmp_path / "out", kind, "six_tips"), inside(done, "six_tips")
        assert found.keys() == own.keys()
        for measure, values in found.items():
            assert values == pytest.approx(own[measure], rel=1e-12, abs=1e-15), measure
            assert np.ptp(list(values.values())) > 0.0


def test_the_design_has_a_row_for_each_point_that_its_method_made(tmp_path):
    pytest.importorskip("SALib")
    setup = set_up(study_in(tmp_path, design={"kind": "morris", "points": 6}, **(MIXED | {"uncertainties": [HEADS]})))
    rows = rows_of(setup)
    points = distinct(rows)
    design = design_of(setup, rows, points)
    assert design["row"].tolist() == list(range(6 * 3))
    assert len(points) == design["point"].nunique() < len(design)
    pd.testing.assert_frame_equal(points.iloc[design["point"]].reset_index(drop=True), rows)
    assert (design[["diversify.pool", "people.mentees"]].diff().abs().to_numpy()[1:] > 0).sum(axis=1).max() > 0
    plain = set_up(study_in(tmp_path, design={"kind": "list"}, levers=[POOL], uncertainties=[]))
    rows = rows_of(plain)
    assert design_of(plain, rows, distinct(rows)).to_dict("list") == {"row": [0, 1], "point": [0, 1]}


RUNS = [
    {"world": "w", "policy": policy, "point": point, "replicate": replicate, "seed": replicate}
    for point in (0, 1) for replicate in (0, 1) for policy in ("a", "b")
]  # fmt: skip
POINTS = pd.DataFrame({"x": [1, 2], "way": ["own", None]})
OUTCOMES = pd.DataFrame({"one": np.arange(8.0), "two": [np.nan, *np.arange(7.0)]})


def test_content_is_the_same_in_any_cut_order_and_numbering():
    whole = content_of(RUNS, POINTS, 0, OUTCOMES)
    halves = [content_of(RUNS[:4], POINTS[:1], 0, OUTCOMES[:4]), content_of(RUNS[4:], POINTS[1:], 1, OUTCOMES[4:])]
    assert added(halves) == added(halves[::-1]) == whole
    moved = [run | {"point": 1 - run["point"]} for run in RUNS]
    assert content_of(moved, POINTS[::-1].reset_index(drop=True), 0, OUTCOMES) == whole
    assert content_of(RUNS, POINTS.astype({"x": float}).assign(new=None), 0, OUTCOMES) == whole
    assert content_of(RUNS, POINTS, 0, OUTCOMES.assign(three=np.nan)[["three", "one", "two"]]) == whole


def test_content_sees_every_change():
    others = [
        content_of(RUNS, POINTS.replace(2, 3), 0, OUTCOMES), content_of(RUNS, POINTS.assign(way="own"), 0, OUTCOMES),
        content_of(RUNS, POINTS.rename(columns={"x": "y"}), 0, OUTCOMES), content_of(RUNS, POINTS, 0, OUTCOMES.replace(3.0, 3.5)),
        content_of(RUNS, POINTS, 0, OUTCOMES.rename(columns={"one": "eins"})), content_of(RUNS[:7], POINTS, 0, OUTCOMES[:7]),
        content_of([RUNS[1], RUNS[0], *RUNS[2:]], POINTS, 0, OUTCOMES),
        *(content_of([RUNS[0] | more, *RUNS[1:]], POINTS, 0, OUTCOMES) for more in
          ({"world": "v"}, {"seed": 5}, {"replicate": 9}, {"error": "it broke"}, {"tables": "ab"}, {"point": 1})),
    ]  # fmt: skip
    assert len({content_of(RUNS, POINTS, 0, OUTCOMES), *others}) == len(others) + 1
