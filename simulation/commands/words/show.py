"""The words of `mentorship show`."""

HELP = "Describe a policy in plain sentences, or the difference between two."
ARGUMENTS = {"policy": "name of a shipped policy, or a file", "other": "a second policy"}

CHANGES = 'From "{one}" to "{other}":'
NO_CHANGES = "The two policies are the same."
IDLE = "Idle, as these levers cannot act:"
