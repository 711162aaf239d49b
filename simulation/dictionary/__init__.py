"""The data dictionary: what every column of every table means, a line a column.

The page *Tables* of the documentation is made from it, and a test holds it against tables as they are written.
"""

from simulation.dictionary.analyses import OF_ANALYSES
from simulation.dictionary.comparisons import OF_COMPARISONS, OF_STUDIES
from simulation.dictionary.designs import OF_DESIGNS
from simulation.dictionary.entries import Column, Table
from simulation.dictionary.pilots import OF_PILOTS
from simulation.dictionary.runs import OF_RUNS

TABLES = {table.name: table for table in (*OF_RUNS, *OF_COMPARISONS, *OF_DESIGNS, *OF_PILOTS, *OF_STUDIES, *OF_ANALYSES)}

__all__ = ["OF_ANALYSES", "OF_COMPARISONS", "OF_DESIGNS", "OF_PILOTS", "OF_RUNS", "OF_STUDIES", "TABLES", "Column", "Table"]
