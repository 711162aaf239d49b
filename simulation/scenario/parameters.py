"""The parameters of the rules, one section a rule; one default set serves every world.

Twenty-one are fitted to the published patterns (EVIDENCE.md). Of the others, those without a source are assumed orders of
magnitude. Ranges are what a sensitivity study should span.
"""

from simulation.scenario.fields import Section, monthly, quantity, share, weight
from simulation.scenario.institution import Institution, Survey


class Arrive(Section):
    """How much people differ when they come."""

    spread: float = weight(0.9, "spread of openness, initiative, clarity, ability, approachability and skill", 0.0, 3.0)
    expertise_spread: float = weight(0.8, "spread of mentors' expertise around their discipline's mean", 0.0, 3.0)
    hours_spread: float = share(0.35, "spread of people's hours, relative to the mean")
    skill: float = share(0.15, "skill of a newcomer in every domain")
    yearly_skill: float = share(0.12, "share of the gap to mastery that a year on the job closes without a mentor")
    seniority_years: float = quantity(25.0, "years of seniority of the most senior mentor", "years", low=1, high=60)


class Need(Section):
    """How needs drift and jump."""

    drift: float = monthly(0.10, "share of the gap to the stage's mean need closed in a month", "D9")
    spread: float = share(0.20, "spread of newcomers' needs around the stage's mean", "D9")
    jump: float = quantity(0.30, "life events that raise a need", "per year", low=0, high=12)
    jump_size: float = share(0.6, "share of the gap to full need that a life event closes")
    job_learning: float = quantity(0.10, "rate at which skill grows on the job without a mentor", "per year", low=0, high=5)


class Hear(Section):
    """How word of mouth travels."""

    chance: float = share(0.3, "chance in a month of hearing about a mentor from a peer in the unit")
    keep: float = share(0.95, "weight of old word of mouth that is left after a month")
    prior: float = weight(1.0, "weight of knowing nothing, at a standing of one half", 0.01, 20.0)


class Encounter(Section):
    """Who comes into view."""

    notice: float = weight(0.4, "log odds of noticing a mentor nearby", -5.0, 5.0, "D1")
    newcomer: float = weight(1.2, "less for a mentee in the first months, who knows nobody", 0.0, 5.0, "D2 D5")
    newcomer_months: float = quantity(9.0, "months in which half of being new is gone", "months", low=1, high=60)


class Impress(Section):
    """What a first impression is made of: loadings, whose squares are shares of its variance."""

    actor: float = share(0.45, "loading of who looks", "C6")
    partner: float = share(0.50, "loading of who is looked at", "C6")
    dyad: float = share(0.55, "loading of the two together", "C6")
    error: float = share(0.50, "loading of the moment", "C6")
    actor_trait: float = share(0.35, "correlation of the actor part with openness", "C6")
    partner_trait: float = share(0.45, "correlation of the partner part with approachability and skill", "C6")
    trait_spread: float = weight(0.19, "standard deviation of openness, approachability and skill", 0.01, 1.0)


class Seek(Section):
    """Whether a mentee asks, and whom first."""

    odds: float = weight(-1.78, "log odds of asking in a month, for a mean mentee without a mentor", -8.0, 4.0, "D1 D2")
    initiative: float = weight(3.0, "more for full initiative than for none", 0.0, 8.0, "C1 C12")
    need: float = weight(2.0, "more for a full unmet need than for none", 0.0, 8.0)
    worn: float = weight(1.04, "less per unit of burnout above the mean; 0 for no matter how worn out", 0.0, 8.0, "G10 C12")
    able: float = weight(0.611, "more for full than for no ability; 0 for no matter how able", 0.0, 8.0, "A10 A1 C12")
    custom: float = weight(0.396, "more where all others in the unit have a mentor than where none has; 0 for no matter", 0.0, 8.0, "F2 D12")
    invited: float = weight(1.01, "more where a program invites to choose", 0.0, 5.0, "C4")
    facilitated: float = weight(2.8, "more where the choice is facilitated in person", 0.0, 5.0, "C3 C4")
    by_expertise: float = weight(1.0, "ranking: expertise in the domain that is needed", 0.0, 5.0)
    by_impression: float = weight(1.31, "ranking: first impression, per standard deviation", 0.0, 5.0, "C1")
    by_likeness: float = weight(0.5, "ranking: a wish about identity that is met", 0.0, 5.0, "D3 D10")
    by_nearness: float = weight(0.3, "ranking: own discipline", 0.0, 5.0, "D10")


