"""The points of a study: a design in the unit cube, and the value of each factor at each point.

Source: McKay, Beckman and Conover 1979, Latin hypercubes; Sobol 1967 and Owen 1998, scrambled sequences;
Morris 1991; Saltelli et al. 2010; Saltelli and Annoni 2010, one at a time. When a design grows, it keeps the points it has.
A missing value leaves a factor alone: the world or policy keeps what it has.
"""

import io
import itertools
import warnings
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
from pandas.api.types import infer_dtype
from scipy.stats import qmc

from simulation.results import parquet_of
from simulation.scenario.errors import ScenarioError
from simulation.scenario.study import Design, DesignKind, Factor
from simulation.studies.setup import Setup

SAMPLES = (DesignKind.LATIN_HYPERCUBE, DesignKind.SOBOL, DesignKind.MORRIS, DesignKind.SALTELLI)
# The kinds of columns of which some values are missing; otherwise yes and no would turn into texts, and 3 into 3.0.
WITH_MISSING = {"boolean": "boolean", "integer": "Int64"}


def analysis_package(name: str) -> Any:
    """Import a package of the optional part `analysis`; a `ScenarioError` says how to install it."""
    try:
        return import_module(name)
    except ImportError:
        hint = "install it with: pip install 'mentorship[analysis]'"
        raise ScenarioError(f"this needs the package {name.partition('.')[0]}", hint=hint) from None


def problem_of(labels: Sequence[str]) -> dict[str, Any]:
    """The description of a problem that SALib wants, in the unit cube."""
    return {"num_vars": len(labels), "names": list(labels), "bounds": [[0.0, 1.0]] * len(labels)}


def unit_design(design: Design, labels: Sequence[str], seed: int) -> np.ndarray:
    """The design in the unit cube, points x factors; designs that are no samples have none."""
    count = len(labels)
    if design.kind is DesignKind.SOBOL:
        return qmc.Sobol(count, scramble=True, rng=_luck(seed, 0)).random(design.points)
    if design.kind is DesignKind.LATIN_HYPERCUBE:
        cubes = [qmc.LatinHypercube(count, rng=_luck(seed, k)).random(design.points) for k in range(design.blocks)]
        return np.concatenate(cubes)
    problem = problem_of(labels)
    if design.kind is DesignKind.MORRIS:
        # Each trajectory has its own random numbers, so that a longer design begins with the same ones.
        sample = analysis_package("SALib.sample.morris").sample
        seeds = [int(_luck(seed, k).integers(2**31)) for k in range(design.points)]
        return np.concatenate([sample(problem, 1, num_levels=design.levels, seed=one) for one in seeds])
    sample = analysis_package("SALib.sample.sobol").sample
    luck = int(_luck(seed, 0).integers(2**31))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # SALib warns of other numbers than powers of two, which the study refuses
        return sample(problem, design.points, calc_second_order=False, seed=luck)


def _luck(seed: int, block: int) -> np.random.Generator:
    """The random numbers of one block of a design."""
    return np.random.default_rng([seed, block])


def rows_of(setup: Setup) -> pd.DataFrame:
    """The design as a table: a row a point in the order of the design, a column a factor; points may repeat."""
    study, factors = setup.study, setup.study.factors
    design = study.design
    labels = [factor.label for factor in factors]
    if design.kind is DesignKind.LIST or not factors:
        size = max((len(factor.values or factor.like) for factor in factors), default=1)
        rows = [[setup.ends(factor)[k] for factor in factors] for k in range(size)]
    elif design.kind is DesignKind.ONE_BY_ONE:
        rows = [[None] * len(factors)]
        rows += [[setup.ends(one)[0] if one is factor else None for one in factors] for factor in factors]
    elif design.kind is DesignKind.FACTORIAL:
        rows = list(itertools.product(*(_steps(setup, factor, design.levels) for factor in factors)))
    else:
        cube = unit_design(design, labels, study.seed)
        # The grid of Morris includes both ends of the unit interval.
        columns = [
            [_at(setup, factor, u, closed=design.kind is DesignKind.MORRIS) for u in cube[:, k]]
            for k, factor in enumerate(factors)
        ]
        rows = list(zip(*columns, strict=True))
    frame = pd.DataFrame({label: pd.Series([row[k] for row in rows], dtype=object) for k, label in enumerate(labels)},
                         index=range(len(rows)))  # fmt: skip
    kinds = {name: infer_dtype(frame[name], skipna=True) for name in frame if frame[name].isna().any()}
    return frame.astype({name: WITH_MISSING[kind] for name, kind in kinds.items() if kind in WITH_MISSING}).infer_objects()


def design_of(setup: Setup, rows: pd.DataFrame, points: pd.DataFrame) -> pd.DataFrame:
    """The design row by row, in the order in which its method made it: the `row`, and the number of its `point`.

    Where the design is a sample there is a column a factor, its place in the unit interval: what SALib takes as X.
    """
    numbered = pd.DataFrame({"row": np.arange(len(rows)), "point": numbers_of(rows, points)})
    design, labels = setup.study.design, [factor.label for factor in setup.study.factors]
    if not labels or design.kind not in SAMPLES:
        return numbered
    return pd.concat([numbered, pd.DataFrame(unit_design(design, labels, setup.study.seed), columns=labels)], axis=1)


def _steps(setup: Setup, factor: Factor, levels: int) -> list[Any]:
    """The values of a factor in a factorial."""
    if factor.low is None:
        return setup.ends(factor)
    steps = np.linspace(factor.low, factor.high, levels)
    return list(dict.fromkeys(np.rint(steps).astype(int).tolist() if factor.label in setup.whole else steps.tolist()))


def _at(setup: Setup, factor: Factor, u: float, closed: bool) -> Any:
    """The value of a factor at `u` in the unit interval; each name or whole number has an equal part of it."""
    if factor.low is not None and factor.label not in setup.whole:
        return float(factor.low + u * (factor.high - factor.low))
    options = range(int(factor.low), int(factor.high) + 1) if factor.low is not None else setup.ends(factor)
    return options[round(u * (len(options) - 1)) if closed else min(int(u * len(options)), len(options) - 1)]


def distinct(rows: pd.DataFrame, there: pd.DataFrame | None = None) -> pd.DataFrame:
    """Each point of a design once, after those that are there already; the index is the point's number.

    Points that are there leave alone what is a factor only now.
    """
    if there is None:
        both = rows
    else:
        kinds = {name: rows[name].dtype for name in rows if name not in there}
        both = pd.concat([there.reindex(columns=rows.columns).astype(kinds), rows], ignore_index=True)
    if both.columns.empty:
        return both.iloc[:1]
    return both.drop_duplicates(ignore_index=True)


def numbers_of(rows: pd.DataFrame, points: pd.DataFrame) -> np.ndarray:
    """The number of the point of each row of a design; -1 where it is not among the points."""
    if points.columns.empty:
        return np.zeros(len(rows), dtype=int)
    numbered = pd.concat([points, pd.Series(np.arange(len(points)), name="_number")], axis=1)
    found = rows.merge(numbered, how="left", on=list(points.columns))["_number"]
    return found.fillna(-1).to_numpy(dtype=int)


def bytes_of(points: pd.DataFrame) -> bytes:
    """The points as the bytes of a Parquet file."""
    numbered = points.astype({name: "string" for name in points if points[name].dtype == object})
    return parquet_of(pd.concat([pd.Series(np.arange(len(points)), name="point"), numbered], axis=1))


def read_points(content: bytes) -> pd.DataFrame:
    """The points from the bytes of their file."""
    return pq.read_table(io.BytesIO(content)).to_pandas().drop(columns="point")
