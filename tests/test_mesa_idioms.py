"""The idioms of Mesa's own tutorials, on the model: obeyed, or refused in a sentence; with and without a subclass of Mentee.

It runs on every Mesa from 3.3 to 4; what one of them does not have is passed over.
"""

import copy
import inspect
import pickle

import mesa
import numpy as np
import pytest

from simulation import MentorshipModel, Policy, World, simulate
from simulation.agents import Mentee, Mentor
from simulation.agents.departure import count_again

MONTHS = 6


class Moody(Mentee):
    """A mentee of another kind, with something of its own to remember."""

    def __init__(self, model, row):
        super().__init__(model, row)
        self.sighs = 0

    def strain(self):
        super().strain()
        self.sighs += 1
        self.belonging *= 0.99


@pytest.fixture(scope="module")
def world():
    return World.load("teaching_hospital").with_({"people.mentees": 24, "people.mentors": 12, "people.unit_mentees": 5})


@pytest.fixture(params=[None, Moody], ids=["usual", "subclass"])
def make(request, world):
    def made(policy="six_tips", **more):
        return MentorshipModel(world, policy, **{"rng": 1, "months": MONTHS, "mentee_class": request.param, **more})

    return made


def everything(model):
    """Every field of every table, as bytes."""
    tables = {name: np.asarray(table) for name, table in model.state._asdict().items()}
    return {
        f"{name}.{field}": np.ascontiguousarray(table[field] if field else table).tobytes()
        for name, table in tables.items() for field in table.dtype.names or ("",)
    }  # fmt: skip


def one_of(model, kind):
    return next(iter(model.agents_by_type[kind]))


def ran(model, months=MONTHS):
    while model.month < months:
        model.step()
    return model


# --- before the first step


def test_people_are_there_before_the_first_step(make, world):
    model = make()
    assert len(model.agents_by_type[Mentee]) == 24 and len(model.agents_by_type[Mentor]) == 12
    model.datacollector.collect(model)
    assert len(model.datacollector.get_model_vars_dataframe()) == 1


def test_who_is_there_before_the_first_step_can_be_changed(make):
    changed, usual = make(), make()
    changed.agents_by_type[Mentee].set("belonging", 0.0)
    assert ran(changed).outcomes["belonging"] < ran(usual).outcomes["belonging"]


def test_numbers_are_those_of_simulate(world):
    run, model = simulate(world, Policy.load("six_tips"), 7, MONTHS), MentorshipModel(world, "six_tips", rng=7, months=MONTHS)
    model.run_model()
    assert model.digest == run.digest
    assert model.outcomes.equals(run.outcomes) and model.groups.equals(run.groups)


def test_outcomes_so_far_are_those_of_a_shorter_study(world):
    model = MentorshipModel(world, "six_tips", rng=7, months=14)
    with pytest.raises(RuntimeError, match="no month is lived"):
        _ = model.outcomes
    run = simulate(world, Policy.load("six_tips"), 7, 5)
    assert ran(model, 5).digest == run.digest and model.outcomes.equals(run.outcomes)


# --- sets of agents


def test_sets_of_agents(make):
    model = ran(make(), 2)
    mentees = model.agents.select(agent_type=Mentee)
    assert list(mentees) == list(model.agents_by_type[Mentee]) == [one for one in model.agents if isinstance(one, Mentee)]
    assert mentees.agg("burnout", max) == max(mentees.get("burnout"))
    assert len(mentees.select(lambda one: one.gender == "woman", at_most=3)) == 3
    assert next(iter(mentees.sort("belonging", ascending=True))).belonging == min(mentees.get("belonging"))
    mentees.set("openness", 0.5)
    assert set(model.state.mentees["openness"][model.state.mentees["active"] == 1]) == {0.5}
    mentees.shuffle_do("strain")
    mentees.do(lambda one: setattr(one, "output", 1.0))
    assert set(mentees.get("output")) == {1.0} and len(list(mentees.shuffle())) == len(mentees)


