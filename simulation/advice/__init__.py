"""Advice from a comparison, by a stated rule: which policy, how sure, what could change it, and what it harms."""

from simulation.advice.advise import Advice, advise

__all__ = ["Advice", "advise"]