class Answer(Section):
    """Whether a mentor says yes."""

    odds: float = weight(-2.58, "log odds of yes of a mean mentor with all time left", -8.0, 8.0)
    time: float = weight(2.0, "more for all time left than for none", 0.0, 8.0, "E15")
    fit: float = weight(1.5, "more for full than for no expertise in what was asked for", 0.0, 8.0)
    willingness: float = weight(2.0, "more for full than for no willingness", 0.0, 8.0, "A14")
    impression: float = weight(0.4, "more per standard deviation of first impression", 0.0, 5.0, "C1")
    record: float = weight(1.5, "more for a full than for an empty record of output", 0.0, 8.0, "A10 C12")
    agreed: float = weight(0.446, "more for a mentor who has agreed beforehand to be asked, and is shown for it", 0.0, 5.0, "A14 C3")


class Engage(Section):
    """How two people's engagement answers each other."""

    rate: float = monthly(0.25, "share of the way to the response covered in a month")
    steepness: float = weight(9.0, "steepness of the response", 0.0, 30.0)
    threshold: float = share(0.5, "partner's engagement, times gain, at which the response is one half")
    noise: float = share(0.0482, "spread of a month's chance")
    coupling: float = share(1.0, "how much of the mentee's response is to the mentor; 0 answers a mean partner")
    mentor_coupling: float = share(1.0, "how much of the mentor's response is to the mentee; 0 answers a mean partner")
    start: float = share(0.403, "starting engagement of a pair that was assigned")
    impression: float = share(0.259, "more per standard deviation of first impression", "C1")
    chosen: float = share(0.141, "more for who chose the other", "C2 C5")
    distance: float = share(0.02, "less at the start across disciplines", "D10")
    gain: float = weight(1.11, "gain of a mean pair", 0.0, 3.0)
    fit: float = weight(0.30, "more for full than for no answer to the need", 0.0, 2.0, "B10 B13")
    skill: float = weight(0.20, "more for full than for no mentoring skill", 0.0, 2.0, "E17 C5")
    contact: float = weight(0.20, "more for full than for no contact", 0.0, 2.0, "C10 D8")
    similarity: float = weight(0.03, "more per standard deviation of actual deep similarity", 0.0, 0.5, "C9")
    overload: float = weight(0.15, "less per unit of the mentor's overload", 0.0, 2.0, "E15 E19")
    half_need: float = quantity(0.15, "felt need at which half of full expertise is of use", "share", low=0.01, high=1.0)


class Spark(Section):
    """When a tie counts as sparked: a measurement, not a cause."""

    level: float = share(0.6, "quality that must be reached")
    months: int = quantity(3, "months running", "months", low=1, high=24)


class Perceive(Section):
    """How similarity is perceived: an output of the tie."""

    rate: float = monthly(0.15, "share of the way covered in a month", "C9")
    engagement: float = share(0.5, "share that own engagement has in it; the rest is actual similarity", "C8 C9")
    noise: float = share(0.12, "spread of a month's chance")


class Meet(Section):
    """How often a pair meets."""

    floor: float = share(0.5, "chance to meet in a month without engagement", "D8")
    contacts_per_fte: float = quantity(80.0, "support contacts that full-time staff make", "per month", low=0, high=1000)
    busy_left: float = share(0.4, "share of a mentor's time that a service block leaves")
    overload_cap: float = weight(2.0, "overload beyond which it does not get worse", 0.0, 10.0)
    silent_months: int = quantity(2, "months without contact after which staff look first", "months", low=1, high=12)


