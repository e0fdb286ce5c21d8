"""`cdispec build --watch`: it builds at each save, shows docs/ to this machine alone, and open pages follow."""

from __future__ import annotations

import http.client
import json
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread

import pytest
import watchfiles  # noqa: F401 - without it the tests are not to be skipped
from playwright.sync_api import Browser

from cdispec.analysis.adequacy.adequacy import Score
from cdispec.cli import main
from cdispec.cli.preview import Preview, served
from cdispec.cli.watch import _saves, scores_told

SLUG = "00001-heel-pain-injection"
PAGE = f"/cdi/{SLUG}/working/index.html"
SECURITY = '<meta http-equiv="Content-Security-Policy" content="{}">'


@pytest.fixture
def preview(tmp_path: Path) -> Iterator[Preview]:
    """A server over a few files."""
    docs = tmp_path / "docs"
    for name, content in {
        "index.html": "<html><head></head><body>é</body></html>",
        "a/index.html": "<p>a</p>",
        "a/policy.md": "# é",
        "a/policy.pdf": "%PDF",
        "a/policy.json": "{}",
        "a/determine.js": "1",
        "a/style.css": "a {}",
        "feed.xml": '<?xml version="1.0"?>\n<feed xmlns="http://www.w3.org/2005/Atom"></feed>',
        ".hidden": "secret",
    }.items():
        (docs / name).parent.mkdir(parents=True, exist_ok=True)
        (docs / name).write_text(content, "utf-8")
    (tmp_path / "secret.txt").write_text("secret")
    (docs / "link").symlink_to(tmp_path)
    server = Preview(docs, free_port())
    Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def free_port() -> int:
    """A port that was free a moment ago."""
    with socket.socket() as opened:
        opened.bind(("127.0.0.1", 0))
        port: int = opened.getsockname()[1]
        return port


def ask(port: int, path: str, method: str = "GET", host: str = "") -> tuple[int, dict[str, str], str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request(method, path, headers={"Host": host or f"127.0.0.1:{port}"})
        answer = connection.getresponse()
        headers = {name.lower(): value for name, value in answer.getheaders()}
        return answer.status, headers, answer.read().decode()
    finally:
        connection.close()


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/a/", "text/html; charset=utf-8"),
        ("/a/policy.md", "text/markdown; charset=utf-8"),
        ("/a/policy.pdf", "application/pdf"),
        ("/a/policy.json", "application/json; charset=utf-8"),
        ("/a/determine.js", "text/javascript; charset=utf-8"),
        ("/a/style.css?v=1", "text/css; charset=utf-8"),
        ("/feed.xml", "application/atom+xml; charset=utf-8"),
    ],
)
def test_each_file_has_its_type_and_is_never_kept(preview: Preview, path: str, kind: str) -> None:
    status, headers, _ = ask(preview.server_port, path)
    assert (status, headers["content-type"], headers["cache-control"]) == (200, kind, "no-store")


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/a/..%2f..%2fsecret.txt",
        "/a\\..\\..\\secret.txt",
        "//etc/passwd",
        "/link/secret.txt",
        "/.hidden",
        "/%00",
        "/%ff",
        "/none.html",
        "/a/policy.md/x",
    ],
)
def test_no_path_leads_out(preview: Preview, path: str) -> None:
    status, _, content = ask(preview.server_port, path)
    assert status == 404
    assert "secret" not in content


def test_a_folder_leads_to_its_page_on_this_server(preview: Preview) -> None:
    for path in ("/a", "//a", "/%61"):
        status, headers, _ = ask(preview.server_port, path)
        assert (status, headers["location"]) == (301, "/a/")


def test_it_only_answers_reading(preview: Preview) -> None:
    assert ask(preview.server_port, "/", "HEAD")[2] == ""
    for method in ("POST", "PUT", "DELETE", "OPTIONS"):
        assert ask(preview.server_port, "/", method)[0] == 501


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8036", "127.0.0.1.evil.example:80"])
@pytest.mark.parametrize("path", ["/", "/_watch/events"])
def test_no_site_reads_drafts_under_its_own_name(preview: Preview, path: str, host: str) -> None:
    assert ask(preview.server_port, path, host=host)[0] == 403


def test_only_this_machine_reaches_it(preview: Preview) -> None:
    assert preview.server_address[0] == "127.0.0.1"


def test_the_script_is_in_the_served_page_and_not_in_the_file(preview: Preview) -> None:
    _, _, content = ask(preview.server_port, "/")
    assert "é<script data-build=" in content
    assert "EventSource" not in (preview.docs / "index.html").read_text("utf-8")


