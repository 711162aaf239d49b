"""The tables of a search for what a budget should buy."""

from simulation.dictionary.comparisons import WORLD
from simulation.dictionary.entries import Column, Table, columns

FOUND = "`mentorship design`"
AIM = "retention, a gap of the first identity attribute or mentor burnout"
ABOUT = columns(
    ("design", "number", "the design, in the order in which it was tried; 0 is what there is today"),
    ("<lever>", "as the lever", "a column for each lever that is searched, with its value", "for design 0, which has the values of today's policy"),
    ("replicates", "runs", "replicates that the design was given"),
)
MEASURED = columns(
    ("<aim>", "as the outcome", f"mean of an aim: {AIM}", "where all runs failed"),
    ("<aim>_low", "as the outcome", "lower end of its 95 % interval", "with fewer than two replicates"),
    ("<aim>_high", "as the outcome", "upper end of its 95 % interval", "with fewer than two replicates"),
    ("cost", "money a year", "cost of the whole program, mean", "where all runs failed"),
    ("cost_low", "money a year", "lower end of its 95 % interval", "with fewer than two replicates"),
    ("cost_high", "money a year", "upper end of its 95 % interval", "with fewer than two replicates"),
)

OF_DESIGNS = (
    Table("designs", "a design that was tried, on the luck of the search: do not tell these figures, the best were also lucky", FOUND, (WORLD, *ABOUT, *columns(
        ("affordable", "yes or no", "the upper end of the interval of its cost lies within the budget"),
        ("front", "yes or no", "on the front: better in something, by as much as matters, than each design that costs no more"),
    ), *MEASURED)),
    Table("front", "a design on the front, on new luck, the cheapest first", FOUND, (WORLD, *ABOUT, *columns(
        ("choice", "names", "the names under which it was chosen: `keeps_most`, `narrowest_gaps`, `most_for_the_money`; empty for the others"),
    ), *MEASURED, *columns(
        ("gain", "share", "retention less that of today, replicate by replicate, mean"),
        ("gain_low", "share", "lower end of its 95 % interval"),
        ("gain_high", "share", "upper end of its 95 % interval"),
    ))),
    Table("steps", "a quarter, half, three quarters and all of the budget: the design that keeps most within it, on new luck", FOUND, (WORLD, Column("within", "money a year", "the part of the budget"), *columns(
        ("design", "number", "the design"),
        ("cost", "money a year", "what it costs, mean"),
        ("retention", "share", "what it keeps, mean"),
        ("gain", "share", "its retention less that of the row before; in the first row, less that of today"),
        ("low", "share", "lower end of its 95 % interval, which holds together with all others of the table"),
        ("high", "share", "upper end of it"),
        ("rest", "share", "what the whole budget keeps more than this part of it"),
        ("rest_low", "share", "lower end of its 95 % interval, which holds together with all others of the table"),
        ("rest_high", "share", "upper end of it"),
        ("without_low", "share", "in every row: lower end of the same interval for what the whole budget keeps more than today"),
    ))),
)  # fmt: skip
