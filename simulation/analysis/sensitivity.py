"""The importance of factors for an outcome, or for the difference between two policies.

Source: Morris 1991 and Campolongo, Cariboni and Saltelli 2007, screening; Sobol 2001 and Saltelli et al. 2010, shares of
variance. Computed by SALib on the unit cube of the study's design.
"""

import warnings
from typing import Any

import numpy as np
import pandas as pd

from simulation.analysis.responses import mean_of, responses, table_of
from simulation.judgement import CONFIDENCE
from simulation.scenario.study import DesignKind
from simulation.studies.points import analysis_package, problem_of, unit_design
from simulation.studies.sweep import Sweep

LEAST = 2  # trajectories or base points that an index needs
ROUGH = "an index is above 100 %: too few base points, so the estimates are rough"
COLUMNS = ("factor", "measure", "value", "low", "high", "rank", "used", "blocks")


def sensitivity(done: Sweep) -> pd.DataFrame:
    """A row a response, factor and measure: value and 95 % interval, and the factor's rank by importance.

    Measures of Morris: `mu_star` (mean absolute effect of a move across the range), `mu` (the same with its sign),
    `sigma` (how much the effect depends on the other factors). Measures of Sobol: `first` (share of variance by itself)
    and `total` (with all its interactions). `used` is how many of the `blocks` of the design (trajectories or base
    points) had no failed run. Measures are missing where they cannot be computed; `note` says why. Luck counts as
    interaction; `luck` is its share. An index above 1 is no share: the estimate is rough, and `note` says so.
    """
    design, labels = done.setup.study.design, [factor.label for factor in done.setup.study.factors]
    cube = unit_design(design, labels, done.setup.study.seed)
    morris = design.kind is DesignKind.MORRIS
    of_kind, ranked_by, block = (_morris, "mu_star", "trajectories") if morris else (_sobol, "total", "base points")
    rows: list[dict[str, Any]] = []
    for response in responses(done):
        size = len(labels) + (1 if morris else 2)  # runs of a block: a trajectory, or a base point of Saltelli
        x, y = _whole_blocks(cube, mean_of(response.values)[done.rows], size)
        about = {**response.about, "used": len(y) // size, "blocks": len(cube) // size}
        if not about["note"] and about["used"] < LEAST:
            about["note"] = f"too few {block} without a failed run"
        if not about["note"] and np.ptp(y) == 0.0:
            about["note"] = "no factor moves it"
        measured = {} if about["note"] else of_kind(x, y, labels, design.levels)
        if not morris and any((values > 1.0).any() for values, _ in measured.values()):
            about["note"] = ROUGH
        rows += _rows(about, labels, measured, ranked_by)
    return table_of(rows, COLUMNS)


def _whole_blocks(cube: np.ndarray, y: np.ndarray, size: int) -> tuple[np.ndarray, np.ndarray]:
    """Keep the blocks of the design in which no run failed."""
    known = np.repeat(~np.isnan(y).reshape(-1, size).any(axis=1), size)
    return cube[known], y[known]


def _morris(x: np.ndarray, y: np.ndarray, labels: list[str], levels: int) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """Each measure and the half width of its interval, by factor."""
    analyze = analysis_package("SALib.analyze.morris").analyze
    found = analyze(problem_of(labels), x, y, num_levels=levels, conf_level=CONFIDENCE, seed=1)
    halves = {"mu_star": np.asarray(found["mu_star_conf"])}
    unknown = np.full(len(labels), np.nan)
    return {name: (np.asarray(found[name]), halves.get(name, unknown)) for name in ("mu_star", "mu", "sigma")}


def _sobol(x: np.ndarray, y: np.ndarray, labels: list[str], levels: int) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """Each measure and the half width of its interval, by factor."""
    analyze = analysis_package("SALib.analyze.sobol").analyze
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # blocks may be missing, and then they are no power of two
        found = analyze(problem_of(labels), y, calc_second_order=False, conf_level=CONFIDENCE, seed=1)
    return {"first": (found["S1"], found["S1_conf"]), "total": (found["ST"], found["ST_conf"])}


def _rows(about: dict[str, Any], labels: list[str], measured: dict, ranked_by: str) -> list[dict[str, Any]]:
    """The rows of one response; the most important factor has rank 1.

    Intervals end at possible values, unless the estimate itself lies beyond them.
    """
    if not measured:
        return [{**about, "factor": label, "measure": ranked_by} for label in labels]
    order = np.argsort(-measured[ranked_by][0], kind="stable")
    rank = np.empty(len(labels), dtype=int)
    rank[order] = np.arange(len(labels)) + 1
    most = 1.0 if ranked_by == "total" else np.inf
    return [
        {**about, "factor": label, "measure": measure, "value": value[k],
         "low": _end(value[k] - half[k], value[k], most),
         "high": _end(value[k] + half[k], value[k], most), "rank": int(rank[k])}
        for measure, (value, half) in measured.items()
        for k, label in enumerate(labels)
    ]  # fmt: skip


def _end(end: float, value: float, most: float) -> float:
    """An end of the interval of a value; that of a possible value, from 0 to `most`, is possible too."""
    return float(np.clip(end, 0.0, most)) if 0.0 <= value <= most else end
