"""The published patterns that may be fitted lie in their bands, with other seeds than those of the fit."""

import pytest

from simulation.evidence.validate import validate


@pytest.mark.parametrize("seeds", [30, 60])
def bar_patterns(seeds, measured):
    found = validate(seeds=seeds)
    inside = found.groupby("kind")["in_band"].agg(["sum", "size"])
    for kind, row in inside.iterrows():
        measured(f"clauses of kind {kind} in their bands, {seeds} seeds", row["sum"], f"of {row['size']}, all of kind C")
    out = found.loc[(found["kind"] == "C") & ~found["in_band"], ["id", "clause", "value"]]
    assert out.empty, out.to_string()
