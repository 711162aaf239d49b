"""What word processors, spreadsheets and other kinds of files bring with them is told with the sentence that mends it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation import Policy, ScenarioError, World
from simulation.cli import main
from simulation.scenario.kinds import KINDS, kind_of
from simulation.scenario.loading import NOUNS, read, shipped_folder, shipped_names
from simulation.scenario.slips import LINES, format_of, hint_for

GOOD = '[match]\nidentity = "off"\n'
TEXTS = {
    "[match]\nidentity = “off”": ':2: this is not TOML: invalid value; use straight quotes: "text"',
    "[match]\nidentity = ‘off’": "use straight quotes",
    "[match]\nidentity = „off“": "use straight quotes",
    "[match]\n“identity” = 1": "use straight quotes",
    "[match]\nidentity = off": ':2: this is not TOML: invalid value; texts stand in quotes: "text"',
    '[match]\nidentity = "off': ":2: this is not TOML: illegal character '\\n'; a quote is missing",
    "[prioritize]\nprotected_hours = 1,5": "write decimals with a point: 0.5",
    "[prioritize]\nprotected_hours = 0,5  # half an hour": "write decimals with a point: 0.5",
    "[prioritize]\nsupport = 50 %": "write a share as a number: 0.05 for 5 %",
    "[prioritize]\nsupport = −0.5": "write the minus sign as a hyphen: -0.5",
    "[prioritize]\nsupport =\u00a00.5": "there is a strange space in this line: write it anew",
    "[move_on]\nno_fault = True": "write true or false",
    "[move_on]\nno_fault: true": "write NAME = VALUE",
    "[move_on]\nno_fault =": "a value is missing behind the =",
}
FILES = {
    "rich text": (b"{\\rtf1\\ansi name}", "this is rich text (RTF); save it as plain text"),
    "a document": (b"PK\x03\x04rest", "this is a file of Word, Excel or the like; save it as plain text, a table as CSV"),
    "parameters": (b"PAR1rest", "this is a table in Parquet; give a text file"),
    "UTF-16": (GOOD.encode("utf-16"), "this is text in UTF-16; save it as text in UTF-8"),
    "UTF-16 without a mark": (GOOD.encode("utf-16-le"), "this is text in UTF-16; save it as text in UTF-8"),
    "UTF-16, the other way": (GOOD.encode("utf-16-be"), "this is text in UTF-16; save it as text in UTF-8"),
    "Latin": ('title = "é"'.encode("latin-1"), ":1: this is not text in UTF-8; save it as text in UTF-8"),
    "JSON": (b'{"match": {"identity": "off"}}', "this is JSON; write it as TOML: NAME = VALUE, a line each"),
}


def refusal(load, name):
    with pytest.raises(ScenarioError) as caught:
        load(name)
    assert "\n" not in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize("text", TEXTS)
def test_a_line_that_is_not_toml(text, tmp_path):
    (tmp_path / "slip.toml").write_text(text + "\n", encoding="utf-8")
    assert TEXTS[text] in refusal(Policy.load, tmp_path / "slip.toml")


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_not_plain_text(name, tmp_path):
    content, said = FILES[name]
    (tmp_path / "slip.toml").write_bytes(content)
    assert refusal(Policy.load, tmp_path / "slip.toml").endswith(said)


def test_a_mark_of_bytes_and_other_ends_of_lines_are_no_slip(tmp_path):
    (tmp_path / "good.toml").write_bytes(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())
    assert Policy.load(tmp_path / "good.toml").match.identity == "off"


def test_every_slip_is_one_of_these():
    hints = {hint_for(text.split("\n")[1]) for text in TEXTS}
    assert hints == {hint for _, hint in LINES}


@pytest.mark.parametrize("kind", NOUNS)
def test_what_ships_is_known_as_what_it_is_and_has_no_slip(kind):
    for name in shipped_names(kind):
        path = shipped_folder(kind) / f"{name}.toml"
        data = read(path).data
        assert kind_of(data) in (kind, None)
        assert format_of(path.read_bytes()) == ("", "")
        for other in KINDS.values():
            if other.kind != kind and kind_of(data) == kind:
                assert refusal(other.load, path).endswith(f" is {NOUNS[kind]}; please give {NOUNS[other.kind]}")


def test_a_policy_of_words_alone_is_checked_as_one(tmp_path, capsys):
    (tmp_path / "mine.toml").write_text('extends = "six_tips"\nname = "mine"\ntitle = "Mine"\ntext = "All of it."\n')
    assert main(["check", str(tmp_path / "mine.toml")]) == 0
    assert "fine (policy: Mine)" in capsys.readouterr().out


@pytest.mark.parametrize("word", ["posterior", "published", "teaching_hospital", "what_decides"])
def test_show_says_what_is_none_of_its(word, capsys):
    assert main(["show", word]) == 2
    assert capsys.readouterr().err.endswith("; please give a policy\n")


@given(st.text(max_size=30))
def test_any_line_has_a_hint_or_none(line):
    assert hint_for(line) in {"", *(hint for _, hint in LINES)}


@pytest.mark.parametrize(("field", "value"), [("title", "two\nlines"), ("title", "\x1b[31mred"), ("text", "\x1b[31mred")])
def test_texts_that_would_act_on_a_terminal_are_refused(field, value):
    assert "must have visible characters only" in refusal(lambda text: Policy().with_({field: text}), value)
    Policy().with_({"text": "two\nlines", "title": "Café\u00a0$ & <b>"})


def test_a_group_needs_a_name_that_can_be_seen():
    shares = {"\n": 0.5, "b": 0.5}
    changes = {"identities": [{"name": "x", "groups": ["\n", "b"], "mentees": shares, "mentors": shares}]}
    assert "the names of groups must have visible characters" in refusal(World.load("women_in_engineering").with_, changes)
