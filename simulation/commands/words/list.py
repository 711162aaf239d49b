"""The words of `mentorship list`."""

HELP = "List the shipped worlds, policies and studies."
ARGUMENTS = {"--schema": "write JSON Schemas, with which editors check your files, into this folder"}

WRITTEN = "Wrote {path}"
GROUP = "{kind} (in {folder})"
NEXT = "`mentorship show POLICY` describes a policy in plain sentences."
