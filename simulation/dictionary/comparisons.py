"""The tables of outcomes: of comparisons, and of studies of many runs."""

from simulation.dictionary.entries import Column, Table, columns

WORLD = Column("world", "name", "the world")
POLICY = Column("policy", "name", "the policy")
REPLICATE = Column("replicate", "number", "the replicate, from 0; the same replicate has the same people and luck under every policy")
POINT = Column("point", "number", "the point of the design, as in `points`")
STAMP = (WORLD, POLICY, REPLICATE)  # of every table on disk

# as they are in `simulation/outcomes/table.py`
OUTCOMES = columns(
    ("<outcome>", "see *Outcomes*", "a column for each outcome", "where there is nobody, or no tie, to measure it on"),
    ("<of_attribute>_<attribute>", "see *Outcomes*", "a column for each outcome about one identity attribute of the world", "where a side has nobody"),
    ("gap_<gapped>_<contrast>", "as the outcome", "the outcome in the reference group, less that of all others", "where a side has nobody"),
    ("ratio_<gapped>_<contrast>", "ratio", "the outcome in the reference group over that of all others", "where a side has nobody, or the others have 0"),
)  # fmt: skip

GROUPS = columns(
    ("attribute", "name", "the identity attribute, several joined by `_x_`, or `all`"),
    ("group", "name", "the group, several joined by ` & `, or `everyone`"),
    ("heads", "mentees", "mentees of the group who were ever there"),
    ("small", "yes or no", "fewer than 20 heads: read with care"),
    ("outcome", "name", "an outcome of people"),
    ("value", "as the outcome", "its value in the group", "where there is nobody to measure it on"),
)
NOT_BOTH = "where no replicate has both values"

