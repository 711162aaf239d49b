"""A study made ready: what does not fit is told with its file, line, field and what is allowed, before anything runs."""

import pytest

from simulation.scenario.errors import ScenarioError
from simulation.scenario.parameters import Parameters
from simulation.scenario.policy import Policy
from simulation.scenario.study import Study
from simulation.studies.points import bytes_of, read_points, rows_of
from simulation.studies.setup import set_up

HEAD = 'name = "tried"\npolicies = ["ad_hoc", "six_tips"]\n'
RANGE = '[[levers]]\nfield = "prioritize.training_hours"\nlow = 0.0\nhigh = 4.0\n'
OTHER = '[[uncertainties]]\nfield = "hazards.first_year"\nlow = 0.02\nhigh = 0.1\n'


def design(text: str) -> str:
    return f"[design]\n{text}\n"


def factor(text: str, kind: str = "levers") -> str:
    return f"[[{kind}]]\n{text}\n"


BAD = {
    "unknown lever": (factor('field = "prioritize.traning_hours"\nvalues = [1.0]'), 5, "did you mean training_hours?"),
    "unknown uncertainty": (factor('field = "hazard.first_year"\nvalues = [1.0]', "uncertainties"), 5, "hazards"),
    "a lever among the uncertainties": (factor('field = "match.identity"\nvalues = ["off"]', "uncertainties"), 5, "match"),
    "above the schema": (factor('field = "move_on.stigma"\nlow = 0.0\nhigh = 1.5'), 6, "allowed: "),
    "below the schema": (factor('field = "hazards.mentors"\nlow = -1.0\nhigh = 1.0', "uncertainties"), 5, "from 0 to 5"),
    "a value outside": (factor('field = "move_on.stigma"\nvalues = [0.1, 7.0]'), 5, "allowed: "),
    "not a word of the field": (factor('field = "match.identity"\nvalues = ["off", "on"]'), 5, "allowed: "),
    "a range over yes or no": (factor('field = "evaluate.adapt"\nlow = 0.0\nhigh = 1.0'), 5, "true or false"),
    "a range over words": (factor('field = "match.identity"\nlow = 0.0\nhigh = 1.0'), 5, "allowed: "),
    "a range over a section": (factor('field = "match"\nlow = 0.0\nhigh = 1.0'), 5, "match"),
    "half a person": (factor('field = "people.mentees"\nlow = 12.5\nhigh = 20.0', "uncertainties"), 5, "a whole number"),
    "high missing": (factor('field = "move_on.stigma"\nlow = 0.5'), 3, "a low and a high"),
    "low above high": (factor('field = "move_on.stigma"\nlow = 0.5\nhigh = 0.1'), 3, "the low below the high"),
    "low at high": (factor('field = "move_on.stigma"\nlow = 0.5\nhigh = 0.5'), 3, "the low below the high"),
    "mixed values": (factor('field = "move_on.stigma"\nvalues = [0.5, "all"]'), 3, "mixes kinds of values"),
    "a value twice": (factor('field = "move_on.stigma"\nvalues = [0.5, 0.5]'), None, "a value twice"),
    "a range and values": (factor('field = "move_on.stigma"\nlow = 0.1\nhigh = 0.5\nvalues = [0.5]'), 3, "one of"),
    "neither range nor values": (factor('field = "move_on.stigma"'), 3, "one of"),
    "no field": (factor("values = [0.5]"), 3, "field"),
    "not a number": (factor('field = "move_on.stigma"\nlow = nan\nhigh = 1.0'), 5, "value nan"),
    "a factor twice": (RANGE + RANGE, None, "two of the factors"),
    "two factors of one name": (
        factor('field = "move_on.stigma"\nname = "x"\nvalues = [0.1]') + OTHER + 'name = "x"', None, "two of the factors"),
    "a factor called point": (factor('field = "move_on.stigma"\nname = "point"\nvalues = [0.1]'), 3, "column of that name"),
    "a hundred points of sobol": (design('kind = "sobol"\npoints = 100') + RANGE, 3, "64 or 128"),
    "three points of saltelli": (design('kind = "saltelli"\npoints = 3') + RANGE + OTHER, 3, "2 or 4"),
    "saltelli with one factor": (design('kind = "saltelli"\npoints = 4') + RANGE, None, "two factors or more"),
    "an uneven grid": (design('kind = "morris"\nlevels = 5') + RANGE, 3, "even number of levels"),
    "nothing to vary": (design('kind = "sobol"'), None, "a lever or an uncertainty"),
    "an unknown design": (design('kind = "sobel"') + RANGE, 4, "sobol"),
    "no points": (design('kind = "sobol"\npoints = 0') + RANGE, 5, "from 1 to"),
    "a list with a range": (design('kind = "list"') + RANGE, None, "a list design needs values"),
    "a list of two lengths": (
        design('kind = "list"') + factor('field = "move_on.stigma"\nvalues = [0.1, 0.2]')
        + factor('field = "people.mentees"\nvalues = [12]', "uncertainties"), None, "as many values of each factor"),
    "one by one with two values": (
        design('kind = "one_by_one"') + factor('field = "move_on.stigma"\nvalues = [0.1, 0.2]'), None, "exactly one value of move_on.stigma"),
    "one by one with a range": (design('kind = "one_by_one"') + OTHER, None, "exactly one value of hazards.first_year"),
    "one by one with no factor": (design('kind = "one_by_one"'), None, "a lever or an uncertainty"),
    "one by one outside": (
        design('kind = "one_by_one"') + factor('field = "move_on.stigma"\nvalues = [7]'), 7, "allowed: "),
    "a lever of a strange policy": (
        factor('field = "move_on.stigma"\nvalues = [0.1]\npolicies = ["six_tpis"]'), 6, "did you mean six_tips?"),
    "an uncertainty of one policy": (OTHER + 'policies = ["six_tips"]', None, "policies belongs to levers"),
    "like a strange policy": (factor('field = "match"\nlike = ["six_tpis"]'), 5, "six_tips"),
    "like a world": (factor('field = "match"\nlike = ["youth_program"]'), 5, "is a world"),
    "an unknown outcome": ('outcomes = ["retentoin"]', 3, "did you mean retention?"),
    "an unknown table": ('tables = ["outcome"]', 3, "outcomes"),
    "no replicates": ("replicates = 0", 3, "from 1 to"),
    "a strange key": ("runs = 3", 3, "runs"),
    "an unknown world": ('worlds = ["teaching_hospitl"]', 3, "did you mean teaching_hospital?"),
    "a policy for a world": ('worlds = ["six_tips"]', 3, "is a policy"),
    "a world twice": ('worlds = ["youth_program", "youth_program"]', 3, "two of the worlds"),
    "no worlds": ("worlds = []", 3, "at least"),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_what_does_not_fit_is_told_with_its_line(case, tmp_path):
    text, line, said = BAD[case]
    path = tmp_path / "tried.toml"
    path.write_text(HEAD + text)
    with pytest.raises(ScenarioError) as told:
        set_up(path)
    error = str(told.value)
    assert said in error
    assert error.startswith(f"{path}:{line}: " if line else f"{path}: "), error


def test_a_lever_that_the_world_does_not_know_is_told(tmp_path):
    path = tmp_path / "tried.toml"
    path.write_text(HEAD + factor('field = "match.attributes"\nlike = ["x.toml"]\n'))
    (tmp_path / "x.toml").write_text(
        'extends = "six_tips"\n[match]\nidentity = "optional"\nattributes = ["shoe_size"]\n'
    )
    with pytest.raises(ScenarioError, match="shoe_size"):
        set_up(path)


def test_the_line_is_that_of_the_file_that_says_it(tmp_path):
    (tmp_path / "parent.toml").write_text(HEAD + factor('field = "move_on.stigma"\nlow = 0.0\nhigh = 1.5'))
    (tmp_path / "child.toml").write_text('extends = "parent.toml"\nreplicates = 3\n')
    with pytest.raises(ScenarioError) as told:
        set_up(tmp_path / "child.toml")
    assert str(told.value).startswith(f"{tmp_path / 'parent.toml'}:6: ")


def test_a_study_without_a_file_is_told_too():
    study = {"name": "s", "levers": [{"field": "move_on.stigm", "values": [0.1]}]}
    with pytest.raises(ScenarioError, match="stigma"):
        set_up(Study.model_validate(study))


def test_a_lever_changes_only_the_policies_that_it_names():
    lever = {"field": "move_on.stigma", "values": [0.1], "policies": ["six_tips"]}
    setup = set_up(Study.model_validate({"name": "s", "policies": ["ad_hoc", "six_tips"], "levers": [lever]}))
    ad_hoc, six_tips = (setup.policy_at(policy, {"move_on.stigma": 0.1}) for policy in setup.policies)
    assert ad_hoc == Policy.load("ad_hoc")
    assert six_tips == Policy.load("six_tips").with_({"move_on.stigma": 0.1})


def test_a_missing_value_changes_nothing():
    lever, factor = ({"field": field, "values": [0.1]} for field in ("move_on.stigma", "hazards.first_year"))
    study = {"name": "s", "design": {"kind": "one_by_one"}, "levers": [lever], "uncertainties": [factor]}
    setup = set_up(Study.model_validate(study))
    whole, without, left = rows_of(setup).to_dict("records")
    (world,), (policy,) = setup.worlds, setup.policies
    assert (setup.world_at(world, whole), setup.policy_at(policy, whole)) == (world, policy)
    assert (setup.world_at(world, without), setup.policy_at(policy, without).move_on.stigma) == (world, 0.1)
    assert (setup.world_at(world, left).hazards.first_year, setup.policy_at(policy, left)) == (0.1, policy)


def test_every_knock_out_that_ships_is_allowed_and_changes_its_world():
    setup = set_up("knock_outs")
    whole, *points = read_points(bytes_of(rows_of(setup))).to_dict("records")
    assert len(points) == len(setup.study.uncertainties) > 100
    for world in setup.worlds:
        assert setup.world_at(world, whole) == world
        for factor, point in zip(setup.study.uncertainties, points, strict=True):
            changed = setup.world_at(world, point)
            assert changed == world.with_({factor.field: factor.values[0]}) != world, factor.field


def test_no_mechanism_ships_switched_off():
    """A weight that is at its neutral value already does nothing, and cannot be knocked out."""
    parameters = Parameters()
    off = {
        f"{section}.{field}"
        for section, of in Parameters.model_fields.items()
        for field in of.annotation.model_fields
        if getattr(getattr(parameters, section), field) == 0
    }
    assert off == set()


# Numbers without a value at which they do nothing, as the head of the study tells them
NOT_WEIGHTS = {
    "levels": "arrive.skill encounter.notice seek.odds answer.odds engage.start engage.gain strain.belonging strain.burnout strain.job "
    "strain.intent_base mentor_strain.burnout mentor_strain.satisfaction evaluate.odds part.clean "
    "institution.expected_unmet institution.expected_overload institution.expected_silence institution.expected_discontent "
    "institution.expected_load_gap",
    "scales": "arrive.seniority_years need.jump_size encounter.newcomer_months impress.trait_spread meet.silent_months "
    "learn.course_hours strain.threat_parity survey.spread institution.fte_hours institution.round_months",
    "rates": "engage.rate perceive.rate learn.output_rate strain.rate strain.satisfaction_rate mentor_strain.rate evaluate.accrual institution.funding",
    "shapes": "engage.steepness engage.threshold survey.cut_2 survey.cut_3 survey.cut_4 survey.cut_5 institution.seen",
    "only measured": "spark.level spark.months strain.burned_out",
    "prices": "institution.facilitation_hours institution.coordination_hours institution.survey_hours "
    "institution.cipp_hours institution.course_size institution.recruit_hours institution.check_in_hours institution.meeting_hours institution.directory_hours "
    "institution.matching_hours institution.campaign_hours institution.leaders_hours",
}


def test_every_parameter_is_knocked_out_or_has_no_neutral_value():
    weights = {factor.field.removeprefix("parameters.") for factor in set_up("knock_outs").study.uncertainties}
    numbers = {name for names in NOT_WEIGHTS.values() for name in names.split()}
    parameters = {f"{section}.{name}" for section, of in Parameters.model_fields.items() for name in of.annotation.model_fields}
    assert {name for name in weights if not name.startswith("context.")} | numbers == parameters
    assert not weights & numbers


def test_a_lever_may_take_over_a_whole_section():
    lever = {"field": "match", "name": "matching", "like": ["identity_required", "ad_hoc"]}
    setup = set_up(Study.model_validate({"name": "s", "policies": ["six_tips"], "levers": [lever]}))
    changed = setup.policy_at(setup.policies[0], {"matching": "identity_required"})
    assert changed.match == Policy.load("identity_required").match
    assert changed.move_on == Policy.load("six_tips").move_on


def test_an_uncertainty_may_lie_in_a_list_of_the_world():
    factor = {"field": "identities.gender.wish_same.woman", "low": 0.0, "high": 0.5}
    setup = set_up(Study.model_validate({"name": "s", "worlds": ["teaching_hospital"], "uncertainties": [factor]}))
    changed = setup.world_at(setup.worlds[0], {factor["field"]: 0.25})
    gender = next(identity for identity in changed.identities if identity.name == "gender")
    assert gender.wish_same["woman"] == 0.25


def test_worlds_and_policies_lie_beside_the_study(tmp_path):
    (tmp_path / "own.toml").write_text('extends = "youth_program"\n')
    (tmp_path / "study.toml").write_text('worlds = ["own.toml"]\n')
    setup = set_up(tmp_path / "study.toml")
    assert setup.worlds[0].name == "own"
    assert setup.word_of(setup.worlds[0]) == str(tmp_path / "own.toml")
    assert setup.word_of(setup.policies[0]) == "ad_hoc"
