"""What the program has and learns: support, funding, upkeep, self-evaluation and adaptation (ODD, *reflect*)."""

from collections.abc import Iterable
from dataclasses import dataclass

from .people import Mentor
from .study import Study, calendar

MEASURES = ("context", "input", "process", "product", "load_by_identity")
LEVERS = (
    ("empower", "workshop_hours", 16),
    ("prioritize", "protected_hours", 4),
    ("prioritize", "staff_fte", 1),
    ("prioritize", "training_hours", 16),
    ("prioritize", "protected_hours", 4),
)


@dataclass
class Trial:
    """A lever that the program moved: where it stood, the score before, and by how much it rose."""

    section: str
    lever: str
    stood: float
    score: float
    rise: float


class Evaluation:
    """The program's evaluation of itself, from the results on their way to the last move."""

    def __init__(self) -> None:
        """Begin with nothing asked and nothing moved."""
        self.results: tuple[int, list[float], float] | None = None
        self.trial: Trial | None = None
        self.added_cost = 0.0

    def run(self, study: Study) -> None:
        """Act on results that have come, and ask anew when an evaluation is due."""
        evaluate = study.levers.evaluate
        self.act_on_results(study)
        due = evaluate.model != "none" and (study.month + 1) % evaluate.every_months == 0
        if due and self.results is None:
            deficits, score = measured(study)
            self.results = (study.month + evaluate.delay_months, deficits, score)
            self.act_on_results(study)

    def act_on_results(self, study: Study) -> None:
        """When results are on the table, look back on the last move and perhaps move one lever more."""
        if self.results is None or study.month < self.results[0]:
            return
        _, deficits, score = self.results
        self.results = None
        if study.levers.evaluate.adapt:
            taken_back = self.look_back(study, score)
            self.move(study, deficits, score, taken_back)

    def look_back(self, study: Study, score: float) -> str | None:
        """Keep the last move if the score fell; else take it back, and name the lever."""
        trial, self.trial = self.trial, None
        if trial is None or score < trial.score:
            return None
        setattr(getattr(study.levers, trial.section), trial.lever, trial.stood)
        self.added_cost -= yearly_cost(study, trial.lever, trial.rise)
        return trial.lever

    def move(self, study: Study, deficits: list[float], score: float, taken_back: str | None) -> None:
        """Raise the lever that answers the largest deficit that it is possible and paid for to answer."""
        step = study.rules.institution.step
        for place in sorted(range(len(deficits)), key=lambda place: -deficits[place]):
            section, lever, top = LEVERS[place]
            levers = getattr(study.levers, section)
            stands = getattr(levers, lever)
            if deficits[place] <= 1 or lever == taken_back or stands >= top:
                continue
            rise = min(step * top, top - stands)
            cost = yearly_cost(study, lever, rise)
            if self.added_cost + cost <= study.levers.evaluate.budget:
                setattr(levers, lever, stands + rise)
                self.added_cost += cost
                self.trial = Trial(section, lever, stands, score, rise)
                return


def yearly_cost(study: Study, lever: str, rise: float) -> float:
    """Give what raising a lever adds to the yearly cost of the program, per mentee."""
    prices, heads = study.world.prices, len(study.program_mentees)
    mentors_a_mentee, served = len(study.mentors) / max(heads, 1), len(study.offered) / heads if heads else 1.0
    return rise * {
        "workshop_hours": served * prices.mentee_hour,
        "protected_hours": 12 * mentors_a_mentee * prices.mentor_hour,
        "staff_fte": served * 12 * study.rules.institution.fte_hours / 100 * prices.staff_hour,
        "training_hours": mentors_a_mentee * prices.mentor_hour,
    }[lever]


def survey(study: Study, truth: float, luck: float) -> int:
    """Give a mentee's answer from 1 to 5 to a question with this truth."""
    rules = study.rules.survey
    error = rules.spread * ((1 - rules.reliability) / rules.reliability) ** 0.5
    latent = truth + rules.leniency + error * luck
    return 1 + sum(latent >= cut for cut in (rules.cut_2, rules.cut_3, rules.cut_4, rules.cut_5))