OF_COMPARISONS = (
    Table("outcomes", "a run: world, policy and replicate", "`mentorship run`, `compare`, studies; in Python `run.outcomes` (a row), `compare(…).outcomes`", (*STAMP, Column("parameter_set", "number", "only with `--parameters`: the set of parameters"), *OUTCOMES)),
    Table("groups", "a run, group and outcome of people", "`mentorship run`, `compare`, studies that keep it", (*STAMP, *GROUPS)),
    Table("contrasts", "a policy and outcome: the difference from the baseline, replicate by replicate", "`mentorship compare`; in Python `compare(…).contrasts`", (WORLD, POLICY, *columns(
        ("baseline", "name", "the first policy named"),
        ("outcome", "name", "the outcome, or a gap or ratio of groups in it"),
        ("level", "as the outcome", "mean over replicates under the baseline", NOT_BOTH),
        ("difference", "as the outcome", "mean over replicates of the policy's value less the baseline's", NOT_BOTH),
        ("low", "as the outcome", "lower end of its own 95 % interval", "with fewer than two replicates"),
        ("high", "as the outcome", "upper end of its own 95 % interval", "with fewer than two replicates"),
        ("family", "name", "the differences that are judged together: `headline`, `equity` (gaps in access, needs covered, months with a spark and retention) or `other`"),
        ("low_all", "as the outcome", "lower end of the 95 % interval that holds together with all others of the family", "with fewer than six replicates"),
        ("high_all", "as the outcome", "upper end of it", "with fewer than six replicates"),
        ("p_all", "probability", "chance that any difference of the family lies as far from zero, if none differs", "with fewer than six replicates, or where it never varies"),
        ("margin", "as the outcome", "the smallest difference that matters, from the table of outcomes"),
        ("verdict", "name", "`better`, `worse`, `same` (the whole interval lies within the margin) or `cannot_tell`; `higher` or `lower` where neither way is better; `reversed` where a gap is turned round"),
        ("needed", "replicates", "how many would tell", "where one can tell already, or no number would"),
        ("small", "yes or no", "a gap of which one end has few people: its interval is too narrow"),
        ("share_better", "share", "replicates in which the policy is better; a gap is better nearer to zero", "where neither way is better"),
        ("variance_ratio", "ratio", "variance of the difference with independent replicates over that with paired ones: what common luck gains", "where no difference varies"),
        ("people_gained", "mentees of 100", "stay under the policy and leave under the baseline, mean"),
        ("people_lost", "mentees of 100", "leave under the policy and stay under the baseline, mean"),
    ))),
    Table("early", "a policy, replicate and sign of the first year", "`mentorship compare`; in Python `compare(…).early`", (*STAMP, *columns(
        ("sign", "name", "`mentored_share`, `meaningful_share`, `mentoring_satisfaction`, `job_satisfaction`, `burnout`, `mentor_burnout`, `mentor_load` as in `months`; `closures`, endings for each live tie; `left`, exits for each mentee"),
        ("value", "as in `months`", "mean over the first twelve months of the study; of a count, a month", "where there was nobody to measure it on"),
        ("month_12", "as in `months`", "its value in the last of these months", "where there was nobody to measure it on"),
    ))),
    Table("plausible", "a policy and outcome, over the sets of `--parameters` or `--sets`", "`mentorship compare`; in Python `compare(…).plausible`", (WORLD, POLICY, *columns(
        ("baseline", "name", "the first policy named"),
        ("outcome", "name", "the outcome, or a gap of groups in it"),
        ("sets", "sets", "sets with a measured difference"),
        ("better", "sets", "sets in which the policy is better, by the mean of their replicates", "where neither way is better"),
        ("worse", "sets", "sets in which it is worse", "where neither way is better"),
        ("clearly_better", "sets", "sets in which the 95 % interval says better", "where neither way is better"),
        ("clearly_worse", "sets", "sets in which the 95 % interval says worse", "where neither way is better"),
        ("low", "as the outcome", "lower end of the middle 95 % of the sets' mean differences, luck included", NOT_BOTH),
        ("high", "as the outcome", "upper end of it", NOT_BOTH),
        ("parameter_share", "share", "share of the variance of the differences that the parameters explain; the rest is luck", "with fewer than two sets or replicates of a set"),
    ))),
    Table("sets", "a run under a set of parameters, beside the main runs", "`mentorship compare --sets`", (*STAMP, Column("parameter_set", "number", "the set of parameters, a row of the posterior"), *OUTCOMES)),
    Table("turning", "a parameter and one value of it: how far a policy is ahead of its rival there", "`mentorship compare --turning`", (WORLD, POLICY, *columns(
        ("parameter", "name", "the parameter that is moved, alone"),
        ("value", "as the parameter", "its value"),
        ("taken", "as the parameter", "the value that the world has"),
        ("rival", "name", "the policy that it is compared with: the one to which it is nearest to lose"),
        ("outcome", "name", "the outcome that keeps the two apart"),
        ("margin", "as the outcome", "the smallest difference that matters"),
        ("ahead", "as the outcome", "how far the policy is ahead, mean over programs; below zero it is behind"),
        ("low", "as the outcome", "lower end of its 95 % interval", "with fewer than two programs"),
        ("high", "as the outcome", "upper end of it", "with fewer than two programs"),
        ("programs", "number", "simulated programs at the value"),
        ("followed", "yes or no", "one of the parameters that move most, followed along its range; otherwise an end of a range"),
    ))),
    Table("costs", "a policy and item: what it takes, and who pays", "`mentorship compare`; in Python `compare(…).costs`", (WORLD, POLICY, *columns(
        ("item", "name", "what the money or the time goes into"),
        ("payer", "name", "`cash` and `protected`, which the institution pays, or `mentors` and `mentees`, whom nobody pays"),
        ("yearly", "money", "a year for the whole program, mean over replicates"),
        ("per_mentee", "money", "per mentee and year, mean over replicates"),
        ("low", "money", "lower end of its own 95 % interval", "with fewer than two replicates"),
        ("high", "money", "upper end of it", "with fewer than two replicates"),
    ))),
    Table("keeping", "a policy but the baseline: what one person more kept costs", "`mentorship compare`; in Python `compare(…).keeping`", (WORLD, POLICY, *columns(
        ("baseline", "name", "the first policy named"),
        ("extra_cost", "money", "what the institution pays a year beyond the baseline, mean over replicates"),
        ("extra_kept", "people a year", "who have not left at the end of the study, beyond the baseline, by its years"),
        ("price", "money", "the first over the second", "unless the interval of `extra_kept` lies above 0"),
        ("low", "money", "lower end of its own 95 % interval (Fieller)", "as `price`"),
        ("high", "money", "upper end of it", "as `price`"),
    ))),
    Table("people", "a policy and replicate", "`mentorship compare`; in Python `compare(…).people`", (*STAMP, *columns(
        ("people_gained", "mentees of 100", "stay under the policy and leave under the baseline", "where a run failed"),
        ("people_lost", "mentees of 100", "leave under the policy and stay under the baseline", "where a run failed"),
    ))),
    Table("survival", "a policy, group and month since arrival or the start, over all replicates", "`mentorship compare`; in Python `compare(…).survival`", (WORLD, POLICY, *columns(
        ("attribute", "name", "the identity attribute, or `all`"),
        ("group", "name", "the group, or `everyone`"),
        ("month", "months", "months since the mentee was first there"),
        ("at_risk", "mentees", "mentees watched so long and still there, all replicates together"),
        ("left", "mentees", "of these, those who left in that month"),
        ("share", "share", "who has not left after the month, mean over replicates", "where nobody was watched so long"),
        ("low", "share", "lower end of its 95 % interval, over replicates", "with fewer than two replicates"),
        ("high", "share", "upper end of it", "with fewer than two replicates"),
        ("runs", "replicates", "replicates in which the group had people"),
    ))),
    Table("course", "a policy, measure of ties and month, over all replicates", "`mentorship compare`; in Python `compare(…).course`", (WORLD, POLICY, *columns(
        ("measure", "name", "`mentored_share` and `spark_share` as in `months`; `endings`, ties that ended, and `moving_on`, of these those in which one or both sides moved on, each over the last twelve months for 100 live ties and month"),
        ("month", "months", "month of the study, from 0"),
        ("mean", "as the measure", "mean over replicates", "where no replicate has a value: of the last two measures until twelve months have passed"),
        ("low", "as the measure", "lower end of its 95 % interval, over replicates", "with fewer than two replicates"),
        ("high", "as the measure", "upper end of it", "with fewer than two replicates"),
        ("runs", "replicates", "replicates with a value"),
    ))),
    Table("failures", "a run that failed", "`mentorship compare`; in Python `compare(…).failures`", (*STAMP, *columns(
        ("seed", "number", "its seed, with which `mentorship run` repeats it"),
        ("error", "text", "what went wrong"),
    ))),
)  # fmt: skip

OF_STUDIES = (
    Table("points", "a point of the design", "`mentorship sweep`, `sensitivity`: `points.parquet`", (POINT, *columns(
        ("<factor>", "as its field", "the value of each factor of the study", "where the point leaves it as it is"),
    ))),
    Table("design", "a row of the design, in the order in which its method made it", "`mentorship sweep`, `sensitivity`: `design.parquet`", columns(
        ("row", "number", "the row, from 0"),
        ("point", "number", "the point that it stands for; points may repeat"),
        ("<factor>", "0 to 1", "of a sample, the place of each factor in the unit interval: X for SALib"),
    )),
)  # fmt: skip

# What a study adds to tables that a run or a comparison has as well.
IN_STUDIES = {"outcomes": (POINT, *columns(
    ("seed", "number", "the seed of the run"),
    ("error", "text", "what went wrong", "when nothing did"),
    ("replay", "text", "the command that repeats the run", "when nothing went wrong"),
))} | dict.fromkeys(("groups", "months", "mentees", "mentors", "ties"), (POINT,))  # fmt: skip
