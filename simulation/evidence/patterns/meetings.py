"""The results of one arranged meeting after four months, and of a program in which mentees must find a mentor themselves.

Source: C1 (short meetings between mentees and mentors), C4 (self-selection in a group meeting), C3 (with help).
"""

import numpy as np

from simulation.allocate import allocate, with_space
from simulation.evidence.patterns.block import draw_one, introduce
from simulation.evidence.patterns.clauses import keys_of
from simulation.evidence.patterns.tally import Totals, counted, ratio, share
from simulation.evidence.patterns.virtual import NOBODY, Arm, Laid, Seeded, VirtualStudy
from simulation.run import Run, advance_to

ASKED = 4  # months after the meeting
YEAR = 12


def met_once(real: Laid, closed: Laid, seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Arrange one meeting for each mentee in month 0: which mentees met, had contact in the next months, and go on.

    In the world `closed` nobody meets anybody else; people ask and answer by the rules of the world `real`.
    """
    state, setting = allocate(closed.layout, seed, False), real.layout.setting
    state = advance_to(state, closed.layout, 0, 1)
    chosen = np.full(len(state.mentees), -1)
    contacts = np.zeros(len(chosen), int)
    draw_one(state, chosen)
    chosen[state.mentees["ties"] > 0] = -1
    for month in range(1, 1 + ASKED):
        state = with_space(state, closed.layout.setting, month)
        introduce(state, setting, month, chosen, contacts)
        state = advance_to(state, closed.layout, month, month + 1)
    going = (np.asarray(state.ties)["mentor"] == chosen[:, None]).any(axis=1)
    return chosen >= 0, contacts > 0, going


def left_out(run: Run) -> np.ndarray:
    """Which mentees of the first two cohorts had no tie in their first year, of those who stayed for it."""
    people = run.mentees
    new = people[people["cohort"].isin([0, YEAR]) & (people["exit_month"].fillna(10_000) - people["cohort"] >= YEAR)]
    return ~((new["first_tie_month"] - new["cohort"]).fillna(10_000) < YEAR).to_numpy(bool)


def count(runs: Seeded) -> dict[str, float]:
    """Count one seed."""
    there, contact, going = met_once(runs.ready["choice"], runs.ready["closed"], runs.seed)
    return {
        **counted("contact", contact[there]), **counted("continue", going[there]),
        **counted("alone", left_out(runs["choice"])), **counted("helped", left_out(runs["helped"])),
    }  # fmt: skip


def state(totals: Totals) -> dict[str, float]:
    """The clauses."""
    return {
        "P5.continue": share(totals, "continue"),
        "P5.contact": share(totals, "contact"),
        "P6.unfacilitated": share(totals, "alone"),
        "P6.facilitated": share(totals, "helped"),
        "P6.ratio": ratio(share(totals, "alone"), share(totals, "helped")),
    }


HOSPITAL = "teaching_hospital"
CHOICE = {"empower.workshop_hours": 0, "empower.first_meetings": 0}
ALL_KNOW = {"context.awareness": 1.0}  # people who come to such a meeting know of the program
STUDY = VirtualStudy(
    "meetings",
    {
        "choice": Arm(HOSPITAL, "mentee_choice", 2 * YEAR, ALL_KNOW, CHOICE),
        "helped": Arm(HOSPITAL, "mentee_choice", 2 * YEAR, ALL_KNOW, {"empower.pairing": "facilitated"}),
        "closed": Arm(HOSPITAL, "mentee_choice", YEAR, NOBODY, CHOICE),
    },
    count, state, keys_of("P5", "P6"),
)  # fmt: skip
