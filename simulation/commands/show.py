"""`mentorship show`: a policy, or the difference between two, in plain sentences."""

from argparse import Namespace

from simulation.commands.console import listed, print_json, printed
from simulation.commands.words import show as words
from simulation.scenario.idle import idle
from simulation.scenario.policy import Policy
from simulation.scenario.sentences import differences, in_sentences


def carry_out(asked: Namespace) -> int:
    """Describe one policy, or how a second differs from it."""
    policy = Policy.load(asked.policy)
    if asked.other is None:
        if asked.json:
            print_json(policy.model_dump(mode="json"))
            return 0
        for text, levers in in_sentences(policy):
            printed(text, *([listed(levers)] if levers else []))
        if resting := idle(policy):
            printed("", words.IDLE, listed(f"{lever}: {why}" for lever, why in resting.items()))
        return 0
    other = Policy.load(asked.other)
    found = differences(policy, other)
    if asked.json:
        keys = ("lever", "from", "to", "sentence")
        changes = [dict(zip(keys, change, strict=True)) for change in found]
        print_json({"from": policy.name, "to": other.name, "differences": changes})
        return 0
    printed(words.CHANGES.format(one=policy.title, other=other.title))
    printed(listed(text for *_, text in found) if found else words.NO_CHANGES)
    return 0
