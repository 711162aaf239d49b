"""What a program takes, item by item: every hour of a month once, worked out by hand."""

import numpy as np
import pytest
from running import month_by_month, opened

from simulation.billing import BILL, ITEMS, PAYERS
from simulation.run import simulate
from simulation.scenario.policy import Policy
from simulation.scenario.world import World
from simulation.steps.meet import meet
from simulation.steps.seek import pair
from simulation.steps.who_is_there import mentees_of, mentors_of

PRICES = {"prices.mentor_hour": 100.0, "prices.mentee_hour": 10.0, "prices.staff_hour": 1.0}  # digits apart, so none hides another
PLACES = {item.name: place for place, item in enumerate(BILL)}
SUMS = dict(zip(("cost_cash", "cost_protected", "unpaid_mentor_time", "unpaid_mentee_time"), PAYERS, strict=True))


@pytest.fixture(scope="module")
def pair_of_people():
    """A world of one unit with two mentees and one mentor, who volunteers, is never busy and meets whomever they mentor."""
    return World(name="pair").with_({
        "people.mentees": 2, "people.mentors": 1, "people.months": 2, "people.unit_mentees": 2, "people.site_mentees": 10,
        "context.volunteers": 1.0, "context.awareness": 1.0, "context.busy": 0.0, "context.meeting_hours": 3.0,
        "context.mentee_hours": 40.0, "context.mentor_hours": 40.0, "parameters.meet.floor": 1.0, **PRICES,
    })  # fmt: skip


def bill(values):
    """The items that are not nothing, by name."""
    return {name: float(values[place]) for name, place in PLACES.items() if abs(values[place]) > 1e-12}


def met(world, policy, month=0):
    """The account in the middle of a month, before and after one tie's meeting."""
    state, layout = opened(world, policy, 1, month)
    before = np.array(state.institution.spent)
    mentees, mentors = mentees_of(state, layout.setting, month, 0), mentors_of(state, 0)
    pair(state, layout.setting, month, state.mentees[0], state.mentors[0], 0, 0, True, True)
    meet(state, layout.setting, month, mentees, mentors)
    return bill(before), bill(np.array(state.institution.spent) - before), state


@pytest.mark.parametrize(("protected", "beyond"), [(0.0, 3.0), (1.0, 2.0), (5.0, 0.0)])
def test_one_meeting_through_one_month(pair_of_people, policy_of, protected, beyond):
    policy = policy_of({"prioritize.protected_hours": protected, "prioritize.leadership_support": 1.0})
    before, after, state = met(pair_of_people, policy)
    assert float(state.months[0].contact_hours) == float(state.mentors[0].given) == 3.0
    assert before == ({"protected_time": pytest.approx(protected * 100.0)} if protected else {})
    expected = {"mentor_meetings": beyond * 100.0, "mentee_meetings": 3.0 * 10.0}
    assert after == pytest.approx({name: money for name, money in expected.items() if money})


def test_training_and_workshops_take_teachers_too(pair_of_people, policy_of):
    levers = {"prioritize.training_hours": 24.0, "empower.workshop_hours": 12.0, "prioritize.leadership_support": 1.0}
    before, _, _ = met(pair_of_people, policy_of(levers))
    assert before == pytest.approx({"training": 2.0 * 100.0, "workshops": 2 * 1.0 * 10.0, "teaching": (2.0 + 2 * 1.0) / 10.0 * 1.0})


def first_month(world, levers, month=0):
    """The bill of a month."""
    run = simulate(world, Policy(name="own").with_(levers), months=month + 1)
    return bill(run.state.months[month].spent), run


def test_standing_parts(pair_of_people):
    quiet = pair_of_people.with_({"hazards.first_year": 0.0, "hazards.later_years": 0.0, "parameters.meet.floor": 0.0})
    levers = {"prioritize.leadership_support": 1.0, "prioritize.staff_fte": 0.5, "diversify.pool": "all", "move_on.stigma": 0.5}
    found, run = first_month(quiet, levers)
    heads, funding = int(run.state.months[0].mentees), float(run.state.months[0].funding)
    assert heads == 2
    assert found["central_staff"] == pytest.approx(heads * 0.5 * funding / 100 * 160.0)
    assert found["directory"] == pytest.approx(heads * 0.5 / 12)
    assert found["campaign"] == pytest.approx(heads * 1.0 * 0.5 / 12)
    assert found["leaders"] == pytest.approx(heads * 0.5 * 1.0 / 12 * 100.0)
    assert "wishes" not in found


