"""Levers of a policy that cannot act, and why: an idle lever costs nothing and moves no means."""

from simulation.columns import VIEW
from simulation.scenario.policy import PERSONAL, Evaluation, Matching, Pairing, Policy, Pool
from simulation.scenario.world import World

NO_DIRECTORY = "no program pairs people, opens the pool or has staff who advise"


def idle(policy: Policy, world: World | None = None) -> dict[str, str]:
    """Give the levers that are set and cannot act, by dotted name, and the reason in words.

    Without a world these are the levers that can act in none.
    """
    return at_work(policy, world)[1]


def at_work(policy: Policy, world: World | None) -> tuple[Policy, dict[str, str]]:
    """Give the policy with its idle levers as they are without a program, and these levers with the reasons.

    A lever can be idle because another one is, so levers are looked at until no more are found.
    """
    found: dict[str, str] = {}
    while more := _idle_now(policy, world):
        found |= more
        policy = policy.with_({name: value_of(Policy(), name) for name in more})
    return policy, found


def _idle_now(policy: Policy, world: World | None) -> dict[str, str]:
    cannot = {**_in_no_world(policy), **({} if world is None else _in_world(policy, world))}
    return {name: why for name, why in cannot.items() if value_of(policy, name) != value_of(Policy(), name)}


def value_of(policy: Policy, name: str):
    """The value of a lever, by its dotted name."""
    section, _, lever = name.partition(".")
    return getattr(getattr(policy, section), lever)


def _in_no_world(policy: Policy) -> dict[str, str]:
    """The levers that other levers leave without effect, whether they are set or not."""
    diversify, pairing, evaluate, offer = policy.diversify, policy.empower.pairing, policy.evaluate, policy.offer
    by_lot, later = offer.share < 1.0 or offer.steps > 1, offer.everyone_from < policy.end_month
    some = by_lot or offer.group or offer.disciplines or offer.mentees
    target = bool(diversify.recruit_domain or diversify.recruit_identity)
    looks, whole = evaluate.model is not Evaluation.NONE, evaluate.model is Evaluation.CIPP
    moves = looks and evaluate.adapt
    advised = policy.prioritize.staff_fte > 0.0 or moves  # by staff, whom a program that adapts may take on
    shown = pairing is not Pairing.AD_HOC or diversify.pool is not Pool.OWN or advised
    chosen = pairing in (Pairing.CHOICE, Pairing.FACILITATED) or advised
    told = [
        ("match.identity", shown, NO_DIRECTORY),
        ("match.attributes", shown and policy.match.identity is not Matching.OFF, "identity matching is off"),
        ("diversify.domains", shown, NO_DIRECTORY),
        ("diversify.recruit_share", target, "there is no domain or group to recruit for"),
        ("diversify.recruit_domain", diversify.recruit_share, "no share of posts is recruited for"),
        ("diversify.recruit_identity", diversify.recruit_share, "no share of posts is recruited for"),
        ("empower.first_meetings", chosen, "mentees do not choose, and no staff advise them"),
        *((f"evaluate.{name}", looks, "the program does not evaluate itself") for name in ("every_months", "sample", "adapt")),
        ("evaluate.adapt", not whole or evaluate.measures, "the evaluation measures nothing"),
        ("evaluate.measures", whole, "only CIPP chooses what it measures"),
        *((f"evaluate.{name}", moves, "the program does not adapt") for name in ("measures", "budget")),
        # results that come late hold up the next evaluation, and so its cost
        ("offer.steps", offer.share, "the program is offered to nobody by lot"),
        ("offer.step_months", offer.steps > 1, "the program is offered in one step"),
        ("offer.whole_units", by_lot and offer.share, "no lot is drawn"),
        ("offer.everyone_from", some, "the program is offered to every mentee anyway"),
        ("offer.everyone_from", later, "the policy has ended by then"),
        ("evaluate.delay_months", moves or (looks and evaluate.delay_months > evaluate.every_months), "the program does not adapt"),
    ]  # fmt: skip
    resting = {name: why for name, acts, why in reversed(told) if not acts}
    return resting | (dict.fromkeys(PERSONAL, "the program is offered to nobody") if offer.share == 0.0 and not later else {})


def _in_world(policy: Policy, world: World) -> dict[str, str]:
    """The levers to which a world gives nothing to act on."""
    identities, match = world.identities, policy.match
    looked = [one for one in identities if one.name in match.attributes or not match.attributes]
    wishes = any(any(one.wish_same.values()) or any(one.wish_different.values()) for one in looked)
    prices = [world.prices.mentor_hour, world.prices.mentee_hour, world.prices.staff_hour]
    domains = {one.name for one in world.domains}
    told = [
        ("match.identity", identities, "the world has no identity attributes"),
        ("match.identity", match.identity is not Matching.OPTIONAL or wishes, "nobody in the world has a wish about identity"),
        ("match.attributes", len(looked) < len(identities), "these are all attributes of the world"),
        ("diversify.domains", set(policy.diversify.domains) != domains, "these are all domains of the world"),
        ("empower.first_meetings", world.context.acquaintances < VIEW, "mentees talk to all whom they see without a program"),
        ("evaluate.adapt", policy.evaluate.budget or 0.0 in prices, "it has no budget, and nothing is free"),
    ]  # fmt: skip
    return {name: why for name, acts, why in reversed(told) if not acts}
