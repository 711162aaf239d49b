"""Six phenomena of complexity, each with a switch that makes it vanish."""
