"""The tables of a run: names in place of codes, and missing values for events that did not happen."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from simulation import gaps
from simulation import ties as codes
from simulation.allocate import Layout
from simulation.burn_in import of_study
from simulation.columns import State
from simulation.draws import Purpose, normal, uniform
from simulation.jit import rule
from simulation.outcomes import PERSONAL, WIDTH, groups_of, overall_of
from simulation.record import mentor_status
from simulation.rules import survey
from simulation.scenario.privacy import told_groups, told_mentors
from simulation.scenario.world import World
from simulation.steps.who_is_there import is_offered

EXITS = ("active", "left", "graduated")
# What the means of a month are taken over, by the column that counts it.
MEANS = {
    **dict.fromkeys(["mentored_share", "meaningful_share", "need_coverage", "job_satisfaction", "belonging", "burnout"], "mentees"),
    **dict.fromkeys(["output", "skill", "norm_share"], "mentees"), "mentoring_satisfaction": "mentored_share",
    **dict.fromkeys(["spark_share", "quality"], "live_ties"),
    **dict.fromkeys(["mentor_load", "reach", "mentor_burnout", "mentor_satisfaction"], "mentors"),
}  # fmt: skip
# What a wave of a survey asks of those who are there.
ASKED = (
    "mentored", "meaningful", "primary", "mentoring_satisfaction", "job_satisfaction", "burnout", "burned_out", "leave_intent",
)  # fmt: skip


@rule
def ask_mentees(state, setting, levers, month, out):
    """Fill `out` with each mentee's current, meaningful and primary mentor, two satisfactions, thoughts of leaving, and whether
    these levers are offered to them.
    """
    p, q = setting.rules.survey, setting.rules.strain
    luck = state.streams[0, Purpose.SURVEY]
    for i in range(len(state.mentees)):
        mentee = state.mentees[i]
        out[i, 0], out[i, 1], out[i, 2], _ = mentor_status(state, setting, month, state.mentees[i])
        out[i, 3] = survey.answer(mentee.mentoring_satisfaction, normal(luck, i, 0), p.leniency, p)
        out[i, 4] = survey.answer(mentee.job_satisfaction, normal(luck, i, 1), p.leniency, p)
        belonging, burnout = mentee.belonging - q.belonging, mentee.burnout - q.burnout
        out[i, 5] = survey.thinks_of_leaving(uniform(luck, i, 2), belonging, burnout, q, setting.rules.leave)
        out[i, 6] = is_offered(state.streams, levers, mentee)


def whole(values: np.ndarray) -> pd.arrays.IntegerArray:
    """Turn numbers into whole ones, with -1 as missing."""
    return pd.arrays.IntegerArray(values.astype("int64"), values < 0)


def named(values: np.ndarray, names: tuple[str, ...] | list[str]) -> pd.Categorical:
    """Turn codes into names, with -1 as missing."""
    return pd.Categorical.from_codes(values.astype("int64"), categories=list(dict.fromkeys(names)))


def mentees(state: State, layout: Layout, world: World, month: int) -> pd.DataFrame:
    """A row for each mentee who has arrived."""
    rows = np.asarray(state.mentees)
    said = np.zeros((len(rows), 7))
    ask_mentees(state, layout.setting, layout.plan.levers, month, said)
    here = rows["active"] > 0
    rows, said, ids = rows[here], said[here], np.flatnonzero(here)
    gone = rows["exit_month"] >= 0
    last = np.where(gone, rows["exit_month"], month)
    mentored = (said[:, 0] > 0) & ~gone
    domains, strain = len(world.domains), world.parameters.strain
    status = pd.Categorical.from_codes(np.minimum(rows["active"].astype(int), 3) - 1, EXITS)
    columns = {
        "mentee": ids,
        "cohort": rows["cohort"].astype("int64"),
        "stage": np.maximum(last - rows["cohort"], 0) // 12,
        "discipline": named(rows["discipline"], [discipline.name for discipline in world.disciplines]),
        "unit": rows["unit"].astype("int64"),
        "site": np.asarray(state.units)["site"][rows["unit"]].astype("int64"),
        **{identity.name: named(rows["group"][:, a], identity.groups) for a, identity in enumerate(world.identities)},
        "offered": said[:, 6] > 0,
        "exit_month": whole(rows["exit_month"]),
        "exit": status,
        "exit_to": named(rows["exit_to"], ("school", "outside")),
        "first_tie_month": whole(rows["first_tie"]),
        "first_spark_month": whole(rows["first_spark"]),
        "ties": rows["ties"].astype("int64"),
        "sparks": rows["sparks"].astype("int64"),
        "months_mentored": rows["months_mentored"].astype("int64"),
        "mentored": mentored,
        "meaningful": (said[:, 1] > 0) & ~gone,
        "primary": (said[:, 2] > 0) & ~gone,
        "need_coverage": rows["need_coverage"].copy(),
        "mentoring_satisfaction": pd.arrays.IntegerArray(said[:, 3].astype("int64"), ~mentored),
        "job_satisfaction": said[:, 4].astype("int64"),
        "skill": rows["skill"][:, :domains].mean(axis=1),
        "output": rows["output"].copy(),
        "belonging": rows["belonging"].copy(),
        "burnout": rows["burnout"].copy(),
        "burned_out": rows["burnout"] >= strain.burned_out,
        "leave_intent": said[:, 5] > 0,
    }
    return pd.DataFrame(columns)


def wave(state: State, layout: Layout, world: World, months: int) -> pd.DataFrame:
    """A row for each mentee who is there after so many months of a study, with what a survey would hear; it changes nothing."""
    told = mentees(state, layout, world, layout.plan.first_month + months - 1)
    told = told.loc[told["exit"] == "active", ["mentee", *ASKED]].reset_index(drop=True)
    told.insert(1, "after_months", months)
    return told


def mentors(state: State, world: World, month: int) -> pd.DataFrame:
    """A row for each mentor of the run, also for those who left."""
    rows = np.asarray(state.mentors)[: int(state.counts.mentors)]
    last, context = np.where(rows["exit_month"] >= 0, rows["exit_month"], month), world.context
    time, lived = rows["hours"] + rows["protected"], last - rows["joined"].clip(0) + 1
    columns = {
        "mentor": rows["mentor"].copy(),
        "post": rows["post"].astype("int64"),
        "discipline": named(rows["discipline"], [discipline.name for discipline in world.disciplines]),
        **{identity.name: named(rows["group"][:, a], identity.groups) for a, identity in enumerate(world.identities)},
        "seniority": rows["seniority"] + (last - rows["joined"]) / 12.0,
        "joined_month": rows["joined"].astype("int64"),
        "exit_month": whole(rows["exit_month"]),
        "capacity": (time / context.meeting_hours).clip(1.0).astype("int64").clip(max=context.hard_cap),
        "load_mean": np.divide(rows["load_sum"], lived, out=np.full(len(rows), np.nan), where=lived > 0),
        "load_max": rows["load_max"].astype("int64"),
        "mentees_ever": rows["mentees_ever"].astype("int64"),
        "skill": rows["skill"].copy(),
        "satisfaction": rows["satisfaction"].copy(),
        "burnout": rows["burnout"].copy(),
        "burned_out": rows["burnout"] >= world.parameters.strain.burned_out,
    }
    return pd.DataFrame(columns)


def ties(state: State, world: World) -> pd.DataFrame:
    """A row for each tie of the run, live or ended; `phase` is the last one, which began in `phase_month`.

    A tie carries load from its `start_month` to before its `end_month`; one in redefinition only to before its `phase_month`.
    """
    rows = np.asarray(state.records)[: int(state.counts.records)]
    mentees, mentors = np.asarray(state.mentees), np.asarray(state.mentors)
    well = np.where(rows["reason"] > codes.OUTSIDE, -1, rows["ended_well"])  # missing where an exit ended the tie
    columns = {
        "tie": np.arange(len(rows)),
        "mentee": rows["mentee"].astype("int64"),
        "mentor": mentors["mentor"][rows["mentor"]],
        "domain": named(rows["domain"], [domain.name for domain in world.domains]),
        "via": named(rows["via"], codes.VIAS),
        "start_month": rows["start"].astype("int64"),
        "end_month": whole(rows["end"]),
        "ended_by": named(rows["ended_by"], codes.ENDERS),
        "end_reason": named(rows["reason"], codes.REASONS),
        "ended_well": pd.arrays.BooleanArray(well > 0, well < 0),
        "phase": named(rows["phase"], codes.PHASES),
        "phase_month": rows["since"].astype("int64"),
        "sparked": rows["spark"] >= 0,
        "spark_month": whole(rows["spark"]),
        "quality": rows["quality"].astype(float),
        "perceived_similarity": rows["perceived"].astype(float),
        "deep_similarity": rows["similarity"].astype(float),
    }
    sides = {"mentee": mentees[rows["mentee"]], "mentor": mentors[rows["mentor"]]}
    for a, identity in enumerate(world.identities):
        groups = {side: people["group"][:, a] for side, people in sides.items()}
        columns[f"same_{identity.name}"] = groups["mentee"] == groups["mentor"]
        columns |= {f"{side}_{identity.name}": named(group, identity.groups) for side, group in groups.items()}
    disciplines = [discipline.name for discipline in world.disciplines]
    columns |= {f"{side}_discipline": named(people["discipline"], disciplines) for side, people in sides.items()}
    return pd.DataFrame(columns)


def tie_months(state: State, world: World, ties: pd.DataFrame) -> pd.DataFrame:
    """A row for each month of each tie, of a traced run, with the tie's age (0 in its first month) and who its two sides are."""
    table = pd.DataFrame(_plain(state.trace, int(state.counts.traced)))
    kinds = [*(identity.name for identity in world.identities), "discipline"]
    sides = ties[["start_month", *(f"{side}_{kind}" for kind in kinds for side in ("mentee", "mentor"))]]
    sides = sides.iloc[table["tie"]].reset_index(drop=True)
    table.insert(2, "age", table["month"] - sides.pop("start_month"))
    return pd.concat([table, sides], axis=1)


