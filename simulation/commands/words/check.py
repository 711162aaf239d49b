"""The words of `mentorship check`."""

HELP = "Check worlds, policies, studies and lists of people for mistakes."
ARGUMENTS = {
    "files": "a TOML file, a sheet of mentees or mentors (CSV or Excel), or a shipped name",
    "--world": "the world to which people and policies belong; without it, people are read by teaching_hospital's words",
}

PROBLEM = "mentorship: {problem}"
FINE = "{file}: fine ({kind}: {about})"
UNKNOWN_KIND = "this is neither a world, a policy nor a study (it has {sections})"
KIND_HAS = "a {kind} has {sections}"
IDLE = "mentorship: {file}: {lever} is idle: {why}"
NO_YEAR = "mentorship: {file}: read as mentors, since no column is a year and the file is not called after mentees"
READ = "mentorship: {file}: {told}"
STRANGE = "mentorship: {file}: {world} has no {names}; `mentorship roster` makes a world that does"
EMPTY = "mentorship: {file}: {what}"
