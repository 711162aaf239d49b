"""A run as a small block of columns, from which the page, the notebook, the film and the picture are drawn.

`RECORDED` is the one list of its columns. Python fills them from a traced run, the page from its own model
(`static/recording.js`), and both get the same bytes. Numbers are little-endian and narrow.
"""

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np

from simulation.columns import ATTRIBUTES, State
from simulation.page.image import USED
from simulation.run import Run

Recording = dict[str, np.ndarray]


class Column(NamedTuple):
    """One column of a recording, and where it stands in the state of a run."""

    name: str
    table: str
    field: str
    type: str  # i1, i2, i4, u1, f4 or f8
    # `month` counts from the start of the study, and `event` too, with -1 for never; `mentor` and `tie` are row numbers;
    # `how` is 0 for who had gone before the study; `share` is one byte for a number from 0 to 1: floor(255 x)
    told: str = ""
    place: int = 0  # in a field of several numbers


def _columns(before: str, table: str, text: str) -> Iterator[Column]:
    """Read columns of a table: words `name=field:type:told`."""
    for word in text.split():
        name, _, rest = word.partition("=")
        field, kind, told, *_ = [*rest.split(":"), ""]
        yield Column(f"{before}_{name}", table, field, kind, told)


def _groups(before: str, table: str) -> Iterator[Column]:
    """The group in each identity attribute, -1 where it is not drawn."""
    for place in range(ATTRIBUTES):
        yield Column(f"{before}_group{place}", table, "group", "i1", place=place)


RECORDED = (
    # a row a mentee, arrived or not; `how` is `active` of the columns
    *_columns("p", "mentees", "unit=unit:i4 cohort=cohort:i2:month exit=exit_month:i2:event how=active:i1:how where=exit_to:i1"),
    *_groups("p", "mentees"),
    # a row a mentor
    *_columns("k", "mentors", "id=mentor:f8 post=post:i4 unit=unit:i4 joined=joined:i2:month exit=exit_month:i2:event"),
    *_groups("k", "mentors"),
    # a row a tie
    *_columns("t", "records", "p=mentee:i4 k=mentor:i4:mentor domain=domain:i1 via=via:i1 start=start:i2:month"),
    *_columns("t", "records", "end=end:i2:event by=ended_by:i1 why=reason:i1 well=ended_well:i1 spark=spark:i2:event"),
    *_columns("t", "records", "phase=phase:i1 since=since:i2:month"),
    # a row a tie and month: both engagements, and quality
    *_columns("q", "trace", "t=tie:i4:tie m=month:i2:month p=mentee_engagement:u1:share k=mentor_engagement:u1:share"),
    *_columns("q", "trace", "q=quality:u1:share"),
    # a row a mentee and month
    *_columns("s", "mentee_months", "p=mentee:i4 m=month:i2:month belonging=belonging:u1:share burnout=burnout:u1:share"),
    *_columns("s", "mentee_months", "normal=normal:i1 cover=need_coverage:u1:share ties=mentors:i1"),
    # a row a mentor and month
    *_columns("g", "mentor_months", "k=mentor:i4:mentor m=month:i2:month load=load:i2 time=available:f4 burnout=burnout:u1:share"),
    # a row a mentor in view: asked counts the asks of the month from 1
    *_columns("v", "views", "p=mentee:i4 m=month:i2:month k=mentor:i4:mentor domain=domain:i1 shown=shown:i1 met=met:i1"),
    *_columns("v", "views", "offered=offered:i1 asked=asked:i1 yes=yes:i1"),
    # a row a lever that the program moved by itself
    *_columns("c", "moves", "m=month:i2:month what=lever:i1 why=deficit:i1 from=before:f4 to=after:f4 kept=kept:i1"),
    *_columns("c", "moves", "judged=judged:i2:event"),
    # a row a month
    *_columns("y", "months", "mentees=mentees:i4 mentors=mentors:i4 ties=live_ties:i4 began=new_ties:i4 ended=closures:i4"),
    *_columns("y", "months", "sparks=new_sparks:i4 left=left:i4 graduated=graduated:i4 mentors_left=mentors_left:i4"),
    *_columns("y", "months", "mentored=mentored_share:f4 sparked=spark_share:f4 norm=norm_share:f4 cover=need_coverage:f4"),
    *_columns("y", "months", "belonging=belonging:f4 burnout=burnout:f4 mentor_burnout=mentor_burnout:f4 load=mentor_load:f4"),
    *_columns("y", "months", "support=support:f4 funding=funding:f4 cost=cost:f4"),
)


def recorded(run: Run) -> Recording:
    """Record a traced run: every column of `RECORDED` by name; after a burn-in, of the study alone."""
    if not len(run.state.trace):
        raise ValueError("only a traced run can be recorded: simulate(…, trace=True)")
    state = run.seen
    state = state._replace(months=state.months[: run.length])
    return {column.name: _filled(state, column) for column in RECORDED}


def _filled(state: State, column: Column) -> np.ndarray:
    rows = np.asarray(getattr(state, column.table))
    if column.table in USED:
        rows = rows[: int(state.counts[USED[column.table]])]
    values = rows[column.field][:, column.place] if rows[column.field].ndim > 1 else rows[column.field]
    if column.told == "share":
        values = np.clip(np.floor(255.0 * values.astype(float)), 0, 255)
    return np.ascontiguousarray(values).astype(f"<{column.type}")


def recorded_json() -> list[dict[str, Any]]:
    """The list of columns for JavaScript."""
    return [column._asdict() for column in RECORDED]


def digest(recording: Mapping[str, np.ndarray]) -> str:
    """The SHA-256 over name, type, length and bytes of each column, in the order of `RECORDED`, in hexadecimal."""
    total = hashlib.sha256()
    for column in RECORDED:
        values = recording[column.name]
        total.update(f"{column.name}\0{column.type}\0{len(values)}\0".encode())
        total.update(values.tobytes())
    return total.hexdigest()
