"""The laws of designs: what each promises, and that it keeps its points when it grows."""

import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.scenario.study import Study
from simulation.studies.points import bytes_of, distinct, numbers_of, read_points, rows_of
from simulation.studies.setup import set_up

RANGES = [
    {"field": "hazards.first_year", "low": 0.02, "high": 0.12},
    {"field": "hazards.mentors", "low": 0.0, "high": 0.4},
    {"field": "context.volunteers", "low": 0.1, "high": 0.9},
]
HEADS = {"field": "people.mentees", "low": 12, "high": 20}
WAYS = {"field": "diversify.pool", "values": ["own", "all"]}
ALONE = [
    {"field": "hazards.first_year", "values": [0.1]}, {"field": "people.graduates", "values": [False]},
    {"field": "people.mentees", "values": [14]},
]  # fmt: skip
SIZES = st.integers(0, 4).map(lambda power: 2**power)
SEEDS = st.integers(0, 2**31)


def rows(kind, factors=RANGES, levers=(), seed=1, **design):
    study = {"name": "s", "worlds": ["youth_program"], "seed": seed, "design": {"kind": kind, **design}}
    return rows_of(set_up(Study.model_validate({**study, "uncertainties": factors, "levers": levers})))


def strata(values, factor, count):
    """In which of so many equal parts of its range each value lies."""
    return np.floor((values - factor["low"]) / (factor["high"] - factor["low"]) * count).astype(int)


def test_a_factorial_is_the_full_product():
    table = rows("factorial", [RANGES[0], {**HEADS, "high": 14}], [WAYS], levels=4)
    steps = np.linspace(0.02, 0.12, 4).tolist()
    assert list(table.itertuples(index=False, name=None)) == list(
        itertools.product(WAYS["values"], steps, [12, 13, 14])
    )


def test_a_list_is_taken_point_by_point():
    heads = {"field": "people.mentees", "values": [12, 30, 20]}
    table = rows("list", [heads, {"field": "hazards.first_year", "values": [0.3, 0.1, 0.2]}])
    assert table.to_numpy().tolist() == [[12, 0.3], [30, 0.1], [20, 0.2]]


def test_a_list_may_say_a_value_more_than_once():
    heads = {"field": "people.mentees", "values": [12, 12, 20]}
    assert len(rows("list", [heads, {"field": "hazards.first_year", "values": [0.3, 0.1, 0.3]}])) == 3


def test_one_by_one_changes_nothing_and_then_one_factor_a_point():
    table = rows("one_by_one", ALONE, [{**WAYS, "values": ["own"]}, {"field": "match", "like": ["six_tips"]}])
    assert len(table) == 6
    assert table.iloc[0].isna().all()
    for k, value in enumerate(["own", "six_tips", 0.1, False, 14]):
        assert table.iloc[k + 1].dropna().to_dict() == {table.columns[k]: value}


def test_what_is_left_alone_stays_so_on_disk_and_is_found_again():
    table = rows("one_by_one", ALONE, [{**WAYS, "values": ["own"]}])
    points = read_points(bytes_of(distinct(table)))
    assert points.isna().to_numpy().tolist() == table.isna().to_numpy().tolist()
    for point, value in zip(points.to_dict("records")[1:], ["own", 0.1, False, 14], strict=True):
        (left,) = [one for one in point.values() if not pd.isna(one)]
        assert (type(left), left) == (type(value), value)
    assert bytes_of(points) == bytes_of(distinct(table))
    assert numbers_of(table, points).tolist() == numbers_of(points, distinct(table)).tolist() == [0, 1, 2, 3, 4]


def test_one_by_one_grows_by_a_factor_anywhere_and_keeps_the_numbers():
    first, second = ({"field": "hazards.first_year", "values": [0]}, {"field": "hazards.mentors", "values": [0.0]})
    there = read_points(bytes_of(distinct(rows("one_by_one", [second]))))
    for factors, levers in (([first, second], []), ([second, first], []), ([second], [{**WAYS, "values": ["own"]}])):
        more = rows("one_by_one", factors, levers)
        points = distinct(more, there)
        assert points.columns.tolist() == more.columns.tolist()
        assert len(points) == 3
        assert points.iloc[1].dropna().to_dict() == {"hazards.mentors": 0.0}
        assert sorted(numbers_of(more, points)) == [0, 1, 2]
        assert points.dtypes.tolist() == more.dtypes.tolist()


def test_a_hundred_and_more_factors_are_written_and_found():
    table = rows_of(set_up("knock_outs"))
    points = read_points(bytes_of(distinct(table)))
    assert numbers_of(table, points).tolist() == list(range(len(table)))


def test_a_study_without_factors_has_one_point():
    for kind in ("factorial", "list"):
        table = rows(kind, [])
        assert table.shape == (1, 0)
        assert distinct(table).shape == (1, 0)
        assert numbers_of(table, distinct(table)).tolist() == [0]


