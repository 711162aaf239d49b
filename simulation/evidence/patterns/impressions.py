"""First impressions of all mentors by all mentees: variance components, and how well traits predict each.

Source: C6 (two speed-dating studies: actor, partner and relationship variance, and what forests explain of each).
"""

import numpy as np

from simulation.allocate import allocate
from simulation.evidence.patterns.block import impressions
from simulation.evidence.patterns.clauses import keys_of
from simulation.evidence.patterns.tally import Totals, mean, summed
from simulation.evidence.patterns.virtual import Arm, Seeded, VirtualStudy
from simulation.run import advance_to
from simulation.studies.points import analysis_package

MEASURED = ("actor_share", "partner_share", "actor_explained", "partner_explained", "dyad_explained")
FOLDS, TREES, LEAF = 5, 40, 5
DYADS = 4_000  # pairs that a forest learns from


def decomposed(block: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Split a block of mentees x mentors into actor parts, partner parts and the rest, which belongs to pairs."""
    centred = block - block.mean()
    actor, partner = centred.mean(axis=1), centred.mean(axis=0)
    return actor, partner, centred - actor[:, None] - partner[None, :]


def explained(features: np.ndarray, target: np.ndarray, groups: np.ndarray) -> float:
    """The share of a target's variance that a random forest explains in groups that it was not trained on."""
    return float(1.0 - unexplained(features, target, groups).var() / target.var())


def unexplained(features: np.ndarray, target: np.ndarray, groups: np.ndarray) -> np.ndarray:
    """What a random forest misses of a target, in groups that it was not trained on."""
    forest = analysis_package("sklearn.ensemble").RandomForestRegressor
    folds = analysis_package("sklearn.model_selection").GroupKFold(FOLDS)
    left = np.empty(len(target))
    for fit, test in folds.split(features, target, groups):
        # a leaf holds a share of the rows, against overfitting
        grown = forest(TREES, min_samples_leaf=max(LEAF, len(fit) // 100), max_features=0.5, random_state=0)
        left[test] = target[test] - grown.fit(features[fit], target[fit]).predict(features[test])
    return left


def traits(rows: np.ndarray, names: tuple[str, ...]) -> np.ndarray:
    """The traits of people before they meet, a column each: groups, discipline, deep traits and dispositions."""
    return np.column_stack([np.asarray(rows[name], float).reshape(len(rows), -1) for name in names])


MENTEE_KNOWN = ("group", "discipline", "trait", "openness", "initiative", "clarity", "ability")
SHARED = 8  # the first columns are the same for mentees and mentors: groups, discipline, traits
MENTOR_KNOWN = ("group", "discipline", "trait", "approachability", "skill", "willingness", "seniority")


def met_all(runs: Seeded) -> dict[str, float]:
    """Decompose the impressions of one population, and explain each part by forests."""
    arm = runs.ready["block"]
    state = advance_to(allocate(arm.layout, runs.seed, False), arm.layout, 0, 1)
    mentees = np.flatnonzero(state.mentees["active"] == 1)
    mentors = np.flatnonzero(state.mentors["active"][: int(state.counts.mentors)] == 1)
    block = np.empty((len(mentees), len(mentors)))
    impressions(state, arm.layout.setting, mentees, mentors, block)
    actor, partner, pair = decomposed(block)
    own = traits(np.asarray(state.mentees)[mentees], MENTEE_KNOWN)
    other = traits(np.asarray(state.mentors)[mentors], MENTOR_KNOWN)
    some = np.random.default_rng(runs.seed).choice(block.size, size=min(DYADS, block.size), replace=False)
    i, j = np.unravel_index(some, block.shape)
    apart = np.abs(own[i][:, :SHARED] - other[j][:, :SHARED])
    total = block.var()
    return {
        **summed("actor_share", [actor.var() / total]),
        **summed("partner_share", [partner.var() / total]),
        **summed("actor_explained", [explained(own, actor, np.arange(len(own)))]),
        **summed("partner_explained", [explained(other, partner, np.arange(len(other)))]),
        **summed("dyad_explained", [explained(np.column_stack([own[i], other[j], apart]), pair[i, j], i)]),
    }


def state(totals: Totals) -> dict[str, float]:
    """The clauses."""
    return {f"P7.{name}": mean(totals, name) for name in MEASURED}


STUDY = VirtualStudy(
    "impressions",
    {"block": Arm("teaching_hospital", "ad_hoc", 1)},
    met_all, state, keys_of(*(f"P7.{name}" for name in MEASURED)), seeds=0.2,
)  # fmt: skip
