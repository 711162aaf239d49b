"""Shipped files load, what loads can be written and read again, and changes go by dotted names."""

import tomllib

import pytest

from simulation import Policy, ScenarioError, World
from simulation.scenario.cross_checks import check_together
from simulation.scenario.loading import line_of, shipped_folder, shipped_names
from simulation.scenario.schema import schema, write_schemas

WORLDS = (
    "equal_access_hospital",
    "junior_faculty",
    "surgery_residency",
    "teaching_hospital",
    "unequal_access_hospital",
    "well_staffed_hospital",
    "women_in_engineering",
    "youth_program",
)
POLICIES = (
    "ad_hoc", "evaluated", "identity_optional", "identity_required", "mentee_choice", "mosaic",
    "move_on", "multi_discipline", "one_mentor", "one_mentor_any", "prioritized", "single_discipline", "six_tips",
)  # fmt: skip


def test_the_promised_worlds_and_policies_ship():
    assert tuple(shipped_names("world")) == WORLDS
    assert tuple(shipped_names("policy")) == POLICIES


@pytest.mark.parametrize("name", WORLDS)
def test_a_world_fits_every_policy_and_sets_no_parameter(name):
    world = World.load(name)
    assert (world.name, bool(world.title), bool(world.text)) == (name, True, True)
    assert "parameters" not in tomllib.loads((shipped_folder("world") / f"{name}.toml").read_text())
    for policy in POLICIES:
        check_together(world, Policy.load(policy))


def test_every_number_of_a_world_says_where_it_comes_from():
    free = ("extends", "name", "title", "text", "groups", "mentees =", "months", "graduates", "years = 5")
    for name in WORLDS:
        table, remark = "", ""
        for line in (shipped_folder("world") / f"{name}.toml").read_text().splitlines():
            table = line if line.startswith("[") else table
            remark = line if line.startswith("#") else remark
            if "=" not in line or "#" in line or (table in ("", "[people]") and line.startswith(free)):
                continue
            assert line.startswith(("name", "groups")) or (table == "[[disciplines]]" and remark), f"{name}: {line}"


def test_a_policy_at_its_defaults_is_ad_hoc():
    assert Policy() == Policy.load("ad_hoc").with_({"text": ""})


@pytest.mark.parametrize("name", POLICIES)
def test_a_policy_has_its_name(name):
    policy = Policy.load(name)
    assert (policy.name, bool(policy.title), bool(policy.text)) == (name, True, True)


@pytest.mark.parametrize(
    ("kind", "name"), [*((World, name) for name in WORLDS), *((Policy, name) for name in POLICIES)]
)
def test_what_is_written_loads_to_the_same(kind, name, tmp_path):
    scenario = kind.load(name)
    file = tmp_path / "written.toml"
    file.write_text(scenario.to_toml(), encoding="utf-8")
    assert kind.load(file) == scenario


def test_odd_text_survives_writing(tmp_path):
    policy = Policy(name="x", text='a "quoted" \\ line\nand \t \u00a0 {é} [🙂] <$_>')
    file = tmp_path / "odd.toml"
    file.write_text(policy.to_toml(), encoding="utf-8")
    assert Policy.load(file) == policy


def test_extending_lays_one_file_over_another(tmp_path):
    (tmp_path / "ours.toml").write_text('extends = "six_tips"\n[match]\nidentity = "off"\n')
    (tmp_path / "next.toml").write_text('extends = "ours.toml"\n[evaluate]\nmeasures = ["context"]\n')
    ours, following = Policy.load(tmp_path / "ours.toml"), Policy.load(str(tmp_path / "next.toml"))
    assert ours == Policy.load("six_tips").with_({"match.identity": "off", "name": "ours", "title": "Ours", "text": ""})
    assert following.evaluate.measures == ("context",)
    assert following.prioritize == ours.prioritize


def test_dotted_changes_reach_sections_lists_and_shares():
    world = World.load("teaching_hospital")
    changed = world.with_(
        {
            "identities.gender.mentees": {"man": 0.4, "woman": 0.6},
            "identities.gender.resources": {},
            "disciplines.surgery.expertise.life": 0.9,
            "domains.0.need": [0.1],
            "people": {"months": 12},
        }
    )
    assert changed.identities[0].mentees["woman"] == 0.6
    assert changed.identities[0].resources == {}
    assert changed.disciplines[1].expertise["life"] == 0.9
    assert changed.domains[0].need == (0.1,)
    assert changed.people == world.people.model_copy(update={"months": 12})
    assert world == World.load("teaching_hospital")


def test_a_policy_must_fit_its_world(tmp_path):
    file = tmp_path / "ours.toml"
    file.write_text('name = "ours"\n\n[diversify]\ndomains = ["carer"]\n')
    with pytest.raises(ScenarioError) as caught:
        check_together(World.load("teaching_hospital"), Policy.load(file), file)
    assert str(caught.value) == (
        f'{file}:4: diversify.domains: value "carer": the world teaching_hospital has no such domain; did you mean career?'
    )
    for changes in (
        {"match.attributes": ["gendre"]},
        {"diversify.recruit_domain": "carer"},
        {"diversify.recruit_identity": "gender:women"},
        {"diversify.recruit_identity": "gendre:woman"},
    ):
        with pytest.raises(ScenarioError, match="did you mean"):
            check_together(World.load("teaching_hospital"), Policy().with_(changes))


def test_the_line_of_a_field_is_found():
    text = 'a = 1\n\n[b]\nc = [\n  1,\n  2,\n]\n\n[[d]]\nname = "x"\n[[d]]\nname = "y"\ne = { f = 1 }\n'
    lines = {("a",): 1, ("b",): 3, ("b", "c"): 4, ("d", 0, "name"): 10, ("d", 1): 11, ("d", 1, "e", "f"): 13}
    assert {path: line_of(text, path) for path in lines} == lines
    assert line_of(text, ("b", "nothing")) == 3
    assert line_of(text, ("nothing",)) is None


def test_schemas_beside_the_files_are_up_to_date(tmp_path):
    for path in write_schemas(tmp_path):
        shipped = shipped_folder("world").parent / path.name
        assert shipped.read_text() == path.read_text(), "renew them: python -m simulation.renew"
    assert "required" not in schema(World)
    assert set(schema(Policy)["properties"]) >= {"extends", "match", "name"}
