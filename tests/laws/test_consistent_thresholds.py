"""No tie begins, and none moves on to another need, where that need would end it."""

from drawn import policies, seeds, worlds
from hypothesis import given
from hypothesis import strategies as st

from simulation import MentorshipModel
from simulation.agents import Mentee


class Watchful(Mentee):
    """Notes the need with which each tie begins, or to which it moves."""

    def pair(self, mentor, domain, *rest):
        self.model.needs.append(self.felt(domain))
        super().pair(mentor, domain, *rest)

    def evaluate(self):
        before = {tie.number: tie.domain for tie in self.live_ties}
        super().evaluate()
        self.model.needs += [self.felt(tie.domain) for tie in self.live_ties if before[tie.number] != tie.domain]


@given(worlds(), seeds, st.data())
def test_no_tie_begins_for_a_need_that_would_end_it(world, seed, data):
    model = MentorshipModel(world, data.draw(policies(world)), rng=seed, months=14, mentee_class=Watchful)
    model.needs = []
    model.run_model()
    assert min(model.needs, default=1.0) >= world.parameters.evaluate.redundant


def test_ties_do_begin_and_move():
    """The watch itself: it sees ties begin."""
    model = MentorshipModel("teaching_hospital", "six_tips", rng=1, months=8, mentee_class=Watchful)
    model.needs = []
    model.run_model()
    assert len(model.needs) > 100
