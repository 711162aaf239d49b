"""Every malformed file is refused in one line that says where, what, and what is allowed."""

import pytest

from simulation import Policy, ScenarioError, World

BAD_POLICIES = {
    '[match]\nidentity = "optonal"': ':2: match.identity: value "optonal", allowed: off, optional, required; did you mean optional?',
    "[mach]\nidentity = 1": ':1: mach: unknown section "mach"; did you mean match?',
    "[match]\n\nidentty = 1": ':3: match.identty: unknown field "identty"; did you mean identity?',
    "[prioritize]\nprotected_hours = 21": ":2: prioritize.protected_hours: value 21, allowed: a number from 0 to 20 (hours per month)",
    "[prioritize]\nprotected_hours = nan": ":2: prioritize.protected_hours: value nan, allowed: a number from 0 to 20 (hours per month)",
    "[prioritize]\nprotected_hours = -inf": ":2: prioritize.protected_hours: value -inf, allowed: a number from 0 to 20 (hours per month)",
    "[prioritize]\nprotected_hours = true": ":2: prioritize.protected_hours: value true, allowed: a number from 0 to 20 (hours per month)",
    '[prioritize]\nprotected_hours = "2"': ':2: prioritize.protected_hours: value "2", allowed: a number from 0 to 20 (hours per month)',
    "[empower]\nfirst_meetings = 2.5": ":2: empower.first_meetings: value 2.5, allowed: a whole number from 0 to 6 (mentors)",
    "[empower]\nfirst_meetings = true": ":2: empower.first_meetings: value true, allowed: a whole number from 0 to 6 (mentors)",
    f"start_month = {'9' * 400}": ":1: start_month: value a huge number, allowed: a whole number from 0 to 2,400 (month)",
    f"start_month = {'9' * 5000}": ":1: this number has too many digits",
    f"[prioritize]\nprotected_hours = 0x{'f' * 9000}": ":2: prioritize.protected_hours: value a huge number",
    "[move_on]\nno_fault = 1": ":2: move_on.no_fault: value 1, allowed: true or false",
    "match = 3": ":1: match: value 3, allowed: a table",
    "[[match]]\nx = 1": ":1: match: value [a table], allowed: a table",
    "name = 1979-05-27": ":1: name: value 1979-05-27, allowed: text in quotes",
    "[prioritize]\nprotected_hours = 12:30:00": ":2: prioritize.protected_hours: value 12:30:00, allowed: a number",
    'name = ""': ":1: name: a name must have 1 to 60 visible characters",
    "name = 'ok'\nmatch = {": ":2: this is not TOML",
    "[match\n": ":1: this is not TOML",
    "a = 1\na = 2": ":2: this is not TOML",
    "x = " + "[" * 5000: "nested too deeply",
    'extends = "six_tps"': ':1: extends: no policy is called "six_tps"; did you mean six_tips?',
    'extends = "nowhere.toml"': ':1: extends: value "nowhere.toml": there is no such file',
    "extends = 3": ":1: extends: value 3, allowed: the name or path of a policy, in quotes",
    'extends = "bad.toml"': ':1: extends: value "bad.toml" makes a circle',
    'extends = "teaching_hospital"': ':1: extends: "teaching_hospital" is a world; please give a policy',
    "": "the file is empty",
    " \n\n": "the file is empty",
}


@pytest.mark.parametrize("text", BAD_POLICIES)
def test_a_bad_policy_is_refused(text, tmp_path):
    file = tmp_path / "bad.toml"
    file.write_text(text)
    with pytest.raises(ScenarioError) as caught:
        Policy.load(file)
    said = str(caught.value)
    assert said.startswith(str(file))
    assert BAD_POLICIES[text] in said
    assert "\n" not in said


BAD_WORLDS = {
    "identities.gender.mentees.woman": (0.5, "identities.gender: the shares of mentees add up to 1.05"),
    "identities.gender.name": ("exit", "an identity attribute cannot be called"),
    "identities.gender.hazard_ratio": ({"woman": 1.2}, "hazard_ratio needs its hazard_source"),
    "disciplines.surgery.name": ("medicine", "two of the disciplines have the same name"),
    "disciplines.surgery.expertise": ({"resarch": 0.5}, "names the domain"),
    "people.mentees": (1, "allowed: a whole number from 2 to 5,000,000 (people)"),
    "domains": ([], "this list has 0 entries, allowed: at least 1"),
    "domains.career.need": ([2.0], "allowed: a number from 0 to 1"),
    "people.mentes": (1, "did you mean mentees?"),
    "identities.gendre.mentees": ({}, "did you mean gender?"),
    "shocks": ([{"month": 3}], "shocks.0.name: this field is missing"),
    "people": (object(), "allowed: a table"),
    "hazards.mentors": ({1: {}}, "allowed: a number from 0 to 5 (per year)"),
    "people.": (1, "unknown field"),
}


@pytest.mark.parametrize("dotted", BAD_WORLDS)
def test_a_bad_change_of_a_world_is_refused(dotted):
    value, expected = BAD_WORLDS[dotted]
    with pytest.raises(ScenarioError) as caught:
        World.load("teaching_hospital").with_({dotted: value})
    assert expected in str(caught.value)
    assert "\n" not in str(caught.value)


def test_all_faults_of_a_file_are_found(tmp_path):
    file = tmp_path / "bad.toml"
    file.write_text('[match]\nidentity = "of"\n[empower]\nfirst_meetings = 9\n')
    with pytest.raises(ScenarioError) as caught:
        Policy.load(file)
    assert [error.line for error in (caught.value, *caught.value.others)] == [2, 4]


def test_a_fault_in_an_extended_file_is_placed_there(tmp_path):
    (tmp_path / "under.toml").write_text("\n[match]\nidentity = 3\n")
    (tmp_path / "over.toml").write_text('extends = "under.toml"\n[empower]\nfirst_meetings = 1\n')
    with pytest.raises(ScenarioError, match=r"under\.toml:3: match\.identity"):
        Policy.load(tmp_path / "over.toml")


def test_circles_of_files_are_refused(tmp_path):
    (tmp_path / "a.toml").write_text('extends = "b.toml"\n')
    (tmp_path / "b.toml").write_text('extends = "./a.toml"\n')
    with pytest.raises(ScenarioError, match=r"b\.toml:1: extends: .*circle"):
        Policy.load(tmp_path / "a.toml")


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("six_tps", "did you mean six_tips? known: ad_hoc"),
        ("nothing like it", "known: ad_hoc"),
        ("teaching_hospital", "is a world; please give a policy"),
        ("", "cannot be the name of a policy"),
        ("a\0b", "cannot be the name of a policy"),
        ("x" * 5000, "no policy is called"),
        ("x" * 5000 + ".toml", "cannot be read"),
        ("nowhere/six_tips.toml", "there is no such file"),
        ("/dev/zero", "not a regular file"),
        ("/", "this is a folder"),
    ],
)
def test_unknown_names_and_paths_are_refused(asked, expected):
    with pytest.raises(ScenarioError) as caught:
        Policy.load(asked)
    assert expected in str(caught.value)
    assert "\n" not in str(caught.value)


def test_what_is_not_text_is_refused(tmp_path):
    file = tmp_path / "binary.toml"
    file.write_bytes(b"name = 'x'\n\xff\xfe\x00")
    with pytest.raises(ScenarioError, match=r"binary\.toml:2: this is not text in UTF-8"):
        Policy.load(file)
    file.write_bytes(b"#" * 1_000_001)
    with pytest.raises(ScenarioError, match="too large"):
        Policy.load(file)
