"""The words of `mentorship sweep`."""

HELP = "Run a study of many runs; the same command resumes it."
STUDY = "name of a shipped study, or a file"
ARGUMENTS = {
    "study": STUDY,
    "--out": "write the results into this folder",
    "--workers": "how many chunks of runs to do at a time (default: one for each core)",
    "--scheduler": "run on the Dask cluster at this address, such as tcp://host:8786",
    "--part": "run only this part, such as 3/20, for an array job; `merge` makes the whole of all parts",
    "--dry-run": "say how many runs there are and how long they take, and run nothing",
}

DONE = "{runs} at {points} are in {folder}"
ESTIMATE = "{points}, {runs}; still to do: {waiting}"
TAKES = "about {time} with {workers} at a time, and {megabytes:,.1f} MB of disk"
MINUTES, SECONDS = "{minutes:,.1f} min", "{seconds:,.0f} s"
LOST = "mentorship: the workers of {chunks} stopped; to run what is missing, give the same command again"
FAILED_RUN = "  {world}, {policy}, point {point}, replicate {replicate}: {error}"
MORE_FAILED = "  and {count:,} more, in the column `error` of the table of outcomes"
REPLAY = "  to repeat the first: {command}"
WORKERS_GONE = "the workers stopped ({reason})"
RESUME = "to resume, give the same command again"

NO_DASK = "--scheduler needs Dask"
INSTALL_DASK = "install it with: pip install 'mentorship[cluster]'"
BAD_ADDRESS = "value {address}, allowed: an address such as tcp://host:8786"
NO_SCHEDULER = "no scheduler answers at {address} (tried for {seconds} seconds: {reason})"
START_SCHEDULER = "is `dask scheduler` running there?"
CLOSED = "the scheduler closed the connection"
CONNECTED = "Dask: {workers}, {threads}; dashboard at {link}"
NOT_INSTALLED = "this version of mentorship ({version}) is not installed on {machines}"
INSTALL_EVERYWHERE = "install it on the scheduler at {address} and on all its workers"
