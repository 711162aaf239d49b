"""What a picture of a comparison finds, in one sentence for its title: never more than the verdicts say."""

from textwrap import fill

import pandas as pd

from simulation.figures.wording import inside, outcome, words
from simulation.judgement import CANNOT_TELL, SAME, careful
from simulation.scenario.counted import counted, listed

SAID = {SAME: "practically the same", CANNOT_TELL: "cannot tell"}
OF_GAPS = {"better": "narrower", "worse": "wider", "reversed": "turned round"}
FIRST = ("better", "worse", "reversed", "higher", "lower", SAME, CANNOT_TELL)  # the order in which verdicts are told
NAMED = 2  # policies of one verdict that are named; more are counted
ALL = 4  # policies of which a title tells all verdicts; of more it tells those on the first outcome
LETTERS = 11.2  # of a heading in an inch


def said(name: str, verdict: str) -> str:
    """A verdict on an outcome in words, as the screen and the brief have it: `better`, `narrower`, `cannot tell`."""
    return SAID.get(verdict, OF_GAPS.get(verdict, verdict) if name.startswith("gap_") else verdict)


def finding(contrasts: pd.DataFrame | None, name: str) -> str:
    """Say what policies do to an outcome: `Retention, compared with ad hoc: better under six tips, cannot tell under 3 of 4`.

    Empty where no verdict on it is known.
    """
    rows = contrasts[contrasts["outcome"] == name] if contrasts is not None else pd.DataFrame()
    if rows.empty:
        return ""
    verdicts = careful(rows)
    told = []
    for verdict in FIRST:
        under = [inside(words(policy)) for policy in rows.loc[verdicts == verdict, "policy"]]
        if under:
            few = len(under) <= NAMED
            all_of = f"all {len(rows)}" if len(under) == len(rows) else f"{len(under)} of {counted(len(rows), 'policies')}"
            told.append(f"{said(name, verdict)} under {listed(under) if few else all_of}")
    return f"{outcome(name).title}, compared with {inside(words(rows['baseline'].iloc[0]))}: {', '.join(told)}"


def balance(
    contrasts: pd.DataFrame, names: list[str], called: str = "outcomes", sides: tuple[str, str] = ("better", "worse")
) -> str:
    """Count for each policy on how many outcomes it is better and worse; with many policies, say what they do to the first."""
    policies = list(dict.fromkeys(contrasts["policy"]))
    if len(policies) > ALL:
        return finding(contrasts, names[0])
    rows = contrasts[contrasts["outcome"].isin(names)]
    verdicts = careful(rows)
    told = []
    for policy in policies:
        mine = verdicts[rows["policy"] == policy]
        better, worse = (int((mine == verdict).sum()) for verdict in ("better", "worse"))
        told.append(f"{better} {sides[0]}, {worse} {sides[1]} under {inside(words(policy))}")
    return f"Of {len(names)} {called}, compared with {inside(words(contrasts['baseline'].iloc[0]))}: {'; '.join(told)}"


def titled(found: str, plain: str, width: float) -> str:
    """A finding as a heading in lines that fit a figure of a width in inches; where nothing is found, the plain heading."""
    return fill(found or plain, int(LETTERS * width))