def test_check_ins_take_both_sides(pair_of_people):
    sure = {"prioritize.leadership_support": 1.0, "move_on.check_in_months": 1}
    found, run = first_month(pair_of_people, sure, month=1)
    funding, heads = float(run.state.months[0].funding), int(run.state.months[1].mentees + run.state.months[1].left)
    assert found["check_ins"] == pytest.approx(heads * 0.3 * funding * 1.0)
    assert found["mentee_check_ins"] == pytest.approx(heads * 0.3 * funding * 10.0)


def test_a_survey_takes_who_answers_and_who_asks(pair_of_people):
    asked = {"evaluate.model": "cipp", "evaluate.every_months": 1, "evaluate.sample": 1.0}
    found, run = first_month(pair_of_people, asked)
    mentees = int(run.state.months[0].mentees)
    assert found["mentee_surveys"] == pytest.approx(0.3 * mentees * 10.0)
    assert found["mentor_surveys"] == pytest.approx(0.3 * 1 * 100.0)
    assert found["evaluation"] == pytest.approx(0.3 * (mentees + 1) + 1.0 * mentees)


def test_pairs_cost_the_office(pair_of_people):
    found, run = first_month(pair_of_people, {"empower.pairing": "lot"}, month=1)  # the round is in August
    made = int((np.asarray(run.state.records)["via"][: int(run.state.counts.records)] == 1).sum())
    assert found.get("pairing", 0.0) == pytest.approx(0.5 * made)


def test_first_meetings_take_both_sides(small_hospital):
    world = small_hospital.with_(PRICES)
    found, _ = first_month(world, {"empower.pairing": "facilitated", "empower.first_meetings": 4, "diversify.pool": "all"})
    assert found["mentor_first_meetings"] == pytest.approx(10.0 * found["mentee_first_meetings"]) != 0.0
    assert (found["mentee_first_meetings"] / 10.0 / 0.25) % 1.0 == pytest.approx(0.0)
    assert found["pairing"] > 0.0


def test_recruiting_costs_the_office(small_hospital):
    world = small_hospital.with_({**PRICES, "hazards.mentors": 3.0})
    free = simulate(world, Policy(name="own"), months=13)
    paid, run = first_month(world, {"diversify.recruit_share": 1.0, "diversify.recruit_domain": "research"}, month=12)
    hired = (np.asarray(run.state.mentors)["joined"][: int(run.state.counts.mentors)] == 12) & (
        np.asarray(run.state.mentors)["mentor"][: int(run.state.counts.mentors)] < 1_000_000_000
    )
    assert hired.sum() > 0 and paid["recruiting"] == pytest.approx(20.0 * hired.sum())
    assert "recruiting" not in bill(free.state.months[12].spent)


@pytest.mark.parametrize("policy", ["ad_hoc", "six_tips", "evaluated", "identity_required"])
def test_items_add_up_month_by_month(small_hospital, policy):
    payers = np.array([PAYERS.index(item.payer) for item in BILL])
    assert (np.diff(payers) >= 0).all() and len(payers) == ITEMS
    for month, state, _ in month_by_month(small_hospital, Policy.load(policy), 3):
        row, spent = state.months[month], np.asarray(state.months[month].spent)
        for name, payer in SUMS.items():
            assert float(row[name]) == pytest.approx(sum(spent[payers == PAYERS.index(payer)]))
        assert float(row.cost) == float(row.cost_cash) + float(row.cost_protected)
        assert float(spent[PLACES["mentee_meetings"]]) == pytest.approx(float(row.contact_hours) * small_hospital.prices.mentee_hour)
        assert not state.institution.spent.any()  # the account is closed


def test_without_a_program_only_time_is_given(small_hospital):
    run = simulate(small_hospital, Policy())
    assert run.outcomes["cost"] == run.outcomes["cost_cash"] == run.outcomes["cost_protected"] == 0.0
    assert run.outcomes["unpaid_mentor_time"] > 0.0
    hours = run.months["contact_hours"].sum()
    assert run.months["unpaid_mentor_time"].sum() == pytest.approx(hours * small_hospital.prices.mentor_hour)
