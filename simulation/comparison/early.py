"""The signs of the first year: what a program can count or ask by then, kept for every run of a comparison."""

import numpy as np

from simulation.run import Run
from simulation.tables import measured

YEAR = 12  # months
# by sign, of how many it is a share; a sign without one is a mean already
SIGNS = {
    "mentored_share": None, "meaningful_share": None, "mentoring_satisfaction": None, "job_satisfaction": None,
    "burnout": None, "mentor_burnout": None, "mentor_load": None, "closures": "live_ties", "left": "mentees",
}  # fmt: skip
OF_MONTHS = (*SIGNS, *{of: None for of in SIGNS.values() if of})  # the columns that they are made from


def first_year(run: Run) -> np.ndarray:
    """The signs of a run: signs x 2, the mean over the first twelve months of the study, and the value in the last of them.

    A month without a value is left out; a sign without any is missing. A study of fewer months has them all.
    """
    first = run.layout.plan.first_month
    months = measured(np.asarray(run.state.months)[first : first + min(YEAR, run.length)], *OF_MONTHS)
    heads = {of: np.where(months[of] > 0, months[of], np.nan) for of in SIGNS.values() if of}
    values = np.array([months[sign] / heads[of] if of else months[sign] for sign, of in SIGNS.items()])
    known = np.isfinite(values)
    count = known.sum(axis=1)
    mean = np.where(known, values, 0.0).sum(axis=1) / np.where(count > 0, count, np.nan)
    return np.column_stack([mean, values[:, -1]])
