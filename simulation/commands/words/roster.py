"""The words of `mentorship roster`."""

HELP = "Make a world of your own people from a sheet of mentors and one of mentees (CSV or Excel), and tell how each was read."
ARGUMENTS = {
    "mentors": "the sheet of mentors: a .csv, .tsv, .txt or .xlsx file",
    "mentees": "the sheet of mentees",
    "--out": "write the world into this file",
    "--like": "the world from which everything but the people comes (default: teaching_hospital)",
    "--mapping": "a TOML file that says which column is what, and what values mean",
    "--name": "the title of the world",
}

WRITTEN = "{out}: a world of {mentees} and {mentors}, like {like}. Look at it with: mentorship check {out}"
NOT_TOML = "a world is a file with the ending .toml"
STRANGER = "a file of that name is there, and was written or changed by somebody else"
UNWRITABLE = "the file cannot be written ({reason})"
ANOTHER = "choose another --out"
NO_FOLDER = "there is no folder of that name"
MARK = "# Made by `mentorship roster`; change it as you like. Sum of the lines below: {sum}"
