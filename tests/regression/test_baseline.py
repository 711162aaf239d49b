"""Nothing changes by accident: outcomes equal the baseline, which only `python -m tests.regression` renews."""

import baseline
import pytest


def close(value):
    """The same but for the last digits, which may differ between machines; missing is missing."""
    return None if value is None else pytest.approx(value, rel=1e-9, abs=1e-12)


@pytest.mark.jit_only
def test_outcomes_equal_the_baseline():
    before, now = baseline.read(), baseline.measured()
    assert now.keys() == before.keys()
    for pair, outcomes in now.items():
        new, gone = outcomes.keys() - before[pair].keys(), before[pair].keys() - outcomes.keys()
        assert not new | gone, (
            f"{pair}: new outcomes {sorted(new)}, gone {sorted(gone)}; if that is meant, `python -m tests.regression` "
            "and say so in CHANGELOG.md"
        )
        changed = [name for name in outcomes if outcomes[name] != close(before[pair][name])]
        assert not changed, (
            f"{pair}: {changed}; if that is meant, `python -m tests.regression` and say so in CHANGELOG.md"
        )