def test_names_are_names(make):
    model = ran(make(), 2)
    tables = model.tables()
    there = tables["mentees"].query("exit == 'active'")["discipline"].value_counts() + tables["mentors"].query("exit_month.isna()")["discipline"].value_counts()
    assert len(there) > 2 and model.agents.groupby("discipline").count() == there[there > 0].to_dict()
    counts = model.agents_by_type[Mentee].groupby("gender").count()
    assert counts == tables["mentees"].query("exit == 'active'")["gender"].value_counts().to_dict()
    mentor = one_of(model, Mentor)
    row = tables["mentors"].set_index("mentor").loc[mentor.mentor]
    assert (mentor.discipline, mentor.gender) == (row["discipline"], row["gender"])


def test_names_can_be_set(make):
    model = make()
    mentee = one_of(model, Mentee)
    mentee.gender, mentee.discipline = "woman", "surgery"
    row = model.tables()["mentees"].set_index("mentee").loc[mentee.row]
    assert (row["gender"], row["discipline"]) == ("woman", "surgery") == (mentee.gender, mentee.discipline)
    for name, wrong in (("gender", "womann"), ("discipline", "alchemy")):
        with pytest.raises(ValueError, match=f"{name} is '{wrong}'; it must be one of "):
            setattr(mentee, name, wrong)
    with pytest.raises(AttributeError, match="no attribute 'gendr'; identities here: gender"):
        _ = mentee.gendr


def test_classes_of_agents(make):
    model = make()
    kind = model.acting["mentee"]
    assert model.agent_types == [kind, Mentor]
    assert list(model.agents_by_type[Mentee]) == list(model.agents_by_type[kind])
    assert sum(map(len, model.agents_by_type.values())) == len(model.agents)
    with pytest.raises(KeyError):
        model.agents_by_type[int]


# --- data


def test_data_collectors(make):
    model = make()
    model.datacollector = mesa.DataCollector(
        model_reporters={
            "heads": lambda one: len(one.agents), "seed": "seed", "stay": lambda one: one.outcomes["retention"] if one.month else None,
        },
        agent_reporters={"burnout": "burnout", "gender": "gender"},
        agenttype_reporters={Mentee: {"belonging": "belonging"}},
    )
    model.datacollector.collect(model)
    model.run_model()
    table = model.datacollector.get_model_vars_dataframe()
    assert len(table) == MONTHS + 1 and set(table["seed"]) == {1} and table["heads"].iloc[0] == 36
    people = model.datacollector.get_agent_vars_dataframe()
    assert set(people["gender"]) == {"woman", "man"} and people["burnout"].between(0, 1).all()
    assert len(people) == table["heads"].sum()
    assert model.datacollector.get_agenttype_vars_dataframe(Mentee)["belonging"].between(0, 1).all()


batched = pytest.mark.skipif(not hasattr(mesa, "batch_run"), reason="Mesa 4 has no batch_run: a loop over seeds, or compare")


def in_batch(parameters, times):
    """What Mesa's runner gives; from 3.5 on it asks for seeds where it asked for iterations."""
    seeds = {"rng": [None] * times} if "rng" in inspect.signature(mesa.batch_run).parameters else {"iterations": times}
    return mesa.batch_run(MentorshipModel, parameters, display_progress=False, **seeds)


@batched
def test_a_batch_draws_a_seed_for_every_run_and_tells_it(world):
    parameters = {"world": [world], "policy": ["ad_hoc", "six_tips"], "months": 3}
    rows = in_batch(parameters, 3)
    assert len(rows) == len({row["seed"] for row in rows}) == 6
    for row in rows:
        run = simulate(world, Policy.load(row["policy"]), row["seed"], 3)
        assert row["burnout"] == run.months["burnout"].iloc[-1]


@batched
def test_a_batch_takes_a_seed(world):
    rows = in_batch({"world": [world], "policy": "ad_hoc", "months": 2, "rng": [4, 5]}, 1)
    assert [row["seed"] for row in rows] == [4, 5]


def test_a_world_that_a_batch_took_apart_is_told():
    with pytest.raises(TypeError, match=r"world is .*; it must be a World or the name of one; in batch_run put it in a list"):
        MentorshipModel(("name", "teaching_hospital"), "ad_hoc")
    with pytest.raises(TypeError, match="policy is None; it must be a Policy or the name of one"):
        MentorshipModel("teaching_hospital")


