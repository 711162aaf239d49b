"""A title says what the verdicts say, and no more."""

import pandas as pd
import pytest

from simulation.figures.findings import balance, finding


def _contrasts(**verdicts):
    """One outcome under policies, each with its verdict; a gap of few people where the verdict has a star."""
    rows = [{"policy": policy, "baseline": "ad_hoc", "outcome": "retention", "verdict": said.strip("*"), "small": said.endswith("*")}
            for policy, said in verdicts.items()]  # fmt: skip
    return pd.DataFrame(rows)


@pytest.mark.parametrize(
    ("verdicts", "told"),
    [
        ({"a": "better", "b": "cannot_tell"}, "better under a, cannot tell under b"),
        ({"a": "cannot_tell", "b": "better", "c": "same"}, "better under b, practically the same under c, cannot tell under a"),
        ({"a": "worse", "b": "worse", "c": "worse"}, "worse under all 3"),
        ({"a": "better", "b": "cannot_tell", "c": "cannot_tell", "d": "cannot_tell"}, "better under a, cannot tell under 3 of 4 policies"),
        ({"a": "better*"}, "cannot tell under a"),
        ({"a": "better", "b": "better"}, "better under a and b"),
    ],
)
def test_each_verdict_is_told_under_its_policies(verdicts, told):
    assert finding(_contrasts(**verdicts), "retention") == f"Retention, compared with ad hoc: {told}"


def test_a_gap_is_narrower_and_not_better():
    rows = _contrasts(a="better", b="worse").assign(outcome="gap_access_gender")
    assert finding(rows, "gap_access_gender").endswith("narrower under a, wider under b")


def test_nothing_is_said_without_verdicts():
    assert finding(None, "retention") == finding(_contrasts(a="better"), "access") == ""


def test_a_balance_counts_better_and_worse_alone():
    rows = pd.concat([_contrasts(a="better", b="same"), _contrasts(a="worse", b="cannot_tell").assign(outcome="cost")])
    assert balance(rows, ["retention", "cost"]) == "Of 2 outcomes, compared with ad hoc: 1 better, 1 worse under a; 0 better, 0 worse under b"