class Learn(Section):
    """How skill and output grow."""

    rate: float = monthly(0.06, "share of the gap to the mentor's expertise closed in a month of full contact and quality", "A1")
    output_rate: float = monthly(0.08, "share of the way to current productivity covered in a month")
    output_skill: float = share(0.35, "share that skill has in productivity; the rest is ability", "A10 E18")
    means: float = share(0.1, "more output with a close, most senior mentor of full resources", "D17")
    course_hours: float = quantity(8.0, "hours of a course to which the next two refer", "hours", low=1, high=40, source="E17")
    training: float = share(0.35, "share of the gap to mastery that eight hours of training close", "E17")
    workshop: float = share(0.30, "share of the gap to full clarity that eight hours of workshop close", "C3")


class Strain(Section):
    """How belonging, burnout and satisfaction of mentees move."""

    rate: float = monthly(0.15, "share of the way to the resting level covered in a month")
    belonging: float = share(0.50, "resting belonging of a mean mentee without a tie")
    belonging_spread: float = share(0.14, "spread of resting belonging")
    good_tie: float = share(0.149, "more belonging with a tie of full quality", "E16 D16")
    bad_tie: float = share(0.04, "less belonging with a tie of no quality", "A5 A13")
    coverage: float = share(0.03, "more belonging when all need is covered", "A7")
    beside: float = share(0.5, "how far a tie helps in domains beside its own, where the mentor knows them", "E18")
    threat: float = share(0.0926, "less belonging at full identity threat", "D16")
    threat_parity: float = quantity(0.35, "own-group share in the unit at which threat is gone", "share", low=0.01, high=1.0, source="D16")
    role_model: float = share(0.14, "share of threat and more that full contact with a mentor of one's own group lifts", "C10 D16")
    burnout: float = share(0.51, "resting burnout of a mean mentee", "D4 E14")
    burnout_spread: float = share(0.12, "spread of resting burnout")
    ability: float = share(0.20, "less resting burnout for full than for no ability", "A10 E12")
    isolation: float = share(0.65, "less burnout per unit of belonging above the mean", "E16")
    role_conflict: float = share(0.02, "more burnout for each mentor beyond one", "A8")
    satisfaction_rate: float = monthly(0.20, "share of the way to this month's experience that satisfaction covers")
    satisfaction_contact: float = share(0.15, "share that contact has in a month's experience; the rest is quality", "A9")
    job: float = share(0.5, "job satisfaction of a mean mentee without a tie", "E12")
    job_belonging: float = weight(0.6, "job satisfaction: per unit of belonging", 0.0, 3.0, "A7")
    job_mentoring: float = weight(0.25, "job satisfaction: per unit of satisfaction with mentoring above none", 0.0, 3.0, "A6 A7")
    job_burnout: float = weight(0.4, "job satisfaction: less per unit of burnout", 0.0, 3.0, "E13")
    mentoring_none: float = share(0.40, "satisfaction with mentoring below which a tie is no better than none", "A5 A6")
    burned_out: float = share(0.5, "burnout from which a person counts as burned out", "E13 E14")
    intent: float = weight(1.6, "how much more thoughts of leaving follow belonging and burnout than leaving does", 0.0, 5.0, "D4 E12 E16")
    intent_base: float = weight(-1.2, "log odds of thinking of leaving, of a mean person", -8.0, 4.0, "E12 E13")


class MentorStrain(Section):
    """How burnout and satisfaction of mentors move."""

    rate: float = monthly(0.10, "share of the way to the resting level covered in a month")
    burnout: float = share(0.40, "resting burnout of a mean mentor", "E15")
    burnout_spread: float = share(0.14, "spread of resting burnout")
    overload: float = share(0.15, "more burnout per unit of overload", "E15")
    meaning: float = share(0.06, "less burnout with protected, meaningful mentoring", "E15")
    satisfaction: float = share(0.50, "resting satisfaction of a mean mentor")
    joy: float = share(0.35, "more satisfaction for ties of full quality than of none", "A11 A14")
    supported: float = share(0.10, "more satisfaction where leaders support mentoring", "A14")


