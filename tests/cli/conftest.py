"""A made-up engine, so that the words and exit codes of the command line are tested alone and at once."""

import sys
from importlib import import_module
from types import ModuleType, SimpleNamespace

import numpy as np
import pandas as pd
import pytest

import simulation
from simulation.cli import main
from simulation.comparison import budget, costs
from simulation.figures import style
from simulation.figures.drawn import KINDS, Drawn
from simulation.judgement import direction, family_of

LEVELS = {
    "retention": 0.8, "access": 0.6, "spark_months": 3.0, "need_coverage": 0.3, "mentor_load_gini": 0.4, "cost": 9000.0,
}  # fmt: skip
GAPS = {"gap_access_gender": 0.05, "gap_retention_gender": -0.05}


def made_up_run(world, policy, seed=1, months=None, trace=False, surveys=()):
    """A run that costs nothing."""
    people = pd.DataFrame(
        {"mentee": [0, 1], "gender": ["man", "woman"], "exit_month": pd.array([3, None], dtype="Int64")}
    )
    mentors = pd.DataFrame({"mentor": [0], "load_mean": [1.5]})
    ties = pd.DataFrame({"tie": [0], "mentee": [0], "mentor": [0], "sparked": [True]})
    monthly = pd.DataFrame({"month": range(months or 3), "mentored_share": 0.5})
    traced = pd.DataFrame({"tie": [0], "month": [0], "quality": [0.5]}) if trace else None
    return SimpleNamespace(
        outcomes=pd.Series({**LEVELS, "gap_retention_gender": -0.02, "burnout": float("nan")}),
        months=monthly, mentees=people, mentors=mentors, ties=ties, groups=None, arrivals=None, digest=f"{seed:064x}",
        **dict.fromkeys(("tie_months", "asks", "mentee_months", "mentor_months", "views", "moves"), traced),
    )  # fmt: skip


def made_up_comparison(world, policies, replicates=200, seed=1, executor=None, workers=None, progress=None, parameters=None):
    """A comparison in which each policy is a point better than the last; a world of seven months fails once."""
    count = 3 if replicates == "auto" else replicates
    rows, contrasts, failures = [], [], []
    for place, policy in enumerate(policies):
        for replicate in range(count):
            levels = {name: level + 0.01 * place for name, level in LEVELS.items()} | GAPS
            rows.append({"world": world.name, "policy": policy.name, "replicate": replicate, **levels})
            progress(len(rows), count * len(policies), 0, "")
        for name in [*LEVELS, *GAPS] if place else []:
            contrasts.append({
                "policy": policy.name, "baseline": policies[0].name, "outcome": name, "family": family_of(name), "level": levels[name], "difference": 0.01 * place,
                "low": 0.005, "high": 0.02, "low_all": 0.003, "high_all": 0.022, "margin": 0.01, "verdict": "better" if direction(name, levels[name]) > 0 else "worse", "needed": np.nan, "small": False, "share_better": 0.9, "variance_ratio": 5.0, "people_gained": 2.0, "people_lost": 1.0,
            })  # fmt: skip
    if world.people.months == 7:
        failures = [{"policy": policies[1].name, "replicate": 2, "error": "it broke", "seed": 3}]
    groups = pd.DataFrame([
        {**row, "attribute": "gender", "group": group, "heads": 10, "outcome": outcome, "value": row[outcome] - lack}
        for row in rows for group, lack in (("man", 0.0), ("woman", 0.05)) for outcome in ("access", "retention")
    ])  # fmt: skip
    return SimpleNamespace(
        replicates=list(range(count)), outcomes=pd.DataFrame(rows), contrasts=pd.DataFrame(contrasts), people=None, groups=groups, survival=None, early=None,
        failures=pd.DataFrame(failures), runs={policy.name: made_up_run(world, policy) for policy in policies},
    )  # fmt: skip


@pytest.fixture
def engine(monkeypatch):
    """The made-up engine in the place of the real one."""
    made_up = {
        "simulation.run": {"simulate": made_up_run, "warm": lambda: None},
        "simulation.comparison.compare": {"compare": made_up_comparison, "CAP": 1000},
        "simulation.page.recording": {"recorded": lambda run: run.tie_months, "digest": lambda traced: f"of {len(traced)} row"},
        "simulation.comparison": {},
        "simulation.comparison.budget": vars(budget),
        "simulation.comparison.costs": vars(costs),
        "simulation.brief": {
            "write": lambda folder, undrawn, advice: (folder / "brief.html").write_text("brief") and folder / "brief.html"
        },
    }
    for name, content in made_up.items():
        module = ModuleType(name)
        vars(module).update(content, __path__=[])
        monkeypatch.setitem(sys.modules, name, module)
        if name.count(".") == 1:
            monkeypatch.setattr(simulation, name.split(".")[1], module, raising=False)
    for name in ("run", "compare", "brief"):
        monkeypatch.delitem(sys.modules, f"simulation.commands.{name}", raising=False)
    for name in ("run", "compare", "brief"):
        import_module(f"simulation.commands.{name}")
    monkeypatch.setattr("simulation.commands.drawing.draw_each", lambda figures, folder: Drawn([], {}))
    yield
    for name in ("run", "compare", "brief"):
        sys.modules.pop(f"simulation.commands.{name}", None)


@pytest.fixture
def sketched(monkeypatch):
    """Pictures are drawn, but not rendered, which takes most of the time of a small command: their files hold the heading."""

    def save(figure, stem, title="", described=""):
        files = [stem.with_name(stem.name + kind) for kind in KINDS]
        for file in files:
            file.write_text(f'<svg xmlns="http://www.w3.org/2000/svg"><title>{style.headline(figure) or title}</title></svg>\n')
        return files

    monkeypatch.setattr(style, "save", save)


@pytest.fixture
def said(capsys, tmp_path, monkeypatch):
    """Give a command in an empty folder: its exit code, stdout and stderr."""
    monkeypatch.chdir(tmp_path)

    def give(*words: object) -> SimpleNamespace:
        code = main([str(word) for word in words])
        out, err = capsys.readouterr()
        return SimpleNamespace(code=code, out=out, err=err)

    return give
