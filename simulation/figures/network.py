"""Who mentors whom in one month: disciplines as islands, ties that just happened as lines, all others as faint bundles."""

from collections import Counter
from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Circle, PathPatch

from simulation.figures import findings, style
from simulation.figures.islands import Places, arrange
from simulation.figures.routes import along, between_islands, inside_out
from simulation.figures.wording import attribute, inside, percent, words
from simulation.outcomes.live import live_ties, passed
from simulation.scenario.counted import counted, listed

BURNS, HAS, GROUND = "#E69F00", "#56657d", "#f3f3f3"
TABLES = ("ties", "mentees", "mentors")
LATELY, STRONG = 3, 60  # months in which what happens is drawn strongly, and lines drawn so at most
EVENTS = {  # colour, dashes, width and name of what happened to a tie
    "sparked": ("#8F3D00", "-", 1.4, "tie that sparked"),
    "began": ("#56B4E9", "-", 1.1, "tie that began"),
    "ended": ("#7a1f4f", (0, (2, 1.5)), 0.9, "tie that ended"),
}
SMALL, CROWD = 11.0, 400  # area of a mentee's disc, in square points, up to so many people
BUNDLE, WIDEST = 0.11, 7.0  # points of a bundle's width for each of its ties, and at most


def snapshot(
    ties: pd.DataFrame, mentees: pd.DataFrame, mentors: pd.DataFrame, month: int
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Pick the live ties of a month (`lit` when they have sparked) and the people who are there, by id."""
    live = live_ties(ties, month)
    live = live.assign(lit=passed(live["spark_month"], month))

    def there(people: pd.DataFrame, key: str, came: str) -> pd.DataFrame:
        present = passed(people[came].fillna(-1), month) & ~passed(people["exit_month"], month)
        return people[present | people[key].isin(live[key])].set_index(key)

    return live, there(mentees, "mentee", "cohort"), there(mentors, "mentor", "joined_month")


def lately(ties: pd.DataFrame, mentees: pd.DataFrame, mentors: pd.DataFrame, month: int) -> pd.DataFrame:
    """What last happened to each tie within `LATELY` months, to this month: `event` and `when`, the newest first.

    Both sides must still be there, as nobody can be drawn who is not.
    """
    known = ties[ties["mentee"].isin(mentees.index) & ties["mentor"].isin(mentors.index)]
    columns = {"ended": "end_month", "sparked": "spark_month", "began": "start_month"}
    dates = np.column_stack([known[name].astype("Float64").to_numpy(float, na_value=-np.inf) for name in columns.values()])
    dates = np.where((dates <= month) & (dates > month - LATELY), dates, -np.inf)
    events = np.array(list(columns))[dates.argmax(axis=1)] if len(known) else ""
    happened = known.assign(event=events, when=dates.max(axis=1, initial=-np.inf))
    return happened[np.isfinite(happened["when"])].sort_values("when", ascending=False, kind="stable")


@style.housed
def mentoring_network(
    ties: pd.DataFrame, mentees: pd.DataFrame, mentors: pd.DataFrame, month: int,
    highlight: tuple[str, object] | None = None, ax: Axes | None = None, places: Places | None = None,
) -> Axes:  # fmt: skip
    """Draw the mentoring network of one run in one month; with several sites, only the first one.

    Squares are mentors, discs mentees. Golden people have a tie that has sparked, hollow ones have none. Strong lines are the
    newest things that happened to ties in the last months, at most `STRONG`; all other live ties are faint, and across
    disciplines in bundles as wide as they are many. `highlight` (attribute, group) gives people of that group a black rim.

    Args:
        places: where people stand; by default `islands.arrange` of those who are there.
    """
    ties, mentees, mentors = _first_site(ties, mentees, mentors)
    live, mentees, mentors = snapshot(ties, mentees, mentors, month)
    ax = style.axes(ax, width=style.WIDTH / 2, height=style.WIDTH / 2)
    ax.axis("off")
    if mentees.empty and mentors.empty:
        return ax
    places = places or arrange(mentees, mentors)
    for name, centre in places.centres.items():
        ax.add_patch(Circle(centre, places.radii[name], facecolor=GROUND, edgecolor="none", zorder=0))
    of = {"mentee": mentees["discipline"].to_dict(), "mentor": mentors["discipline"].to_dict()}
    new = lately(ties, mentees, mentors, month).head(STRONG)
    _bundles(ax, live.drop(new.index, errors="ignore"), of, places)
    middle = np.mean(list(places.centres.values()), axis=0)
    for event, (colour, dashes, width, _) in EVENTS.items():
        for row in new[new["event"] == event].itertuples():
            ends = places.mentees[row.mentee], places.mentors[row.mentor]
            homes = of["mentee"][row.mentee], of["mentor"][row.mentor]
            path = along(*ends, middle, homes[0] == homes[1])
            line = PathPatch(path, facecolor="none", edgecolor=colour, linestyle=dashes, linewidth=width, zorder=2, gid=event)
            ax.add_patch(line)
    size = SMALL * min(1.0, CROWD / max(len(mentees) + len(mentors), 1))
    for side, people, where, marker, area in (
        ("mentee", mentees, places.mentees, "o", size), ("mentor", mentors, places.mentors, "s", 1.7 * size),
    ):  # fmt: skip
        _people(ax, people, where, highlight, set(live[side]), set(live.loc[live["lit"], side]), marker, area)
    for name, centre in places.centres.items():
        way, place, align = inside_out(centre, middle, places.radii[name])
        ax.annotate(words(name), place, (0, 2 * way), textcoords="offset points", ha="center", va=align, fontsize=style.SMALL,
                    fontweight="bold", zorder=4, annotation_clip=False)  # fmt: skip
    ax.set_aspect("equal", anchor="N")
    ax.margins(0.02)
    return ax


@style.housed
def mentoring_networks(
    tables: dict[str, pd.DataFrame], policies: Sequence[str], month: int, highlight: tuple[str, object] | None = None,
    arranged: Callable[[pd.DataFrame, pd.DataFrame], Places] = arrange,
) -> Figure:  # fmt: skip
    """Draw the networks of two policies (or one, or three) side by side: same people in the same places, same month.

    Args:
        tables: `ties`, `mentees` and `mentors` of one replicate, with a `policy` column.
        arranged: gives mentees and mentors their places, as `islands.arrange` does without knowing their world.
    """
    figure = style.sheet(height=style.WIDTH / max(len(policies), 2) + 1.35)
    each = [_first_site(*(tables[name][tables[name]["policy"] == policy] for name in TABLES)) for policy in policies]
    seen = [snapshot(*mine, month=month) for mine in each]
    everybody = [pd.concat([one[k] for one in seen]) for k in (1, 2)]
    places = arranged(*(people[~people.index.duplicated()] for people in everybody))
    missing = []
    axes = figure.subplots(1, len(policies), squeeze=False).ravel()
    for ax, policy, mine, (live, mentees, mentors) in zip(axes, policies, each, seen, strict=True):
        mentoring_network(*mine, month=month, highlight=highlight, ax=ax, places=places)
        crossing = live["mentee"].map(mentees["discipline"]).to_numpy() != live["mentor"].map(mentors["discipline"]).to_numpy()
        share = percent(1 - live["mentee"].nunique() / max(len(mentees), 1))
        missing.append(f"{share}{' of mentees have no live tie' * (not missing)} under {inside(words(policy))}")
        new = Counter(lately(*mine[:1], mentees, mentors, month)["event"])
        happened = sum(new.values())
        title = [
            words(policy),
            f"{counted(len(live), 'live ties')}, {live['lit'].sum():,} sparked, {crossing.sum():,} across disciplines",
            f"in {counted(LATELY, 'months')}: {new['began']:,} began, {new['sparked']:,} sparked, {new['ended']:,} ended"
            + (f" ({STRONG} drawn)" if happened > STRONG else ""),
        ]
        ax.set_title("\n".join(title), fontsize=style.SMALL, fontweight="normal", pad=14)
    figure.legend(handles=_key(highlight), loc="outside lower center", ncols=3, handletextpad=0.6)
    found = f"Month {month} of one run: {listed(missing)}"
    style.heading(figure, findings.titled(found, "", style.WIDTH))
    return figure


def _first_site(
    ties: pd.DataFrame, mentees: pd.DataFrame, mentors: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """The ties and people of the first site only, where there are several."""
    if "site" in mentees and "site" in mentors and len(mentees):
        site = mentees["site"].iloc[0]
        mentees, mentors = mentees[mentees["site"] == site], mentors[mentors["site"] == site]
    return ties[ties["mentee"].isin(mentees["mentee"]) & ties["mentor"].isin(mentors["mentor"])], mentees, mentors


def _bundles(ax: Axes, live: pd.DataFrame, of: dict, places: Places) -> None:
    """Draw ties that did nothing of late: faint lines within an island, bundles between two."""
    homes = [live[side].map(of[side]).to_numpy() for side in ("mentee", "mentor")]
    within = homes[0] == homes[1]
    lines = [(places.mentees[i], places.mentors[j]) for i, j in live.loc[within, ["mentee", "mentor"]].to_numpy()]
    ax.add_collection(LineCollection(lines, colors="#c4c4c4", linewidths=0.35, zorder=1))
    pairs = Counter(tuple(sorted(pair, key=str)) for pair in zip(homes[0][~within], homes[1][~within], strict=True))
    middle = np.mean(list(places.centres.values()), axis=0)
    for (one, other), count in pairs.items():
        path = between_islands(places.centres[one], places.radii[one], places.centres[other], places.radii[other], middle)
        ax.add_patch(PathPatch(path, facecolor="none", edgecolor="#d2d2d2", linewidth=min(BUNDLE * count, WIDEST), zorder=0.5))


def _people(
    ax: Axes, people: pd.DataFrame, places: dict, highlight: tuple[str, object] | None, tied: set, burning: set, marker: str,
    size: float,
) -> None:  # fmt: skip
    """Draw people: golden while a tie of theirs burns, dark with any other tie, hollow with none."""
    if people.empty:
        return
    marked = people[highlight[0]].eq(highlight[1]).to_numpy() if highlight else np.zeros(len(people), dtype=bool)
    fill = [BURNS if i in burning else HAS if i in tied else "white" for i in people.index]
    rim = [style.INK if mark else HAS for mark in marked]
    spots = np.array([places[i] for i in people.index])
    ax.scatter(*spots.T, s=size, marker=marker, c=fill, edgecolors=rim, linewidths=np.where(marked, 1.1, 0.4), zorder=3)


def _key(highlight: tuple[str, object] | None) -> list[Line2D]:
    """Explain shapes, fills, rims and lines."""
    plain = {"linestyle": "", "color": HAS, "markeredgewidth": 0.6, "markeredgecolor": HAS}
    key = [
        Line2D([], [], marker="s", markersize=5.5, label="mentor with a live tie", **plain),
        Line2D([], [], marker="o", markersize=4.5, label="mentee with a live tie", **plain),
        Line2D([], [], marker="o", markersize=4.5, markerfacecolor="white", label="hollow: without one", **plain),
        Line2D([], [], marker="o", markersize=4.5, markerfacecolor=BURNS, label="golden: one has sparked", **plain),
    ]
    for colour, dashes, width, label in EVENTS.values():
        said = f"{label} in {counted(LATELY, 'months')}"
        key.append(Line2D([], [], color=colour, linestyle=dashes, linewidth=width + 0.3, label=said))
    key.append(Line2D([], [], color="#c8c8c8", linewidth=2.5, label="other live ties, in bundles"))
    if highlight:
        label = f"black rim: {inside(words(highlight[1]))}, by {attribute(highlight[0])}"
        rim = {"linestyle": "", "color": "#c8c8c8", "markeredgecolor": "black"}
        key.append(Line2D([], [], marker="o", markersize=5.5, label=label, **rim))
    return key
