"""The number that each phenomenon reports: in its unit and words, and kept for pages that show a smaller run."""

import pytest
from made_up import shown

from simulation import __version__
from simulation.phenomena.demonstration import PHENOMENA
from simulation.phenomena.reported import Reported, measured, report, reported


@pytest.mark.parametrize("name", PHENOMENA)
def test_a_report_is_the_finding_in_its_unit(name):
    made = shown(name)
    found, scale = report(made), PHENOMENA[name].measure.scale
    assert (found.value, found.low, found.high, found.null) == pytest.approx([scale * one for one in made.on[:4]])
    assert (found.off_value, found.off_low, found.off_high) == pytest.approx([scale * one for one in made.off[:3]])
    assert found.said.startswith(PHENOMENA[name].measure.said(made.on.value)) and PHENOMENA[name].measure.unit in found.said
    assert (found.seeds, found.seed, found.version) == (12, 1, __version__)
    assert "\n" not in found.label


def test_what_is_kept_is_of_the_present_phenomena():
    kept = measured()
    assert list(kept) == list(PHENOMENA), "`make bars` measures them anew"
    for name, found in kept.items():
        what, note = PHENOMENA[name], f"{name}: `make bars` measures it anew"
        assert found._fields == Reported._fields
        assert (found.label, found.unit, found.decimals) == (" ".join(what.measure.label.split()), what.measure.unit, what.measure.decimals), note
        assert (found.statistic, found.seeds, found.seed, found.version) == (what.statistic, what.seeds, 1, __version__), note
        assert found.low <= found.value <= found.high
        assert found.p < 0.001 and found.off_p > 0.05
        shown_again = what.measure.said(found.value / what.measure.scale)
        assert found.said.startswith(shown_again), note


def test_a_copy_in_a_package_comes_first_and_none_is_no_error(tmp_path, monkeypatch):
    monkeypatch.setattr("simulation.phenomena.reported.PLACES", (tmp_path / "none.json",))
    assert measured() == {}


def test_a_phenomenon_is_run_and_reported(monkeypatch):
    made, asked = shown("adaptation", count=3), {}

    def run(name, **how):
        asked.update(how, name=name)
        return made

    monkeypatch.setattr("simulation.phenomena.reported.phenomenon", run)
    assert reported("adaptation", seeds=3, seed=7, workers=1) == report(made, 7)
    assert asked == {"name": "adaptation", "seeds": 3, "seed": 7, "workers": 1}
