"""Advice from a comparison, by a stated rule: which policy, how sure, what could change it, and what it harms."""
