"""Browsers that open a page on this machine, and what the page posts back; Firefox is not driven, it only opens the page."""

import json
import shutil
import subprocess
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

try:
    from playwright.sync_api import sync_playwright
except ImportError:  # it drives Chromium
    sync_playwright = None

CHROMIUM = sync_playwright and (
    shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
)
needs_chromium = pytest.mark.skipif(
    CHROMIUM is None,
    reason="no Chromium is here, or no playwright to drive it: apt install chromium, pip install playwright",
)
FIREFOX = shutil.which("firefox-esr") or shutil.which("firefox")
PATIENCE = 600  # seconds
KINDS = {"html": "text/html", "js": "text/javascript", "json": "application/json", "wasm": "application/wasm"}
PAGE = b'<!doctype html><meta charset="utf-8"><title>cases</title><script type="module" src="month_page.js"></script>'
QUIET = {
    "browser.shell.checkDefaultBrowser": False,
    "browser.aboutwelcome.enabled": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "datareporting.policy.dataSubmissionPolicyBypassNotification": True,
    "toolkit.telemetry.reportingpolicy.firstRun": False,
    "app.update.enabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
}


def wait(page, truth, timeout=30_000):
    """Wait until an expression of a page is true. (Playwright's own waiting evaluates text, which our page forbids.)"""
    for _ in range(timeout // 50):
        if page.evaluate(truth):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"not within {timeout} ms: {truth}")


@contextmanager
def chromium(url, _):
    """A headless Chromium with this page."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        browser.new_page().goto(url)
        yield
        browser.close()


@contextmanager
def firefox(url, folder):
    """A headless Firefox with this page and a profile of its own."""
    profile = folder / "profile"
    profile.mkdir()
    lines = (f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in QUIET.items())
    (profile / "user.js").write_text("\n".join(lines))
    words = [FIREFOX, "--headless", "--no-remote", "--profile", str(profile), url]
    process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield
    finally:
        process.terminate()
        process.wait(30)


def posted(browser, files: dict[str, bytes], folder) -> dict:
    """What the page posts that finds these files beside it."""
    answer, there = {}, threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            name = self.path.strip("/").partition("?")[0]
            content = files.get(name, PAGE if not name else None)
            self.send_response(404 if content is None else 200)
            self.send_header(
                "Content-Type", KINDS.get(name.rpartition(".")[2], "application/octet-stream") if name else "text/html"
            )
            self.end_headers()
            self.wfile.write(content or b"")

        def do_POST(self):
            answer.update(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(204)
            self.end_headers()
            there.set()

        def log_message(self, *_):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            with browser(f"http://127.0.0.1:{server.server_port}/", folder):
                assert there.wait(PATIENCE), "the page posted nothing"
        finally:
            server.shutdown()
    assert "error" not in answer, answer["error"]
    return answer
