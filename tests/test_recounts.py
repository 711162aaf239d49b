"""Every outcome of the table is counted, and a second count from the tables of the same run gives the same.

A new outcome takes a row in `simulation/outcomes/table.py`, the line that counts it, and a line in `RECOUNTED`.
"""

import ast
from pathlib import Path

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from running import month_by_month

from simulation import outcomes
from simulation import ties as codes
from simulation.draws import Purpose, normal
from simulation.outcomes import TABLE
from simulation.outcomes.table import OF_ATTRIBUTES
from simulation.rules import survey
from simulation.run import simulate
from simulation.scenario.policy import Policy
from simulation.scenario.world import World

ROOM = Path(outcomes.__file__).parent


@pytest.fixture(scope="module", params=[0, 2], ids=["from the start", "after a burn-in"])
def run(request):
    heads = {"people.mentees": 120, "people.mentors": 50, "people.burn_in": request.param}
    return simulate(World.load("teaching_hospital").with_(heads), Policy.load("six_tips"), seed=3, months=40)


def kept(last, gone, until, entry=0):
    """The share kept after `until` months, month by month; who enters late was not at risk before."""
    share = 1.0
    for month in range(until):
        at_risk = ((last >= month) & (entry <= month)).sum()
        share *= 1.0 - ((last == month) & gone).sum() / at_risk if at_risk else 1.0
    return share


def stay(run, until):
    """The share of mentees kept after `until` months; missing beyond the end of the study."""
    last, left = served(run) - 1, run.mentees["exit"] == "left"
    return kept(last, left, until) if until <= run.length else np.nan


def served(run):
    """The months that each mentee was there."""
    end = run.mentees["exit_month"].fillna(run.length - 1).astype(int)
    return end - run.mentees["cohort"].clip(lower=0) + 1


def there(run, column):
    """A column of the mentees who are there at the end."""
    return run.mentees.loc[run.mentees["exit"] == "active", column].astype(float)


def waited(run, column):
    """How long mentees waited for something."""
    return (run.mentees[column] - run.mentees["cohort"].clip(lower=0)).mean()


def closed(run, within):
    """One minus Kaplan-Meier of ties; graduation and the end of the study are no closure."""
    ties = run.ties
    age = (ties["end_month"].fillna(run.length - 1) - ties["start_month"]).astype(int)
    closing = ties["end_month"].notna() & (ties["end_reason"] != "graduated")
    return 1.0 - kept(age, closing, within, entry=-ties["start_month"])


def endings(run):
    """The endings that no mentee's exit made, with the code of the reason."""
    ties = run.ties[run.ties["end_month"].notna()]
    ties = ties.assign(code=[codes.REASONS.index(reason) for reason in ties["end_reason"]])
    return ties[ties["code"] < codes.MENTEE_LEFT]


def mentors(run):
    """The rows of the mentors who are there at the end."""
    rows = np.asarray(run.state.mentors)[: int(run.state.counts.mentors)]
    return rows[rows["active"] == 1]


def answers(run):
    """What each mentor would answer."""
    p, luck = run.world.parameters.survey, run.state.streams[0, Purpose.MENTOR_SURVEY]
    return [survey.answer(row["satisfaction"], normal(luck, row["mentor"] + codes.MENTOR_KEY, 0), p.leniency + p.mentor_offset,
                          run.layout.setting.rules.survey) for row in mentors(run)]  # fmt: skip


def gini(load):
    """The Gini coefficient of sorted loads."""
    load, n = np.sort(load.astype(float)), len(load)
    return 2.0 * (np.arange(1, n + 1) * load).sum() / (n * load.sum()) - (n + 1) / n


def side(run, a):
    """Each mentor's load and months there, and whether they are outside the reference group of an attribute."""
    rows, end = run.mentors, run.length - 1
    years = rows["exit_month"].fillna(end).astype(int) - rows["joined_month"].clip(lower=0) + 1
    identity = run.world.identities[a]
    return rows["load_mean"] * years, years, rows[identity.name] != identity.groups[0]


def load_ratio(run, a):
    load, years, outside = side(run, a)
    return load[outside].sum() / years[outside].sum() / (load[~outside].sum() / years[~outside].sum())


