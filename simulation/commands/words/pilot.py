"""The words of `mentorship pilot`."""

from simulation.commands.words.again import AGAIN
from simulation.commands.words.any_command import SEED

HELP = "Tell what a randomised pilot of a policy would show, and whether that is worth it."
ARGUMENTS = {
    "world": "name of a shipped world, or a file",
    "policy": "name of the policy to be tried, or a file",
    "--share": "share of mentees, or of units, to whom it is offered (default: 0.5)",
    "--months": "length of the pilot (default: 12)",
    "--assign": "who gets it: individual (each mentee by lot), cohort (whole units by lot) or stepped (unit after unit, until "
    "all have it; default: individual)",
    "--baseline": "what the others live with (default: ad_hoc)",
    "--replicates": "how often the pilot is run; other sizes and lengths half as often (default: 200)",
    "--seed": SEED,
    "--workers": "how many runs to do at a time (default: one for each core)",
    "--out": "write the results into this folder (default: results/WORLD-POLICY-pilot)",
    "--again": AGAIN,
}

NO_SHARE = "--share does not go with --assign stepped, which offers it to everybody in the end"

OFFERED = {
    "individual": "{share} of the mentees by lot, for {months}",
    "cohort": "{share} of the units by lot, for {months}",
    "stepped": "one unit after the other, in {steps} within {months}",
}
HEAD = "A pilot of {policy} in {world}: offered to {offered}."
IF_ALL = "What is true: offered to everybody for {months}, and not to nobody, it changes {outcome} by {truth} ({span})"
RIGHT = IF_ALL + "."
UNSURE = IF_ALL + ": there is nothing that a pilot could find."
LITTLE = IF_ALL + ". That is less than matters: no pilot need find it."
ABOUT_RIGHT = "What you would see: {estimate} on average, which is about right."
BIASED = "What you would see: {estimate} on average. That is {much} too {way}: {why}."
WHY = {
    "individual": "those left out share mentors and units with the others, and what reaches everybody reaches them too",
    "cohort": "units that are left out share mentors with the others, and what reaches everybody reaches them too",
    "stepped": "units have had it for a part of the time only, and share mentors with those whose turn comes later",
}
ALSO = "It shows too {way} an effect on {outcomes}."
WORTH = "What it is worth: {found} of 100 such pilots find the effect (at 5 %), and {wrong} of 100 point the wrong way."
ALARMS = "If the policy did nothing, {alarms} of 100 would find something all the same."
TOO_LITTLE = (
    "In that time it moves {outcomes} by less than matters, or not at all: a pilot of that length says nothing for or against "
    "it there."
)
MISSED = "It is too small for: {outcomes}."
ENOUGH = "It is large and long enough for {outcome}."
SMALLEST = "The smallest that would do for {outcome}: {size} (about {found} of 100 find it)."
NONE_WOULD = (
    "No pilot of this program within {months} would do for {outcome}, nor one in a program twice as large. Instead, join with "
    "other programs, or roll it out in steps and watch what moves first."
)
INSTEAD = {
    "higher": "Do not expect as much of a rollout: in part the pilot moves mentors from some mentees to others.",
    "lower": "A rollout does more than the pilot shows. Compare it with a program, or a year, that had nothing of it.",
}
SIZES = {
    "individual": "{share} of the mentees for {months}", "cohort": "{share} of the units for {months}",
    "stepped": "one unit after the other within {months}",
}  # fmt: skip
TWICE = ", in a program twice as large"

SHOWN = "What pilots show, beside what the policy would do for everybody"
SHOWN_HEADS = ("", "for everybody", "pilots show", "off by (95 % interval)", "spread", "")
VALUE = "What one pilot is worth"
VALUE_HEADS = ("", "find it", "wrong way", "interval right", "false alarm", "the smallest that would do")
NONE = "none tried"
LENGTHS = "Of 100 pilots, how many find the effect on {outcome}"
ONCE, DOUBLE = "this program", "twice as large"
NOTE = (
    "Spread is the standard deviation between pilots. An evaluator's 95 % interval is right when it holds the effect for "
    "everybody; 95 of 100 should."
)
FIGURE = "Figure: {path}"