class Evaluate(Section):
    """The investment model: stay, move with, or move on."""

    satisfaction: float = weight(1.0, "commitment: weight of satisfaction", 0.0, 5.0, "B11")
    investment: float = weight(0.7, "commitment: weight of investment", 0.0, 5.0, "B11")
    alternatives: float = weight(0.5, "commitment: weight of alternatives, negative", 0.0, 5.0, "B11")
    attention: float = share(0.0779, "chance in a month of weighing a tie at all")
    check_in: float = share(0.25, "the same in a month of check-ins, in which both sides are asked")
    mend: float = share(0.15, "share of the gap to full engagement that a check-in closes on both sides", "B5")
    odds: float = weight(2.01, "log odds of ending a tie of no commitment at no cost, once weighed", -8.0, 8.0, "B10")
    commitment: float = weight(6.0, "less per unit of commitment", 0.0, 20.0, "B11")
    cost: float = weight(2.0, "less per unit of cost of ending", 0.0, 20.0, "B10")
    mentor_cost: float = share(0.9, "cost of ending that mentors feel, relative to mentees", "B10")
    pledge: float = share(0.4, "cost of ending a formal tie before its commitment is over", "B1")
    accrual: float = monthly(0.05, "share of the way to this month's quality that investment covers in cultivation", "B8")
    initiation: int = quantity(9, "months of initiation before cultivation, unless the tie sparks earlier", "months", low=1, high=36, source="B8")
    redundant: float = share(0.18, "felt need below which a tie has done its work in a domain")
    separation: int = quantity(3, "months of separation of a sparked tie", "months", low=0, high=24, source="B8")


class Part(Section):
    """How an ending goes, and what it leaves."""

    clean: float = weight(-1.6, "log odds of a clean ending without path and norm", -8.0, 8.0, "B2")
    path: float = weight(1.8, "more on a no-fault path", 0.0, 8.0, "Harper tip 5")
    norm: float = weight(1.5, "more for a person to whom moving on is normal", 0.0, 8.0, "Harper tip 5")
    quality: float = weight(1.0, "more for full than for no quality", 0.0, 8.0)
    early: float = quantity(6.0, "months before which an ending is early", "months", low=0, high=60, source="B3")
    harm: float = share(0.10, "belonging lost in a bad early ending", "B3 A13")


class Norm(Section):
    """How moving on becomes normal."""

    threshold: float = share(0.25, "mean share of others seen to move on cleanly at which a person thinks it normal", "F2")
    threshold_spread: float = share(0.08, "spread of that threshold")
    fade: float = monthly(0.03, "share of what was seen that is forgotten in a month")
    reach: float = share(0.3, "share of those seen who are outside the unit")
    path: float = share(0.5, "share of the cost of ending that a no-fault path leaves", "Harper tip 5")
    inertia: float = share(0.05, "how far what is seen must fall below the threshold to undo the norm", "F2")


class Leave(Section):
    """What raises and lowers the hazard of leaving."""

    belonging: float = weight(3.24, "log hazard ratio, less per unit of belonging above the mean", 0.0, 10.0, "E16")
    burnout: float = weight(2.2, "log hazard ratio, more per unit of burnout above the mean", 0.0, 10.0, "E13")
    mentor_burnout: float = weight(2.0, "the same for mentors", 0.0, 10.0, "E13")
    output: float = weight(1.46, "log hazard ratio, less per unit of output above one half; 0 for no matter what is produced", 0.0, 10.0, "E4")


class Parameters(Section):
    """Every parameter of every rule."""

    arrive: Arrive = Arrive()
    need: Need = Need()
    hear: Hear = Hear()
    encounter: Encounter = Encounter()
    impress: Impress = Impress()
    seek: Seek = Seek()
    answer: Answer = Answer()
    engage: Engage = Engage()
    spark: Spark = Spark()
    perceive: Perceive = Perceive()
    meet: Meet = Meet()
    learn: Learn = Learn()
    strain: Strain = Strain()
    mentor_strain: MentorStrain = MentorStrain()
    evaluate: Evaluate = Evaluate()
    part: Part = Part()
    norm: Norm = Norm()
    leave: Leave = Leave()
    survey: Survey = Survey()
    institution: Institution = Institution()
