"""Levers of a policy that cannot act, and why: an idle lever costs nothing and moves no means."""

from simulation.scenario.policy import PERSONAL, Evaluation, Pairing, Policy, Pool


def idle(policy: Policy) -> dict[str, str]:
    """Give the levers that are set and cannot act, by dotted name, and the reason in words."""
    diversify, pairing, evaluate = policy.diversify, policy.empower.pairing, policy.evaluate
    shown = pairing is not Pairing.AD_HOC or diversify.pool is not Pool.OWN
    target = bool(diversify.recruit_domain or diversify.recruit_identity)
    cannot = {
        "match.identity": (not shown, "no program pairs people or opens the pool"),
        "match.attributes": (not shown or policy.match == Policy().match, "identity matching is off"),
        "diversify.domains": (not shown, "no program pairs people or opens the pool"),
        "diversify.recruit_share": (not target, "there is no domain or group to recruit for"),
        "diversify.recruit_domain": (not diversify.recruit_share, "no share of posts is recruited for"),
        "diversify.recruit_identity": (not diversify.recruit_share, "no share of posts is recruited for"),
        "empower.first_meetings": (pairing not in (Pairing.CHOICE, Pairing.FACILITATED), "mentees do not choose"),
        "evaluate.adapt": (evaluate.model is Evaluation.NONE, "the program does not evaluate itself"),
        "evaluate.budget": (evaluate.model is Evaluation.NONE or not evaluate.adapt, "the program does not adapt"),
    }
    if policy.offer.share == 0.0:
        cannot |= dict.fromkeys(PERSONAL, (True, "the program is offered to nobody"))
    return {name: why for name, (held, why) in cannot.items() if held and _value(policy, name) != _value(Policy(), name)}


def at_work(policy: Policy) -> Policy:
    """Give the policy with its idle levers as they are without a program."""
    return policy.with_({name: _value(Policy(), name) for name in idle(policy)}) if idle(policy) else policy


def _value(policy: Policy, name: str):
    section, _, lever = name.partition(".")
    return getattr(getattr(policy, section), lever)
