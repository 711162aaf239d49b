"""Gaps between groups: the reference group minus all others, as a difference and as a ratio."""

import itertools

import numpy as np

from simulation.outcomes import GAPPED, PERSONAL, groups_of
from simulation.scenario.privacy import told_groups
from simulation.scenario.world import World

SMALL = 20  # a group with fewer heads is small
FEW = 5  # people of a group, to whom something happens or does not, who are too few
YES_OR_NO = ("retention", "access")  # outcomes that a person has or has not


def contrast_weights(world: World) -> list[tuple[str, np.ndarray, np.ndarray]]:
    """The rows that each gap compares: attribute, places of the reference rows, places of the others.

    A gap is the reference group minus all others, weighted by heads. For crossings, it is the people in the reference
    group of every attribute minus the people in none of them.
    """
    rows, gaps, place = groups_of(world), [], 1
    for identity in world.identities:
        size = len(identity.groups)
        gaps.append((identity.name, np.array([place]), np.arange(place + 1, place + size)))
        place += size
    if len(world.identities) > 1:
        cells = list(itertools.product(*(range(len(identity.groups)) for identity in world.identities)))
        others = [place + k for k, cell in enumerate(cells) if all(cell)]
        gaps.append((rows[-1][0], np.array([place]), np.array(others)))
    return gaps


def small_gaps(world: World, personal: np.ndarray, heads: np.ndarray) -> set[str]:
    """Name the gaps of which one end has few people in the mean run: fewer than `SMALL`, or `FEW` with or without the outcome.

    `personal` is runs x rows x PERSONAL, `heads` runs x rows. What happens to so few is so rare that some runs differ much
    and most hardly at all; then no interval that was tried covers what it says (EVIDENCE, *How sure a verdict is*).
    Source: Cochran 1954, 10.2307/3001616, five expected on either side.
    """
    heads, found = np.nan_to_num(heads).mean(axis=0), set()
    for attribute, reference, others in contrast_weights(world):
        for outcome in GAPPED:
            values = personal[:, :, PERSONAL.index(outcome)]
            level = np.where(np.isfinite(values).any(axis=0), np.nan_to_num(values).mean(axis=0), 0.0)
            few = min(heads[rows].sum() for rows in (reference, others)) < SMALL
            if outcome in YES_OR_NO:
                rare = heads * np.minimum(level, 1.0 - level)
                few |= min(rare[rows].sum() for rows in (reference, others)) < FEW
            if few:
                found.add(f"gap_{outcome}_{attribute}")
    return found


def gaps_of(personal: np.ndarray, heads: np.ndarray, world: World) -> dict[str, np.ndarray]:
    """The gaps and ratios of the outcomes in `GAPPED`, one value a run.

    `personal` is runs x rows x PERSONAL, `heads` runs x rows. An empty group gives a missing gap, and so does one of too
    few real people (`scenario.privacy`).
    """
    columns, told = {}, told_groups(world)
    for attribute, reference, others in contrast_weights(world):
        for outcome in GAPPED:
            values = personal[:, :, PERSONAL.index(outcome)]
            top = values[:, reference[0]]
            rest = mean_by_heads(values[:, others], heads[:, others])
            if not told[attribute].gap:
                top = rest = np.full(len(values), np.nan)
            with np.errstate(invalid="ignore", divide="ignore"):
                columns[f"gap_{outcome}_{attribute}"] = top - rest
                columns[f"ratio_{outcome}_{attribute}"] = rest / np.where(top == 0.0, np.nan, top)
    return columns


def mean_by_heads(values: np.ndarray, heads: np.ndarray) -> np.ndarray:
    """The mean over groups, the second axis, by their heads; a group whose value is missing does not count."""
    weight = np.where(np.isnan(values), 0.0, heads)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.nansum(values * weight, axis=1) / weight.sum(axis=1)