def across(run, column):
    """Whether mentee and mentor of each tie are alike in a column."""
    a, b = (
        run.ties[who].map(getattr(run, f"{who}s").set_index(who)[column].astype(str)) for who in ("mentee", "mentor")
    )
    return a == b


def assorted(run, column):
    """networkx on the ties, each an arrow from a mentee to a mentor."""
    network = nx.MultiDiGraph()
    for who in ("mentee", "mentor"):
        for person in getattr(run, f"{who}s").to_dict("records"):
            network.add_node((who, person[who]), kind=str(person[column]))
    network.add_edges_from((("mentee", tie.mentee), ("mentor", tie.mentor)) for tie in run.ties.itertuples())
    return nx.attribute_assortativity_coefficient(network, "kind")


PAID = ("cost_cash", "cost_protected", "unpaid_mentor_time", "unpaid_mentee_time")
RECOUNTED = {
    "retention": lambda run: stay(run, run.length),
    "retention_12": lambda run: stay(run, 12),
    "retention_36": lambda run: stay(run, 36),
    "retention_60": lambda run: stay(run, 60),
    "mentored_share": lambda run: run.mentees["months_mentored"].sum() / served(run).sum(),
    "spark_months": lambda run: 12.0 * run.state.mentees["months_sparked"].sum() / served(run).sum(),
    "spark_rate": lambda run: run.mentees["sparks"].sum() / run.mentees["ties"].sum(),
    "need_coverage": lambda run: run.state.mentees["coverage_sum"].sum() / served(run).sum(),
    "mentoring_satisfaction": lambda run: there(run, "mentoring_satisfaction").mean(),
    "job_satisfaction": lambda run: there(run, "job_satisfaction").mean(),
    "burnout": lambda run: there(run, "burnout").mean(),
    "belonging": lambda run: there(run, "belonging").mean(),
    "output": lambda run: there(run, "output").mean(),
    "skill": lambda run: there(run, "skill").mean(),
    "access": lambda run: run.mentees["first_tie_month"].notna().mean(),
    "sparked_share": lambda run: run.mentees["first_spark_month"].notna().mean(),
    "meaningful_share": lambda run: there(run, "meaningful").mean(),
    "primary_share": lambda run: there(run, "primary").mean(),
    "months_to_first_tie": lambda run: waited(run, "first_tie_month"),
    "months_to_first_spark": lambda run: waited(run, "first_spark_month"),
    "closure_12": lambda run: closed(run, 12),
    "closure_30": lambda run: closed(run, 30),
    "mentor_ended_share": lambda run: (
        (endings(run)["ended_by"] == "mentor") | (endings(run)["code"] > codes.OUTSIDE)
    ).mean(),
    "ended_well_share": lambda run: run.ties["ended_well"].mean(),
    "tie_months": lambda run: (run.ties["end_month"].fillna(run.length) - run.ties["start_month"]).mean(),
    "tie_quality": lambda run: run.ties["quality"].mean(),
    "mentor_retention": lambda run: kept(side(run, 0)[1] - 1, run.mentors["exit_month"].notna(), run.length),
    "mentor_satisfaction": lambda run: np.mean(answers(run)),
    "mentor_burnout": lambda run: run.mentors.loc[run.mentors["exit_month"].isna(), "burnout"].mean(),
    "mentor_load": lambda run: mentors(run)["load"].mean(),
    "mentor_load_gini": lambda run: gini(mentors(run)["load"]),
    "cross_discipline_share": lambda run: (~across(run, "discipline")).mean(),
    "same_identity_share": lambda run: across(run, run.world.identities[0].name).mean(),
    "discipline_assortativity": lambda run: assorted(run, "discipline"),
    "cost": lambda run: run.months["cost"].sum() / (served(run).sum() / 12.0),
    **{name: lambda run, name=name: run.months[name].sum() / (served(run).sum() / 12.0) for name in PAID},
    "cost_per_retained": lambda run: run.months["cost"].sum() / (run.mentees["exit"] != "left").sum(),
    "degree": lambda run: run.months["live_ties"].iloc[-1] / run.months["mentees"].iloc[-1],
    "reach": lambda run: (mentors(run)["load"] > 0).mean(),
    "norm_share": lambda run: run.months["norm_share"].iloc[-1],
    "load_ratio": load_ratio,
    "assortativity": lambda run, a: assorted(run, run.world.identities[a].name),
    "mentor_diversity": lambda run, a: side(run, a)[2][run.mentors["exit_month"].isna()].mean(),
}
PER_ATTRIBUTE = [outcome.name for outcome in OF_ATTRIBUTES]


