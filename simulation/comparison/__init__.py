"""Policies compared on the same people and the same luck."""
