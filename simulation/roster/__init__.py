"""People from the sheets that an office has: what the sheets say, how it was read, and the world that it makes."""

from simulation.roster.reading import Reading, Side, read_roster, read_side
from simulation.roster.world_file import world_text

__all__ = ["Reading", "Side", "read_roster", "read_side", "world_text"]
