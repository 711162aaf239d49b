"""The early signs in words: what of the first year tells success from failure, and how well."""

from typing import Any

import numpy as np
import pandas as pd

from simulation.brief.said import Study
from simulation.comparison.early import YEAR
from simulation.figures import wording
from simulation.judgement import FEWEST_ENDED, telling
from simulation.outcomes import Unit
from simulation.scenario.counted import counted

PER_MONTH = Unit("%", "percentage points", 100.0, 2)
OF_100 = Unit("", "", 100.0, 1)  # satisfaction before it is turned into an answer
TITLES = {
    "mentored_share": "share of mentees with a mentor", "meaningful_share": "share of mentees who rate a mentor 4 or 5 of 5",
    "mentoring_satisfaction": "satisfaction with mentoring, of 100", "job_satisfaction": "satisfaction with the job, of 100",
    "burnout": "burnout of mentees, of 100", "mentor_burnout": "burnout of mentors, of 100", "mentor_load": "mentees per mentor",
    "closures": "share of mentorships that end in a month", "left": "share of mentees who leave in a month",
}  # fmt: skip
NONE_TELLS = (
    "No sign that we tried can tell success from failure in the first year. Do not stop, and do not cheer, by the first year’s "
    "figures."
)
ONE_SIDED = "{well} of {runs} ended well: too one-sided to tell which early sign goes with success."
TELLS = (
    "The {sign} in the first year. In {right:.0f} of 100 pairs of a run that ended well and one that did not, it was {way} in "
    "the one that ended well ({low:.0f} to {high:.0f}; a coin is right in 50). On average it was {good} and {bad}."
)
TOLD = 2  # signs on page one


def early_signs(study: Study, policy: str | None) -> dict[str, Any]:
    """Judge each sign by the runs of one policy: `sentences` for page one, and `rows` for all signs, the most telling first.

    A run ended well where it kept more than the mean under the baseline, by the margin that matters.
    """
    early, outcomes = study.tables.get("early"), study.tables["outcomes"]
    if early is None or policy is None or "retention" not in outcomes or (study.manifest.get("months") or YEAR + 1) <= YEAR:
        return {"sentences": [], "rows": []}
    kept = outcomes[outcomes["policy"] == policy].set_index("replicate")["retention"].dropna()
    well = kept >= study.level(study.baseline, "retention") + wording.outcome("retention").margin
    if min(well.sum(), (~well).sum()) < FEWEST_ENDED:
        return {"sentences": [ONE_SIDED.format(well=well.sum(), runs=counted(len(well), "runs"))], "rows": []}
    wide = early[early["policy"] == policy].pivot(index="replicate", columns="sign", values="value").reindex(kept.index)
    signs = [name for name in TITLES if name in wide and wide[name].notna().any()]
    rows = sorted((_row(name, wide[name], well, len(signs)) for name in signs), key=lambda row: (not row["tells"], -row["right"]))
    sentences = [TELLS.format(**row) for row in rows if row["tells"]][:TOLD]
    return {"sentences": sentences or [NONE_TELLS], "rows": rows, "well": int(well.sum()), "runs": counted(len(well), "runs")}


def _row(name: str, values: pd.Series, well: pd.Series, among: int) -> dict[str, Any]:
    """How well one sign tells, in pairs of a hundred, and its mean in runs that ended well and in the others."""
    area, low, high = telling(values.to_numpy(), well.to_numpy(), among)
    way = "lower" if area < 0.5 else "higher"
    if way == "lower":
        area, low, high = 1.0 - area, 1.0 - high, 1.0 - low
    described = PER_MONTH if name in ("closures", "left") else OF_100 if name.endswith("satisfaction") else wording.outcome(name)
    means = (wording.level(values[side].mean(), described) for side in (well, ~well))
    return {
        "sign": TITLES[name], "way": way, "right": 100.0 * area, "low": 100.0 * low, "high": 100.0 * high,
        "tells": bool(np.isfinite(low) and low > 0.5), **dict(zip(("good", "bad"), means, strict=True)),
    }  # fmt: skip
