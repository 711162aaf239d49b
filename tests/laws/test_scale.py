"""Scale: twice the units, the same shares."""

import numpy as np
import pytest
from running import ran
from scipy import stats

from simulation.scenario.policy import Policy

ALPHA = 1e-6
RUNS = 40
COLUMNS = ("mentored_share", "spark_share", "belonging", "need_coverage", "mentor_load", "output")


@pytest.mark.jit_only
@pytest.mark.parametrize("name", ["ad_hoc", "six_tips"])
def test_twice_the_units_leave_shares_unchanged(small_hospital, name):
    policy = Policy.load(name)
    world = small_hospital.with_(
        {"people.mentees": 200, "people.mentors": 80, "people.site_mentees": 100, "people.months": 24}
    )
    double = world.with_({"people.mentees": 400, "people.mentors": 160})
    found = []
    for some in (world, double):
        last = [np.asarray(ran(some, policy, seed)[0].months)[-1] for seed in range(RUNS)]
        found.append(np.array([[float(row[column]) for column in COLUMNS] for row in last]))
    for place, column in enumerate(COLUMNS):
        p = stats.ttest_ind(found[0][:, place], found[1][:, place], equal_var=False).pvalue
        assert p > ALPHA / len(COLUMNS), column
    assert (found[1].std(axis=0) < 1.5 * found[0].std(axis=0)).all()
