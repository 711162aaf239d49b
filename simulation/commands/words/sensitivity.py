"""The words of `mentorship sensitivity`: which factors matter, where a policy backfires, what each factor does."""

from simulation.commands.words import sweep

HELP = "Find which factors of a study matter, and where a policy backfires."
ARGUMENTS = sweep.ARGUMENTS

NO_ANALYSIS = "a {kind} design of {factors} and {policies} cannot show which factors matter"
DESIGNS = (
    "morris and saltelli rank factors; latin_hypercube, sobol and list show where a policy backfires, if there are two "
    "policies and two factors; factorial draws a map of two ranges, shows what each factor does if each has two values, or "
    "draws curves over up to three factors; one_by_one shows what is lost without each factor"
)
HEAD = "{response} ({world})"
LUCK = "WARNING: most of the variation is luck; use more replicates"
FOLDER = "Table and figures: {folder}"
UNIT_UNKNOWN = "in its own unit"

# which factors matter
USED = "{used} of {blocks} {kind} used; those with a failed run are left out"
BASE_POINTS, TRAJECTORIES = "base points", "trajectories"
VARIANCE = "share of the variance"
WHOLE_RANGE = "effect of the whole range ({unit})"
VARIANCE_HEADS = ("", "", "with all its interactions", "by itself")
RANGE_HEADS = ("", "", "mean effect", "spread over the others")
SPAN = "{value} ({low} to {high})"

# where a policy backfires
CLEARLY = "clearly "
SHARES = "{clearly}worse at {worse} of {points}, {clearly}better at {better}, cannot tell at {neither}"
BY_SIGN = "with fewer than 3 replicates there is no interval, so only the sign of the difference counts"
BOX = "where {where}: worse at {density} of the points; these are {coverage} of all the points where it is worse"
THIS_BOX, THESE_BOXES = "this box", "these boxes"
UNSEEN = "on points not used to draw {boxes}: worse at {density}; these are {coverage} of all the points where it is worse"
NOT_HELD = "WARNING: {boxes} did not hold on points not used to draw them; use more points"

# what each factor does
REPLICATES = "{used} of {count} replicates used; those with a failed run are left out"
ALL = "all off: {level} ({low} to {high}); all on: {together}; sum of the effects of each alone: {alone}"
NEGLIGIBLE = "unit: {unit}; negligible: {size}"
OWN_UNIT = "its own"
EFFECT_HEADS = ("", "alone", "given the others")
EFFECT = "{change} ({ends})"
EFFECT_VERDICT = "{effect}: {verdict}"
ENDS, NO_INTERVAL = "{low} to {high}", "no interval"
HOLM = " after Holm's correction for {count}"
NO_PAIR = "no two factors together clearly do more or less than the sum of both{holm}"
PAIR = "{one} and {other} together: {amount} {unit} {verdict} than the sum of both{judged}"
JUDGED = {1: " (better)", -1: " (worse)", 0: ""}
MORE_PAIRS, CLEAR = "and {count} more; ", "clear{holm}"

# what is lost without each factor
KNOCK_OUT_HEADS = ("", "moves most", "by (95 %)", "where", "moves", "cannot tell", "negligible")
KNOCK_OUT_UNIT = "{title} ({unit})"
LEVEL_AT, DIFFERENCE_AT = "{policy}, {world}", "{policy} less {baseline}, {world}"
COUNTED = "each factor alone at its neutral value, less nothing changed; {count}; moves: after Holm's correction for them"
NOTHING = {"negligible": "move nothing, everywhere negligible: {factors}", "cannot tell": "nothing that is clear: {factors}"}
PAGE_HEAD = "| factor | at | what it moves most | effect (95 %) | where | evidence |\n|---|---|---|---|---|---|"
PAGE_NOTHING = {"negligible": "nothing: everywhere negligible", "cannot tell": "nothing that is clear"}

# curves over up to three factors
CURVE_UNIT = "unit: {unit}; negligible: {size}; {row} clearly unlike the first row{column}, on the same people and luck"
CURVE_COLUMN = ", {column} unlike the first column"
ACROSS = "{down}; across: {across}"
ROW_MARK, COLUMN_MARK = "*", "°"
LEVEL = "{factor}: {level}"
CELL = "{value}{marks}"

# a map of two factors
FEW_REPLICATES = "too few replicates to draw a line; use at least five"
LINE = "the line: {line}"
SIDES = "surely above the line on {above} of the map, surely below it on {below}, uncertain on {between}"
SLIDE = "{title} ({number} of {count})"
