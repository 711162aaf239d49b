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
    count, limit = turning["parameter"].nunique(), margin(first["outcome"], first["margin"])
    said = [
        f"Each of the {count} fitted numbers of the model was moved alone over its plausible range. These move most by how much "
        f"{titles[first['policy']]} is ahead of {titles[first['rival']]} in {named(first['outcome'])}; what matters begins at "
        f"{limit}."
    ]  # fmt: skip
    return said + [_one(rows) for _, rows in turning[turning["followed"]].groupby("parameter", sort=False)]


def _one(rows: pd.DataFrame) -> str:
    """What happens along the range of one parameter."""
    first, last, described = rows.iloc[0], rows.iloc[-1], wording.outcome(rows["outcome"].iloc[0])
    limit, name = first["margin"], first["parameter"]
    start, end = (wording.change(row["ahead"], described) for row in (first, last))
    text = (
        f"{wording.words(meaning(name))} ({name.removeprefix('parameters.')}, here {first['taken']:.2g}): from "
        f"{first['value']:.2g} to {last['value']:.2g} the lead goes from {start} to {end}"
    )  # fmt: skip
    above, below = rows["low"] > limit, rows["high"] < limit
    if found := crossings(rows["value"].tolist(), rows["ahead"].tolist(), limit):
        surely = "turns" if above.any() and below.any() else "may turn"
        return f"{text}. It {surely} the advice at about {wording.listed([f'{value:.2g}' for value in found])}."
    stays = f"stays {'above' if (rows['ahead'] > limit).all() else 'below'} what matters"
    clearly = "" if above.all() or below.all() else ", though not clearly everywhere"
    return f"{text}, and {stays}{clearly}: it does not turn the advice."
