"""The words of `mentorship explorable`."""

HELP = "Write one HTML file with the real model in it: two policies side by side, any lever, any seed."
ARGUMENTS = {
    "world": "name of a shipped world, or a file (default: teaching_hospital)",
    "a": "the policy on the left, by name or file (default: ad_hoc)",
    "b": "the policy on the right, by name or file (default: six_tips)",
    "--out": "write the page into this file (default: explorable.html)",
    "--seed": "seed of the random numbers that the page begins with (default: 1)",
    "--months": "how many months to run (default: the number in the world)",
}

MARK = "<!-- written by mentorship explorable, {sum} -->"
WRITTEN = "{out} ({size:,} KB): {one} and {other} in {world}."
OPEN = "Open it in a browser; it needs no network and no server, and can be sent by mail."
NOT_HTML = "a page is a file that ends in .html"
NO_FOLDER = "there is no such folder"
STRANGER = "a page belongs here, but this file was written or changed by somebody else"
ANOTHER = "choose another --out"
UNWRITABLE = "the page cannot be written ({reason})"
