"""The Mesa model: what Mesa's own tools expect of it, and what a researcher can change."""

import copy
import pickle

import mesa
import numpy as np
import pytest

from simulation import MentorshipModel, Policy, ScenarioError, World, simulate
from simulation.agents import Mentee, Mentor

SMALL = {"people.mentees": 24, "people.mentors": 12}
SIX_TIPS = Policy.load("six_tips")


@pytest.fixture(scope="module")
def world():
    return World.load("teaching_hospital").with_(SMALL)


def model_of(world, policy="six_tips", **more):
    return MentorshipModel(world, Policy.load(policy), **{"months": 14, "rng": 1, **more})


def test_agents_are_those_who_are_there(world):
    model = model_of(world)
    while model.running:
        state = model.state
        rows = sorted(mentee.row for mentee in model.agents_by_type[Mentee])
        assert rows == np.flatnonzero(state.mentees["active"] == 1).tolist()
        ids = sorted(mentor.mentor for mentor in model.agents_by_type[Mentor])
        assert ids == sorted(state.mentors["mentor"][state.mentors["active"] == 1].tolist())
        assert len(model.agents) == len(rows) + len(ids)
        assert len({agent.unique_id for agent in model.agents}) == len(model.agents)
        model.step()
    assert set(model.agent_types) == {Mentee, Mentor}


def test_an_attribute_is_the_row(world):
    model = model_of(world)
    model.step()
    mentee = next(iter(model.agents_by_type[Mentee]))
    mentee.belonging = 0.25
    mentee.skill[0] = 0.75
    mentee.group = [0, 0, 0, 0]
    assert model.state.mentees[mentee.row].belonging == 0.25
    assert model.state.mentees[mentee.row].skill[0] == 0.75
    assert type(mentee.belonging) is float and type(mentee.cohort) is int and list(mentee.group) == [0] * 4
    sad = model.agents_by_type[Mentee].select(lambda person: person.belonging < 0.3)
    assert mentee in sad and all(person.belonging < 0.3 for person in sad)


def test_two_models_stay_apart(world):
    one, other = model_of(world), model_of(world, rng=2)
    one.step()
    other.step()
    before = [mentor.skill for mentor in other.agents_by_type[Mentor]]
    for mentor in one.agents_by_type[Mentor]:
        mentor.skill = 0.0
    assert [mentor.skill for mentor in other.agents_by_type[Mentor]] == before


def test_ties_are_seen_from_the_mentee(world):
    model = model_of(world)
    model.run_model()
    ties = [tie for mentee in model.agents_by_type[Mentee] for tie in mentee.live_ties]
    assert len(ties) == int(model.state.counts.live) > 0
    for tie in ties:
        assert tie.partner.row == tie.mentor and 0.0 <= tie.quality <= 1.0 and "Tie(" in repr(tie)
        assert model.state.records[tie.number].mentee == tie.holder.row


def test_views_follow_tables_that_grow(world):
    model = MentorshipModel(world.with_({"hazards.mentors": 5.0}), Policy(), rng=1, months=50)
    model.step()
    places = len(model.state.mentors)
    first = list(model.agents_by_type[Mentor])
    while model.running:
        model.step()
        for mentor in model.agents_by_type[Mentor]:
            assert mentor.load == model.state.mentors[mentor.row].load
            assert mentor.expertise[0] == model.state.mentors[mentor.row].expertise[0]
    assert len(model.state.mentors) > places
    assert [mentor.active for mentor in first].count(0) > 0


def test_mesas_data_collector(world):
    model = model_of(world)
    model.datacollector = mesa.DataCollector(
        model_reporters={"heads": lambda one: len(one.agents)},
        agent_reporters={"burnout": "burnout"},
        agenttype_reporters={Mentee: {"belonging": "belonging"}},
    )
    model.run_model()
    assert len(model.datacollector.get_model_vars_dataframe()) == 14
    assert model.datacollector.get_agent_vars_dataframe()["burnout"].between(0, 1).all()
    assert model.datacollector.get_agenttype_vars_dataframe(Mentee)["belonging"].between(0, 1).all()


def test_outcomes_are_collected_and_tabled(world):
    model = model_of(world)
    for _ in range(3):
        model.step()
    collected, months = model.datacollector.get_model_vars_dataframe(), model.tables()["months"]
    assert list(months["month"]) == [0, 1, 2]
    assert collected["mentored_share"].tolist() == months["mentored_share"].tolist()
    assert set(model.tables()) == {"mentees", "mentors", "ties", "months", "tie_months", "asks"}


def test_the_study_ends(world):
    model = model_of(world, months=2)
    model.run_model()
    assert not model.running and model.month == 2
    with pytest.raises(RuntimeError, match="over after 2 months"):
        model.step()


def test_seeds(world):
    def digest_of(**seeds):
        model = MentorshipModel(world, "six_tips", months=3, **seeds)
        model.run_model()
        return model.digest

    assert digest_of(rng=1) == digest_of(seed=1) == digest_of(rng=np.int64(1)) == simulate(world, SIX_TIPS, 1, 3).digest
    assert digest_of(rng=0) == digest_of(seed=0) != digest_of(rng=1)
    for wrong in (-1, 1.5, "7", True, [1.5], 2**63):
        with pytest.raises(ValueError, match="whole number"):
            model_of(world, rng=wrong)
    with pytest.raises(ValueError, match="two names of one thing"):
        model_of(world, rng=1, seed=1)