def measured(study: Study) -> tuple[list[float], float]:
    """Measure what the model of evaluation measures, pay for it, and give the deficits and their mean as the score."""
    evaluate, institution = study.levers.evaluate, study.rules.institution
    asked = [mentee for mentee in study.offered if study.chance.uniform() < evaluate.sample]
    mentors = [mentor for mentor in study.mentors if study.chance.uniform() < evaluate.sample]
    for who, answers in (("mentee", len(asked)), ("mentor", len(mentors))):
        study.spend(**{who: institution.survey_hours * answers, "staff": institution.survey_hours * answers})
    places = [MEASURES.index("product")]
    if evaluate.model == "cipp":
        study.spend(staff=institution.cipp_hours * len(study.offered))
        places = [MEASURES.index(measure) for measure in evaluate.measures]
    ties = [tie for mentee in asked for tie in mentee.carrying_ties()]
    shortfalls = (
        mean(1 - rating(study, mentee.need_coverage) for mentee in asked),
        mean(mentor.overload > 0 for mentor in mentors),
        mean(tie.silent > 0 for tie in ties),
        mean(1 - rating(study, mentee.mentoring_satisfaction) for mentee in asked),
        load_gap(study, mentors),
    )
    expected = (institution.expected_unmet, institution.expected_overload, institution.expected_silence,
                institution.expected_discontent, institution.expected_load_gap)
    deficits = [shortfalls[k] / max(expected[k], 1e-9) if k in places else 0.0 for k in range(len(shortfalls))]
    return deficits, mean(deficits[k] for k in places)


def rating(study: Study, truth: float) -> float:
    """Give an answer in an evaluation, brought from 1 to 5 into zero to one."""
    return (survey(study, truth, study.chance.normal()) - 1) / 4


def load_gap(study: Study, mentors: list[Mentor]) -> float:
    """Give the largest gap over attributes between the mean loads of the mentors' groups."""
    gaps = [0.0]
    for attribute in range(len(study.world.identities)):
        groups = {mentor.groups[attribute] for mentor in mentors}
        loads = [mean(mentor.load for mentor in mentors if mentor.groups[attribute] == group) for group in groups]
        if loads and max(loads) > 0:
            gaps.append((max(loads) - min(loads)) / max(loads))
    return max(gaps)


def mean(values: Iterable[float]) -> float:
    """Give the mean, or zero of nothing."""
    values = list(values)
    return sum(values) / len(values) if values else 0.0


def record(study: Study) -> None:
    """Count the mentees, on whom next month's reach of central staff depends."""
    study.mentees_last_month = len(study.program_mentees)


def tally(study: Study) -> None:
    """Take the month's mean on which support depends: the share of mentees with a current mentor."""
    study.mentored = mean(mentee.has_current_mentor() for mentee in study.program_mentees)
    study.mentored_last_month = study.mentored


def reflect(study: Study) -> None:
    """Let support follow visible results and funding follow support, pay the upkeep, and evaluate."""
    rules = study.rules.institution
    mentored = study.mentored
    visible = max(mentored - rules.seen, 0.0) / (1 - rules.seen) if mentored > rules.seen else 0.0
    study.support += (rules.results * visible * study.support * (1 - study.support)
                      - rules.decay * (1 - visible) * study.support)
    before = calendar(study.world, study.month - study.first - 1).support if study.month > 0 else study.calendar.support
    if before > 0:
        study.support *= min(study.calendar.support / before, 1.0)
    kept = rules.unsupported + (1 - rules.unsupported) * study.support
    study.funding += rules.funding * (kept - study.funding)
    upkeep(study)
    study.evaluation = study.evaluation or Evaluation()
    study.evaluation.run(study)


def upkeep(study: Study) -> None:
    """Pay for the directory, for minding wishes about identity, for the campaign, for leaders and central staff."""
    rules, levers, heads = study.rules.institution, study.levers, len(study.program_mentees)
    move_on = levers.move_on
    effort = min(1 - move_on.stigma + move_on.role_models + move_on.no_fault, 1)
    yearly = rules.directory_hours if study.keeps_directory() else 0.0
    yearly += rules.matching_hours if levers.match.identity != "off" else 0.0
    served = len(study.offered)
    staff = levers.prioritize.staff_fte * study.funding * served / 100 * rules.fte_hours
    study.spend(
        staff=rules.campaign_hours * effort / 12 * heads + yearly / 12 * served + staff,
    )
    study.spend(paid=True, mentor=rules.leaders_hours * levers.prioritize.leadership_support / 12 * heads)
