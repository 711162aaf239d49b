"""The words of `mentorship check`."""

HELP = "Check worlds, policies, studies and lists of people for mistakes."
ARGUMENTS = {
    "files": "a TOML file, a CSV file with people, or a shipped name",
    "--world": "the world to which people and policies belong; without it, people are read by teaching_hospital's",
}

PROBLEM = "mentorship: {problem}"
FINE = "{file}: fine ({kind}: {about})"
UNKNOWN_KIND = "this is neither a world, a policy nor a study (it has {sections})"
KIND_HAS = "a {kind} has {sections}"
IDLE = "mentorship: {file}: {lever} is idle: {why}"
NO_YEAR = "mentorship: {file}: read as mentors, since it has no column year, which a list of mentees needs"
BY_WORLD = "mentorship: {file}: read by the disciplines, attributes and years of {world}; for another world give --world"
EMPTY = "mentorship: {file}: {what}"