@given(points=st.integers(1, 40), blocks=st.integers(1, 3), seed=SEEDS)
def test_a_latin_hypercube_has_one_point_in_each_stratum(points, blocks, seed):
    table = rows("latin_hypercube", points=points, blocks=blocks, seed=seed)
    for block in range(blocks):
        cube = table.iloc[block * points : (block + 1) * points]
        for factor in RANGES:
            assert sorted(strata(cube[factor["field"]], factor, points)) == list(range(points))


@given(power=st.integers(0, 6), seed=SEEDS)
def test_a_sobol_sequence_has_one_point_in_each_stratum(power, seed):
    table = rows("sobol", points=2**power, seed=seed)
    for factor in RANGES:
        assert sorted(strata(table[factor["field"]], factor, 2**power)) == list(range(2**power))


@pytest.mark.parametrize("kind", ["sobol", "saltelli", "morris"])
@given(fewer=SIZES, seed=SEEDS)
def test_sequences_keep_their_first_points(kind, fewer, seed):
    pytest.importorskip("SALib")
    small, large = (rows(kind, [*RANGES, HEADS], points=points, seed=seed) for points in (fewer, 4 * fewer))
    pd.testing.assert_frame_equal(small, large.head(len(small)))
    assert len(large) == 4 * len(small)


@given(blocks=st.integers(1, 4), seed=SEEDS)
def test_a_latin_hypercube_grows_by_blocks(blocks, seed):
    small, large = (rows("latin_hypercube", points=5, blocks=count, seed=seed) for count in (blocks, blocks + 2))
    pd.testing.assert_frame_equal(small, large.head(len(small)))
    assert not large.duplicated().any(), "each block has luck of its own"


@pytest.mark.parametrize("kind", ["latin_hypercube", "sobol", "saltelli", "morris"])
def test_another_seed_makes_another_design(kind):
    pytest.importorskip("SALib")
    assert not rows(kind, points=8, seed=1).equals(rows(kind, points=8, seed=2))
    assert rows(kind, points=8, seed=1).equals(rows(kind, points=8, seed=1))


def test_a_morris_trajectory_moves_one_factor_at_a_time():
    pytest.importorskip("SALib")
    table = rows("morris", points=6, levels=4).to_numpy()
    for path in table.reshape(6, 4, 3):
        moved = (np.diff(path, axis=0) != 0.0).sum(axis=0)
        assert (moved == 1).all()
    grid = np.linspace(0.0, 1.0, 4)
    lows, highs = (np.array([factor[end] for factor in RANGES]) for end in ("low", "high"))
    assert np.isclose(((table - lows) / (highs - lows))[..., None], grid).any(axis=-1).all()


def test_a_saltelli_block_swaps_one_factor_at_a_time():
    pytest.importorskip("SALib")
    table = rows("saltelli", points=4).to_numpy()
    for block in table.reshape(4, 5, 3):
        first, second = block[0], block[-1]
        for k, mixed in enumerate(block[1:-1]):
            assert [a == b for a, b in zip(mixed, first, strict=True)] == [j != k for j in range(3)]
            assert mixed[k] == second[k]


def test_whole_numbers_and_words_get_equal_parts():
    table = rows("latin_hypercube", [HEADS], [WAYS], points=90)
    assert table["people.mentees"].dtype == np.int64
    assert table["people.mentees"].value_counts().to_dict() == dict.fromkeys(range(12, 21), 10)
    assert table["diversify.pool"].value_counts().to_dict() == dict.fromkeys(WAYS["values"], 45)


def test_whole_numbers_on_a_grid_have_both_ends():
    pytest.importorskip("SALib")
    found = set(rows("morris", [HEADS, RANGES[0]], [WAYS], points=40, levels=4)["people.mentees"])
    assert found == {12, 15, 17, 20}


@pytest.mark.parametrize("kind", ["latin_hypercube", "sobol", "saltelli", "morris", "factorial"])
def test_all_points_lie_within_their_ranges(kind):
    pytest.importorskip("SALib")
    table = rows(kind, [*RANGES, HEADS], [WAYS], points=8)
    for factor in (*RANGES, HEADS):
        assert table[factor["field"]].between(factor["low"], factor["high"]).all()
    assert set(table["diversify.pool"]) == set(WAYS["values"])


def test_repeated_points_are_run_once_and_found_again():
    pytest.importorskip("SALib")
    table = rows("morris", [{**HEADS, "high": 13}], [WAYS], points=20)
    points = distinct(table)
    assert len(points) == 4
    numbers = numbers_of(table, points)
    assert set(numbers) == {0, 1, 2, 3}
    pd.testing.assert_frame_equal(points.iloc[numbers].reset_index(drop=True), table)
    strange = pd.DataFrame({"diversify.pool": ["none"], "people.mentees": [12]})
    assert numbers_of(strange, points).tolist() == [-1]


def test_points_that_are_there_keep_their_numbers():
    there = distinct(rows("factorial", [{"field": "people.mentees", "values": [20, 30]}]))
    more = rows("factorial", [{"field": "people.mentees", "values": [10, 20, 30]}])
    assert distinct(more, there)["people.mentees"].tolist() == [20, 30, 10]
