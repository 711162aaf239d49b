"""Every figure of a study, of patterns and of a phenomenon says how it is read, and says it to those who cannot see it."""

import pytest

from simulation.commands.validate import FORESTS, TWINS
from simulation.figures.captions import caption
from simulation.figures.study_captions import OF_FILES, OF_STUDIES
from simulation.figures.wording import words
from simulation.phenomena.demonstration import PHENOMENA

STEMS = [f"{first}teaching_hospital_six_tips_retention" for first in OF_STUDIES]


def test_none_is_missing_and_none_is_left_over():
    assert set(OF_FILES) == {*PHENOMENA, *FORESTS.values(), TWINS}
    assert {name.rstrip("_") for name in OF_STUDIES} == {"effects", "interactions", "sensitivity", "backfire", "tipping", "curves", "knock_outs"}


@pytest.mark.parametrize("stem", [*OF_FILES, *STEMS])
def test_a_caption_has_a_text_and_an_alternative_of_its_own(stem):
    found = caption(stem)
    assert found.heading == words(stem)
    assert found.text.endswith(".") and found.alternative.endswith(".")
    assert found.text != found.alternative


def test_a_study_and_a_phenomenon_of_one_name_are_told_apart():
    assert "Loops" in caption("tipping").alternative
    assert "Map" in caption("tipping_teaching_hospital_move_on_norm_share").alternative