def test_a_document_that_is_not_there_yet_follows_as_well(preview: Preview) -> None:
    assert "EventSource" in ask(preview.server_port, "/later.html")[2]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("default-src 'none'", "default-src 'none'; script-src HASH; connect-src 'self'"),
        ("script-src 'self' file:", "script-src 'self' file: HASH"),
        ("default-src 'self'; script-src 'none'", "default-src 'self'; script-src HASH; connect-src 'self' 'self'"),
        ("style-src 'self'", "style-src 'self'"),
    ],
)
def test_the_policy_of_the_served_page_is_opened_for_the_script_alone(before: str, after: str) -> None:
    page = served(f"<head>{SECURITY.format(before)}</head><body></body>", "1", "b")
    policy = re.search(r'Policy" content="([^"]*)"', page)
    assert policy is not None
    assert re.sub(r"'sha256-[^']*'", "HASH", policy[1]) == after


def test_policy_text_that_looks_like_markup_is_not_touched() -> None:
    page = f"<body>&lt;/body&gt; {SECURITY.format('a').replace('<', '&lt;')}</body>"
    assert served(page, "1", "b") == page.replace("</body>", '<script data-build="b">1</script>\n</body>')


def news(preview: Preview) -> Iterator[dict[str, object]]:
    """What an open page is told."""
    connection = http.client.HTTPConnection("127.0.0.1", preview.server_port, timeout=10)
    connection.request("GET", "/_watch/events")
    answer = connection.getresponse()
    while line := answer.readline():
        if line.startswith(b"data: "):
            yield json.loads(line.removeprefix(b"data: "))


def test_an_open_page_is_told_of_builds_and_of_problems(preview: Preview) -> None:
    told = news(preview)
    first = next(told)
    assert first == {"build": preview.build, "problems": []}
    preview.tell(("a.md:1: wrong",))
    assert next(told) == {"build": first["build"], "problems": ["a.md:1: wrong"]}
    preview.tell(changed=True)
    second = next(told)
    assert second["problems"] == []
    assert second["build"] != first["build"]


