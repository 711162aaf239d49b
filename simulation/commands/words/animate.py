"""The words of `mentorship animate`."""

from simulation.commands.words.any_command import SEED

HELP = "Film a run, or two policies side by side on the same people and luck: a GIF, or an MP4."
ARGUMENTS = {
    "world": "name of a shipped world, or a file",
    "policy": "name of a shipped policy, or a file",
    "other": "another policy, shown beside the first",
    "--out": "write the film into this file; its ending says the kind: .gif or .mp4",
    "--seed": SEED,
    "--months": "how many months to run (default: the number in the world)",
    "--speed": "months a second (default: 4)",
    "--size": "pixels along the side of each world (default: 480)",
}

FRAMES = "frames"
ONE = "{world}, seed {seed}"
TWO = "{world}, seed {seed}: the same people, the same luck"
WRITTEN = "{out}: {months} in {seconds:.0f} seconds, {megabytes:.1f} MB"
ENDING = "a film is a file with the ending .gif or .mp4"
NO_FFMPEG = "an MP4 needs ffmpeg, and there is none on this machine"
GET_FFMPEG = 'make a .gif, or install it: pip install "mentorship[animate]"'
NO_FOLDER = "there is no folder of that name"
STRANGER = "a file of that name is there that is no film of this command"
ANOTHER = "choose another --out"
UNWRITABLE = "the file cannot be written ({reason})"
