"""The words of `mentorship check`."""

HELP = "Check worlds, policies, studies and lists of people for mistakes."
ARGUMENTS = {
    "files": "a TOML file, a CSV file with people, or a shipped name",
    "--world": "the world to which the people in a CSV file belong (default: teaching_hospital)",
}

PROBLEM = "mentorship: {problem}"
FINE = "{file}: fine ({kind}: {about})"
UNKNOWN_KIND = "this is neither a world, a policy nor a study (it has {sections})"
KIND_HAS = "a {kind} has {sections}"
