"""Made-up tables of a comparison, in the shape of the real ones, for figures and brief."""

import numpy as np
import pandas as pd
import pytest

from simulation.comparison.compared import contrasts_of

POLICIES = (
    "ad_hoc", "single_discipline", "multi_discipline", "identity_optional", "identity_required",
    "mentee_choice", "move_on", "prioritized", "evaluated", "six_tips",
)  # fmt: skip
STRENGTH = dict(zip(POLICIES, (0.0, 0.1, 0.45, 0.3, -0.25, 0.5, 0.2, 0.7, 0.25, 1.0), strict=True))
DISCIPLINES = ("medicine", "surgery", "pediatrics", "family_medicine", "psychiatry")


def _people(count: int, rng: np.random.Generator) -> dict[str, np.ndarray]:
    return {
        "discipline": rng.choice(DISCIPLINES, count, p=(0.3, 0.25, 0.2, 0.15, 0.1)),
        "gender": rng.choice(["man", "woman"], count, p=(0.52, 0.48)),
        "minority": rng.choice(["majority", "minority"], count, p=(0.82, 0.18)),
    }


def _one(policy: str, heads: int, posts: int, months: int) -> dict[str, pd.DataFrame]:
    """One run's mentees, mentors, ties and months under a policy; the same people under each."""
    same, rng = np.random.default_rng(7), np.random.default_rng(11)
    strength = STRENGTH[policy]
    cohort = np.where(
        same.random(heads) < 0.5, -12 * same.integers(0, 4, heads), 12 * same.integers(0, months // 12, heads)
    )
    mentees = pd.DataFrame({"mentee": np.arange(heads), "cohort": cohort, **_people(heads, same)})
    hazard = 0.006 - 0.003 * strength + 0.003 * (1 - 0.6 * strength) * (mentees["minority"] == "minority")
    stays = np.maximum(cohort, 0) + (same.exponential(1, heads) / hazard).astype(int)
    finishes = cohort + 60
    left, graduated = (stays < months) & (stays < finishes), (finishes < months) & (finishes <= stays)
    mentees["exit"] = np.select([left, graduated], ["left", "graduated"], "active")
    mentees["exit_month"] = pd.array(np.where(left | graduated, np.minimum(stays, finishes), -1), dtype="Int64")
    mentees.loc[mentees["exit"] == "active", "exit_month"] = pd.NA
    mentors = pd.DataFrame(
        {"mentor": np.arange(posts), **_people(posts, same), "joined_month": 0, "capacity": same.integers(2, 5, posts)}
    )
    mentors["exit_month"] = pd.array([pd.NA] * posts, dtype="Int64")
    extra = (mentors["minority"] == "minority") * (1.4 if policy.startswith("identity") else 0.2)
    mentors["load_mean"] = rng.gamma(4, 0.4, posts) * (1 + strength / 2) + extra
    mentors["load_max"] = np.ceil(mentors["load_mean"] + rng.poisson(1, posts)).astype(int)
    count = int(heads * (1.2 + strength))
    mentee, start = rng.integers(0, heads, count), rng.integers(0, months, count)
    mentor = rng.integers(0, posts, count)
    wide = policy in ("multi_discipline", "mentee_choice", "prioritized", "six_tips")
    own = [rng.choice(np.flatnonzero(mentors["discipline"] == d)) for d in mentees["discipline"].to_numpy()[mentee]]
    mentor = np.where(rng.random(count) < (0.6 if wide else 0.97), own, mentor)
    ends = start + rng.geometric(0.04, count)
    ties = pd.DataFrame({"tie": np.arange(count), "mentee": mentee, "mentor": mentor, "start_month": start})
    ties["end_month"] = pd.array(np.where(ends < months, ends, 0), dtype="Int64")
    ties.loc[ends >= months, "end_month"] = pd.NA
    ties["sparked"] = rng.random(count) < 0.3 + 0.3 * strength
    ties["spark_month"] = (start + 5.0).astype(float)
    ties.loc[~ties["sparked"], "spark_month"] = np.nan
    ties["phase"], ties["phase_month"] = "cultivation", start
    for attribute in ("gender", "minority"):
        ties[f"same_{attribute}"] = mentees[attribute].to_numpy()[mentee] == mentors[attribute].to_numpy()[mentor]
    month = np.arange(months)
    grows = 1 - np.exp(-month / 10)
    monthly = pd.DataFrame({"month": month, "mentees": heads, "mentors": posts})
    monthly["mentored_share"] = (0.4 + 0.35 * strength) * grows + 0.02 * rng.random(months)
    monthly["spark_share"] = (0.3 + 0.3 * strength) * grows + 0.02 * rng.random(months)
    monthly["live_ties"] = 100 + (60 * strength * grows).astype(int)
    monthly["closures"] = rng.poisson(3 + 3 * strength, months)
    monthly["moving_on"] = rng.poisson(1 + 2 * max(strength, 0), months)
    tables = {"mentees": mentees, "mentors": mentors, "ties": ties, "months": monthly}
    return {name: table.assign(world="teaching_hospital", policy=policy, replicate=0) for name, table in tables.items()}


def _outcomes(policies: tuple[str, ...], replicates: int) -> pd.DataFrame:
    luck = np.random.default_rng(3).normal(size=(replicates, 8))
    rows = []
    for policy in policies:
        s, own = STRENGTH[policy], np.random.default_rng(len(policy)).normal(size=(replicates, 8)) * 0.5
        z = (luck + own).T
        rows.append(pd.DataFrame({
            "world": "teaching_hospital", "policy": policy, "replicate": np.arange(replicates),
            "retention": 0.82 + 0.07 * s + 0.015 * z[0], "spark_rate": 0.3 + 0.25 * s + 0.02 * z[1],
            "need_coverage": 0.35 + 0.3 * s + 0.02 * z[2], "mentoring_satisfaction": 3.2 + 0.5 * s + 0.1 * z[3],
            "mentor_burnout": 0.42 - 0.05 * (s > 0.6) + 0.03 * s + 0.01 * z[4],
            "mentor_load_gini": 0.45 - 0.1 * s + 0.02 * z[5],
            "cost": 1e5 + 8e5 * max(s, 0) ** 1.5 + 2e3 * z[6],
            "gap_retention_gender": -0.02 + 0.012 * s + 0.01 * z[6],
            "gap_retention_minority": -0.09 + 0.06 * s + 0.012 * z[7],
        }))  # fmt: skip
    return pd.concat(rows, ignore_index=True)


def _contrasts(outcomes: pd.DataFrame) -> pd.DataFrame:
    names = [name for name in outcomes if name not in ("world", "policy", "replicate")]
    count = outcomes["replicate"].nunique()
    people = {policy: np.tile([max(6 + 20 * strength, 0), 5.0], (count, 1)) for policy, strength in STRENGTH.items()}
    return contrasts_of(outcomes, names, people).assign(world="teaching_hospital", small=False)


def comparison(
    policies: tuple[str, ...] = POLICIES, replicates: int = 20, heads: int = 500, posts: int = 120, months: int = 60
) -> dict:
    """All tables of a comparison, as `mentorship compare` leaves them in its folder."""
    runs = [_one(policy, heads, posts, months) for policy in policies]
    tables = {name: pd.concat([run[name] for run in runs], ignore_index=True) for name in runs[0]}
    tables["outcomes"] = _outcomes(policies, replicates)
    tables["contrasts"] = _contrasts(tables["outcomes"])
    return tables


@pytest.fixture(scope="session")
def tables() -> dict[str, pd.DataFrame]:
    """Ten policies over five years."""
    return comparison()


@pytest.fixture(scope="session")
def few() -> dict[str, pd.DataFrame]:
    """Three policies, and few people."""
    return comparison(POLICIES[:3], replicates=6, heads=60, posts=20, months=36)