def asks(state: State, world: World) -> pd.DataFrame:
    """A row for each time that a mentee asked a mentor, or a mentor offered, of a traced run, in their order, with the answer.

    `shown` tells that the program's directory showed the mentor; who offers and then finds no time says no too.
    """
    rows = np.asarray(state.asks)[: int(state.counts.asked)]
    return pd.DataFrame({
        "mentee": rows["mentee"].astype("int64"),
        "month": rows["month"].astype("int64"),
        "mentor": np.asarray(state.mentors)["mentor"][rows["mentor"]],
        "domain": named(rows["domain"], [domain.name for domain in world.domains]),
        "who": named(rows["approached"], ("mentee", "mentor")),
        "shown": rows["shown"] > 0,
        "yes": rows["yes"] > 0,
    })  # fmt: skip


def _plain(rows: np.recarray, count: int) -> dict[str, np.ndarray]:
    """Turn records into columns of whole numbers and floats."""
    rows = np.asarray(rows)[:count]
    names = [name for name in rows.dtype.names if not rows.dtype[name].shape]
    return {name: rows[name].astype("int64" if rows[name].dtype.kind == "i" else float) for name in names}


def months(state: State, month: int) -> pd.DataFrame:
    """A row for each month; a mean over no person or tie is missing."""
    return pd.DataFrame({"month": np.arange(month + 1), **measured(np.asarray(state.months)[: month + 1])})


