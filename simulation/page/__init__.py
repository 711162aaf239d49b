"""The page of the stage: the month, a recording, and the player that shows it."""
