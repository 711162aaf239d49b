"""The tables of pilots."""

from simulation.dictionary.comparisons import POLICY, WORLD
from simulation.dictionary.entries import Column, Table, columns

SIZE = (WORLD, POLICY, *columns(
    ("assign", "name", "who is offered the policy: `individual`, `cohort` or `stepped`"),
    ("share", "share", "of mentees or units to whom it is offered; 1 in a stepped wedge"),
    ("months", "months", "length of the pilot"),
    ("times", "ratio", "heads, mentors too, over those of the world"),
))  # fmt: skip
OUTCOME = Column("outcome", "name", "an outcome of people")
FEW = "where a side has fewer than two people, or units"
NOT_CLEAR = "where the interval of the truth holds zero"

OF_PILOTS = (
    Table("pilot", "a pilot and outcome, as its evaluator has it", "`mentorship pilot`", (*SIZE, Column("replicate", "number", "the replicate, from 0"), OUTCOME, *columns(
        ("estimate", "as the outcome", "those offered the policy less the others; of a stepped wedge, by units and periods", FEW),
        ("low", "as the outcome", "lower end of the evaluator's 95 % interval; clustered by unit, where units are dealt", FEW),
        ("high", "as the outcome", "upper end of it", FEW),
        ("p", "probability", "the evaluator's, of an estimate as far from zero if nothing differs", FEW),
        ("truth", "as the outcome", "offered to everybody less offered to nobody, same people and luck", "where there is nobody to measure it on"),
        ("nothing_estimate", "as the outcome", "the same evaluator and lot, where everybody lives with the baseline", FEW),
        ("nothing_p", "probability", "p of it", FEW),
    ))),
    Table("power", "a size of pilot and an outcome, over replicates", "`mentorship pilot`", (*SIZE, OUTCOME, *columns(
        ("pilots", "replicates", "how many there are"),
        ("truth", "as the outcome", "mean effect for everybody", "where there is nobody to measure it on"),
        ("truth_low", "as the outcome", "lower end of its 95 % interval", "with fewer than two replicates"),
        ("truth_high", "as the outcome", "upper end of it", "with fewer than two replicates"),
        ("estimate", "as the outcome", "mean of the pilots", FEW),
        ("bias", "as the outcome", "estimate less truth, mean", FEW),
        ("bias_low", "as the outcome", "lower end of its 95 % interval", FEW),
        ("bias_high", "as the outcome", "upper end of it", FEW),
        ("spread", "as the outcome", "standard deviation of the estimates", FEW),
        ("power", "share", "pilots that find the effect at 5 %, in its direction", NOT_CLEAR),
        ("power_low", "share", "lower end of its 95 % interval", NOT_CLEAR),
        ("power_high", "share", "upper end of it", NOT_CLEAR),
        ("wrong_sign", "share", "pilots whose estimate has the other sign", NOT_CLEAR),
        ("coverage", "share", "evaluators' intervals that hold the mean truth", FEW),
        ("false_alarms", "share", "pilots that find something at 5 % where the policy does nothing", FEW),
    ))),
)  # fmt: skip
