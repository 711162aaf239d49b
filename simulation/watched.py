"""The tables that a traced run alone has: everybody's months, who came into view, and the program's own moves."""

import numpy as np
import pandas as pd

from simulation.columns import State
from simulation.scenario.policy import Measure
from simulation.scenario.world import World
from simulation.tables import named, whole

# The levers that a program can move by itself, in the order of `steps.reflect`.
LEVERS = ("empower.workshop_hours", "prioritize.protected_hours", "prioritize.staff_fte", "prioritize.training_hours")


def watched(state: State, world: World) -> dict[str, pd.DataFrame]:
    """Give these tables of a state as a study sees it (`burn_in.of_study`); of a run without trace they are empty."""
    return {
        "mentee_months": mentee_months(state),
        "mentor_months": mentor_months(state),
        "views": views(state, world),
        "moves": moves(state),
    }


def mentee_months(state: State) -> pd.DataFrame:
    """A row for each month of each mentee who is there, also of who has outgrown the program, as it shows who leaves."""
    rows = np.asarray(state.mentee_months)[: int(state.counts.mentee_months)]
    satisfied = rows["mentoring_satisfaction"].astype(float)
    return pd.DataFrame({
        "mentee": rows["mentee"].astype("int64"),
        "month": rows["month"].astype("int64"),
        "mentors": rows["mentors"].astype("int64"),
        "normal": rows["normal"] > 0,
        **{name: rows[name].astype(float) for name in ("belonging", "burnout", "need_coverage", "job_satisfaction")},
        "mentoring_satisfaction": np.where(satisfied > 0.0, satisfied, np.nan),
    })  # fmt: skip


def mentor_months(state: State) -> pd.DataFrame:
    """A row for each month of each mentor who is there, as it shows who leaves."""
    rows = np.asarray(state.mentor_months)[: int(state.counts.mentor_months)]
    return pd.DataFrame({
        "mentor": np.asarray(state.mentors)["mentor"][rows["mentor"]],
        "month": rows["month"].astype("int64"),
        "load": rows["load"].astype("int64"),
        "available_hours": rows["available"].astype(float),
        "given_hours": rows["given"].astype(float),
        **{name: rows[name].astype(float) for name in ("burnout", "satisfaction")},
    })  # fmt: skip


def views(state: State, world: World) -> pd.DataFrame:
    """A row for each mentor who came into view of a mentee who sought help, in their order, with what came of it."""
    rows = np.asarray(state.views)[: int(state.counts.viewed)]
    asked = rows["asked"].astype("int64")
    silent = (asked == 0) & (rows["offered"] == 0)
    return pd.DataFrame({
        "mentee": rows["mentee"].astype("int64"),
        "month": rows["month"].astype("int64"),
        "mentor": np.asarray(state.mentors)["mentor"][rows["mentor"]],
        "domain": named(rows["domain"], [domain.name for domain in world.domains]),
        "shown": rows["shown"] > 0,
        "met": rows["met"] > 0,
        "offered": rows["offered"] > 0,
        "asked": pd.arrays.IntegerArray(asked, asked == 0),
        "yes": pd.arrays.BooleanArray(rows["yes"] > 0, silent),
    })  # fmt: skip


def moves(state: State) -> pd.DataFrame:
    """A row for each lever that the program moved by itself, and whether it kept to that."""
    rows = np.asarray(state.moves)[: int(state.counts.moved)]
    waiting = rows["judged"] < 0
    return pd.DataFrame({
        "month": rows["month"].astype("int64"),
        "lever": named(rows["lever"], LEVERS),
        "measure": named(rows["deficit"], list(Measure)),
        "before": rows["before"].astype(float),
        "after": rows["after"].astype(float),
        "score": rows["score"].astype(float),
        "judged_month": whole(rows["judged"]),
        "kept": pd.arrays.BooleanArray(rows["kept"] > 0, waiting),
        "next_score": np.where(waiting, np.nan, rows["next_score"]),
    })  # fmt: skip
