"""The words of `mentorship run`."""

from simulation.commands.words.any_command import SEED, TABLES_OUT

HELP = "Run one policy in one world once."
ARGUMENTS = {
    "world": "name of a shipped world, or a file",
    "policy": "name of a shipped policy, or a file",
    "--seed": SEED,
    "--months": "how many months to run (default: the number in the world)",
    "--set": "change a field of the world or the policy, such as world.hazards.first_year=0.08 or "
    "policy.move_on.stigma=0.4; can be given several times",
    "--parameters": "plausible sets of parameters: posterior, or a Parquet file of your own; needs --parameter-set",
    "--parameter-set": "which of these sets, counted from 0 as in the column parameter_set of a comparison",
    "--trace": "keep every month of every relationship and person, who came into view, every ask with its answer, and the "
    "program's own moves",
    "--surveys": "ask everybody who is there after so many months, such as 12,24,36; the answers are the table surveys",
    "--out": TABLES_OUT,
    "--digest": "print the SHA-256 of the tables, and under it that of the recording, from which pages and films are drawn",
}

HEAD = "{policy} in {world}, {months}, seed {seed}"
RECORDING = "recording {digest}"
SET_MISSING = "--parameters and --parameter-set belong together"
BAD_CHANGE = "value {change}, allowed: world.FIELD=VALUE or policy.FIELD=VALUE"
