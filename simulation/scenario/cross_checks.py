"""Checks a policy against a world, which must have every domain, attribute and group that the policy names; and survey waves."""

from collections.abc import Sequence
from numbers import Integral
from pathlib import Path

from simulation.scenario.errors import ScenarioError, nearest, shown
from simulation.scenario.loading import chain, find, holds, line_of
from simulation.scenario.policy import Policy
from simulation.scenario.world import World


def check_together(world: World, policy: Policy, file: str | Path | None = None) -> None:
    """Raise a `ScenarioError` if the policy names something that the world lacks; `file` is where the policy comes from."""
    domains = [domain.name for domain in world.domains]
    groups = {identity.name: identity.groups for identity in world.identities}
    named = [("diversify", "domains", name, domains, "domain") for name in policy.diversify.domains]
    if policy.diversify.recruit_domain:
        named.append(("diversify", "recruit_domain", policy.diversify.recruit_domain, domains, "domain"))
    named += [("match", "attributes", name, list(groups), "identity attribute") for name in policy.match.attributes]
    pairs = [f"{name}:{group}" for name in groups for group in groups[name]]
    for section, field in (("diversify", "recruit_identity"), ("offer", "group")):
        if pair := getattr(getattr(policy, section), field):
            what = "group" if pair.partition(":")[0] in groups else "identity attribute"
            named.append((section, field, pair, pairs, what))
    disciplines = [discipline.name for discipline in world.disciplines]
    named += [("offer", "disciplines", name, disciplines, "discipline") for name in policy.offer.disciplines]
    for section, field, name, known, what in named:
        if name not in known:
            hint = nearest(name, known) or (f"known: {', '.join(known)}" if known else "this world has none")
            place, line = _place(policy, file, (section, field))
            problem = f"value {shown(name)}: the world {world.name} has no such {what}"
            raise ScenarioError(problem, file=place, line=line, field=f"{section}.{field}", hint=hint)


def check_waves(surveys: Sequence[int], months: int, world: World) -> None:
    """Raise a `ScenarioError` for a wave that does not lie in a study of so many months, or is not after the one before."""
    before = first = -1 if world.people.burn_in else 0  # nobody is there yet before a world's first month
    for after in surveys:
        if isinstance(after, bool) or not isinstance(after, Integral) or not before < after <= months:
            allowed = f"whole numbers in rising order from {first + 1} to {months}, the length of the study: 12 asks after month 11"
            raise ScenarioError(f"value {shown(after)}, allowed: {allowed}", field="surveys")
        before = after


def _place(policy: Policy, file: str | Path | None, path: tuple) -> tuple[str, int | None]:
    """The file and line on which the policy gives a field."""
    for source in [] if file is None else chain("policy", find("policy", file)):
        if holds(source.data, path):
            return source.file, line_of(source.text, path)
    return f"policy {policy.name}", None
