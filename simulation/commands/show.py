"""`mentorship show`: a policy, or the difference between two, in plain sentences."""

from argparse import Namespace

from simulation.commands.console import print_json, printed
from simulation.scenario.policy import Policy
from simulation.scenario.sentences import differences, in_sentences


def carry_out(asked: Namespace) -> int:
    """Say one policy, or how a second differs from it."""
    policy = Policy.load(asked.policy)
    if asked.other is None:
        if asked.json:
            print_json(policy.model_dump(mode="json"))
        else:
            printed("\n".join(in_sentences(policy)))
        return 0
    other = Policy.load(asked.other)
    if asked.json:
        changes = [
            {"lever": lever, "from": before, "to": after, "sentence": text}
            for lever, before, after, text in differences(policy, other)
        ]
        print_json({"from": policy.name, "to": other.name, "differences": changes})
        return 0
    printed(f'From "{policy.title}" to "{other.title}":')
    sentences = [text for *_, text in differences(policy, other)]
    printed("\n".join(f"  - {text}" for text in sentences) or "  - Nothing differs.")
    return 0
