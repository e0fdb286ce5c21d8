"""Follows the author's guide from an empty folder, as a new author would."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from cdispec.publish.pages.guide import Command, File, Piece, Save, Way
from tests.scenario.libraries import NO_OTHER_PLUGINS

LEFT_OUT = "..."
_PORT = "8036"
_STOP_AFTER = 20
"""Seconds in which a command that stays at work has told its first lines."""


@dataclass
class Follower:
    """Where a reader of the guide stands: the folder they are in, and the text that they have just found in a file."""

    home: Path
    folder: Path = field(init=False)
    found: str = ""

    def __post_init__(self) -> None:
        self.folder = self.home

    def follow(self, piece: Piece) -> str | None:
        """Do what a piece says. What was told where it is a command; None otherwise."""
        match piece:
            case Command(typed, _, Way.INSTALL):
                assert typed.startswith("python -m pip install "), typed
                return ""
            case Command(typed, told, Way.WATCH):
                return self._watched(typed, len(told.splitlines()))
            case Command(typed, _, Way.PLAIN):
                return self._run(typed)
            case File():
                self._save(piece)
        return None

    def _run(self, typed: str) -> str:
        if typed.startswith("cd "):
            self.folder = (self.folder / typed.removeprefix("cd ")).resolve(strict=True)
            return ""
        done = subprocess.run(
            typed,
            shell=True,
            cwd=self.folder,
            env=environment(),
            text=True,
            encoding="utf-8",
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        assert "Traceback" not in done.stdout, done.stdout
        return re.sub(r"[ \t]+$", "", done.stdout, flags=re.MULTILINE)

    def _watched(self, typed: str, lines: int) -> str:
        """The first lines of a command that stays at work, on a port that is free: the one that it shows may not be."""
        port = str(_free_port())
        arguments = [*typed.split(), "--port", port]
        started = subprocess.Popen(
            arguments,
            cwd=self.folder,
            env=environment(),
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        watchdog = signal.signal(signal.SIGALRM, lambda *_: started.kill())
        signal.alarm(_STOP_AFTER)
        try:
            assert started.stdout is not None
            told = "".join(started.stdout.readline() for _ in range(lines))
            started.send_signal(signal.SIGINT)
            started.communicate()
        finally:
            signal.alarm(0)
            signal.signal(signal.SIGALRM, watchdog)
            started.kill()
        return told.replace(port, _PORT)

    def _save(self, piece: File) -> None:
        file = self.folder / piece.path
        match piece.save:
            case Save.WHOLE:
                assert not file.exists(), f"{piece.path} is there already"
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(piece.text, "utf-8")
            case Save.END:
                file.write_text(file.read_text("utf-8") + piece.text, "utf-8")
            case Save.FIND:
                assert file.read_text("utf-8").count(piece.text) == 1, f"{piece.path} does not hold once:\n{piece.text}"
                self.found = piece.text
            case Save.REPLACE:
                assert self.found, f"nothing was found to be replaced in {piece.path}"
                file.write_text(file.read_text("utf-8").replace(self.found, piece.text), "utf-8")
                self.found = ""


def environment() -> dict[str, str]:
    """A terminal of 80 columns without colour, in which the installed `cdispec` is found."""
    here = str(Path(sys.executable).parent)
    path = f"{here}{os.pathsep}{os.environ['PATH']}"
    fixed = {
        "PATH": path,
        "COLUMNS": "80",
        "NO_COLOR": "1",
        "PYTHONUNBUFFERED": "1",
        "PYTEST_ADDOPTS": NO_OTHER_PLUGINS,
    }
    return {key: value for key, value in os.environ.items() if not key.startswith("PYTEST")} | fixed


def is_told(expected: str, told: str) -> bool:
    """Whether a command told what the guide shows: a line `...` stands for any lines, `...` in a line for any words."""
    pattern = ""
    for line in expected.splitlines(keepends=True):
        if line.strip() == LEFT_OUT:
            pattern += r"(?:.*\n)*?"
        else:
            pattern += "[^\n]+".join(re.escape(part) for part in line.split(LEFT_OUT))
    return re.fullmatch(pattern, told) is not None


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
