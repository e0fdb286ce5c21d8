"""What was printed of a published revision is not printed anew from another source."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from cdispec.cli import main
from cdispec.library.revisions import SEAL, seal
from cdispec.library.sources import digest_of
from tests.release.libraries import FIRST, REVISIONS, edit, released


@pytest.fixture(scope="module")
def altered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library whose published revision was printed, and altered together with its seal afterwards."""
    root = released(tmp_path_factory.mktemp("printed"), FIRST)
    (root / "build" / "recipe.yaml").unlink()
    assert main(["build", "--library", str(root)]) == 0
    folder = root / REVISIONS / FIRST
    edit(folder / "policy.md", "at most: 88", "at most: 89")
    files = [path for path in folder.rglob("*") if path.is_file() and path.name != SEAL]
    digests = {path.relative_to(folder).as_posix(): digest_of(path.read_bytes()) for path in files}
    (folder / SEAL).write_bytes(seal(date.fromisoformat(FIRST), None, {}, digests))
    assert main(["check", "--library", str(root)]) == 0
    return root


@pytest.fixture
def printed(altered: Path, tmp_path: Path) -> Path:
    """Such a library, which a test may change."""
    return shutil.copytree(altered, tmp_path, dirs_exist_ok=True)


@pytest.mark.parametrize("command", [["build"], ["build", "--check"]], ids=" ".join)
def test_a_revision_altered_with_its_seal_is_told_by_what_was_printed_of_it(
    command: list[str], printed: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    capfd.readouterr()
    assert main([*command, "--library", str(printed)]) == 1
    told = capfd.readouterr().err
    assert f"was printed from another source of the revision {FIRST} than stands in policy/" in told


def test_it_is_printed_anew_where_that_is_wanted(printed: Path) -> None:
    shutil.rmtree(next((printed / "docs/cdi").iterdir()) / FIRST)
    assert main(["build", "--library", str(printed)]) == 0
