"""The terms of the trade, each explained where it first stands on the page."""

import re

# term as it stands in a text, as it is listed, what it means to an office
TERMS = (
    (r"ties?", "tie", "two people in a mentorship, from its start to its end"),
    (r"spark(?:s|ed)?", "spark", "a mentorship catches fire: both sides put much into it for three months in a row"),
    (r"Gini", "Gini", "how unevenly mentees are spread over mentors: 0 when all have as many, 1 when one has them all"),
    (r"hazards?", "hazard", "the chance that somebody leaves within a year"),
    (r"posterior", "posterior", "the sets of numbers with which the model fits what is published"),
    (r"(?:plausible )?sets? of parameters|parameter sets?", "set of parameters", "numbers for what nobody has measured, with which the model fits what is published"),
    (r"replicates?", "replicate", "one run of the program, with people and chances of its own"),
    (r"(?:same )?luck", "luck", "what chance brings; under each policy the same people have the same chances"),
    (r"variance|variation", "variation", "how much runs differ from each other"),
    (r"(?:95 % )?intervals?", "interval", "where the true difference lies in 19 of 20 such studies"),
    (r"margins?", "margin", "the smallest difference that matters; it is assumed"),
    (r"Kaplan-Meier", "Kaplan-Meier", "a way to count who stays when people are followed for unlike times"),
    (r"assortativity", "assortativity", "how far people are joined with those like themselves"),
    (r"baseline", "baseline", "the policy that all others are compared with"),
    (r"retention", "retention", "the share of mentees who do not leave"),
    (r"gaps?", "gap", "the level of the first group less that of all others"),
    (r"burnout", "burnout", "how worn out people are: 0 not at all, 100 wholly"),
    (r"percentage points|points", "points", "a rise from 80 to 83 % is 3 points"),
)  # fmt: skip
_ANY = re.compile("|".join(rf"(?P<t{k}>\b(?:{pattern})\b)" for k, (pattern, *_) in enumerate(TERMS)), re.IGNORECASE)
_TAGS = re.compile(r"(<(?:pre|code|h1|h2)\b.*?</(?:pre|code|h1|h2)>|<[^>]*>)", re.DOTALL)
_PLACE = "<!-- words -->"


class Glossary:
    """What of the terms a page has explained so far."""

    def __init__(self):
        self.known: set[str] = set()

    def explain(self, page: str) -> str:
        """Mark each term where it first stands in a part of a page, and say at its place for words what they mean.

        `page` is HTML whose texts are escaped. The meaning is a tip for the mouse, and stands in print as well.
        """
        found: dict[str, str] = {}

        def mark(match: re.Match) -> str:
            _, term, means = TERMS[int(match.lastgroup[1:])]
            if term in self.known:
                return match[0]
            self.known.add(term)
            found[term] = means
            return f'<dfn title="{means}">{match[0]}</dfn>'

        parts = _TAGS.split(page)
        parts[::2] = [_ANY.sub(mark, text) for text in parts[::2]]
        listed = "; ".join(f"<b>{term}</b>: {means}" for term, means in found.items())
        return "".join(parts).replace(_PLACE, f'<p class="words">In plain words. {listed}.</p>' if found else "")
