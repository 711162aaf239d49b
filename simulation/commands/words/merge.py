"""The words of `mentorship merge`."""

HELP = "Make the whole of a study that was run in parts."
ARGUMENTS = {
    "folders": "the folders of all parts, in any order",
    "--out": "write the whole into this folder",
}
