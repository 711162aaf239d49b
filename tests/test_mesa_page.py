"""Mesa's own page, which is drawn by Solara: it opens on the model, shows its people and steps it."""

import ipyvuetify
import matplotlib.pyplot as plt
import pytest
import solara
from mesa.visualization import SolaraViz, make_plot_component
from mesa.visualization.utils import update_counter

from simulation import MentorshipModel, World
from simulation.agents import Mentee

WORLD = World.load("youth_program").with_({"people.mentees": 24, "people.mentors": 12})


@pytest.fixture
def opened():
    """A model of one month, its page, and what its own component was shown."""
    model = MentorshipModel(WORLD, "ad_hoc", rng=1, months=3)
    model.step()
    seen = []

    @solara.component
    def people(shown):
        update_counter.get()  # as in Mesa's tutorial: drawn again after each step
        seen.append((shown.month, len(shown.agents_by_type[Mentee])))
        solara.Text(f"{seen[-1][1]} mentees")

    page = SolaraViz(
        model, components=[make_plot_component(["mentored_share", "burnout"]), people],
        model_params={"world": WORLD, "policy": "ad_hoc", "months": 3}, play_interval=1,
    )  # fmt: skip
    _, rendered = solara.render_fixed(solara.AppLayout(children=[page]), handle_error=False)  # the layout shows the buttons
    yield model, rendered, seen
    rendered.close()
    plt.close("all")


def labelled(rendered, label):
    """The one button of a label."""
    return rendered.find(ipyvuetify.Btn, children=[label]).widget


def test_the_page_opens_and_shows_people(opened):
    model, rendered, seen = opened
    assert seen == [(1, 24)] and model.month == 1
    rendered.find(ipyvuetify.Html, children=["24 mentees"]).assert_single()


def test_the_page_steps_the_model(opened):
    model, rendered, seen = opened
    labelled(rendered, "Step").click()
    assert model.month == 2 and seen[-1][0] == 2
    labelled(rendered, "Step").click()
    assert model.month == 3 and not model.running
