"""The words of `mentorship compare`."""

from simulation.commands.words.again import AGAIN
from simulation.commands.words.any_command import SEED

HELP = "Compare policies on the same people with the same luck."
ARGUMENTS = {
    "world": "name of a shipped world, or a file (default: teaching_hospital)",
    "policies": "names of shipped policies, or files; the first is the baseline (default: five shipped policies)",
    "--replicates": "runs of each policy, or auto for as many as needed (default: 200)",
    "--seed": SEED,
    "--workers": "how many runs to do at a time (default: one for each core)",
    "--out": "write the results into this folder (default: results/WORLD-comparison, or a fresh one beside it)",
    "--again": AGAIN,
    "--priorities": "what counts, in which order, and how much of it matters: a file of your own (default: usual)",
    "--sets": "sets of parameters under which the policies are compared as well, 0 for none (default: 16, or fewer)",
    "--turning": "also find the parameters on which the advice turns, and at which value; takes about twice the time more",
    "--budget": "compare at so much money a year for the whole program: each policy buys more or less of what it pays for",
    "--parameters": "plausible sets of parameters: posterior, or a Parquet file of your own",
}

START = "Comparing {count} policies in {world}."
SURE = "Stopped after {count}: retention and its gaps are known closely enough."
CAPPED = "Stopped at the limit of {count}: retention or a gap may still be less certain than wished."
SETS = "Comparing them again under {sets} of parameters that nearly fit what is published."
TURNING = "Looking for what turns the advice, one parameter at a time."
TWO_SETS = "--parameters makes all runs under sets of parameters already"
ONE_OF_THEM = "leave out one of the two"
ADVICE = "In short"
HOW_SURE = "How sure that is"
TURNS = "What could change it"
DRAWING = "Drawing the figures and writing the brief."
FIGURES = "Figures: {path}"
BRIEF = "Brief:   {path}"

TOO_FEW = "a comparison needs at least two policies"
NAME_ANOTHER = "name another POLICY beside ad_hoc"
SAME_NAME = "two of the policies are called {name}"
OTHER_NAME = "give each policy a name of its own"
FAILED_RUN = "  {policy}, replicate {replicate}: {error}"
MORE_FAILED = "  and {count:,} more, in the table of failures"
REPLAY = "  to replay the first: {command}"

LEVEL = "{outcome}: {level} under {baseline}"
COSTS = {"better": "lower", "worse": "higher", "same": "practically the same"}  # the reader decides whether more money is worth it
MARGIN = "; differences within ±{margin} do not matter"
SAME = "practically the same"
POINTS = "points"
EQUITY = (
    "Equity by {attribute}: {reference} / all others, and whether the gap is narrower, wider or practically the same, "
    "where one can tell"
)
GAP = {"better": "narrower", "worse": "wider", "reversed": "turned round", "same": "same", "cannot_tell": "unclear"}
SMALL = " (few)"
SMALL_NOTE = "(few): one of the groups has so few people that the interval is too narrow; do not decide by it."
COSTS_A_YEAR = "What it costs a year, the whole program{unit}; time that nobody pays is valued at the same prices"
THOUSANDS = " (in thousands)"
COST_HEADS = ("", "cash", "protected time", "unpaid: mentors", "unpaid: mentees", "total paid", "paid per head")
KEEPING = "What one person more kept costs, compared with the baseline"
KEEPING_HEADS = ("", "a year", "more kept a year", "for each", "19 in 20")
NO_PRICE = "not clear that more are kept"
BRINGING = "Finding how much of each policy {budget} a year buys."
AT_BUDGET = "At a budget of {budget} a year"
BUDGET_HEADS = ("", "times what it buys", "costs a year", "")
AT_BUDGET_SAID = {
    "met": "meets it", "buys_nothing": "buys nothing that could be more or less", "at_its_limit": "at the limit of what it may buy",
    "too_dear": "dearer even without what it buys", "jumps": "as near as it comes",
}  # fmt: skip
PEOPLE = "Of 100 mentees, compared with the baseline"
PEOPLE_HEADS = ("", "stay instead of leaving", "leave instead of staying")
PLAUSIBLE = "Under how many of {sets} plausible sets of parameters retention is better than under the baseline, and worse"
PLAUSIBLE_HEADS = ("", "better", "worse", "")
CLEARLY = "{count} ({clearly} clearly)"
PARAMETERS = "parameters explain {share} of the variation, luck the rest"
NOTE = "Each line shows the difference from the baseline, its 95 % interval and what it means."
TOGETHER = (
    "The {count} hold together: in 19 of 20 such comparisons every one of them is right. So do those of equity, by themselves."
)
FEW = "With only {count} this is too short for advice; take {enough} or more."
