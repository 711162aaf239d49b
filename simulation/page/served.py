"""The pages on this machine: a start page, and a page for each world and two policies, made when it is asked for.

It listens on 127.0.0.1 alone, answers only requests that name this machine, reads nothing but the shipped files and the
files of the folder where it was started, and keeps nothing. (The standard library's server, as there is nothing to scale.)
"""

import html
import os
import sys
import threading
from collections import OrderedDict
from functools import cache
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import parse_qs, urlsplit

from simulation.page.explorable import explorable, policy_of, template
from simulation.scenario.errors import ScenarioError
from simulation.scenario.files import Scenario
from simulation.scenario.loading import shipped_names
from simulation.scenario.policy import Policy
from simulation.scenario.whole_numbers import BOUNDS
from simulation.scenario.world import World

LOCAL = "127.0.0.1"
KEPT = 8  # pages
MOST_FILES = 200
LONGEST_QUERY = 1000
USUAL = {"world": "teaching_hospital", "a": "ad_hoc", "b": "six_tips", "seed": "1"}
KINDS: dict[str, type[Scenario]] = {"world": World, "a": Policy, "b": Policy}
START_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin", "Cross-Origin-Opener-Policy": "same-origin",
}  # fmt: skip


class Offered(NamedTuple):
    """What can be chosen: titles by name, worlds and policies, the folder's own behind the shipped; and what cannot, and why."""

    worlds: dict[str, str]
    policies: dict[str, str]
    refused: list[str]


class Answer(NamedTuple):
    """A page as it is sent."""

    status: HTTPStatus
    text: str
    policy: str = START_POLICY


@cache
def _shipped(kind: type[Scenario]) -> dict[str, str]:
    return {name: kind.load(name).title for name in shipped_names(kind.kind)}


def offered(folder: Path) -> Offered:
    """Find what can be chosen: what is shipped, and the files of the folder, but not of folders within it."""
    worlds, policies, refused = dict(_shipped(World)), dict(_shipped(Policy)), []
    for path in sorted(folder.glob("*.toml"))[:MOST_FILES]:
        reasons = []
        for kind, found in ((World, worlds), (Policy, policies)):
            try:
                found[path.name] = kind.load(path).title
                break
            except ScenarioError as error:
                reasons.append(error)
        else:
            told = next((error for error in reasons if "please give" not in error.problem), None)
            refused += [str(told).removeprefix(f"{folder}/")] if told else []
    return Offered(worlds, policies, refused)


class Served(ThreadingHTTPServer):
    """The server of the pages of one folder; raises `OSError` where the port cannot be had."""

    daemon_threads = True
    allow_reuse_address = os.name == "posix"  # elsewhere two servers could have one port

    def __init__(self, folder: Path, port: int):
        self.folder = folder
        self.kept: OrderedDict[tuple, str] = OrderedDict()
        self.making = threading.Lock()  # one page at a time: each takes a core
        super().__init__((LOCAL, port), Asked)
        self.hosts = {f"{name}:{port}" for name in (LOCAL, "localhost")} | ({LOCAL, "localhost"} if port == 80 else set())

    def start_page(self, query: dict[str, str], problem: str = "") -> Answer:
        """The page on which a world and two policies are chosen."""
        chosen = USUAL | {name: value for name, value in query.items() if name in USUAL}
        text = template("start.html").render(offered=offered(self.folder), chosen=chosen, problem=problem)
        return Answer(HTTPStatus.BAD_REQUEST if problem else HTTPStatus.OK, text)

    def page(self, query: dict[str, str]) -> Answer:
        """The page of a world and two policies; what is wrong with the choice is said on the start page."""
        try:
            return self._made(query)
        except ScenarioError as error:
            return self.start_page(query, str(error).replace(f"{self.folder}/", ""))

    def _made(self, query: dict[str, str]) -> Answer:
        known = offered(self.folder)
        there = {"world": known.worlds, "a": known.policies, "b": known.policies}
        chosen = {}
        for name, kind in KINDS.items():
            word = query.get(name, USUAL[name])
            if word not in there[name]:
                raise ScenarioError(f"no {kind.kind} of that name is shipped, or lies in this folder")
            chosen[name] = kind.load(self.folder / word if word.endswith(".toml") else word)
        seed = _seed(query.get("seed", USUAL["seed"]))
        key = (seed, *(one.model_dump_json() for one in chosen.values()))
        with self.making:
            if key not in self.kept:
                self.kept[key] = explorable(chosen["world"], [chosen["a"], chosen["b"]], seed)
                while len(self.kept) > KEPT:
                    self.kept.popitem(last=False)
            self.kept.move_to_end(key)
            text = self.kept[key]
        return Answer(HTTPStatus.OK, text, f"{policy_of(text)}; frame-ancestors 'none'")

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Pass over a browser that went away; every other fault is told."""
        if not isinstance(sys.exc_info()[1], (ConnectionError, TimeoutError)):
            super().handle_error(request, client_address)


def _seed(text: str) -> int:
    low, high = BOUNDS["seed"]
    if not (text.isdecimal() and text.isascii() and len(text) <= 19 and low <= int(text) <= high):
        raise ScenarioError(f"a seed is a whole number from {low} to {high}")
    return int(text)


class Asked(BaseHTTPRequestHandler):
    """One request."""

    server: Served
    server_version, sys_version = "mentorship", ""
    timeout = 20  # seconds for a request to arrive

    def do_GET(self) -> None:
        """Answer with a page, or with a sentence that says why not."""
        if self.headers.get_all("Host", []) not in [[host] for host in self.server.hosts]:
            self.send_error(HTTPStatus.FORBIDDEN)
            return
        fetched, by = (self.headers.get(f"Sec-Fetch-{what}") for what in ("Dest", "Site"))
        if by not in (None, "none", "same-origin") and fetched != "document":  # another site's picture or frame
            self.send_error(HTTPStatus.FORBIDDEN)
            return
        asked = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(asked.query[:LONGEST_QUERY]).items()}
        pages = {"/": self.server.start_page, "/page": self.server.page}
        if asked.path not in pages or asked.netloc:
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        self._send(pages[asked.path](query))

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Refuse a request in one sentence."""
        status = HTTPStatus(code)
        said = {
            HTTPStatus.FORBIDDEN: "This server answers only to this machine, under 127.0.0.1 or localhost.",
            HTTPStatus.NOT_FOUND: "There is no such page. The start page is at /.",
            HTTPStatus.NOT_IMPLEMENTED: "This server only shows pages: use GET.",
        }.get(status, f"{status.phrase}.")
        self.close_connection = True
        self._send(Answer(status, f"<!doctype html><title>{status.phrase}</title><p>{html.escape(said)}</p>"))

    def _send(self, answer: Answer) -> None:
        content = answer.text.encode()
        self.send_response(answer.status)
        about = {"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(content))}
        for name, value in (about | HEADERS | {"Content-Security-Policy": answer.policy}).items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: who looks at what is nobody's business."""
