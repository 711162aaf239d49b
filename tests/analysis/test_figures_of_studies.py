"""Figures of studies are true to what they draw: ticks say where they stand, all lies inside, no text lies on another."""

import numpy as np
import pandas as pd
import pytest
import test_curves
import test_effects
import test_knock_outs
from made_up_study import made_up
from true_figures import assert_true

from simulation.analysis.boundary import boundary
from simulation.analysis.curves import curves
from simulation.analysis.discovery import discovery, verdicts
from simulation.analysis.effects import effects
from simulation.analysis.knock_outs import clear, knock_outs
from simulation.analysis.responses import responses
from simulation.analysis.sensitivity import sensitivity
from simulation.commands.analysis.effect_lines import figures_of_effects
from simulation.figures.curve_figures import curve_panels
from simulation.figures.effect_figures import SLIDE, interaction_map
from simulation.figures.knock_out_figures import knock_out_map
from simulation.figures.study_figures import axes_said, backfire, boundary_map, importances

OUTCOMES = ("retention", "access", "gap_access_minority", "gap_need_coverage_minority", "cost", "mentor_burnout", "spark_months", "tie_quality")


def important(kind):
    table = sensitivity(made_up({"kind": kind, "points": 16}, lambda a, b, c: a + 0.4 * b * c, replicates=2, noise=0.1))
    return importances(table[table["baseline"].notna()])


def box():
    done = made_up({"kind": "sobol", "points": 64}, lambda a, b, c: 0.5 - 1.0 * (a > 0.5) * (b > 0.4), replicates=4, noise=0.02)
    table = discovery(done)
    return backfire(table[table["baseline"].notna()], done.points, verdicts(next(responses(done, levels=False))))


def mapped(**more):
    done = made_up({"kind": "factorial", "levels": 7}, lambda a, b: a - 0.5 + 0.1 * b, factors=("a", "b"), replicates=8, noise=0.05, **more)
    table = boundary(done)
    return table[table["baseline"].notna() == ("policies" not in more)]


def all_effects():
    """Effects on eight outcomes, of which some do not change."""
    luck, tables = np.random.default_rng(2), []
    for place, name in enumerate(OUTCOMES):
        levels = np.array(test_effects.levels_of(lambda a, b, c, place=place: 0.5 + 0.02 * place * a + 0.1 * a * b, 3))
        one = test_effects.carried_out(*(levels + 0.02 * luck.normal(size=(4, 8))), outcome=name)
        tables.append(effects(one))
    return pd.concat(tables, ignore_index=True), one


def curved():
    done = test_curves.carried_out(np.arange(6) / 7, np.arange(6) / 8)
    return curve_panels(curves(done), "What supply does")


def lost():
    levels = ([0.5, 0.6, 0.7], [0.4, 0.51, 0.6], [0.5, 0.6, 0.7], [0.5, 0.7, 0.5])
    table = knock_outs(test_knock_outs.carried_out(*levels, policies=("ad_hoc", "six_tips")))
    rows = table[table["baseline"].notna()]
    return knock_out_map(rows, clear(rows))


DRAWN = {
    "importance, Morris": lambda: important("morris"),
    "importance, Sobol": lambda: important("saltelli"),
    "box": box,
    "map of a difference": lambda: boundary_map(mapped()),
    "map of a level": lambda: boundary_map(mapped(policies=("move_on",))),
    "pairs": lambda: interaction_map(all_effects()[0].query("outcome == 'retention'")),
    "curves": curved,
    "knock-outs": lost,
}


@pytest.mark.parametrize("name", DRAWN)
def test_a_figure_of_a_study_is_true_and_can_be_read(name):
    drawn = DRAWN[name]()
    figure = getattr(drawn, "get_figure", lambda **_: drawn)(root=True)
    figure.get_layout_engine().execute(figure)
    assert_true(figure)


def test_effects_on_many_outcomes_are_shared_out_over_slides():
    table, done = all_effects()
    slides = [(stem, draw()) for stem, draw in figures_of_effects(table, done) if stem.startswith("effects")]
    assert [stem for stem, _ in slides] == ["effects_teaching_hospital_ad_hoc", "effects_teaching_hospital_ad_hoc_2"]
    shown = [ax.get_title(loc="left").replace("\n", " ") for _, figure in slides for ax in figure.axes]
    assert len(shown) == len(OUTCOMES) and len(set(shown)) == len(OUTCOMES)
    for _, figure in slides:
        assert len(figure.axes) <= SLIDE
        assert figure.get_figwidth() / figure.get_figheight() > 1.2, "a slide is wide"
        assert_true(figure)


def test_a_map_says_what_each_axis_does():
    def table(function):
        found = boundary(made_up({"kind": "factorial", "levels": 5}, function, factors=("a", "b"), policies=("move_on",)))
        return found

    assert axes_said(table(lambda a, b: a)) == "of what differs, alone: a 100 % and b 0 %"
    assert axes_said(table(lambda a, b: a + b)) == "of what differs, alone: a 50 % and b 50 %"
    assert axes_said(table(lambda a, b: (a - 0.5) * (b - 0.5))) == "of what differs, alone: a 0 % and b 0 %"
    assert axes_said(table(lambda a, b: 0.0 * a)) == ""
    map_said = boundary_map(mapped()).get_figure().axes[1].get_ylabel()
    assert map_said == "Retention: difference, percentage points"
