"""The block of a world: every table in its place, the description true, and what no page can have refused in words."""

import base64
import json
from itertools import pairwise

import numpy as np
import pytest
from rosters import office

from simulation import Policy, World
from simulation.allocate import allocate, lay_out
from simulation.columns import State
from simulation.page import image as images
from simulation.page.image import WIDEST, image_of, tidied
from simulation.page.levers import levers_in, values_of
from simulation.scenario.errors import ScenarioError
from simulation.scenario.levers import levers_of
from simulation.scenario.policy import WITH_OFFER, Pairing
from simulation.scenario.privacy import stand_ins

SMALL = World.load("teaching_hospital").with_({"people.mentees": 60, "people.mentors": 30, "people.months": 20})


def rows_of(image, name):
    """The rows of a table, from the block or from the one row that all are alike; what is left out is zeros."""
    table, kinds = image.description["tables"][name], State.__annotations__
    assert name in kinds or name in ("setting", "plan", "without", "moment_people", "moment_overall")
    if "row" in table:
        row = np.frombuffer(base64.b64decode(table["row"]), np.uint8)
        assert row.any() and not any(image.content[table["at"] : table["at"] + table["rows"] * table["size"]])
        rows = np.tile(row, (table["rows"], 1))
        if table["numbered"]:
            at = table["fields"]["row"][0]
            rows[:, at : at + 8] = np.arange(table["rows"], dtype="<i8").view(np.uint8).reshape(-1, 8)
        return rows.tobytes()
    end = table["at"] + table["rows"] * table["size"]
    return image.content[table["at"] : end].ljust(end - table["at"], b"\0")


def test_the_block_is_the_state_before_the_first_month():
    image, layout = image_of(SMALL, [Policy.load("six_tips")]), lay_out(SMALL, WIDEST, 20)
    state = allocate(layout, 1, True)
    state.units.turn[:] = 0.0  # of the seed
    for name in (
        "mentees",
        "ties",
        "posts",
        "units",
        "sites",
        "institution",
        "months",
        "calendar",
        "first_rows",
        "group_counts",
    ):
        rows = np.asarray(getattr(state, name))
        assert rows_of(image, name) == tidied(np.ascontiguousarray(rows)).tobytes(), name
    assert rows_of(image, "setting") == layout.setting.tobytes()
    assert rows_of(image, "without") == layout.plan.without.tobytes()
    assert not any(rows_of(image, "streams"))


def test_no_table_lies_on_another_and_json_holds_all():
    description = image_of(SMALL, [Policy(), Policy.load("six_tips")]).description
    spans = sorted((one["at"], one["at"] + one["rows"] * one["size"]) for one in description["tables"].values())
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))
    assert all(start % 64 == 0 for start, _ in spans) and spans[-1][1] == description["end"]
    told = json.loads(json.dumps(description, allow_nan=False))
    assert [policy["name"] for policy in told["policies"]] == ["ad_hoc", "six_tips"]
    assert set(description["state"]) == set(State._fields) <= set(description["tables"])
    traced = {name for name, table in description["tables"].items() if table["traced"]}
    assert {"trace", "asks"} <= traced and not traced & {"records", "mentors", "mentees", "months"}


def test_a_field_is_where_the_record_has_it():
    tables = image_of(SMALL, []).description["tables"]
    fields = tables["mentees"]["fields"]
    kind = allocate(lay_out(SMALL, WIDEST, 20), 1, False).mentees.dtype
    assert list(fields) == list(kind.names)
    assert fields["known"] == (kind.fields["known"][1], "i4", 4)
    assert fields["belonging"] == (kind.fields["belonging"][1], "f8", 1)
    assert tables["setting"]["fields"]["rules.engage.rate"][1] == "f8"
    assert tables["calendar"]["fields"] == {"value": (0, "f8", 1)}


def test_the_same_world_is_the_same_block():
    assert image_of(SMALL, [Policy()]).content == image_of(SMALL, [Policy()]).content


def test_a_roster_does_not_come_into_a_page():
    world = office(planted=True)
    image = image_of(world, [])
    assert image == image_of(stand_ins(world), [])
    assert "nonbinary" in world.identities[0].groups
    row = image.description["tables"]["mentees"]["fields"]["group"]
    assert row[1] == "i1"
    mentees = np.frombuffer(rows_of(image, "mentees"), allocate(lay_out(SMALL, WIDEST, 20), 1, False).mentees.dtype)
    assert (mentees["group"] == -1).all()  # nobody's groups are given: all are drawn


def test_a_policy_that_waits_for_an_assignment_is_refused():
    policy = Policy(name="best").with_({"empower.pairing": "optimal"})
    with pytest.raises(
        ScenarioError, match=r'policy best: empower.pairing: value "optimal": a page cannot make this assignment'
    ):
        image_of(SMALL, [Policy(), policy])
    pairing = next(lever for lever in levers_in(SMALL) if lever["name"] == "empower.pairing")
    assert [name for name, _ in pairing["choices"]] == [one.value for one in Pairing if one is not Pairing.OPTIMAL]


def test_a_policy_of_another_world_is_refused():
    with pytest.raises(ScenarioError, match="has no such domain"):
        image_of(SMALL, [Policy().with_({"diversify.domains": ["cooking"]})])


def test_a_world_that_is_too_large_is_refused(monkeypatch):
    monkeypatch.setattr(images, "MOST", 1 << 20)
    with pytest.raises(
        ScenarioError, match=r"world teaching_hospital: a page has room for 1 megabytes.*use fewer mentees"
    ):
        image_of(World.load("teaching_hospital"), [])


def test_every_lever_is_described_and_lies_where_the_record_has_it():
    levers = {lever["name"]: lever for lever in levers_in(SMALL)}
    policy = Policy.load("six_tips").with_({"offer.share": 0.25, "prioritize.staff_fte": 3.5})
    record = levers_of(policy, SMALL).tobytes()
    values = values_of(policy)
    assert list(levers) == list(values) and {one["section"] for one in levers.values()} == set(WITH_OFFER)
    for name, lever in levers.items():
        found = np.frombuffer(record, lever["type"], lever["length"], lever["at"])
        if lever["kind"] in ("number", "whole", "yes"):
            assert found[0] == values[name], name
        elif lever["kind"] == "choice":
            assert found[0] == dict(lever["choices"])[values[name]], name
    assert sum(one["length"] * np.dtype(one["type"]).itemsize for one in levers.values()) == len(record)
    hours = levers["prioritize.protected_hours"]
    assert (hours["low"], hours["high"], hours["step"], hours["kind"], hours["tip"]) == (0, 20, 0.2, "number", 1)
    assert levers["offer.share"]["step"] == 0.01 and levers["evaluate.budget"]["step"] == 100
    assert levers["match.attributes"]["choices"] == [("gender", 0), ("minority", 1)]
    assert levers["offer.group"]["choices"][1] == ("gender:woman", (0, 1))
