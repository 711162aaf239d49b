"""What could change the advice, in sentences: the parameters that move the deciding difference most, and where it turns."""

from collections.abc import Mapping

import pandas as pd

from simulation.advice.phrases import margin, named
from simulation.advice.turning import crossings, meaning
from simulation.figures import wording

# The fitted parameters in plain words; one that is not here is told by its description.
PLAIN = {
    "seek.odds": "How readily mentees ask a mentor",
    "seek.invited": "How much more readily they ask where a program invites them to choose",
    "seek.by_impression": "How much first impressions count when mentees choose whom to ask",
    "seek.worn": "How much less the worn out ask",
    "seek.able": "How much more the able ask",
    "seek.custom": "How much it counts for asking that others in the unit have a mentor",
    "answer.odds": "How readily mentors say yes",
    "answer.agreed": "How much more readily those say yes who agreed beforehand to be asked",
    "engage.start": "How warmly an assigned pair begins",
    "engage.chosen": "How much more warmly one begins with whom one chose",
    "engage.impression": "How much a good first impression warms the start",
    "engage.gain": "How strongly two people answer each other's effort",
    "engage.noise": "How much chance there is in a mentorship, month by month",
    "evaluate.odds": "How readily a mentorship without commitment is ended",
    "evaluate.attention": "How often people weigh whether to go on",
    "survey.cut_3": "How strictly people answer surveys",
    "strain.good_tie": "How much a good mentor adds to belonging",
    "strain.threat": "How much it costs belonging to be one of few",
    "leave.belonging": "How much belonging keeps people",
    "leave.burnout": "How much burnout drives people out",
    "leave.output": "How much research output keeps people",
}


def turns_said(turning: pd.DataFrame | None, titles: Mapping[str, str]) -> list[str]:
    """Say at which value of a parameter a policy's lead falls below the margin, or that it does not; a sentence a parameter."""
    if turning is None or turning.empty:
        return []
    first = turning.iloc[0]
    count, limit = turning["parameter"].nunique(), margin(first["outcome"], first["margin"])
    said = [
        f"Each of the {count} fitted numbers of the model was moved alone over its plausible range. As far as a few simulated "
        f"programs at its ends show, these move most by how much {titles[first['policy']]} is ahead of {titles[first['rival']]} in "
        f"{named(first['outcome'])}; what matters begins at {limit}."
    ]  # fmt: skip
    return said + [_one(rows) for _, rows in turning[turning["followed"]].groupby("parameter", sort=False)]


def _one(rows: pd.DataFrame) -> str:
    """What happens along the range of one parameter."""
    first, last, described = rows.iloc[0], rows.iloc[-1], wording.outcome(rows["outcome"].iloc[0])
    limit, name = first["margin"], first["parameter"]
    start, end = (wording.change(row["ahead"], described) for row in (first, last))
    short = name.removeprefix("parameters.")
    apart = max(first["low"], last["low"]) > min(first["high"], last["high"])
    text = (
        f"{PLAIN.get(short) or wording.words(meaning(name))} ({short}, here {first['taken']:.2g}): from {first['value']:.2g} to "
        f"{last['value']:.2g} the lead goes from {start} to {end}{'' if apart else ', no clear change'}"
    )  # fmt: skip
    above, below = rows["low"] > limit, rows["high"] < limit
    if found := crossings(rows["value"].tolist(), rows["ahead"].tolist(), limit):
        surely = "turns" if above.any() and below.any() else "may turn"
        return f"{text}. It {surely} the advice at about {wording.listed([f'{value:.2g}' for value in found])}."
    stays = f"stays {'above' if (rows['ahead'] > limit).all() else 'below'} what matters"
    clearly = "" if above.all() or below.all() else ", though not clearly everywhere"
    return f"{text}, and {stays}{clearly}: it does not turn the advice."
