"""What could change the advice, in sentences: the parameters that move the deciding difference most, and where it turns."""

from collections.abc import Mapping

import pandas as pd

from simulation.advice.phrases import margin, named
from simulation.advice.turning import crossings, meaning
from simulation.figures import wording


def turns_said(turning: pd.DataFrame | None, titles: Mapping[str, str]) -> list[str]:
    """Say at which value of a parameter a policy's lead falls below the margin, or that it does not; a sentence a parameter."""
    if turning is None or turning.empty:
        return []
    first = turning.iloc[0]
    who = f"{titles[first['policy']]}, against {titles[first['rival']]}"
    said = [
        f"Of the {turning['parameter'].nunique()} fitted numbers of the model, each moved alone over its plausible range, these move most how "
        f"far {who}, is ahead in {named(first['outcome'])}. What matters begins at {margin(first['outcome'], first['margin'])}."
    ]  # fmt: skip
    return said + [_one(rows) for _, rows in turning[turning["followed"]].groupby("parameter", sort=False)]


def _one(rows: pd.DataFrame) -> str:
    """What happens along the range of one parameter."""
    first, last = rows.iloc[0], rows.iloc[-1]
    limit, outcome = first["margin"], wording.outcome(first["outcome"])
    text = f"“{wording.words(meaning(first['parameter']))}” ({first['parameter'].removeprefix('parameters.')}, taken as {first['taken']:.2g}): "
    lead = f"from {first['value']:.2g} to {last['value']:.2g} the lead goes from {wording.change(first['ahead'], outcome)} to {wording.change(last['ahead'], outcome)}"
    found = crossings(rows["value"].tolist(), rows["ahead"].tolist(), limit)
    if not found:
        side = "stays above" if (rows["ahead"] > limit).all() else "stays below"
        clear = (rows["low"] > limit).all() or (rows["high"] < limit).all()
        return f"{text}{lead}, and {side} what matters{'' if clear else ', though not clearly at every value'}: it does not turn the advice."
    at = wording.listed([f"{value:.2g}" for value in found])
    clear = (rows["low"] > limit).any() and (rows["high"] < limit).any()
    return f"{text}{lead}. It {'turns' if clear else 'may turn'} at about {at}."
