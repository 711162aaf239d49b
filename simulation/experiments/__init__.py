"""Designed experiments: worlds and policies in, tidy tables out."""
