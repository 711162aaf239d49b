"""The caption of each figure, and its text for people who cannot see it."""

import dataclasses

from simulation.figures.study_captions import said_of
from simulation.figures.wording import attribute, words


@dataclasses.dataclass(frozen=True)
class Caption:
    """A figure's heading, the text under it, and its alternative text."""

    heading: str
    text: str
    alternative: str


CAPTIONS = {
    "contrasts": Caption(
        "What changes",
        "Each point is the mean difference from the baseline over all paired runs, each bar its 95 % interval. Blue "
        "discs are better than the baseline, orange squares worse; at a hollow diamond one cannot tell. Within the grey stripe "
        "a difference does not matter: an interval that lies in it is practically the same. All bars hold together.",
        "Forest plot: for each outcome, one row a policy with its difference from the baseline and the 95 % interval. "
        "The numbers are in the headline table.",
    ),
    "equity": Caption(
        "Retention and equity at once",
        "Further right keeps more mentees; nearer the zero line treats the groups more alike. The dashed lines cross "
        "at the baseline, and the bars are 95 % intervals of the difference from it. The larger the point, the dearer "
        "the policy.",
        "Scatter plot: retention across, the gap between groups upwards, one point a policy, its size the cost. "
        "The numbers are in the tables.",
    ),
    "retention": Caption(
        "Who stays",
        "Share of mentees who have not left, by months since they arrived or since the study began (Kaplan-Meier). "
        "Those who graduate, or are still there at the end, count for as long as they were followed. The share axis "
        "does not start at zero.",
        "Line chart: the share of mentees who have not left, falling with months since arrival, one line a policy.",
    ),
    "retention_by": Caption(
        "Who stays, by {attribute}",
        "The same curves for each group, a panel a policy; the shading is the 95 % band of the curve. The nearer the "
        "lines, the smaller the gap. The share axis does not start at zero.",
        "Small line charts, one a policy: the share of mentees who have not left, one line for each group by "
        "{attribute}.",
    ),
    "ties": Caption(
        "The life of ties",
        "Monthly values of the first run. Counts are means over the last twelve months, because they follow the seasons.",
        "Line charts by month, one line a policy: mentees with a mentor, live ties that have sparked, ties that end, "
        "and endings because somebody moved on.",
    ),
    "load_by": Caption(
        "Who carries the load, by {attribute}",
        "Left: mentees per mentor, the mean over a mentor's months, in the first run; an upright stroke marks how "
        "many the group's mentors can serve well. Right: how many mentors were ever above that.",
        "Dot plots, one row a policy: mean number of mentees per mentor, and the share of mentors once above their "
        "capacity, for each group by {attribute}.",
    ),
    "network": Caption(
        "Who mentors whom",
        "The first run, in one month, under two policies with the same people. Each island is a discipline: mentors "
        "(squares) at its heart, mentees (discs) around them, those without a mentor (hollow) at the rim. Lines across "
        "the water are ties between disciplines; thick dark lines are ties that have sparked.",
        "Two network drawings side by side, the same people under two policies, in islands by discipline. The counts "
        "of ties, of sparked ties and of ties across disciplines stand above each.",
    ),
}  # fmt: skip


def caption(stem: str) -> Caption:
    """Find the caption of a figure by the stem of its file; an unknown figure gets its name in words."""
    if stem in CAPTIONS:
        return CAPTIONS[stem]
    for name, found in CAPTIONS.items():
        if name.endswith("_by") and stem.startswith(name + "_"):
            by = attribute(stem.removeprefix(name + "_"))
            return Caption(*(text.format(attribute=by) for text in dataclasses.astuple(found)))
    return Caption(words(stem), *(said_of(stem) or ("", words(stem))))


def stems(attributes: list[str]) -> list[str]:
    """The names of all figures that a comparison of people with these identity attributes may have."""
    by = [f"{name}_{attribute}" for name in CAPTIONS if name.endswith("_by") for attribute in attributes]
    return [name for name in CAPTIONS if not name.endswith("_by")] + by


def order(stem: str) -> tuple[int, str]:
    """The place of a figure in reading order."""
    for place, name in enumerate(CAPTIONS):
        if stem == name or (name.endswith("_by") and stem.startswith(name + "_")):
            return place, stem
    return len(CAPTIONS), stem