def measured(rows: np.ndarray, *wanted: str) -> dict[str, np.ndarray]:
    """The columns of some months, or those wanted; missing where there was nobody or nothing to take a mean of."""
    columns = _plain(rows[list(wanted)] if wanted else rows, len(rows))
    return {name: np.where(rows[MEANS[name]] > 0, values, np.nan) if name in MEANS else values for name, values in columns.items()}


def tables_of(state: State, layout: Layout, world: World, month: int) -> dict[str, pd.DataFrame]:
    """The tables of a run after `month`; the records must be up to date (`ties.finish_records`).

    After a burn-in they are those of the study alone (`burn_in.of_study`).
    """
    state, month = of_study(state, layout.plan.first_month, month)
    told = ties(state, world)
    return {
        "mentees": mentees(state, layout, world, month),
        "mentors": mentors(state, world, month),
        "ties": told,
        "months": months(state, month),
        "tie_months": tie_months(state, world, told),
        "asks": asks(state, world),
    }


def outcomes_of(world: World, personal: np.ndarray, overall: np.ndarray, heads: np.ndarray) -> dict[str, np.ndarray]:
    """Every outcome and every gap, with one value a run.

    `personal` is runs x rows x PERSONAL, `overall` runs x WIDTH, `heads` runs x rows; row 0 is everyone.
    """
    columns = {name: personal[:, 0, k] for k, name in enumerate(PERSONAL)}
    columns |= {name: overall[:, k] for name, k in overall_of(world).items()}
    columns |= {name: np.full(len(overall), np.nan) for name in _of_few(world)}
    return columns | gaps.gaps_of(personal, heads, world)


