"""The policies by verdict on one outcome, as lists for the page."""

from typing import Any

import pandas as pd

from simulation import judgement
from simulation.figures import wording


def verdicts(differences: pd.DataFrame, name: str) -> dict[str, Any]:
    """List the policies by verdict on one outcome, the largest difference first."""
    rows = differences[differences["outcome"] == name]
    said = dict(zip(rows["policy"], judgement.careful(rows), strict=True))
    order = rows.set_index("policy")["difference"].abs().sort_values(ascending=False).index
    words = {"better": "Clearly better", "worse": "Clearly worse", "reversed": "Turned round",
             judgement.SAME: "Practically the same", judgement.CANNOT_TELL: "Cannot tell"}  # fmt: skip
    if name.startswith("gap_"):
        words |= {"better": "Clearly narrower", "worse": "Clearly wider"}
    lists = {label: [wording.words(policy) for policy in order if said[policy] == one] for one, label in words.items()}
    told = {label: wording.listed(names) for label, names in lists.items() if names}
    return {"title": wording.outcome(name).title, "lists": told}
