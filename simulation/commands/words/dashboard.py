"""The words of `mentorship dashboard`."""

HELP = "Serve the same page on this machine alone, with your own worlds, policies and rosters of this folder."
ARGUMENTS = {
    "--port": "port to serve on (default: 8765)",
    "--open": "open the start page in the browser",
}

SERVED = "The pages are at {address}"
FOR_WHOM = "Only this machine can open them. Ctrl-C ends it."
TAKEN = "port {port} is taken"
FREE = "port {port} is free: give --port {port}"
NO_PORT = "port {port} cannot be used ({reason})"
ENDED = "The pages are no longer served."
