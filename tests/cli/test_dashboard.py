"""The pages on this machine: for this machine alone, of known names alone, and ended by one key."""

import html
import http.client
import re
import signal
import socket
import subprocess
import sys
import threading
from contextlib import contextmanager

import pytest

from simulation.cli import main
from simulation.page import served
from simulation.page.explorable import content_policy
from simulation.page.served import Served, offered
from simulation.scenario.errors import ScenarioError

USER_WORLD = 'title = "<script>globalThis.hit=1</script>"\n[people]\nmentees = 40\nmentors = 12\nmonths = 6\n'


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@pytest.fixture
def made(monkeypatch):
    """What was asked to be made, in the place of pages that take a second each."""
    calls = []

    def explorable(world, policies, seed):
        calls.append((world.name, *(policy.name for policy in policies), seed))
        return f'<meta http-equiv="Content-Security-Policy" content="{html.escape(content_policy("x"))}">{html.escape(world.title)}'

    monkeypatch.setattr(served, "explorable", explorable)
    return calls


@pytest.fixture
def ask(tmp_path, made):
    """Ask a server of a folder with two files of the user's, and one that is broken: status, headers, text."""
    (tmp_path / "mine.toml").write_text(USER_WORLD)
    (tmp_path / "ours.toml").write_text('title = "Ours"\n[prioritize]\nprotected_hours = 3\n')
    (tmp_path / "broken.toml").write_text("title = \n")
    (tmp_path / "secret.txt").write_text("secret")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "deep.toml").write_text(USER_WORLD)
    port = free_port()
    with Served(tmp_path, port) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()

        def give(path, host=f"127.0.0.1:{port}", method="GET"):
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
            connection.putrequest(method, path, skip_host=True)
            if host is not None:
                connection.putheader("Host", host)
            connection.endheaders()
            answer = connection.getresponse()
            text = answer.read().decode()
            connection.close()
            return answer.status, dict(answer.getheaders()), text

        give.port = port
        yield give
        server.shutdown()
        thread.join()


def test_the_start_page_offers_what_is_shipped_and_what_lies_in_the_folder(ask):
    status, headers, text = ask("/")
    assert status == 200 and headers["Content-Security-Policy"].startswith("default-src 'none'; style-src")
    values = set(re.findall(r'<option value="([^"]+)"', text))
    assert {"teaching_hospital", "six_tips", "mine.toml", "ours.toml"} <= values
    assert not values & {"broken.toml", "deep.toml", "secret.txt"}
    assert "broken.toml:1" in text and "/tmp" not in text
    assert "<script" not in text and "&lt;script&gt;" in text


def test_a_page_is_made_once_for_each_choice(ask, made):
    query = "/page?world=mine.toml&a=ad_hoc&b=ours.toml&seed=5"
    status, headers, text = ask(query)
    assert (status, made) == (200, [("mine", "ad_hoc", "ours", 5)])
    assert "<script>" not in text
    assert headers["Content-Security-Policy"] == content_policy("x") + "; frame-ancestors 'none'"
    assert headers["X-Content-Type-Options"] == "nosniff" and headers["Cache-Control"] == "no-store"
    assert ask(query)[2] == text and len(made) == 1
    ask("/page")
    assert made[1] == ("teaching_hospital", "ad_hoc", "six_tips", 1)


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8765", "127.0.0.1", "localhost", "[::1]", "", None, "127.0.0.1.evil.example"])
def test_a_foreign_host_is_refused(ask, made, host):
    status, _, text = ask("/page", host=host)
    assert status == 403 and "only to this machine" in text and made == []


def test_localhost_is_this_machine(ask):
    assert ask("/", host=f"localhost:{ask.port}")[0] == 200


@pytest.mark.parametrize("path", ["/secret.txt", "/mine.toml", "/..%2f..%2fetc/passwd", "/../../etc/passwd", "/page/", "/page//", "/sub/", "/favicon.ico", "http://evil.example/page"])
def test_there_are_no_other_pages(ask, made, path):
    status, _, text = ask(path)
    assert status == 404 and "secret" not in text and "root:" not in text and made == []


