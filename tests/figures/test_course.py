"""The course of ties by hand: rates, and never on less than a year."""

import numpy as np
import pandas as pd
import pytest

from simulation.figures.ties import course_of
from simulation.judgement import mean_rate
from simulation.outcomes.course import COURSE, course
from simulation.outcomes.live import live_ties


def test_a_rate_counts_endings_for_a_hundred_ties_of_the_last_year():
    """Fourteen months: 20 ties, then 40 from month 12 on; 2 end in each month, then 3."""
    months = {
        "mentored_share": np.full(14, 0.5), "spark_share": np.full(14, 0.25), "live_ties": np.array([20] * 12 + [40] * 2),
        "closures": np.array([2] * 12 + [3] * 2), "moving_on": np.array([1] * 14),
    }  # fmt: skip
    mentored, sparked, endings, moving_on = course(months)
    assert mentored.tolist() == [0.5] * 14 and sparked.tolist() == [0.25] * 14
    assert np.isnan(endings[:11]).all()
    assert endings[11:].tolist() == pytest.approx([100 * 24 / 240, 100 * 25 / 260, 100 * 26 / 280])
    assert moving_on[11:].tolist() == pytest.approx([5.0, 100 * 12 / 260, 100 * 12 / 280])


def test_a_short_study_has_no_rate_and_no_ties_have_none():
    months = dict.fromkeys(("mentored_share", "spark_share", "live_ties", "closures", "moving_on"), np.zeros(11))
    assert np.isnan(course(months)[2:]).all()
    assert np.isnan(course(dict.fromkeys(months, np.zeros(13)))[2:]).all()


def test_one_run_has_no_interval():
    months = pd.DataFrame({"policy": "a", "month": range(12), "live_ties": 10, "closures": 1, "moving_on": 0, "mentored_share": 0.5, "spark_share": 0.1})
    table = course_of(months)
    assert list(dict.fromkeys(table["measure"])) == list(COURSE)
    assert table["low"].isna().all()
    assert table.query("measure == 'endings'")["mean"].dropna().tolist() == [10.0]


def test_the_interval_of_a_rate_stays_above_zero_and_is_a_point_where_runs_agree():
    mean, low, high = (part.item() for part in mean_rate(np.array([3.0]), np.array([5.0]), np.array([2])))  # 1 and 2
    assert 0 < low < mean == 1.5 < high
    assert np.log(high / mean) == pytest.approx(np.log(mean / low))
    assert [part.item() for part in mean_rate(np.array([4.0]), np.array([8.0]), np.array([2]))] == [2.0, 2.0, 2.0]
    assert np.isnan(mean_rate(np.array([3.0]), np.array([9.0]), np.array([1]))[1:]).all()


def test_colleagues_carry_no_load():
    """A tie of month 0; one that ends in month 4; one between colleagues from month 3 on; one that has not begun."""
    ties = pd.DataFrame({
        "tie": range(4), "start_month": [0, 0, 0, 5], "end_month": pd.array([pd.NA, 4, 6, pd.NA], dtype="Int64"),
        "phase": ["cultivation", "separation", "redefinition", "initiation"], "phase_month": [2, 3, 3, 5],
    })  # fmt: skip
    assert [live_ties(ties, month)["tie"].tolist() for month in (2, 3, 4, 5)] == [[0, 1, 2], [0, 1], [0], [0, 3]]