def test_whatever_numpy_takes_as_a_seed_is_taken(world):
    def seed_by(rng):
        return model_of(world, rng=rng, months=1).seed

    for make in (lambda: [1, 2], lambda: np.random.SeedSequence(3), lambda: np.random.PCG64(4), lambda: np.random.default_rng(5)):
        assert seed_by(make()) == seed_by(make()) < 2**53
    generator = np.random.default_rng(5)
    assert seed_by(generator) != seed_by(generator)  # as numpy's own streams go on
    assert seed_by(None) != seed_by(None)
    fresh = model_of(world, rng=None, months=3)
    fresh.run_model()
    assert fresh.digest == simulate(world, SIX_TIPS, fresh.seed, 3).digest


def test_bad_arguments(world):
    with pytest.raises(ValueError, match="months is 0"):
        model_of(world, months=0)
    with pytest.raises(ScenarioError):
        MentorshipModel(world, Policy().with_({"match.attributes": ["height"]}))


class Bold(Mentee):
    def seek(self):
        return self.has_room() and self.unmet()[0] >= 0


class Unkind(Mentor):
    def answer(self, mentee, domain, met, agreed, nth):
        return False


class Named(Mentee):
    @property
    def weary(self):
        return self.burnout > 0.5


def test_people_can_act_otherwise(world):
    def ties_of(**kinds):
        model = model_of(world, "ad_hoc", **kinds)
        model.run_model()
        return len(model.tables()["ties"])

    assert ties_of(mentor_class=Unkind) == 0 < ties_of() < ties_of(mentee_class=Bold)


def test_one_number_changed_changes_the_run(world):
    class Contrary(Mentee):
        def appeal(self, mentor, domain, met):
            return -super().appeal(mentor, domain, met)

    class Tired(Mentee):
        def strain(self):
            super().strain()
            self.burnout += 0.001

    class Open(Mentee):
        def encounter(self, domain, directory):
            return super().encounter(domain, directory)[:2]

    usual = model_of(world, "mentee_choice")
    usual.run_model()
    for kind in (Contrary, Tired, Open):
        model = model_of(world, "mentee_choice", mentee_class=kind)
        model.run_model()
        assert model.state.mentees.tobytes() != usual.state.mentees.tobytes(), kind


class Eager(Mentee):
    def seek(self):
        return True


def test_who_always_asks_takes_nobodys_place(world):
    model = model_of(world, "mentee_choice", mentee_class=Eager)
    model.run_model()
    state = model.state
    for i, slot in np.argwhere(state.ties.mentor >= 0):
        assert state.records[state.ties[i, slot].number].mentee == i
    mentee, mentor = model.person("mentee", 0), model.person("mentor", 0)
    for _ in range(20):
        mentee.pair(mentor, 0, 0, True, True)
    others = np.delete(state.ties.mentor, 0, axis=0)
    assert len(mentee.live_ties) == state.ties.shape[1] and (others == np.delete(model.state.ties.mentor, 0, axis=0)).all()


class Grumpy(Mentee):
    def strain(self):
        super().strain()
        self.belonging *= 0.99


def everything(model):
    """Every field of every table as bytes; what lies between the fields of a row means nothing."""
    tables = {name: np.asarray(table) for name, table in model.state._asdict().items()}
    return [
        np.ascontiguousarray(table[field] if field else table).tobytes()
        for table in tables.values() for field in table.dtype.names or (None,)
    ]  # fmt: skip


def test_a_copy_goes_its_own_way(world):
    for kind in (Mentee, Grumpy):
        model = model_of(world, mentee_class=kind)
        for _ in range(3):
            model.step()
        before, twins = everything(model), (copy.deepcopy(model), pickle.loads(pickle.dumps(model)))
        for twin in twins:
            twin.step()
            assert len(twin.agents) > 0
        assert everything(model) == before
        model.step()
        assert all(everything(twin) == everything(model) for twin in twins)


def test_what_is_no_behaviour_is_not_silently_ignored(world):
    class Deaf(Mentee):
        def felt(self, domain):
            return 1.0

    with pytest.warns(UserWarning, match="Deaf.felt is no behaviour"):
        model_of(world, mentee_class=Deaf)


def test_a_patched_class_is_heard(world, monkeypatch):
    usual, heard = Mentee.strain, []
    monkeypatch.setattr(Mentee, "strain", lambda self: (heard.append(1), usual(self))[1])
    model_of(world).step()
    assert heard


def test_methods_take_what_they_show(world):
    model = model_of(world)
    model.step()
    mentee, mentor = model.person("mentee", 0), model.person("mentor", 0)
    assert mentee.appeal(mentor, domain=0, met=False) == mentee.appeal(mentor, 0, False)
    for wrong in ((mentor,), (mentor, 0, False, 1)):
        with pytest.raises(TypeError, match="argument"):
            mentee.appeal(*wrong)


def test_a_month_that_was_interrupted_is_not_lived_twice(world):
    class Failing(Mentee):
        def learn(self):
            raise ValueError("no school today")

    model = model_of(world, mentee_class=Failing)
    with pytest.raises(ValueError, match="no school"):
        model.step()
    with pytest.raises(RuntimeError, match="interrupted month 0"):
        model.step()


def test_a_class_may_add_to_what_people_are(world):
    model = model_of(world, mentee_class=Named)
    model.step()
    assert all(isinstance(mentee.weary, bool) for mentee in model.agents_by_type[Named])


def test_a_batch_makes_no_agents(world):
    model = model_of(world)
    model.run_model()
    assert not any(model._people.values())


def test_the_lane_of_old_is_taken_with_a_notice(world):
    with pytest.warns(FutureWarning, match="lane="):
        model_of(world, lane="agents")
