"""A study whose lever cannot act is refused, and one whose lever cannot act everywhere says how often."""

import pytest

from simulation.scenario.errors import ScenarioError
from simulation.scenario.loading import shipped_names
from simulation.scenario.study import Study
from simulation.studies.idle_levers import idle_levers
from simulation.studies.points import rows_of
from simulation.studies.setup import set_up


def looked_at(levers, policies=("ad_hoc",)):
    setup = set_up(Study.model_validate({"name": "tried", "policies": policies, "levers": levers}))
    return [tuple(found) for found in idle_levers(setup, rows_of(setup))]


MEETINGS = {"field": "empower.first_meetings", "values": [0, 2, 4]}


def test_a_lever_that_never_acts_is_refused():
    with pytest.raises(ScenarioError, match="idle at every point: mentees do not choose"):
        looked_at([MEETINGS])
    with pytest.raises(ScenarioError, match=r"recruit.*idle at every point: there is no domain or group"):
        looked_at([{"field": "diversify.recruit_share", "name": "recruit", "low": 0.0, "high": 1.0}])
    with pytest.raises(ScenarioError, match="idle at every point"):
        looked_at([{"field": "match", "like": ["six_tips"]}])


def test_a_lever_that_acts_at_some_points_is_told():
    pairing = {"field": "empower.pairing", "values": ["lot", "choice"]}
    assert looked_at([MEETINGS, pairing]) == [("empower.first_meetings", 2, 4, "mentees do not choose, and no staff advise them")]


def test_a_lever_that_acts_under_one_policy_is_fine():
    assert looked_at([MEETINGS], ("ad_hoc", "mentee_choice")) == []
    assert looked_at([{"field": "start_month", "values": [0, 6]}], ("six_tips",)) == []


@pytest.mark.parametrize("name", shipped_names("study"))
def test_no_shipped_study_is_refused(name):
    setup = set_up(name)
    assert all(found.idle < found.points for found in idle_levers(setup, rows_of(setup)))
