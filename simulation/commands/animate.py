"""`mentorship animate`: a film of one run, or of two policies side by side."""

from argparse import Namespace
from pathlib import Path

from simulation.commands.compiling import compile_first
from simulation.commands.console import Progress, print_json, printed, remarked
from simulation.commands.one_file import place_for, write
from simulation.commands.words import animate as words
from simulation.commands.words.any_command import ROSTER
from simulation.page import animate
from simulation.page.recording import digest, recorded
from simulation.page.scenes import Scenes
from simulation.page.shown import shown as of_page
from simulation.run import simulate
from simulation.scenario.counted import counted
from simulation.scenario.cross_checks import check_together
from simulation.scenario.errors import ScenarioError
from simulation.scenario.policy import Policy
from simulation.scenario.privacy import STAND_INS, stand_ins
from simulation.scenario.world import World
from simulation.seats import seats_in


def carry_out(asked: Namespace) -> int:
    """Run one policy or two, draw every month, write the film, and say what happened."""
    out = _place(asked.out)
    world, named = World.load(asked.world), [word for word in (asked.policy, asked.other) if word]
    policies = [Policy.load(word) for word in named]
    for policy, word in zip(policies, named, strict=True):
        check_together(world, policy, word)
    silent = asked.quiet or asked.json
    if world.roster:
        remarked(ROSTER.format(sentence=STAND_INS), silent)
    compile_first(silent)
    people, months = stand_ins(world), asked.months or world.people.months
    runs = [simulate(people, policy, asked.seed, months, trace=True) for policy in policies]
    recordings = [recorded(run) for run in runs]
    titles = [policy.title or policy.name for policy in policies]
    shown = [animate.World(Scenes(one), title) for one, title in zip(recordings, titles, strict=True)]
    caption = (words.ONE if len(shown) == 1 else words.TWO).format(world=world.title or world.name, seed=asked.seed)
    film = animate.Film(shown, seats_in(runs[0].layout, of_page(world)), caption, asked.size)
    with Progress(not silent, words.FRAMES) as progress:
        kind = out.suffix.lower()
        write(out, lambda part: animate.write_film(part, kind, film, asked.speed, progress), words)
    said = [one.scenes.said(one.title) for one in shown]
    seconds, large = months / asked.speed + animate.END, out.stat().st_size
    if asked.json:
        facts = {"world": world.name, "policies": [policy.name for policy in policies], "seed": asked.seed, "months": months}
        digests = [digest(one) for one in recordings]
        print_json({**facts, "file": str(out), "bytes": large, "recording_digests": digests, "said": said})
        return 0
    for sentence in said:
        printed(sentence)
    told = {"months": counted(months, "months"), "seconds": seconds, "megabytes": large / 1e6}
    printed(words.WRITTEN.format(out=out, **told), whole=True)
    return 0


def _place(text: str) -> Path:
    """The file to write: of a kind that can be made here, and nobody else's."""
    if Path(text).suffix.lower() == ".mp4" and animate.ffmpeg() is None:
        raise ScenarioError(words.NO_FFMPEG, file=text.replace("\0", " "), field="--out", hint=words.GET_FFMPEG)
    mark = animate.MARK.encode()
    return place_for(text, lambda ending: ending.lower() in animate.PER_MONTH, words.ENDING, lambda content: mark in content, words)
