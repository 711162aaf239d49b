"""What a person reads about money on the screen: whole at 80 columns, in words, and at whose prices."""

import io
import re

import numpy as np
import pytest

from simulation.billing import BILL, ITEMS
from simulation.commands import console
from simulation.commands.money_lines import money_lines, people
from simulation.comparison.costs import NOBODYS, costs_of, keeping_of
from simulation.scenario.policy import Policy


class Terminal(io.StringIO):
    """A stream that says that a person is watching."""

    encoding = "utf-8"

    def isatty(self):
        return True


def screen(scale, monkeypatch, **manifest):
    """The blocks about money of two policies, on a terminal of 80 columns."""
    place = {item.name: k for k, item in enumerate(BILL)}
    spent = np.zeros((3, 2, ITEMS))
    spent[:, 1, place["protected_time"]] = scale * np.array([1.0, 1.1, 0.9])
    spent[:, :, place["mentor_meetings"]] = 2.0 * scale
    spent[:, :, place["mentee_meetings"]] = 3.0 * scale
    heads, kept = np.full((3, 2), 300.0), np.array([[0.0, 2.0], [0.0, 2.1], [0.0, 1.9]])
    names = ["ad_hoc", "single_discipline"]
    tables = {"costs": costs_of(names, spent, heads), "keeping": keeping_of(names, spent, heads, kept)}
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("TERM", "xterm")
    out = Terminal()
    console.printed(*money_lines(tables, [Policy.load(name) for name in names], manifest), stream=out)
    return re.sub(r"\x1b\[[0-9;]*m", "", out.getvalue())


@pytest.mark.parametrize("scale", [1.0, 1000.0, 9_999.0])
def test_no_line_is_wider_than_80_columns_and_no_number_is_broken(scale, monkeypatch):
    text = screen(scale, monkeypatch, own_prices=False)
    assert max(map(len, text.splitlines())) <= 80
    assert ("in thousands" in text) == (scale * 900.0 >= 1e6)
    paid = scale * 300.0 / (1000.0 if scale * 900.0 >= 1e6 else 1.0)
    assert f"{float(f'{paid:.3g}'):,.0f}" in text.split()


def test_the_prices_are_said_to_be_nobodys_only_where_they_are(monkeypatch):
    assert NOBODYS in " ".join(screen(1.0, monkeypatch, own_prices=False).split())
    assert "nobody's" not in screen(1.0, monkeypatch, own_prices=True)


def test_few_people_have_two_digits():
    assert [people(count) for count in (2.34, 0.0456, -0.5, 0.0)] == ["2.3", "0.05", "−0.50", "0.00"]


def test_a_budget_says_what_each_policy_may_buy(monkeypatch):
    named = {"ad_hoc": {"factor": 1.0, "yearly": 0.0, "said": "buys_nothing"}, "single_discipline": {"factor": 0.52, "yearly": 9_950.0, "said": "met"}}
    text = screen(1.0, monkeypatch, own_prices=True, budget={"yearly": 10_000.0, "policies": named})
    assert "At a budget of 10,000 a year" in text
    assert re.search(r"0\.52 +9,950 +meets it", text) and "buys nothing" in text
