"""The figures that an office knows of its program, as clauses: the words that an office uses, and how sure a figure is.

Source: Agresti and Coull 1998, 10.1080/00031305.1998.10480550, the error of a share of few people.
"""

from pathlib import Path

from simulation.outcomes import find
from simulation.outcomes.table import ANSWER, SHARE, TABLE
from simulation.scenario.errors import ScenarioError, nearest, shown
from simulation.scenario.loading import located
from simulation.scenario.parameter_sets import FIELDS
from simulation.scenario.targets import Number, TargetClause, Targets
from simulation.scenario.world import World

LEFT = "left within a year"  # the share that `retention_12` leaves over
WORDS = {
    "share with a mentor": "mentored_share", "ever had a mentor": "access", LEFT: "retention_12", "stayed a year": "retention_12",
    "closed within a year": "closure_12", "satisfaction with mentoring": "mentoring_satisfaction",
    "satisfaction with the job": "job_satisfaction", "mentors who stay": "mentor_retention",
}  # fmt: skip
SPREAD = 1.0  # standard deviation of answers from 1 to 5; assumed
EXTRA = 4.0  # people whom Agresti and Coull add, half of them on either side


def outcome_of(words: str) -> str:
    """The name of an outcome that is said in plain words, or by its title; other words stay as they are."""
    spoken = words.strip().lower()
    return WORDS.get(spoken) or next((one.name for one in TABLE.values() if one.title.lower() == spoken), words)


def clause_of(targets: Targets, file: Path | None, place: int) -> TargetClause:
    """The clause of a number; an outcome that there is not, and a value that it cannot have, raise with their line."""
    number = targets.numbers[place]
    spoken, name = number.outcome.strip().lower(), outcome_of(number.outcome)
    with located(Targets.kind, file, ("numbers", place, "outcome"), f"numbers.{number.outcome}.outcome"):
        # a gap or an outcome of an attribute has no text where the world does not know it: the clause is checked against it
        if name == number.outcome and not find(name).text:
            hint = nearest(spoken.replace(" ", "_"), [*(word.replace(" ", "_") for word in WORDS), *TABLE]).replace("_", " ")
            raise ScenarioError(f"no outcome is called {shown(name)}", hint=hint or f"in plain words: {', '.join(WORDS)}")
    with located(Targets.kind, file, ("numbers", place, "value"), f"numbers.{number.outcome}.value"):
        error, value = _error(number, name), 1.0 - number.value if spoken == LEFT else number.value
    told = f"{number.outcome} ({number.group})" if number.group else number.outcome
    return TargetClause(
        name=told, world=targets.world, policy=targets.policy, outcome=name, group=number.group, value=value, error=error,
        source=number.source or "the file", text=told,
    )  # fmt: skip


def check_unknowns(targets: Targets, file: Path | None) -> None:
    """Refuse an unknown that a set of parameters cannot have, or a range that the world does not allow, with its line."""
    for place, one in enumerate(targets.unknowns):
        with located(Targets.kind, file, ("unknowns", place, "field"), f"unknowns.{one.field}"):
            if not one.field.startswith(FIELDS[1:]):
                raise ScenarioError(f"value {shown(one.field)}, allowed: a field of context or hazards, such as hazards.first_year")
            for end in (one.low, one.high):
                World(name="unknowns").with_({one.field: end})


def _error(number: Number, name: str) -> float:
    """The standard error of a figure: as given, or that of as many people."""
    unit = find(name).difference_unit
    if unit == SHARE.difference_unit and not 0.0 <= number.value <= 1.0:
        raise ScenarioError(f"value {shown(number.value)}, allowed: a share from 0 to 1, such as 0.91 for 91 %")
    if unit == ANSWER.difference_unit and not 1.0 <= number.value <= 5.0:
        raise ScenarioError(f"value {shown(number.value)}, allowed: a mean of answers from 1 to 5")
    if number.error is not None:
        return number.error
    if unit == ANSWER.difference_unit:
        return SPREAD / number.people**0.5
    if unit != SHARE.difference_unit:
        raise ScenarioError("of people an error follows only for shares and for answers from 1 to 5", hint="give the error")
    people = number.people + EXTRA
    share = (number.value * number.people + EXTRA / 2.0) / people
    return (share * (1.0 - share) / people) ** 0.5