def test_a_scenario_is_taken(world):
    scenarios = pytest.importorskip("mesa.experimental.scenarios", reason="Mesa 3.3 has no scenarios")
    told = {"world": world, "policy": "ad_hoc", "months": 3}
    one, same = (MentorshipModel(scenario=scenarios.Scenario(rng=5, **told)) for _ in range(2))
    assert one.seed == same.seed and (one.months, one.policy.name) == (3, "ad_hoc")
    assert MentorshipModel(policy="six_tips", rng=9, scenario=scenarios.Scenario(**told)).policy.name == "six_tips"
    assert ran(one, 3).digest == simulate(world, Policy(), one.seed, 3).digest
    assert MentorshipModel(scenario=one.scenario).seed == one.seed

    class Short(scenarios.Scenario):
        world: str = "youth_program"
        policy: str = "ad_hoc"
        months: int = 2

    model = MentorshipModel(scenario=Short, rng=9)
    assert (model.months, model.world.name) == (2, "youth_program")
    with pytest.raises(TypeError, match="the scenario has vision=7; a model takes world, policy, months"):
        MentorshipModel(scenario=scenarios.Scenario(vision=7, **told))


# --- the end of the study


def test_the_end_is_told(make):
    model = make()
    while model.running:
        model.step()
    assert model.month == MONTHS
    for _ in range(2):  # Mesa's own scheduler would be silent the second time
        with pytest.raises(RuntimeError, match="over after 6 months"):
            model.step()
    model.run_model()
    assert model.month == MONTHS


def test_a_model_runs_for_some_months(make):
    model = make()
    model.run_for(2)
    model.run_until(4)
    assert model.month == 4
    for wrong in (3, -1, 0.5):
        with pytest.raises(ValueError, match="at most the 2 that are left of this study"):
            model.run_for(wrong)
    assert model.month == 4


# --- people are taken out


def gone(model, kind, column, key):
    """The row of a person in the tables."""
    return model.tables()[kind].set_index(column).loc[key]


def test_a_mentee_who_is_removed_leaves(make):
    model = ran(make(), 4)
    mentee = max(model.agents_by_type[Mentee], key=lambda one: len(one.live_ties))
    numbers = [tie.number for tie in mentee.live_ties]
    before = model.tables()["months"].iloc[-1]
    mentee.remove()
    assert numbers and mentee not in model.agents and mentee not in model.agents_by_type[Mentee]
    row = gone(model, "mentees", "mentee", mentee.row)
    assert (row["exit"], row["exit_to"], row["exit_month"]) == ("left", "outside", 3)
    ties = model.tables()["ties"].set_index("tie").loc[numbers]
    assert set(ties["end_month"]) == {3} and set(ties["end_reason"]) == {"mentee_left"} and set(ties["ended_by"]) == {"exit"}
    after = model.tables()["months"].iloc[-1]
    assert (after["left"], after["mentees"]) == (before["left"] + 1, before["mentees"] - 1)
    mentee.remove()  # who is gone is gone
    model.run_model()
    assert (model.tables()["ties"]["start_month"][model.tables()["ties"]["mentee"] == mentee.row] < 4).all()


def test_a_mentor_who_is_removed_leaves(make):
    model = ran(make(), 4)
    mentor = max(model.agents_by_type[Mentor], key=lambda one: one.load)
    assert mentor.load > 0
    mentor.remove()
    assert mentor not in model.agents and mentor.load == 0
    assert gone(model, "mentors", "mentor", mentor.mentor)["exit_month"] == 3
    ties = model.tables()["ties"].query(f"mentor == {mentor.mentor} and end_month == 3")
    assert "mentor_left" in set(ties["end_reason"]) and not (model.state.ties["mentor"] == mentor.row).any()
    model.run_model()
    assert not model.tables()["ties"].query(f"mentor == {mentor.mentor} and start_month > 3").size


class Quitter(Mentee):
    """A mentee of whom one leaves by a hand in the step of leaving."""

    def leave(self):
        if self.row == self.model.quits and self.model.month == 3:
            self.remove()
        else:
            super().leave()


