"""The parameters of surveys and of the institution: how people answer, and how means follow results."""

from simulation.scenario.fields import Section, monthly, quantity, share, weight


class Survey(Section):
    """How people answer a 1-5 question."""

    reliability: float = quantity(0.8, "share of the variance of answers that is true", "share", low=0.01, high=1.0)
    spread: float = share(0.20, "standard deviation of what is asked about")
    leniency: float = weight(0.05, "offset of all answers", -1.0, 1.0, "A9")
    mentor_offset: float = weight(0.08, "further offset of mentors", -1.0, 1.0, "D20")
    cut_2: float = share(0.20, "latent value from which the answer is 2")
    cut_3: float = share(0.544, "latent value from which the answer is 3")
    cut_4: float = share(0.55, "latent value from which the answer is 4")
    cut_5: float = share(0.75, "latent value from which the answer is 5")


class Institution(Section):
    """How support and funding follow results."""

    decay: float = monthly(0.03, "share of leadership support lost in a month without visible results")
    results: float = monthly(0.08, "share of the way to full support gained in a month when all mentees are mentored")
    seen: float = share(0.5, "mentored share at which results are visible to leaders")
    funding: float = monthly(0.10, "share of the way to support that funding covers in a month")
    aware: float = share(0.4, "more awareness among mentees at full support", "D5")
    volunteer: float = share(0.4, "more volunteering among mentors at full support", "A14")
    facilitation_hours: float = quantity(1.5, "staff hours for each facilitated choice", "hours", low=0, high=20)
    coordination_hours: float = quantity(0.5, "staff hours for each pair brought together", "hours", low=0, high=20)
    survey_hours: float = quantity(0.3, "hours of the person asked and of staff for each answer", "hours", low=0, high=10)
    cipp_hours: float = quantity(1.0, "staff hours per mentee for a CIPP cycle", "hours", low=0, high=20, source="F3")
    course_size: float = quantity(10.0, "people whom one member of staff teaches at a time, in workshops and in trainings", "people", low=1, high=500)
    recruit_hours: float = quantity(20.0, "staff hours for each targeted hire", "hours", low=0, high=500)
    check_in_hours: float = quantity(0.3, "hours of the mentee and of staff for each check-in", "hours", low=0, high=10)
    meeting_hours: float = quantity(0.25, "hours of each side for a first meeting", "hours", low=0, high=5, source="C1")
    directory_hours: float = quantity(0.5, "staff hours to keep a directory", "hours per mentee and year", low=0, high=20)
    matching_hours: float = quantity(0.2, "staff hours to ask for and mind wishes about identity", "hours per mentee and year", low=0, high=20)
    campaign_hours: float = quantity(1.0, "staff hours to change what people think of endings, at full effort", "hours per mentee and year", low=0, high=20)
    leaders_hours: float = quantity(0.5, "hours of leaders, priced as mentors', at full visible support", "hours per mentee and year", low=0, high=20)
    expected_unmet: float = share(0.80, "unmet need at which an evaluation sees nothing wrong", "D9")
    expected_overload: float = share(0.25, "share of overloaded mentors at which it sees nothing wrong", "E15")
    expected_silence: float = share(0.30, "share of silent ties at which it sees nothing wrong", "D8")
    expected_discontent: float = share(0.40, "discontent with mentoring at which it sees nothing wrong", "A6 A9")
    expected_load_gap: float = share(0.25, "gap in mentor load between groups at which it sees nothing wrong", "D18")
    step: float = share(0.25, "size of a move of an own lever, as a share of its range")
    unsupported: float = share(0.5, "share of its means that a program keeps without leaders' support")
    fte_hours: float = quantity(160.0, "hours of full-time staff", "hours per month", low=1, high=250)
    round_months: int = quantity(6, "months between rounds of central pairing", "months", low=1, high=24, source="D8")
