"""What `check` and `show` say of scenarios that are no mistakes and yet not what one may think."""

from simulation.cli import main


def checked(capsys, *words):
    code = main(["check", *words])
    said = capsys.readouterr()
    return code, said.out, said.err


def test_check_and_show_name_idle_levers(tmp_path, capsys):
    policy = tmp_path / "resting.toml"
    policy.write_text('[diversify]\nrecruit_share = 0.9\n[empower]\npairing = "lot"\nfirst_meetings = 4\n[match]\nidentity = "optional"\n')
    code, out, told = checked(capsys, str(policy))
    assert code == 0 and "fine (policy" in out
    assert "diversify.recruit_share is idle: there is no domain or group to recruit for" in told
    assert "empower.first_meetings is idle: mentees do not choose, and no staff advise them" in told and "match" not in told
    world = tmp_path / "plain.toml"
    world.write_text('[people]\nmentees = 40\n')
    assert "match.identity is idle: the world has no identity attributes" in checked(capsys, "--world", str(world), str(policy))[2]
    assert main(["show", str(policy)]) == 0
    shown = capsys.readouterr().out
    assert "Idle, as these levers cannot act:" in shown and "empower.first_meetings: mentees do not choose" in shown
    assert main(["show", "six_tips"]) == 0 and "Idle" not in capsys.readouterr().out


def test_check_holds_a_policy_against_its_world(tmp_path, capsys):
    policy = tmp_path / "named.toml"
    policy.write_text('[match]\nidentity = "required"\nattributes = ["faith"]\n[empower]\npairing = "choice"\n')
    assert checked(capsys, str(policy))[0] == 0
    code, _, told = checked(capsys, "--world", "teaching_hospital", str(policy))
    assert code == 2 and "named.toml:3: match.attributes: value \"faith\": the world teaching_hospital has no such" in told


def test_check_tells_how_a_sheet_is_read_and_what_a_world_lacks(tmp_path, capsys):
    people = tmp_path / "people.tsv"
    people.write_text("Name\tDept\tGender\nA\tmedicine\tman\nB\tRadiology\twoman\n")
    code, out, told = checked(capsys, str(people))
    assert code == 0 and "fine (people: 2 mentors)" in out and "read `Dept` as discipline: 2 disciplines" in told
    assert "read as mentors, since no column is a year" in told and "has no" not in told
    assert "teaching_hospital has no Radiology" in checked(capsys, "--world", "teaching_hospital", str(people))[2]


def test_check_tells_idle_levers_of_a_study_and_refuses_one_that_never_acts(tmp_path, capsys):
    study = tmp_path / "study.toml"
    meetings = '[[levers]]\nfield = "empower.first_meetings"\nvalues = [0, 3]\n'
    study.write_text('name = "s"\n' + meetings)
    code, _, told = checked(capsys, str(study))
    assert code == 2 and "levers.empower.first_meetings: this lever is idle at every point" in told
    study.write_text('name = "s"\n' + meetings + '[[levers]]\nfield = "empower.pairing"\nvalues = ["lot", "choice"]\n')
    code, _, told = checked(capsys, str(study))
    assert code == 0 and "empower.first_meetings is idle at 1 of 2 points" in told


def test_check_tells_a_discipline_without_anybody(tmp_path, capsys):
    world = tmp_path / "few.toml"
    world.write_text('[people]\nmentees = 30\n' + "".join(f'[[disciplines]]\nname = "{name}"\nmentees = {share}\n'
                                                          for name, share in (("most", 0.99), ("few", 0.01))))  # fmt: skip
    code, _, told = checked(capsys, str(world))
    assert code == 0 and "discipline few has no mentees (a share of 0.01 of 30)" in told
