"""The words of `mentorship calibrate`."""

HELP = "Fit uncertain parameters to published patterns, or to your own; the same command resumes the fit."
ARGUMENTS = {
    "targets": "name of shipped targets (published), or a file",
    "--theory": "fit a rival theory of the study rivals, such as coin, to the clauses that it can reach",
    "--out": "write the results into this folder",
    "--workers": "how many sets to try at a time (default: one for each core)",
}

ACCEPTED = "The patterns ({clauses}) are reproduced by {accepted:,} of {tried} of parameters."
NEAREST = "The nearest set, with {inside} of {clauses} in their bands (distance {distance:.2f}; up to 1 is inside every band):"
HEADS = ("", "nearest", "middle of the accepted")
UNFITTED = "Could not be fitted: {clause} (band {band}) is met by none of {sets}; the nearest gives {value:.3g}."
NOT_TOGETHER = "Could not be fitted: each clause is met by some set, but no set meets all of them together."
