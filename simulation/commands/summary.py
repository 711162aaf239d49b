"""The summary of a comparison that a program designer reads on screen."""

import pandas as pd

from simulation.figures import wording
from simulation.judgement import judged, turn_gaps
from simulation.outcomes import gaps_among, headlines
from simulation.scenario.policy import Policy

SAID = {"cost": {"better": "lower", "worse": "higher"}}  # whether more money is worth it is the reader's to say


def summary(tables: dict[str, pd.DataFrame], policies: list[Policy]) -> list[str]:
    """Outcome by outcome: the baseline's level, then each policy's difference with its 95 % interval and a verdict."""
    outcomes, baseline = tables["outcomes"], policies[0]
    levels = outcomes[outcomes["policy"] == baseline.name].mean(numeric_only=True)
    contrasts = turn_gaps(tables["contrasts"], outcomes)
    first, *rest = headlines("screen")
    titles = {policy.name: policy.title or wording.words(policy.name) for policy in policies}
    width = max(len(title) for title in titles.values()) + 2
    lines = []
    for name in (first, *gaps_among(levels.index, first), *rest):
        rows = contrasts[contrasts["outcome"] == name]
        if rows.empty or name not in levels:
            continue
        described = wording.outcome(name)
        gap = name.startswith("gap_")
        level = wording.level(abs(levels[name]) if gap else levels[name], described)
        if gap or described.unit != "%":
            level += f" ({described.unit})"
        lines += ["", f"{described.title}: {level} under {titles[baseline.name].lower()}"]
        unit = {"percentage points": "points"}.get(described.difference_unit, "")
        for row, said in zip(rows.to_dict("records"), judged(rows), strict=True):
            change = f"{wording.change(row['difference'], described)} {unit}".rstrip()
            span = wording.interval(row["low"], row["high"], described)
            said = SAID.get(name, {}).get(said, said)
            lines.append(
                f"  {titles.get(row['policy'], row['policy']):<{width}}{change:>14}  {f'({span})':<22} {said}"
            )
    return [
        *lines[1:],
        *_people(contrasts, titles, width),
        *_plausible(tables.get("plausible"), titles, width),
        "",
        "Differences from the baseline, in brackets their 95 % interval.",
    ]


def _people(contrasts: pd.DataFrame, titles: dict[str, str], width: int) -> list[str]:
    """Who stays under a policy and would have left under the baseline, and the reverse, per 100 mentees."""
    rows = contrasts[contrasts["outcome"] == "retention"]
    if not {"people_gained", "people_lost"} <= set(rows):
        return []
    lines = [
        "",
        "Of 100 mentees: who stays and would have left under the baseline, and who leaves and would have stayed",
    ]
    for row in rows.to_dict("records"):
        said = f"{row['people_gained']:.1f} stay, {row['people_lost']:.1f} leave"
        lines.append(f"  {titles.get(row['policy'], row['policy']):<{width}}{said}")
    return lines


def _plausible(table: pd.DataFrame | None, titles: dict[str, str], width: int) -> list[str]:
    """In how many sets of parameters retention is better, when sets were given."""
    if table is None or table.empty:
        return []
    rows = table[table["outcome"] == "retention"]
    lines = ["", f"Of {rows['sets'].max()} plausible sets of parameters: in how many retention is better, and worse"]
    for row in rows.itertuples():
        said = f"{row.better} better ({row.clearly_better} clearly), {row.worse} worse ({row.clearly_worse} clearly)"
        if pd.notna(row.parameter_share):
            said += f"; parameters decide {wording.percent(row.parameter_share)} of what differs, luck the rest"
        lines.append(f"  {titles.get(row.policy, row.policy):<{width}}{said}")
    return lines
