"""Published findings that the model does not meet, by the outcomes that they concern.

The numbers are those of the patterns in EVIDENCE; a test holds the list against its table.
"""

from collections.abc import Sequence
from typing import NamedTuple

from simulation.outcomes import gap_parts


class Miss(NamedTuple):
    """Clauses that are out of their bands, and what that means for a decision."""

    clauses: tuple[str, ...]
    outcomes: tuple[str, ...]
    value: str  # as in EVIDENCE, of the first clause
    text: str


MISSES = (
    Miss(("P6 facilitated", "P6 ratio"), ("access", "mentored_share"), "0.21", "Where somebody helps mentees to choose, 21 of 100 who want a mentor find none in the model; studies found 4 to 15. So it may say too little of what such help does for access."),
    Miss(("P15 minority field",), ("retention", "gap_retention"), "0.04", "With a structured program, 4 more of 100 minority faculty stay in the field in the model; a study without a control group found 15. So it may say too little of what a program does for who stays."),
    Miss(("P16 same other", "P16 same none"), ("retention", "gap_retention"), "0.01", "For a woman in engineering, a woman as mentor instead of a man keeps 1 more of 100 in the first year in the model; a study found 18. So it may say too little of role models."),
    Miss(("P16 role conflict",), ("burnout",), "-0.01", "In the model a second mentor does not raise a mentee's burnout; a survey found that it does."),
    Miss(("S1 load ratio",), ("mentor_burnout", "mentor_load_gini"), "1.28", "When groups are matched for all, minority mentors carry 1.28 times the mentees of others in the model; at least 1.3 was expected. So it may say a little too little of the load on them."),
    Miss(("S5 support",), ("closure_12", "closure_30"), "0.00", "Central staff do not lower early endings in the model, where studies found that they do."),
)  # fmt: skip


def misses_on(outcomes: Sequence[str]) -> list[str]:
    """What the model misses on these outcomes, a sentence a finding; the gap in an outcome by any identity is one outcome."""
    names = {f"gap_{parts[0]}" if (parts := gap_parts(name)) else name for name in outcomes}
    return [miss.text for miss in MISSES if names & set(miss.outcomes)]
