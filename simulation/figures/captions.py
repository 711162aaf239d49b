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
        "Who has access to a mentor",
        "Left: the level of each end of an identity, the mean over runs. Right: the gap between the two, the first less the "
        "others, with its own 95 % interval over runs. The word beside it judges how much the gap changes from the baseline on "
        "the same people with the same luck, by an interval that holds together with all others; bars that do not overlap are "
        "therefore no verdict.",
        "Dot plots, a row of panels an identity and one row a policy: at the left the share of each group that ever had a mentor, "
        "at the right the gap between them with its interval. The numbers are in the tables.",
    ),
    "retention": Caption(
        "Who stays",
        "Share of mentees who have not left, by months since they arrived or since the study began (Kaplan-Meier). "
        "Those who graduate, or are still there at the end, count for as long as they were followed. Bands, or bars at the end, "
        "are 95 % intervals of each curve over runs (Student's t on the log-log scale, which stays within 0 and 100 %). "
        "They are of levels: policies have the same people and luck, so their differences are surer, and the title judges those. "
        "The share axis need not start at zero; it says where it does.",
        "Line chart: the share of mentees who have not left, falling with months since arrival, one line a policy. Below it "
        "stands how many are still followed.",
    ),
    "retention_by": Caption(
        "Who stays, by {attribute}",
        "The same curves, a panel a group, with 95 % intervals of each curve over runs. The last panel shows the gap between the "
        "groups over the whole study, with its own 95 % interval over runs; the title judges how much it changes from the baseline "
        "in pairs of runs. The share axis need not start at zero; it says where it does.",
        "Small line charts, one a group by {attribute}: the share of mentees who have not left, one line a policy; and beside them "
        "the gap between the groups, one row a policy.",
    ),
    "ties": Caption(
        "The life of ties",
        "Means over runs with their 95 % bands (of shares on the log-log scale, of rates on the logarithm, so that none leaves its "
        "range). Live ties are those that carry load; pairs who have become colleagues are not counted. Endings are a rate over "
        "the last twelve months, because they follow the seasons, and begin when twelve months have passed.",
        "Line charts by month, one line a policy: mentees with a mentor, live ties that have sparked, ties that end for each "
        "hundred live ties, and endings because somebody moved on.",
    ),
    "load_by": Caption(
        "Who carries the load, by {attribute}",
        "Left: mentees per mentor, the mean over a mentor's months, in the first run; an upright stroke marks how "
        "many the group's mentors can serve well. Middle: how many mentors of that run were ever above it. Mentors of one run are "
        "no sample, so these have no interval. Right: the load of mentors outside the reference group over that of those in it, "
        "over all runs, with the 95 % interval (on the logarithm, which stays above 0).",
        "Dot plots, one row a policy: mean number of mentees per mentor, the share of mentors once above their "
        "capacity, for each group by {attribute}, and the ratio of the groups' loads.",
    ),
    "network": Caption(
        "Who mentors whom",
        "The first run, in one month, under the baseline and the policy that keeps most, with the same people in the same places. "
        "Each island is a discipline: mentors (squares) at its heart, mentees (discs) around them. Golden people have a live tie "
        "that has sparked, hollow ones have none at all. (In the tables a current mentor is one met of late, so a "
        "few with a live tie have none.) Strong lines are what happened to ties within three months, the newest sixty at "
        "most; all other live ties are faint, and between islands in bundles as wide as they are many.",
        "Two network drawings side by side, the same people under two policies, in islands by discipline. The counts "
        "of live ties, of sparked ties, of ties across disciplines and of what happened of late stand above each.",
    ),
}  # fmt: skip

OTHERS = {  # of other commands than `compare`
    "pilot": Caption(
        "What many pilots show",
        "Each panel is an outcome: how many pilots estimated how much. The black line is the effect of the policy when it is "
        "offered to everybody, less the effect when it is offered to nobody; the dashed line is the mean of the pilots. A pilot "
        "finds it when its interval leaves out zero on the right side; in brackets stands the 95 % interval of that share "
        "(Wilson).",
        "Histograms, one an outcome: the estimates of all pilots, with the effect for everybody and the mean of the pilots.",
    ),
    "front": Caption(
        "What a budget buys",
        "Each large point is a design that no other beats on cost, retention and mentors' burnout; its bar is the 95 % interval "
        "of its gain over today, measured on luck that the search had not seen. Small points were tried by the search.",
        "Scatter plot: cost a year across, retention upwards, mentors' burnout as colour; designs of choice have names.",
    ),
}


def caption(stem: str) -> Caption:
    """Find the caption of a figure by the stem of its file; an unknown figure gets its name in words."""
    if stem in CAPTIONS or stem in OTHERS:
        return CAPTIONS[stem] if stem in CAPTIONS else OTHERS[stem]
    for name, found in CAPTIONS.items():
        if name.endswith("_by") and stem.startswith(name + "_"):
            by = attribute(stem.removeprefix(name + "_"))
            return Caption(*(text.format(attribute=by) for text in dataclasses.astuple(found)))
    return Caption(words(stem), *(said_of(stem) or ("", words(stem))))


def described(stem: str) -> tuple[str, str]:
    """The title and the description that a figure's SVG carries: what it shows, then how it is read."""
    found = caption(stem)
    return found.heading, " ".join(filter(None, [found.alternative, found.text]))


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
