"""`mentorship dashboard`: the pages of all worlds and policies at hand, served to this machine alone."""

import errno
import socket
import webbrowser
from argparse import Namespace
from pathlib import Path

from simulation.commands.console import print_json, printed, remarked
from simulation.commands.words import dashboard as words
from simulation.page.module import module
from simulation.page.served import LOCAL, Served
from simulation.scenario.errors import ScenarioError

LAST = 65_535


def carry_out(asked: Namespace) -> int:
    """Serve the pages until somebody ends it."""
    silent = asked.quiet or asked.json
    module(lambda said: remarked(said, silent))  # before anybody waits for a page
    try:
        server = Served(Path.cwd(), asked.port)
    except OSError as error:
        if error.errno in (errno.EADDRINUSE, errno.EACCES):
            raise _refused(asked.port, error) from None
        raise ScenarioError(words.NO_PORT.format(port=asked.port, reason=error.strerror), field="--port") from None
    address = f"http://{LOCAL}:{asked.port}/"
    if asked.json:
        print_json({"address": address})
    else:
        printed(words.SERVED.format(address=address), whole=True)
        remarked(words.FOR_WHOM, asked.quiet)
    if asked.open:
        webbrowser.open(address)
    try:
        with server:
            server.serve_forever()
    except KeyboardInterrupt:
        remarked(words.ENDED, silent)
    return 0


def _refused(port: int, error: OSError) -> ScenarioError:
    """Say that a port is taken or closed to us, and which one is free."""
    taken = error.errno == errno.EADDRINUSE
    problem = words.TAKEN.format(port=port) if taken else words.NO_PORT.format(port=port, reason=error.strerror)
    free = next((one for one in range(max(port + 1, 1024), LAST) if _is_free(one)), None) if port < LAST else None
    return ScenarioError(problem, field="--port", hint=words.FREE.format(port=free) if free else "")


def _is_free(port: int) -> bool:
    with socket.socket() as tried:
        try:
            tried.bind((LOCAL, port))
        except OSError:
            return False
    return True
