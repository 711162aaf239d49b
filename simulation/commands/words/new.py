"""The words of `mentorship new`."""

HELP = "Write a starter folder: example lists of people, a world, two policies, your figures, and a page that says what to do."
ARGUMENTS = {"folder": "the folder, new or without files of these names"}

THERE = "there is such a file already, and nothing was written"
OTHER_FOLDER = "choose another folder, or move it away"
NO_FOLDER = "a folder is needed, and this is a file"
WHAT = {
    "README.md": "one page: what to do, in four commands",
    "mentors.csv": "ten made-up mentors; put yours here",
    "mentees.csv": "ten made-up mentees; put yours here",
    "my_program.toml": "your program: people, who leaves, what an hour costs",
    "today.toml": "the policy that you have",
    "plan.toml": "the policy that you think of",
    "my_numbers.toml": "figures that you know, to fit the model to your program",
}
NEXT = "Start with {path}"