def counted(field: str) -> dict[str, str]:
    """The names that the counting code adds to `sums` or to `weights`, with the file where it does."""
    found = {}
    for path in sorted(ROOM.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            for target in getattr(node, "targets", [getattr(node, "target", None)]):
                target = target.value if isinstance(target, ast.Subscript) else target
                if isinstance(target, ast.Attribute):
                    record = target.value.value if isinstance(target.value, ast.Subscript) else target.value
                    if isinstance(record, ast.Name) and record.id == field:
                        found[target.attr] = path.name
    return found


def lacking(declared, sums, weights, recounted):
    """What each outcome lacks, in words; empty when every outcome has its row, its line and its test."""
    rows, room = set(declared), "simulation/outcomes"
    files = f"{room}/people.py, ties.py or mentors.py"
    places = {
        f"a row in {room}/table.py": set(sums) - rows,
        f"a line that counts it (`sums.<name> += ...`) in {files}": rows - set(sums),
        f"a line with its weight (`weights.<name> += ...`) in {files}": set(sums) & rows - set(weights),
        "a second count in RECOUNTED of tests/test_recounts.py": rows - set(recounted),
    }
    return [f"{name} lacks {place}" for place, names in places.items() for name in sorted(names)]


def test_every_outcome_has_its_row_its_line_and_its_test():
    missing = lacking(TABLE, counted("sums"), counted("weights"), RECOUNTED)
    assert not missing, "; ".join(missing)


def test_what_is_forgotten_is_named():
    whole = ["access", "reach"]
    assert lacking(whole, whole, whole, whole) == []
    assert lacking([*whole, "joy"], whole, whole, [*whole, "joy"])[0].startswith("joy lacks a line that counts it")
    assert lacking(whole, [*whole, "joy"], whole, whole) == ["joy lacks a row in simulation/outcomes/table.py"]
    assert lacking(whole, whole, ["reach"], whole)[0].startswith("access lacks a line with its weight")
    assert lacking(whole, whole, whole, ["access"])[0].startswith("reach lacks a second count")


@pytest.mark.parametrize("name", [name for name in TABLE if name not in PER_ATTRIBUTE])
def test_a_second_count_gives_the_same(run, name):
    assert run.outcomes[name] == pytest.approx(RECOUNTED[name](run), nan_ok=True, rel=1e-6)


@pytest.mark.parametrize("name", PER_ATTRIBUTE)
def test_a_second_count_of_each_attribute_gives_the_same(run, name):
    for a, identity in enumerate(run.world.identities):
        assert run.outcomes[f"{name}_{identity.name}"] == pytest.approx(RECOUNTED[name](run, a))


def test_the_table_says_everything_of_every_outcome():
    for name, outcome in TABLE.items():
        assert outcome.title and outcome.text and outcome.margin > 0.0, name
        assert outcome.better in (-1, 0, 1), name
        assert outcome.when in ("moment", "mean"), name
        assert set(outcome.headline) <= {"screen", "brief", "figure"}, name
    places = [outcome.gap for outcome in TABLE.values() if outcome.gap]
    assert sorted(places) == list(range(1, len(places) + 1))
    assert pd.Series([outcome.title for outcome in TABLE.values()]).is_unique


def test_reach_is_counted_every_month(run):
    """The last month's is the outcome; every month's is what a look at the mentors gives."""
    assert run.months["reach"].iloc[-1] == run.outcomes["reach"]
    world = run.world.with_({"people.mentees": 20, "people.mentors": 12, "people.burn_in": 0})
    for month, state, _ in month_by_month(world.with_({"people.months": 4}), run.policy, 3):
        rows = np.asarray(state.mentors)[: int(state.counts.mentors)]
        assert state.months[month].reach == (rows["load"][rows["active"] == 1] > 0).mean()
