"""Compiled parts of virtual studies: short arranged meetings, and first impressions of all mentors by all mentees."""

from simulation.draws import Purpose, uniform
from simulation.jit import step
from simulation.steps.acquaint import impression_of_mentor
from simulation.steps.seek import answers, pair, seeks, unmet
from simulation.ties import CHOSEN, held


@step
def introduce(state, setting, month, chosen, contacts):
    """Let mentees who met a mentor once by design, and hold no tie, ask this mentor again.

    `chosen` is the mentor whom each mentee met, or -1; `contacts` becomes 1 for mentees who ask.
    """
    for i in range(len(state.mentees)):
        mentee, slots, j = state.mentees[i], state.ties[i], chosen[i]
        if mentee.active != 1 or j < 0 or state.mentors[j].active != 1 or held(slots) > 0:
            continue
        domain, _ = unmet(setting, mentee, slots)
        if seeks(state, setting, month, mentee):
            contacts[i] = 1
            mentor = state.mentors[j]
            if answers(state.streams, setting, month, mentor, mentee, domain, True, True, 0):
                pair(state, setting, month, mentee, mentor, domain, CHOSEN - 1, True, True)


@step
def draw_one(state, chosen):
    """Draw a mentor of the site for each mentee who is there."""
    posts = len(state.posts)
    for i in range(len(state.mentees)):
        if state.mentees[i].active == 1:
            chosen[i] = state.posts[int(uniform(state.streams[0, Purpose.CANDIDATE], i, 0) * posts)].occupant


@step
def impressions(state, setting, mentees, mentors, out):
    """Fill `out` (mentees x mentors) with first impressions of mentors by mentees."""
    for a in range(len(mentees)):
        for b in range(len(mentors)):
            mentee, mentor = state.mentees[mentees[a]], state.mentors[mentors[b]]
            out[a, b] = impression_of_mentor(state.streams, setting, 0, mentee, mentor)
