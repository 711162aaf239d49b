"""The words of `mentorship validate`."""

from simulation.commands.words.any_command import SEED, TABLES_OUT

HELP = "Check whether the model reproduces the published patterns, or patterns of your own."
ARGUMENTS = {
    "patterns": "a file of your own patterns, TOML or Python (default: the published ones)",
    "--out": TABLES_OUT,
    "--theories": "compare the theories of a study, such as rivals, side by side; with --out, also a figure if one number differs",
    "--seeds": "how many populations of each kind to simulate (default: 30)",
    "--seed": SEED,
    "--workers": "how many pieces of work to do at a time (default: one for each core)",
}

FIGURE = "Figure: {path}"
HEADS = ("", "", "", "value", "95 % interval", "band", "pattern")
IN, OUT = "in", "OUT"
SPAN = "{low:.2f} to {high:.2f}"
AT_MOST, AT_LEAST, BETWEEN = "at most {high:.3g}", "at least {low:.3g}", "{low:.3g} to {high:.3g}"
TWINS = "{text}; in twins {value:.2f}"
KINDS = {"C": "may be used for fitting", "V": "may not be used for it"}
INSIDE = "In their band: {inside} of {clauses} that {kind}."
THEORY_HEADS = ("", "", "band")
THEORY_OUT = "({value:.2f})"
THEORY_INSIDE = "{inside} of {clauses}"
THEORY_TOTAL = "in their band"
MOVED_HEADS = ("", "C in", "V in", "leaves its band", "comes in", "moves clearly")