class Watching:
    """A running `cdispec build --watch`."""

    def __init__(self, library: Path, port: int) -> None:
        command = [sys.executable, "-m", "cdispec", "build", "--watch", "--port", str(port), "--library", str(library)]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        self.lines: list[str] = []
        Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.append(line.rstrip("\n"))

    def until(self, wanted: Callable[[str], bool]) -> str:
        """The next line that is wanted; what comes before it is passed over."""
        end = time.monotonic() + 300
        while time.monotonic() < end:
            while self.lines:
                if wanted(line := self.lines.pop(0)):
                    return line
            time.sleep(0.02)
        raise AssertionError("it did not come")

    def built(self) -> str:
        """The line of the next build that changed something."""
        return self.until(lambda line: "documents changed" in line)

    def stop(self) -> int:
        """Ctrl-C."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(20)


@pytest.fixture
def library(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> Path:
    """A library made by `cdispec new` that prints one page for each state."""
    root = tmp_path / "library"
    assert main(["new", str(root)]) == 0
    (root / "build").mkdir()
    (root / "build/page.html").write_text(
        "<html><body><p style='height: 5000px'></p>{{ policy.title }}</body></html>\n"
    )
    (root / "build/recipe.yaml").write_text("revision: {index.html: page.html}\n")
    return root


@pytest.fixture
def watching(library: Path) -> Iterator[Watching]:
    running = Watching(library, free_port())
    yield running
    running.process.kill()
    running.process.wait()


def rewrite(file: Path, old: str, new: str) -> None:
    """Save as editors do: a new file takes the place of the old."""
    text = file.read_text("utf-8")
    assert old in text
    file.with_name(".saved").write_text(text.replace(old, new), "utf-8")
    file.with_name(".saved").replace(file)


def port_of(watching: Watching) -> int:
    line = watching.until(lambda line: "http://127.0.0.1:" in line)
    found = re.search(r":(\d+)/", line)
    assert found is not None
    return int(found[1])


def test_each_save_is_built_and_a_failure_leaves_the_last_good_page(library: Path, watching: Watching) -> None:
    port, document = port_of(watching), library / f"policy/{SLUG}/policy.md"
    watching.built()
    assert "Injection for Heel Pain" in ask(port, PAGE)[2]
    rewrite(document, "title: Injection for Heel Pain", "title: Needles")
    watching.built()
    assert "Needles" in ask(port, PAGE)[2]
    rewrite(document, "fact: heel-cup-tried", "fact: heel-cup")
    assert "unknown-fact" in watching.until(lambda line: "unknown-fact" in line)
    watching.until(lambda line: line == "nothing was printed")
    assert "Needles" in ask(port, PAGE)[2]
    rewrite(document, "fact: heel-cup\n", "fact: heel-cup-tried\n")
    watching.until(lambda line: "nothing changed" in line)
    rewrite(library / "build/page.html", "{{ policy.title", "New {{ policy.title")
    watching.built()
    assert "New Needles" in ask(port, PAGE)[2]
    assert watching.stop() == 0


def test_scenarios_that_fail_or_cannot_be_read_are_shown_with_each_build(library: Path, watching: Watching) -> None:
    feature = library / f"features/{SLUG}/injection.feature"
    assert "all scenarios hold" in watching.built()
    rewrite(feature, "Then it is not indicated under III", "Then it is medically necessary under II")
    assert "1 failing" in watching.until(lambda line: "nothing changed" in line)
    place = f"  features/{SLUG}/injection.feature:26: expected medically necessary under II, but it is not indicated"
    assert watching.until(lambda line: "injection.feature" in line).startswith(place)
    rewrite(feature, "And there is an infection at the site", "And there is infection at the site")
    assert "no fact or rule says" in watching.until(lambda line: "injection.feature:24" in line)


def test_a_folder_that_is_replaced_is_watched_on(library: Path, watching: Watching) -> None:
    watching.built()
    (library / "policy").rename(library / "elsewhere")
    watching.until(lambda line: "policy/ is not there" in line)
    (library / "elsewhere").rename(library / "policy")
    watching.until(lambda line: "nothing changed" in line)
    rewrite(library / f"policy/{SLUG}/policy.md", "title: Injection", "title: Needles")
    watching.built()


def test_what_is_saved_before_the_watching_begins_is_built_as_well(library: Path) -> None:
    saves = _saves(library)
    next(saves)
    rewrite(library / f"policy/{SLUG}/policy.md", "title: Injection", "title: Needles")
    second = Thread(target=lambda: next(saves), daemon=True)
    second.start()
    second.join(20)
    assert not second.is_alive()


def test_builds_do_not_follow_from_builds(library: Path, watching: Watching) -> None:
    watching.built()
    time.sleep(1)
    assert [line for line in watching.lines if "built in" in line] == []


def test_a_port_in_use_is_told_and_the_next_is_taken(library: Path, preview: Preview) -> None:
    other = Watching(library, preview.server_port)
    try:
        other.until(lambda line: line == f"port {preview.server_port} is in use; this is the next that is free")
        assert port_of(other) > preview.server_port
        other.built()
        assert other.stop() == 0
    finally:
        other.process.kill()
        other.process.wait()


def test_an_open_page_follows_and_keeps_its_place(library: Path, watching: Watching, browser: Browser) -> None:
    port = port_of(watching)
    watching.built()
    page = browser.new_page()
    page.goto(f"http://127.0.0.1:{port}{PAGE}")
    page.evaluate("window.scrollTo(0, 1200)")
    rewrite(library / f"policy/{SLUG}/policy.md", "title: Injection", "title: Needles")
    page.get_by_text("Needles").wait_for(timeout=60000)
    page.wait_for_function("window.scrollY === 1200", timeout=60000)
    rewrite(library / f"policy/{SLUG}/policy.md", "fact: heel-cup-tried", "fact: heel-cup")
    page.get_by_text("there is no fact").wait_for(timeout=60000)
    rewrite(library / f"policy/{SLUG}/policy.md", "fact: heel-cup\n", "fact: heel-cup-tried\n")
    page.get_by_text("Not built").wait_for(state="detached", timeout=60000)
    page.close()
    assert "EventSource" not in "".join(path.read_text() for path in (library / "docs").rglob("*.html"))


@pytest.mark.parametrize(
    ("now", "before", "told"),
    [
        ({}, {}, []),
        ({"00001": Score(98, 100)}, {}, ["00001 tested 98 %"]),
        ({"00001": Score(98, 100)}, {"00001": Score(97, 100)}, ["00001 tested 98 % (was 97 %)"]),
        ({"00001": Score(98, 100)}, {"00001": Score(98, 100)}, ["00001 tested 98 %"]),
        (
            {"00001": Score(98, 100), "00002": Score(1, 2)},
            {"00001": Score(98, 100), "00002": Score(2, 2)},
            ["00002 tested 50 % (was 100 %)"],
        ),
    ],
)
def test_a_score_is_told_with_what_it_was(now: dict[str, Score], before: dict[str, Score], told: list[str]) -> None:
    assert list(scores_told(now, before)) == told
