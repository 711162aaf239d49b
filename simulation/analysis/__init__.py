"""Analyses of a study: importance of factors, effects, boundaries, and where a policy backfires."""
