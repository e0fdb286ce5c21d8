"""What an author is told of revisions: their history, what each says and does, and what stands in the way.

Each expected output is a file of `expected/`, with the command that is answered so.
"""

from __future__ import annotations

import shlex
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from cdispec.cli import main
from tests.revisions.libraries import (
    FIRST,
    NEXT,
    NUMBER,
    PATIENCE,
    SECOND,
    THIRD,
    altered,
    copied,
    reworded,
    unpublished,
    without_news,
)

EXPECTED = Path(__file__).parent / "expected"
RELEASE = f"release {NUMBER} --effective {NEXT} --as-is --summary"
AS_OF = Path(__file__).parent / "as-of.yaml"


@dataclass(frozen=True, slots=True)
class Asked:
    """A command, and the library that it is typed in."""

    command: str
    of: Callable[[Path], Path] = copied


ASKED = {
    "history": Asked(f"history {NUMBER}"),
    "history-without-revisions": Asked(f"history {NUMBER}", unpublished),
    "history-of-an-altered-revision": Asked(f"history {NUMBER}", altered),
    "history-of-an-unknown-policy": Asked("history 00241"),
    "diff-first-second": Asked(f"diff {NUMBER} {FIRST} {SECOND}"),
    "diff-second-third": Asked(f"diff {NUMBER} {SECOND} {THIRD}"),
    "diff-first-third": Asked(f"diff {NUMBER} {FIRST} {THIRD}"),
    "diff-newest-working": Asked(f"diff {NUMBER}"),
    "diff-backwards": Asked(f"diff {NUMBER} {SECOND} {FIRST}"),
    "diff-of-a-revision-with-itself": Asked(f"diff {NUMBER} {SECOND} {SECOND}"),
    "diff-of-words-alone": Asked(f"diff {NUMBER}", reworded),
    "diff-of-an-unknown-policy": Asked("diff 00241"),
    "diff-of-an-unknown-revision": Asked(f"diff {NUMBER} 2025-09-10 {THIRD}"),
    "diff-of-an-unknown-word": Asked(f"diff {NUMBER} {THIRD} wroking"),
    "diff-without-revisions": Asked(f"diff {NUMBER}", unpublished),
    "diff-of-an-altered-revision": Asked(f"diff {NUMBER} {FIRST} {SECOND}", altered),
    "diff-beside-an-altered-revision": Asked(f"diff {NUMBER} {THIRD} working", altered),
    "diff-with-no-time": Asked(f"diff {NUMBER} {FIRST} {SECOND} --limit 0.000001"),
    "history-with-no-time": Asked(f"history {NUMBER} --limit 0.000001"),
    "diff-of-cases": Asked(f"diff {NUMBER} {FIRST} {SECOND} --cases as-of.yaml"),
    "release": Asked(f"{RELEASE} 'For a continuation the visit may be 12 months ago.'"),
    "release-of-words-alone": Asked(f"{RELEASE} 'Wording was mended.'", reworded),
    "release-that-denies-its-change": Asked(f"{RELEASE} 'No change in criteria.'"),
    "release-that-claims-a-change": Asked(f"{RELEASE} 'Criteria were changed.'", reworded),
    "release-of-nothing-new": Asked(f"{RELEASE} 'Wording was mended.'", without_news),
    "as-of": Asked("determine as-of.yaml"),
}


@pytest.mark.parametrize("name", ASKED)
def test_an_author_is_told_what_they_are_meant_to(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], rewrite: bool
) -> None:
    asked = ASKED[name]
    library = asked.of(tmp_path)
    (library / AS_OF.name).write_bytes(AS_OF.read_bytes())
    monkeypatch.chdir(library)
    typed = shlex.split(asked.command)
    status = main([*typed, *(PATIENCE if typed[0] in ("diff", "history") and "--limit" not in typed else ())])
    found = capfd.readouterr()
    told = f"$ cdispec {asked.command}\n{found.out}"
    told += f"=== standard error ===\n{found.err}" if found.err else ""
    told += f"=== exit status {status} ===\n"
    expected = EXPECTED / f"{name}.txt"
    if rewrite:
        expected.write_text(told, "utf-8")
    assert told == expected.read_text("utf-8")


def test_every_expected_output_is_of_a_command() -> None:
    assert {path.stem for path in EXPECTED.iterdir()} == set(ASKED)


@pytest.mark.parametrize("place", [0, 1, 2])
def test_options_may_stand_between_the_names_of_the_states(
    place: int, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    states = [FIRST, SECOND]
    states[place:place] = ["--limit", "60"]
    assert main(["diff", NUMBER, *states, "--library", str(copied(tmp_path))]) == 0
    assert f"from revision {FIRST} to revision {SECOND}" in capfd.readouterr().out
