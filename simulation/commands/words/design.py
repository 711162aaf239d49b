"""The words of `mentorship design`."""

from simulation.commands.words.again import AGAIN as FRESH
from simulation.commands.words.any_command import SEED

HELP = "Search the levers of a program for what a budget should buy."
ARGUMENTS = {
    "world": "name of a shipped world, or a file",
    "--budget": "money a year for the whole program",
    "--levers": "a study whose levers are searched, and whose first policy is what there is today (default: what_a_budget_buys)",
    "--designs": "how many designs to try (default: 240)",
    "--replicates": "runs of each design that may be among the best, and as many new ones at the end (default: 90)",
    "--seed": SEED,
    "--workers": "how many runs to do at a time (default: one for each core)",
    "--out": "write the results into this folder (default: results/WORLD-design)",
    "--again": FRESH,
}

TOO_FEW = "a search needs at least {least}"
A_RANGE = "a search takes values, and this lever has a range"
GIVE_VALUES = "give values = [...]"
START = "Searching what {budget} a year should buy in {world}."
NOTHING = "Nothing within {budget} a year was found, and what there is today costs more."
TRIED = (
    "{designs} tried, {paid} within {budget} a year; {front} on the front: of the others each is in nothing better, by as much "
    "as matters, than one that costs no more."
)
HEAD = "{name}: {cost} a year"
TITLES = {"keeps_most": "Keeps most", "narrowest_gaps": "Narrowest gaps", "most_for_the_money": "Most for the money"}
WHY = {
    "keeps_most": "of all on the front it kept most mentees in the search",
    "narrowest_gaps": "its gaps between groups were the smallest, of all on the front that keep no fewer mentees than today",
    "most_for_the_money": "it was the cheapest that kept practically as many mentees as the one that kept most",
}
WHY_LINE = "Why: {why}."
AS_BEFORE = "It is the same design as {other}."
AS_TODAY = "It is what there is today: no design on the front does this better."
WHAT = "What differs from today:"
MEASURED = "What it does, compared with today:"
NO_GAPS = "This world gives no gap between groups that can be judged, so no design is chosen for narrow gaps."
LUCK = (
    "All figures below are from {replicates} on new luck, which the search has not seen: designs that were merely lucky lose it "
    "here. The intervals hold together."
)
STEPS = "What each quarter of the budget buys: the design that keeps most within it"
STEPS_HEADS = ("within", "costs", "retention", "points more than the row before", "95 % interval")
FROM = "{level} today"
ENOUGH = "Beyond {money} a year, more money buys no retention that these runs can tell."
NONE_BUYS = "No money up to {money} a year buys retention that these runs can tell."
ALL_BUYS = "The last part of the money, up to {money} a year, still buys more retention; more than that was not looked at."
FILES = "Policies: {files}"
AGAIN = "The same figures, and all others: {command}"
FIGURE = "Figure:   {path}"