def test_removing_is_the_step_of_leaving(world):
    """Taken out after month 3, or in its step of leaving: the same bits, then and at the end."""
    by_step, by_hand = (MentorshipModel(world, "ad_hoc", rng=1, months=8, mentee_class=Quitter) for _ in range(2))
    by_step.quits, by_hand.quits = 2, None
    ran(by_step, 4), ran(by_hand, 4)
    assert by_hand.person("mentee", 2).active == 1
    by_hand.person("mentee", 2).remove()
    assert everything(by_step) == everything(by_hand)
    assert everything(ran(by_step, 8)) == everything(ran(by_hand, 8))


class Offended(Mentee):
    """A mentee who takes itself, or a mentor, out in the middle of a month."""

    def seek(self):
        if self.model.month == 2 and self.row in (0, 5):
            self.remove()
        if self.model.month == 2 and self.row == 5:
            one_of(self.model, Mentor).remove()
        return super().seek()


def test_people_removed_during_a_month_leave_in_it(world):
    model = MentorshipModel(world, "six_tips", rng=1, months=MONTHS, mentee_class=Offended)
    mentor = one_of(model, Mentor)
    ran(model, 3)
    assert all(model.state.mentees[row].active == 2 and model.state.mentees[row].exit_month == 2 for row in (0, 5))
    assert (mentor.active, mentor.exit_month, mentor.load) == (0, 2, 0)
    assert not (model.state.ties["mentor"][[0, 5]] >= 0).any() and not (model.state.ties["mentor"] == mentor.row).any()
    assert {agent.row for agent in model.agents_by_type[Mentee]}.isdisjoint({0, 5}) and mentor not in model.agents
    model.run_model()
    assert model.running is False


class Meddler(Mentee):
    """A mentee of the second site who takes out one of the first, which lived its month before."""

    def seek(self):
        if self.model.month == 2 and self.unit > 1:
            self.model.person("mentee", 0).remove()
        return super().seek()


def test_who_is_removed_by_another_site_leaves_in_that_month_too(world):
    two_sites = world.with_({"people.site_mentees": 12, "people.unit_mentees": 6})
    model = MentorshipModel(two_sites, "six_tips", rng=1, months=MONTHS, mentee_class=Meddler)
    assert len(model.state.sites) == 2 and model.state.units[model.state.mentees[0].unit].site == 0
    while model.running:
        model.step()
        month = model.state.months[model.month - 1]
        assert month.mentees == (model.state.mentees["active"] == 1).sum()
    assert (model.state.mentees[0].active, model.state.mentees[0].exit_month) == (2, 2)
    assert model.state.months["left"].sum() == (model.state.mentees["active"] == 2).sum()


@pytest.mark.parametrize("months", [0, 3, MONTHS])
def test_everybody_can_be_removed(make, months):
    model = ran(make(), months)
    model.remove_all_agents()
    assert len(model.agents) == 0 and not (model.state.posts["occupant"] >= 0).any()
    assert (model.state.ties["mentor"] < 0).all() and not model.state.mentors["load"].any()
    model.run_model()
    assert model.outcomes["retention"] == 0.0
    assert (model.tables()["mentees"]["exit"] != "active").all()


def test_counting_a_month_again_changes_nothing(world):
    """The list of what is counted as it happens is whole: without it a count would be lost, or doubled."""
    model = MentorshipModel(world.with_({"hazards.first_year": 0.3, "hazards.mentors": 0.3}), "six_tips", rng=1, months=26)
    while model.running:
        model.step()
        before = model.state.months.copy()
        count_again(model, model.month - 1)
        assert [name for name in before.dtype.names if (before[name] != model.state.months[name]).any()] == []
    assert [name for name in before.dtype.names if not before[name].any()] == []


def test_nobody_can_be_added(make):
    model = make()
    for wrong in (lambda: Mentee(model), lambda: Mentor.create_agents(model, 2), lambda: Mentee(model, one_of(model, Mentee).row)):
        with pytest.raises(TypeError, match="can be added: people come with the world"):
            wrong()
    assert len(model.agents) == 36


