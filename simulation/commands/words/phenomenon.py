"""The words of `mentorship phenomenon`."""

from simulation.commands.words.again import AGAIN
from simulation.commands.words.any_command import SEED

HELP = "Show a phenomenon of complexity, with its mechanism on and off."
ARGUMENTS = {
    "name": "emergence, sensitivity, path_dependence, tipping, feedback or adaptation",
    "--seeds": "how many programs of each kind to simulate (default: as many as the phenomenon needs)",
    "--seed": SEED,
    "--workers": "how many programs to simulate at a time (default: one for each core)",
    "--out": "write the results into this folder (default: results/phenomena/NAME, or a fresh one beside it)",
    "--again": AGAIN,
}

MEASURED = "Measured: {statistic}, in {programs}."
SWITCHED_OFF = "Switched off: {switch}."
HEADS = ("mechanism", "value", "95 % interval", "chance alone", "")
SPAN = "{low:.3f} to {high:.3f}"
ALSO = "Also: {text}: {on:.2f} with the mechanism, {off:.2f} without it."
SURELY, CHANCE = "p < 0.001", "p = {p:.3f}"
MADE_BY_IT = "The phenomenon appears with the mechanism and disappears without it. The mechanism causes it."
NOT_SHOWN = "Even with the mechanism, chance could explain the result. Try more --seeds."
SOMETHING_LEFT = "The phenomenon appears with the mechanism. Without it, the result is still more than chance."
SOURCE = "Source: {source}."
FIGURE = "Figure: {path}"
