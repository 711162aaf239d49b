"""What a program takes, item by item, and who pays: the one list that the compiled month counts by.

An item is money: hours at the prices of the world. The office pays cash for staff, and the institution pays for time that it
protects; all other hours are given by mentors and mentees, and nobody pays them.
"""

from typing import NamedTuple

PAYERS = ("cash", "protected", "mentors", "mentees")  # in the order of the items


class Item(NamedTuple):
    """An item of the bill: its name, who pays it, and what it is in words."""

    name: str
    payer: str
    title: str


BILL = (
    Item("central_staff", "cash", "central staff"),
    Item("teaching", "cash", "staff who teach in workshops and trainings"),
    Item("pairing", "cash", "staff who bring pairs together and help to choose"),
    Item("directory", "cash", "keeping a directory of mentors"),
    Item("wishes", "cash", "asking for wishes about identity"),
    Item("recruiting", "cash", "recruiting mentors"),
    Item("campaign", "cash", "telling people that moving on is normal"),
    Item("check_ins", "cash", "staff who check in with mentees"),
    Item("evaluation", "cash", "evaluating the program"),
    Item("protected_time", "protected", "protected time of mentors"),
    Item("training", "protected", "mentors' time in training"),
    Item("leaders", "protected", "leaders who speak for the program"),
    Item("mentor_meetings", "mentors", "mentors' meetings beyond protected time"),
    Item("mentor_first_meetings", "mentors", "mentors' first meetings"),
    Item("mentor_surveys", "mentors", "mentors' answers to surveys"),
    Item("mentee_meetings", "mentees", "mentees' meetings"),
    Item("mentee_first_meetings", "mentees", "mentees' first meetings"),
    Item("workshops", "mentees", "mentees' time in workshops"),
    Item("mentee_check_ins", "mentees", "mentees' time in check-ins"),
    Item("mentee_surveys", "mentees", "mentees' answers to surveys"),
)
(
    CENTRAL_STAFF, TEACHING, PAIRING, DIRECTORY, WISHES, RECRUITING, CAMPAIGN, CHECK_INS, EVALUATION,
    PROTECTED_TIME, TRAINING, LEADERS,
    MENTOR_MEETINGS, MENTOR_FIRST_MEETINGS, MENTOR_SURVEYS,
    MENTEE_MEETINGS, MENTEE_FIRST_MEETINGS, WORKSHOPS, MENTEE_CHECK_INS, MENTEE_SURVEYS,
) = range(len(BILL))  # fmt: skip
ITEMS = len(BILL)
END_OF_CASH, END_OF_PROTECTED, END_OF_MENTORS = PROTECTED_TIME, MENTOR_MEETINGS, MENTEE_MEETINGS
