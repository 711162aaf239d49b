"""How offices write things: the words of headers, and the spellings of years, groups and of what nobody said."""

import re
import unicodedata
from functools import cache

# Words of headers, from those that mean it surely to those that may; each is looked for as a whole word.
DISCIPLINE = (
    r"disciplines?", r"(sub)?special(i)?t(y|ies)", r"dep(artmen)?ts?", r"divisions?|services?",
    r"program(me)?s?|residency|fellowship",
    r"majors?|field of study|course|degree|subject|branch|stream|concentration", r"tracks?|units?|sections?|teams?",
    r"school|faculty|college|fields?|areas?|industry|function|domain|sector|profession|occupation|practice|expertise",
)  # fmt: skip
YEAR = (
    r"pgy|post ?graduate year|training year|year of training|year in( the| your)? (program(me)?|residency|training)",
    r"year of study|study year|academic (year|level)|class (year|standing)|year level|((training|current|study|student) )level"
    r"|level of (training|study)|current( \w+)? year|(what|which) (\w+ )?year|school year",
    r"year|yr|grade|class|level|semester|stage|cohort",
)
IDENTITIES = {
    "gender": (r"gender( identity)?", r"sex", r"pronouns?"),
    "minority": (r"urm|urim|uim|minorit(y|ies)|under ?represented",),
    "race": (r"rac(e|ial)",),
    "ethnicity": (r"ethnic\w*",),
}
NOT_MEANT = re.compile(  # a wish, an opinion or another year, and no fact of the person
    r"\b(prefer(red|ence|ences)?|wish|want|like|looking|seek(ing)?|desired?|interest(s|ed)?|important|match(ed|ing)?|why|feedback|comments?"
    r"|goals?|notes?|hear|same|how did|second|2nd|previous|email|e mail|phone|name|birth|born|graduat\w*|experience|years of|since"
    r"|joined|hired?|age|date|time|timestamp|availab\w*|hours)\b"
)
SURE = re.compile(r"\b(pronouns?|discipline name|department name|dept name|program(me)? name|major name)\b")
A_YEAR = re.compile(r"(pgy|r|ca|year|yr|ms) ?\d|\d(st|nd|rd|th) year|intern|(first|second|third|fourth|fifth) year")
ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
ROMANS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
CLASSES = {"intern": 1, "freshman": 1, "fresher": 1, "sophomore": 2, "junior": 3, "senior": 4}
GENDERS = {
    "woman": ["f", "female", "woman", "women", "w", "girl", "she her", "she her hers", "cis woman", "cisgender woman"],
    "man": ["m", "male", "man", "men", "boy", "he him", "he him his", "cis man", "cisgender man"],
    "nonbinary": ["nonbinary", "non binary", "nb", "enby", "they them", "they them theirs"],
}  # fmt: skip
YES, NO = frozenset(["y", "yes", "true", "1", "x"]), frozenset(["n", "no", "false", "0"])
UNSAID = re.compile(
    r"(i )?(would |d )?(prefer|choose|chose|wish|rather) not( .*)?|declined?( .*)?"
    r"|n a|na|nan|null|unknown|undisclosed|unspecified|missing|tbd|tbc|none given|no (answer|response)"
    r"|not (stated|specified|disclosed|reported|given|applicable|available|known|answered)|"
)
TOTAL = re.compile(r"((grand |sub[- ]?)?totals?( .*)?|sum|count|average|mean)\W*", re.IGNORECASE)
# an address or a number by which somebody is reached
CONTACT = re.compile(r"\S@\S|https?:|www\.|\w\.(com|org|edu|net|gov|io|uk)\b|\d[\d\s().-]{6,}\d")
DATE = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}")


@cache
def plain(text: str) -> str:
    """A text without case, accents, punctuation and double spaces, so that spellings of one thing are one."""
    text = re.sub(r"[✓✔☑✗]", " x ", text)
    text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).casefold()
    return " ".join("".join(c if c.isalnum() else " " for c in text.replace("&", " and ")).split())


def words_of(header: str) -> str:
    """A header as plain words; "StudyYear" and "study_year" are two."""
    return plain(re.sub(r"(?<=[a-z])(?=[A-Z][A-Za-z])", " ", header))


def unsaid(text: str) -> bool:
    """Whether a cell says that nothing is said."""
    return UNSAID.fullmatch(plain(text)) is not None


def year_in(text: str) -> int | None:
    """The year that a cell means: of "PGY-3", "R2", "1st", "second year", "Year IV" or "Intern"; None where it means none."""
    words = re.sub(r"(?<=[a-z])(?=\d)", " ", plain(text)).split()
    for word in words:
        number = re.fullmatch(r"(\d{1,4})(?:st|nd|rd|th)?", word)
        if number:
            return int(number[1])
        if word in CLASSES or word in ORDINALS:
            return CLASSES.get(word) or ORDINALS.index(word) + 1
    return next((ROMANS.index(word) + 1 for word in words if word in ROMANS), None) if len(words) < 3 else None


def gender_in(text: str) -> str | None:
    """The gender that is usually meant by a spelling; None where it is the office's own word."""
    bare = plain(re.sub(r"\(.*?\)", " ", text))
    return next((gender for gender, spellings in GENDERS.items() if bare in spellings), None)
