"""Nothing published can be altered unnoticed: not a byte of a frozen file, not a file, not a row of the history."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from cdispec.cli import main
from cdispec.library.revisions import SEAL
from cdispec.library.sources import digest_of
from cdispec.source import Severity
from tests.reading.libraries import policy_issues
from tests.revisions.libraries import FIRST, FOLDER, LIBRARY, NUMBER, REVISIONS, SECOND, THIRD, copied, edit

FROZEN = sorted(path.relative_to(LIBRARY).as_posix() for path in (LIBRARY / REVISIONS).rglob("*") if path.is_file())
SEALS = [path for path in FROZEN if path.endswith("/revision.yaml")]


def told(root: Path) -> list[str]:
    """The paths of the errors that are found in a library."""
    return [issue.place.path for issue in policy_issues(root) if issue.severity is Severity.ERROR]


def day_of(path: str) -> str:
    """The folder of the revision that a file is frozen in."""
    return path.removeprefix(f"{REVISIONS}/").partition("/")[0]


def test_as_they_were_released_nothing_is_told_of_them() -> None:
    assert {day_of(path) for path in FROZEN} == {FIRST, SECOND, THIRD}
    assert not told(LIBRARY)


@pytest.mark.parametrize("path", FROZEN)
@pytest.mark.parametrize("where", [0.0, 0.5, 1.0], ids=["first byte", "a byte within", "last byte"])
def test_a_frozen_file_with_one_bit_flipped_is_told(tmp_path: Path, path: str, where: float) -> None:
    file = copied(tmp_path) / path
    data = bytearray(file.read_bytes())
    data[round(where * (len(data) - 1))] ^= 1
    file.write_bytes(data)
    assert day_of(path) in map(day_of, told(tmp_path))


@pytest.mark.parametrize("path", FROZEN)
def test_a_frozen_file_that_is_gone_is_told(tmp_path: Path, path: str) -> None:
    (copied(tmp_path) / path).unlink()
    assert path in told(tmp_path)


# The next release seals the newest seal, too; until then its line ends say nothing that counts.
@pytest.mark.parametrize("path", [path for path in FROZEN if path != SEALS[-1]])
def test_a_frozen_file_with_other_line_ends_is_told(tmp_path: Path, path: str) -> None:
    file = copied(tmp_path) / path
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert path in told(tmp_path)


@pytest.mark.parametrize("day", [FIRST, SECOND, THIRD])
@pytest.mark.parametrize("name", ["note.md", "shared-facts.yaml", "features/more.feature"])
def test_a_file_added_to_what_is_frozen_is_told(tmp_path: Path, day: str, name: str) -> None:
    added = copied(tmp_path) / REVISIONS / day / name
    added.write_text("", "utf-8")
    assert f"{REVISIONS}/{day}/{name}" in told(tmp_path)


@pytest.mark.parametrize("day", [SECOND, THIRD])
def test_a_row_of_a_revision_that_is_gone_from_the_history_is_told(tmp_path: Path, day: str) -> None:
    history = copied(tmp_path) / FOLDER / "history.yaml"
    rows = re.split(r"(?=^  - date)", history.read_text("utf-8"), flags=re.MULTILINE)
    history.write_text("".join(row for row in rows if f"revision: {day}" not in row), "utf-8")
    assert told(tmp_path)


def test_a_row_that_was_released_with_a_revision_and_is_reworded_is_told(tmp_path: Path) -> None:
    history = copied(tmp_path) / FOLDER / "history.yaml"
    history.write_text(history.read_text("utf-8").replace("Yearly review.", "No reason."), "utf-8")
    assert told(tmp_path)


def test_a_revision_under_the_name_of_another_day_is_told(tmp_path: Path) -> None:
    folder = copied(tmp_path) / REVISIONS / SECOND
    folder.rename(folder.with_name("2025-09-02"))
    assert told(tmp_path)


@pytest.mark.parametrize("day", [FIRST, SECOND, THIRD])
def test_a_revision_that_is_gone_whole_is_told(tmp_path: Path, day: str) -> None:
    copied(tmp_path)
    (tmp_path / REVISIONS / day).rename(tmp_path / "elsewhere")
    assert told(tmp_path)


def resealed(root: Path) -> None:
    """Alter the document of the first revision together with its digest in the seal."""
    folder = root / REVISIONS / FIRST
    before = digest_of((folder / "policy.md").read_bytes())
    edit(folder / "policy.md", "at least: 50", "at least: 55")
    edit(folder / SEAL, before, digest_of((folder / "policy.md").read_bytes()))


def removed(root: Path) -> None:
    """Take the second revision away."""
    shutil.rmtree(root / REVISIONS / SECOND)


def copied_in(root: Path) -> None:
    """Put a later revision there that was not released from these."""
    later = shutil.copytree(root / REVISIONS / THIRD, root / REVISIONS / "2026-09-01")
    edit(later / SEAL, f"effective: {THIRD}", "effective: 2026-09-01")


@pytest.mark.parametrize("damage", [resealed, removed, copied_in])
@pytest.mark.parametrize(
    "command",
    [["determine", "case.json"], ["diff", NUMBER], ["diff", NUMBER, THIRD, "working"], ["history", NUMBER]],
    ids=" ".join,
)
def test_whatever_reads_a_revision_refuses_a_broken_chain_of_seals(
    damage: Callable[[Path], None],
    command: list[str],
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    damage(copied(tmp_path))
    case = {"policy": NUMBER, "request": "initial", "date": "2026-04-01", "facts": {}}
    (tmp_path / "case.json").write_text(json.dumps(case))
    monkeypatch.chdir(tmp_path)
    assert main(command) == 1
    printed = capfd.readouterr()
    assert not printed.out
    assert ": altered-revision " in printed.err
