"""Every mechanism earns its place: what each weight serves, by its knock-out, or by its row in `served.toml`.

The first part takes half an hour: it runs the study, and measures the clauses without each weight that moves no outcome. The
second takes no time, so that a new row in `served.toml` needs only `make bars ARGS="-k served"`.
`python -m simulation.renew` then writes `results/reference/knock_outs.csv` into `simulation/EVIDENCE.md`.
"""

import tomllib
from pathlib import Path

import pandas as pd
from keeping import REFERENCE

from simulation.analysis.knock_outs import knock_outs
from simulation.commands.analysis.knock_out_lines import told_of
from simulation.evidence.theories import moved, try_theories
from simulation.figures.wording import inside, short
from simulation.outcomes import TABLE
from simulation.scenario.study import Study
from simulation.studies.sweep import Sweep, sweep

FILE = REFERENCE / "knock_outs.csv"
NAMED = Path(__file__).with_name("served.toml")
BY_KNOCK_OUT = {"headline": "headline", "patterns": "pattern", "reported": "reported"}  # by column, the first that applies
BY_NAME = ("law", "phenomenon", "result", "measured")
SEEDS, SETS = 8, (1, 5001)  # a clause counts when it moves with both sets of seeds: with so few populations chance moves some


def kept() -> pd.DataFrame:
    """What was seen of each weight when it was last measured; all are texts."""
    return pd.read_csv(FILE, dtype=str, keep_default_na=False, index_col="factor")


def named() -> dict[str, dict[str, str]]:
    """The rows of `served.toml`: what each of some weights `serves`, and `what` it is."""
    return tomllib.loads(NAMED.read_text(encoding="utf-8"))


def told_by_weight(done: Sweep) -> pd.DataFrame:
    """A row a weight, in the order of the study: what its knock-out moves most, in words; the names are whole."""
    told = told_of(knock_outs(done)).set_index("factor")
    return told.loc[[factor.label for factor in done.setup.study.uncertainties]]


def others_of(done: Sweep) -> Study:
    """The study with the outcomes that it leaves out in place of its own, but for gaps and what is counted by attribute."""
    others = (name for name in TABLE if name in done.outcomes and name not in done.setup.study.outcomes)
    return done.setup.study.model_copy(update={"outcomes": tuple(others)})


def clauses_moved(study: Study, weights: list[str]) -> pd.Series:
    """The clauses that move without each of these weights, in both sets of seeds, with commas."""
    those = study.model_copy(update={"uncertainties": [factor for factor in study.uncertainties if factor.label in weights]})
    one, other = (moved(try_theories(those, SEEDS, seed)).set_index("theory")["moves"].str.split(", ") for seed in SETS)
    both = [", ".join(clause for clause in clauses if clause in other[weight]) for weight, clauses in one.items()]
    return pd.Series(both, one.index)


def in_short(headline: pd.DataFrame, reported: pd.DataFrame, clauses: pd.Series) -> pd.DataFrame:
    """All that is seen of each weight; an empty text where it moves nothing, or where clauses were not looked at."""
    other = reported["moves"].map(inside) + " " + reported["effect"] + ", under " + reported["where"]
    table = headline[["off", "moves", "effect", "where"]].rename(columns={"moves": "headline"})
    table = table.assign(headline=table["headline"].map(inside), patterns=clauses, reported=other.where(reported["moves"] != ""))
    return table.fillna("").rename(index=short)


def with_named(table: pd.DataFrame, rows: dict[str, dict[str, str]]) -> pd.DataFrame:
    """With what is `named` for each weight in these rows, and which kind of thing it `serves`: the first that applies."""
    texts = {weight: f"{row['serves']}: {row['what']}" for weight, row in rows.items()}
    table = table.assign(named=[texts.get(weight, "") for weight in table.index])
    by_name = table["named"].str.partition(":")[0]
    seen = [next((kind for column, kind in BY_KNOCK_OUT.items() if row[column]), by_name[weight]) for weight, row in table.iterrows()]
    return table.assign(serves=seen)


def bar_knock_outs(tmp_path):
    study = Study.load("knock_outs")
    done = sweep(study, tmp_path)
    headline = told_by_weight(done)
    reported = told_by_weight(sweep(others_of(done), tmp_path))  # all outcomes are kept, so nothing runs again
    idle = (headline["moves"] == "") & (reported["moves"] == "")
    in_short(headline, reported, clauses_moved(study, list(headline.index[idle]))).to_csv(FILE)


def bar_served(measured):
    table = with_named(kept(), named())
    table.to_csv(FILE)
    for kind in (*BY_KNOCK_OUT.values(), *BY_NAME):
        measured(f"knock-outs, weights that serve: {kind}", (table["serves"] == kind).sum(), f"of {len(table)}")
    nothing = list(table.index[table["serves"] == ""])
    measured("knock-outs, weights that serve: nothing", len(nothing), "0")
    assert nothing == []
