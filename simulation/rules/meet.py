"""Contact happens within the hours of both, and oftener between the engaged.

Source: [D8] how often programs meet; [E15] protected time; [C10] contact carries similarity.
"""

from simulation.jit import rule


@rule
def available(found, protected, busy, busy_left, shock):
    """A mentor's hours this month: what is found and what is protected, less service blocks, times a shock."""
    return (found + protected) * (busy_left if busy else 1.0) * shock


@rule
def meets(luck, quality, shock, p):
    """Whether a pair meets this month, by its quality and a shock."""
    return luck < (p.floor + (1.0 - p.floor) * quality) * shock


@rule
def hours(asked, mentor_share, mentee_share):
    """Hours of contact: what the tie asks for, within each side's share."""
    return min(asked, mentor_share, mentee_share)


@rule
def overload(load, meeting_hours, available, p):
    """By how much what is asked of a mentor exceeds the time there is, at most `overload_cap`; 0 when there is time for all."""
    return (
        min(max(load * meeting_hours / available - 1.0, 0.0), p.overload_cap)
        if available > 0.0
        else p.overload_cap * (load > 0)
    )
