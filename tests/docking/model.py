"""One run of the model: the month's processes in their order, and the headline outcomes at the end (ODD, section 3)."""

from .arrival import arrive
from .finding import assign, seek
from .life import hear, learn, leave, need, schedule, strain
from .moving_on import norm, part, weigh_ties
from .outcomes import headline
from .program import Evaluation, reflect
from .reading import Policy, World
from .relationship import meet, reach
from .study import Study, calendar

PAIRINGS = ("ad_hoc", "coordinator", "choice", "facilitated")
POOLS = ("own", "all")
PROCESSES = (reach, need, hear, schedule, assign, seek, meet, learn, strain, weigh_ties, part, norm, leave)


def simulate(world: World, policy: Policy, seed: int, months: int) -> dict[str, float]:
    """Run a policy in a world for some months and give its headline outcomes."""
    return headline(run(world, policy, seed, months))


def run(world: World, policy: Policy, seed: int, months: int) -> Study:
    """Run a policy in a world for some months and give the state at the end."""
    refuse_unknown(policy)
    study, evaluation = Study(world, policy, seed, months), Evaluation()
    for month in range(months):
        begin_month(study, month)
        study.commence()
        arrive(study)
        for process in PROCESSES:
            process(study)
        record(study)
        reflect(study, evaluation)
    return study


def refuse_unknown(policy: Policy) -> None:
    """Refuse the levers that this program of the model does not know."""
    levers = policy.levers
    if levers.empower.pairing not in PAIRINGS:
        raise NotImplementedError(f"{policy.name}: pairing by {levers.empower.pairing}")
    if levers.diversify.pool not in POOLS:
        raise NotImplementedError(f"{policy.name}: a pool of {levers.diversify.pool} disciplines")
    if levers.diversify.recruit_share > 0:
        raise NotImplementedError(f"{policy.name}: targeted recruiting")


def begin_month(study: Study, month: int) -> None:
    """Turn to a new month, with its own shocks and its own luck."""
    study.month = month
    study.calendar = calendar(study.world, month)
    study.chance.new_month()


def record(study: Study) -> None:
    """Count the mentees on whom next month's reach of central staff depends."""
    study.mentees_last_month = len(study.mentees)
