"""The words that more than one command says."""

ABOUT = "Simulate mentorship programs, and compare policies before you try them on people."
EPILOG = "mentorship COMMAND --help explains a command."
JSON = "print the result as JSON"
QUIET = "print only the result"
SEED = "seed of the random numbers (default: 1)"
TABLES_OUT = "write the tables into this folder"

UNKNOWN_COMMAND = "there is no command {word}"
UNKNOWN_OPTION = "there is no option {word}"
UNKNOWN_WORD = "{word} is one word too many"
MISSING = "please give "
SEE_HELP = "see {program} --help"
KNOWN = "known: {names}"
WHOLE_NUMBER = "value {value}, allowed: a whole number {bounds}"
OR_AUTO = "{problem}, or auto"
RESUME = "interrupted; to resume, give the same command again"
START_AGAIN = "interrupted; the same command starts again from the beginning"
NO_OUTPUT = "the output cannot be written ({reason})"

COMPILING = "Compiling the model once, for a minute or two"
TABLES_AT = "The tables are in {folder}"
NEEDS_FOLDER = "the results need a folder"
GIVE_OUT = "give --out DIR"
IDLE_IN_PART = "mentorship: {lever} is idle at {idle:,} of {points:,} points: {why}"
FAILED = "mentorship: {count} failed:"


def counted(number: int, words: str) -> str:
    """A number with the word for it: "1 run", "2,000 runs"."""
    return f"{number:,} {words if number != 1 else words.removesuffix('s')}"
