"""The words of `mentorship calibrate`."""

from simulation.commands.words.again import AGAIN

HELP = "Fit uncertain parameters to published patterns, to your own, or to the figures that you know of your program."
ARGUMENTS = {
    "targets": "name of shipped targets (published), or a file; the same command resumes an interrupted fit",
    "--theory": "fit a rival theory of the study rivals, such as coin, to the clauses that it can reach",
    "--out": "write the results into this folder (default: results/NAME-calibration, or a fresh one beside it)",
    "--again": AGAIN,
    "--workers": "how many sets to try at a time (default: one for each core)",
}

ACCEPTED = "The patterns ({clauses}) are reproduced by {accepted:,} of {tried} of parameters."
NEAREST = "The nearest set, with {inside} of {clauses} in their bands (distance {distance:.2f}; up to 1 is inside every band):"
HEADS = ("", "nearest", "middle of the accepted")
UNFITTED = "Could not be fitted: {clause} (band {band}) is met by none of {sets}; the nearest gives {value:.3g}."
NOT_TOGETHER = "Could not be fitted: each clause is met by some set, but no set meets all of them together."

WEIGHED = "{left:.0f} of {sets} of plausible parameters, in effect, come near your figures, in {world} under {policy}."
NOTHING_LEFT = "None of your figures can be used, so nothing is fitted: compare with --parameters posterior instead."
FEW = "This is few. Call what {left} agree on a hint; a larger error, or fewer figures, leaves more."
BEYOND = (
    "Could not be fitted: {number}. You say {value:.3g} (±{half:.2g}), and the {sets} give {low:.3g} to {high:.3g}. "
    "It was left out.{hint}"
)
HINT = " Does your world say it right? Correct it, or add an unknown to the file: {fields}."
HINTS = {
    "retention": "hazards.first_year or hazards.later_years", "closure": "context.mentor_ends",
    "mentored": "context.volunteers or context.awareness", "access": "context.volunteers or context.awareness",
    "mentor_retention": "hazards.mentors",
}
APART = "No set gives all these figures together: the nearest ones were kept. Look at the line that is not met."
NARROWS = "{number}: alone it leaves {alone:.0f} of {sets}.{follows}"
FOLLOWS = " It goes {way} with {parameter}."
WAYS = {True: "up", False: "down"}
MOVED = (
    "{parameter} ({about}) moves from {before:.3g} to {after:.3g}, its spread from {spread_before:.2g} to {spread_after:.2g}."
)
UNMOVED = "No single parameter moves farther than by chance: it is the sets as a whole that are fewer."
FIGURE_HEADS = ("your figure", "yours", "±", "before", "after", "")
MET = {True: "met", False: "not met"}
LEFT_OUT = "left out"
USE = "Use them with: mentorship compare … --parameters {path}"
NOTE = (
    "±: half the 95 % interval of your figure. Before: the mean of all sets; after: that of those that are left, by their weight. "
    "Met: this mean lies in your interval."
)