@pytest.mark.parametrize("query", [
    "world=../../etc/passwd", "world=secret.txt", "world=sub/deep.toml", "world=/etc/passwd", "world=broken.toml", "world=six_tips", "a=teaching_hospital", "b=%00", "b=<script>",
    "seed=-1", "seed=1e3", "seed=9223372036854775808", "seed=%D9%A1", "world=mine.toml%00.toml", "a=./ad_hoc", "world=",
])  # fmt: skip
def test_a_choice_that_is_none_gets_a_sentence(ask, made, query):
    status, _, text = ask(f"/page?{query}")
    if query == "world=":  # an empty field is as good as none
        assert status == 200
        return
    assert status == 400 and made == []
    assert re.search(r'role="alert">[^<]*(of that name|whole number)', text) and "<script" not in text


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "HEAD"])
def test_it_only_shows(ask, made, method):
    assert ask("/page", method=method)[0] == 501 and made == []


def test_what_cannot_be_made_is_said_on_the_start_page(ask, monkeypatch):
    def refuses(*_):
        raise ScenarioError("a page cannot make <this> assignment")

    monkeypatch.setattr(served, "explorable", refuses)
    status, _, text = ask("/page?seed=2")
    assert status == 400 and "cannot make &lt;this&gt; assignment" in text and 'value="2"' in text


def test_a_file_that_is_neither_world_nor_policy_is_not_offered(tmp_path):
    (tmp_path / "plan.toml").write_text('name = "x"\nworld = "teaching_hospital"\n[[factors]]\n')
    found = offered(tmp_path)
    assert "plan.toml" not in {*found.worlds, *found.policies}


@pytest.fixture
def interruptible():
    """A child can be interrupted though this process runs in the background, where the shell turns that off."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.jit_only
def test_it_serves_until_it_is_interrupted(tmp_path, interruptible):
    pytest.importorskip("ziglang", reason="the month is linked for the browser by ziglang, which is not installed")
    port = free_port()
    command = [sys.executable, "-m", "simulation", "dashboard", "--port", str(port)]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running, killed_at_last(running):
        assert running.stdout.readline().strip() == f"The pages are at http://127.0.0.1:{port}/"
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        connection.request("GET", "/page?world=youth_program")
        answer = connection.getresponse()
        text = answer.read().decode()
        assert answer.status == 200 and "two mentorship programs" in text and len(text) < 400_000
        with pytest.raises(OSError), socket.create_connection((own_address(), port), timeout=2):
            pass  # from outside this machine nobody gets in
        running.send_signal(signal.SIGINT)
        running.wait(60)
        assert running.returncode == 0
        assert running.stderr.read().strip().splitlines()[-1] == "The pages are no longer served."


@contextmanager
def killed_at_last(running):
    """A process does not outlive a test that fails."""
    try:
        yield
    finally:
        running.kill()


def own_address():
    """An address of this machine that others can reach, or else one of its own at which nothing listens."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
        try:
            one.connect(("192.0.2.1", 9))  # a documentation address; nothing is sent
            found = one.getsockname()[0]
        except OSError:
            found = "127.0.0.2"
    return "127.0.0.2" if found.startswith("127.") else found


def test_a_port_that_is_taken_is_said_with_one_that_is_free(monkeypatch, capsys, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("simulation.commands.dashboard.module", lambda say: b"")
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        held.listen()
        port = held.getsockname()[1]
        assert main(["dashboard", "--port", str(port)]) == 2
    said = capsys.readouterr().err
    assert f"port {port} is taken" in said
    assert re.search(r"port \d+ is free: give --port \d+", said)
    assert main(["dashboard", "--port", "70000"]) == 2
    assert "from 1 to 65535" in capsys.readouterr().err