def test_an_agent_of_ones_own_may_watch(make):
    class Observer(mesa.Agent):
        pass

    model = make()
    observer = Observer(model)
    assert observer in model.agents and len(ran(model, 2).agents_by_type[Observer]) == 1


def test_a_step_of_agents_is_told_to_be_nobodys(world):
    class Stepping(Mentee):
        def step(self):
            self.belonging = 1.0

    with pytest.warns(UserWarning, match=r"Stepping.step is no behaviour: the month does not ask for it"):
        MentorshipModel(world, "ad_hoc", mentee_class=Stepping)


def test_a_remove_of_ones_own_is_heard_when_people_leave(world):
    class Missed(Mentee):
        farewells = 0

        def remove(self):
            Missed.farewells += 1
            super().remove()

    model = MentorshipModel(world.with_({"hazards.first_year": 5.0, "hazards.later_years": 5.0}), "ad_hoc", rng=1, mentee_class=Missed, months=3)
    assert len(model.agents) == 36
    ran(model, 3)
    assert Missed.farewells == (model.state.mentees["active"] == 2).sum() > 0


# --- branches


def copies(model):
    return copy.deepcopy(model), pickle.loads(pickle.dumps(model))


@pytest.mark.parametrize(("month", "looked"), [(0, False), (0, True), (4, True), (MONTHS, False)])
def test_a_branch_lives_on_by_itself(make, month, looked):
    model = ran(make(), month)
    if looked:
        assert len(model.agents) > 0
    before, branches = everything(model), copies(model)
    for branch in branches:
        branch.run_model()
        assert everything(model) == before
        assert {agent.model for agent in branch.agents} == {branch}
        assert len(branch.datacollector.get_model_vars_dataframe()) == MONTHS
    never_copied = everything(ran(make()))
    assert all(everything(one) == never_copied for one in (*branches, ran(model)))


def test_a_branch_in_which_somebody_is_removed(make):
    def left_behind(model):
        return (model.tables()["ties"]["end_reason"] == "mentor_left").sum()

    model = ran(make(), 3)
    for branch in copies(model):
        dearest = max(branch.agents_by_type[Mentor], key=lambda one: one.load)
        dearest.remove()
        assert model.person("mentor", dearest.row).active == 1
        assert left_behind(branch) > left_behind(model)


def test_what_agents_remember_is_copied(world):
    model = ran(MentorshipModel(world, "ad_hoc", rng=1, months=MONTHS, mentee_class=Moody), 3)
    for branch in copies(model):
        assert branch.agents_by_type[Moody].get("sighs") == model.agents_by_type[Moody].get("sighs")
        assert max(ran(branch, 4).agents_by_type[Moody].get("sighs")) == 4


def test_a_branch_under_another_policy(make):
    model = ran(make("ad_hoc"), 3)
    with_tips, without = copies(model)
    with_tips.policy = "six_tips"
    assert with_tips.policy.name == "six_tips" and without.policy.name == "ad_hoc"
    ran(with_tips), ran(without)
    assert everything(without) == everything(ran(make("ad_hoc")))
    starting = make(Policy.load("six_tips").with_({"start_month": 3}))
    assert with_tips.digest == ran(starting).digest != without.digest


def test_a_policy_that_is_taken_away_has_ended(make):
    model = ran(make("six_tips"), 3)
    model.policy = Policy()
    assert ran(model).digest == ran(make(Policy.load("six_tips").with_({"end_month": 3}))).digest


def test_a_policy_does_not_change_during_a_month(world):
    class Rebel(Mentee):
        def seek(self):
            self.model.policy = "ad_hoc"

    with pytest.raises(RuntimeError, match="month 0 is under way: a policy changes between two months"):
        MentorshipModel(world, "six_tips", mentee_class=Rebel).step()


def test_a_class_within_a_function_can_be_copied_but_not_pickled(world):
    class Local(Mentee):
        pass

    model = MentorshipModel(world, "ad_hoc", months=2, mentee_class=Local)
    assert len(copy.deepcopy(model).agents_by_type[Local]) == 24
    with pytest.raises((AttributeError, pickle.PicklingError), match=r"local object .*Local"):
        pickle.dumps(model)