def _of_few(world: World) -> Iterator[str]:
    """The outcomes of identities that would describe too few real people (`scenario.privacy`)."""
    groups, mentors = told_groups(world), told_mentors(world)
    for place, identity in enumerate(world.identities):
        if identity.name not in mentors:
            yield from (f"load_ratio_{identity.name}", f"mentor_diversity_{identity.name}")
        if identity.name not in mentors or not groups[identity.name].gap:
            yield f"assortativity_{identity.name}"
            yield from [] if place else ["same_identity_share"]


def outcome_names(world: World) -> list[str]:
    """The names of all outcomes of a world, gaps included."""
    rows = len(groups_of(world))
    return list(outcomes_of(world, np.zeros((0, rows, len(PERSONAL))), np.zeros((0, WIDTH)), np.zeros((0, rows))))


def groups(world: World, personal: np.ndarray, heads: np.ndarray) -> pd.DataFrame:
    """Make a tidy table of personal outcomes by group: run, attribute, group, heads, small, outcome, value.

    `personal` is runs x rows x PERSONAL, `heads` runs x rows. Groups of too few real people have no row (`scenario.privacy`);
    those that can be told together have one, the mean by heads.
    """
    told = told_groups(world)
    rows = groups_of(world)
    shown = [k for k, (attribute, group) in enumerate(rows) if attribute not in told or group in told[attribute].groups]
    names, values, counts = [rows[k] for k in shown], [personal[:, k] for k in shown], [heads[:, k] for k in shown]
    for attribute, one in told.items():
        if one.together:
            pooled = [k for k, (of, group) in enumerate(rows) if of == attribute and group in one.together]
            place = 1 + max(k for k, (of, _) in enumerate(names) if of == attribute)
            names.insert(place, (attribute, " or ".join(one.together)))
            values.insert(place, gaps.mean_by_heads(personal[:, pooled], heads[:, pooled, None]))
            counts.insert(place, heads[:, pooled].sum(axis=1))
    personal, heads = np.stack(values, axis=1), np.stack(counts, axis=1)
    runs, count, outcomes = personal.shape
    attribute, group = zip(*names, strict=True)
    return pd.DataFrame({
        "run": np.repeat(np.arange(runs), count * outcomes),
        "attribute": np.tile(np.repeat(attribute, outcomes), runs),
        "group": np.tile(np.repeat(group, outcomes), runs),
        "heads": np.repeat(heads.reshape(-1).astype("int64"), outcomes),
        "small": np.repeat(heads.reshape(-1) < gaps.SMALL, outcomes),
        "outcome": np.tile(PERSONAL, runs * count),
        "value": personal.reshape(-1),
    })  # fmt: skip
