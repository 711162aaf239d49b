"""The words of `mentorship brief`."""

HELP = "Write the decision brief of a comparison."
ARGUMENTS = {"folder": "the folder with the results of a comparison"}

NO_FOLDER = "there is no such folder"
NO_COMPARISON = "this folder holds no comparison"
COMPARE_FIRST = "mentorship compare writes one"
