"""A recording: the same facts as the tables, in narrow columns, and one digest of them."""

import hashlib

import numpy as np
import pytest

from simulation import Policy, World, simulate
from simulation.page.recording import RECORDED, digest, recorded, recorded_json


@pytest.fixture(scope="module", params=[0, 1])
def run(request):
    size = {"people.mentees": 40, "people.mentors": 16, "people.months": 9, "people.burn_in": request.param}
    return simulate(World.load("teaching_hospital").with_(size), Policy.load("six_tips"), seed=5, trace=True)


@pytest.fixture(scope="module")
def recording(run):
    return recorded(run)


def test_each_column_has_its_own_name_and_its_type(recording):
    assert list(recording) == [column.name for column in RECORDED] and len(set(recording)) == len(RECORDED)
    for column in RECORDED:
        assert recording[column.name].dtype == np.dtype(f"<{column.type}") and recording[column.name].flags["C_CONTIGUOUS"]
    assert recorded_json()[0] == {"name": "p_unit", "table": "mentees", "field": "unit", "type": "i4", "told": "", "place": 0}


def test_columns_of_one_kind_are_alike_in_length(run, recording):
    lengths = {}
    for name, values in recording.items():
        lengths.setdefault(name[0], set()).add(len(values))
    tables = {"k": run.mentors, "t": run.ties, "q": run.tie_months, "s": run.mentee_months, "g": run.mentor_months,
              "v": run.views, "c": run.moves, "y": run.months}  # fmt: skip
    assert lengths == {"p": {len(run.state.mentees)}, **{kind: {len(table)} for kind, table in tables.items()}}


def test_it_says_what_the_tables_say(run, recording):
    here = np.flatnonzero(recording["p_how"] > 0)
    assert here.tolist() == run.mentees["mentee"].tolist()
    assert recording["p_cohort"][here].tolist() == run.mentees["cohort"].tolist()
    assert recording["p_exit"][here].tolist() == run.mentees["exit_month"].fillna(-1).tolist()
    assert recording["k_id"][recording["t_k"]].astype(int).tolist() == run.ties["mentor"].tolist()
    assert recording["k_exit"].tolist() == run.mentors["exit_month"].fillna(-1).tolist()
    for name, column in {"p": "mentee", "start": "start_month", "end": "end_month", "spark": "spark_month", "since": "phase_month"}.items():
        assert recording[f"t_{name}"].tolist() == run.ties[column].fillna(-1).tolist()
    assert recording["q_t"].tolist() == run.tie_months["tie"].tolist()
    assert recording["q_m"].tolist() == run.tie_months["month"].tolist()
    assert recording["k_id"][recording["v_k"]].astype(int).tolist() == run.views["mentor"].tolist()
    assert recording["y_left"].tolist() == run.months["left"].tolist()


def test_a_share_is_a_byte_that_is_never_too_high(run, recording):
    for name, exact in (("q_q", run.tie_months["quality"]), ("s_burnout", run.mentee_months["burnout"])):
        behind = exact.to_numpy() - recording[name] / 255.0
        assert behind.min() >= 0.0 and behind.max() < 1 / 255 and np.ptp(recording[name]) > 50


def test_the_digest_is_over_name_type_length_and_bytes(recording):
    text = b"".join(
        f"{column.name}\0{column.type}\0{len(recording[column.name])}\0".encode() + recording[column.name].tobytes()
        for column in RECORDED
    )
    assert digest(recording) == hashlib.sha256(text).hexdigest()
    for name in ("p_unit", "q_k", "y_cost"):
        assert digest({**recording, name: recording[name][::-1]}) != digest(recording)


@pytest.mark.jit_only  # whole runs: minutes in plain Python
def test_the_run_decides_the_digest(run, recording):
    again = simulate(run.world, run.policy, seed=5, trace=True)
    assert digest(recorded(again)) == digest(recording)
    assert digest(recorded(simulate(run.world, run.policy, seed=6, trace=True))) != digest(recording)


@pytest.mark.jit_only  # whole runs: minutes in plain Python
def test_what_was_not_traced_cannot_be_recorded(run):
    with pytest.raises(ValueError, match="only a traced run"):
        recorded(simulate(run.world, run.policy, seed=5))
