"""The table of arrivals: what each mentee was like when they came, as drawn; luck is keyed, so it can be drawn again."""

import numpy as np
import pandas as pd

from simulation.columns import ATTRIBUTES, MENTEE, TRAITS, State
from simulation.draws import Purpose, uniform
from simulation.jit import rule
from simulation.rows import empty
from simulation.scenario.world import World
from simulation.steps.arrive import welcome

WISHES = ("another", "no matter", "same")  # by the wish's number, from -1


@rule
def welcome_again(state, setting, drawn):
    """Draw everybody who has come once more, into rows of their own; groups are for life, and a roster may have given them."""
    for i in range(len(state.mentees)):
        mentee = state.mentees[i]
        if mentee.active > 0:
            drawn[i].row = i
            for a in range(ATTRIBUTES):
                drawn[i].group[a] = mentee.group[a]
            welcome(state.streams, state.units, setting, drawn[i], mentee.cohort, mentee.unit)


def arrivals(state: State, setting: np.record, world: World, who: np.ndarray) -> pd.DataFrame:
    """A row for each of the mentees `who`, by ids: traits and dispositions, hours, needs, skills, wishes and states on arrival.

    Traits are standard normal; dispositions, needs, skills and states lie in [0, 1]; hours are a month's. `knows_above` is the
    leaders' support above which they know of a program that is offered to them; below 0 they always do.
    """
    drawn = empty(MENTEE, len(state.mentees))
    welcome_again(state, setting, drawn)
    rows, context = np.asarray(drawn)[who], world.context
    luck = np.array([uniform(state.streams[0, Purpose.AWARE], int(i), 0) for i in who])
    aware = world.parameters.institution.aware
    columns = {
        "mentee": who,
        **{f"trait_{k + 1}": rows["trait"][:, k] for k in range(TRAITS)},
        **{name: rows[name] for name in ("openness", "initiative", "clarity", "ability", "hours")},
        **{f"need_{domain.name}": rows["need"][:, d] for d, domain in enumerate(world.domains)},
        **{f"skill_{domain.name}": rows["skill"][:, d] for d, domain in enumerate(world.domains)},
    }
    for a, identity in enumerate(world.identities):
        columns[f"wish_{identity.name}"] = pd.Categorical.from_codes(rows["wish"][:, a].astype(int) + 1, WISHES)
        columns[f"wish_strength_{identity.name}"] = rows["wish_strength"][:, a]
    columns |= {name: rows[name] for name in ("output", "belonging", "burnout")}
    columns["knows_above"] = (luck - context.awareness) / aware if aware > 0.0 else np.where(luck < context.awareness, -1.0, 1.0)
    return pd.DataFrame(columns)
