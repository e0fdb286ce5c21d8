"""Shows `docs/` in a browser on this machine, and tells open pages when it has changed."""

from __future__ import annotations

import base64
import html
import json
import os
import re
import sys
import time
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from pathlib import Path
from threading import Condition
from typing import Any
from urllib.parse import quote, unquote, urlsplit

HOST = "127.0.0.1"
EVENTS = "/_watch/events"

_NAMES = (HOST, "localhost")
_PULSE = 15.0
"""So many seconds after the last event a sign of life finds out whether a page is still there."""

_KINDS = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".md": "text/markdown; charset=utf-8",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".svg": "image/svg+xml; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".xml": "application/xml; charset=utf-8",
}
_FEED = "application/atom+xml; charset=utf-8"

_SECURITY = re.compile(r'(<meta\s+http-equiv="Content-Security-Policy"\s+content=")([^"]*)(")', re.IGNORECASE)
_END = re.compile(r"</body\s*>", re.IGNORECASE)
_NOT_FOUND = """\
<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>Not there</title></head>
<body><p>There is no such document. It will show here when it is built.</p></body>
</html>
"""


class Preview(ThreadingHTTPServer):
    """The server. Only this machine reaches it, and only to read."""

    daemon_threads = True
    # On Windows this would let two servers share a port.
    allow_reuse_address = os.name != "nt"

    def __init__(self, docs: Path, port: int) -> None:
        super().__init__((HOST, port), _Handler)
        self.docs = docs
        self.script = (files("cdispec.cli") / "refresh.js").read_text("utf-8")
        self._changed = Condition()
        # A page that an earlier server showed is not current by chance.
        self._build = (time.time_ns(), 0)
        self._problems: tuple[str, ...] = ()

    @property
    def address(self) -> str:
        """Where a browser finds it."""
        return f"http://{HOST}:{self.server_port}/"

    @property
    def build(self) -> str:
        """The name of what is shown; it changes with `docs/`."""
        return "-".join(map(str, self._build))

    def tell(self, problems: tuple[str, ...] = (), *, changed: bool = False) -> None:
        """Tell open pages that `docs/` has changed, or why it has not."""
        with self._changed:
            self._build = (self._build[0], self._build[1] + changed)
            self._problems = problems
            self._changed.notify_all()

    def news(self, known: str) -> str:
        """What pages are told, as soon as it is not what they know; the same again where nothing happens for long."""
        with self._changed:
            self._changed.wait_for(lambda: self._now() != known, _PULSE)
            return self._now()

    def _now(self) -> str:
        return json.dumps({"build": self.build, "problems": self._problems})

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A page that goes away while it is answered is nothing to tell."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


def served(page: str, script: str, build: str) -> str:
    """A page with the script that keeps it current; its security policy is opened for that script and nothing else."""
    allowed = f"'sha256-{base64.b64encode(sha256(script.encode()).digest()).decode()}'"

    def opened(match: re.Match[str]) -> str:
        policy = _allowing(_allowing(html.unescape(match[2]), "script-src", allowed), "connect-src", "'self'")
        return match[1] + html.escape(policy, quote=False).replace('"', "&quot;") + match[3]

    added = f'<script data-build="{build}">{script}</script>\n'
    end = next((match.start() for match in reversed(list(_END.finditer(page)))), len(page))
    return _SECURITY.sub(opened, page[:end]) + added + page[end:]


def _allowing(policy: str, directive: str, source: str) -> str:
    """A security policy that allows one source more."""
    stated = [part.split() for part in policy.split(";") if part.strip()]
    sources = {names[0].lower(): names[1:] for names in reversed(stated)}
    former = sources.get(directive, sources.get("default-src"))
    if former is None:
        return policy
    added = [directive, *(name for name in former if name.lower() != "'none'"), source]
    others = [names for names in stated if names[0].lower() != directive]
    return "; ".join(" ".join(names) for names in [*others, added])


class _Handler(BaseHTTPRequestHandler):
    server: Preview

    def do_GET(self) -> None:
        """Answer with a document, or with the news for an open page."""
        if urlsplit(self.path).path == EVENTS and self._is_local():
            self._stream()
        else:
            self._answer(whole=True)

    def do_HEAD(self) -> None:
        """Answer without the document."""
        self._answer(whole=False)

    def log_message(self, format: str, *args: Any) -> None:
        """The terminal is for builds."""

    def _is_local(self) -> bool:
        """Whether a name of this machine was asked for: no site gets at drafts by giving its own name our address."""
        return (self.headers.get("Host") or "").rpartition(":")[0] in _NAMES

    def _answer(self, whole: bool) -> None:
        if not self._is_local():
            self._send(403, "text/plain; charset=utf-8", b"", whole)
            return
        path = urlsplit(self.path).path
        file = self._file(path)
        if file is not None and file.is_dir() and not path.endswith("/"):
            self.send_response(301)
            self.send_header("Location", quote(f"/{file.relative_to(self.server.docs).as_posix()}/"))
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        if file is not None and file.is_dir():
            file /= "index.html"
        try:
            content = None if file is None else file.read_bytes()
        except OSError:
            content = None
        if file is None or content is None:
            self._send(404, _KINDS[".html"], self._page(_NOT_FOUND.encode()), whole)
            return
        kind = _FEED if b"<feed" in content[:400] and file.suffix == ".xml" else _KINDS.get(file.suffix.lower())
        if kind == _KINDS[".html"]:
            content = self._page(content)
        self._send(200, kind or "application/octet-stream", content, whole)

    def _file(self, path: str) -> Path | None:
        """The file or folder below `docs/` that a path names; None for whatever else it names."""
        try:
            parts = [part for part in unquote(path, errors="strict").split("/") if part]
        except UnicodeDecodeError:
            return None
        if any(part.startswith(".") or "\\" in part or "\0" in part or ":" in part for part in parts):
            return None
        file = self.server.docs.joinpath(*parts)
        try:
            inside = file.resolve().is_relative_to(self.server.docs.resolve())
        except (OSError, RuntimeError):
            return None
        return file if inside else None

    def _page(self, content: bytes) -> bytes:
        return served(content.decode(errors="replace"), self.server.script, self.server.build).encode()

    def _send(self, status: int, kind: str, content: bytes, whole: bool) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()
        if whole:
            self.wfile.write(content)

    def _stream(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream; charset=utf-8")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        known = ""
        while True:
            news = self.server.news(known)
            self.wfile.write(f"data: {news}\n\n".encode() if news != known else b": \n\n")
            known = news
