"""Mentees and mentors as Mesa agents: live views of their rows, and the month's behaviours as methods."""

from simulation.agents.mentee import Mentee
from simulation.agents.mentor import Mentor
from simulation.agents.tie import Tie

__all__ = ["Mentee", "Mentor", "Tie"]
