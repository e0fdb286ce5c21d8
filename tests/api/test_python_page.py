"""The examples of PYTHON.md run as they stand, in order, and print what the page shows."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

import mypy.api
import pytest

import cdispec

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "PYTHON.md"
EXAMPLE = re.compile(r"```python\n(?P<code>.*?)```\n(?:\n```\n(?P<printed>.*?)```\n)?", re.DOTALL)


def examples() -> Iterator[re.Match[str]]:
    """Each example with what it prints."""
    return EXAMPLE.finditer(PAGE.read_text("utf-8"))


@pytest.fixture
def copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The current folder is a copy of this library."""
    for part in ("policy", "features", "steps"):
        shutil.copytree(ROOT / part, tmp_path / part)
    monkeypatch.chdir(tmp_path)


@pytest.mark.usefixtures("copied")
def test_every_example_prints_what_the_page_shows(rewrite: bool) -> None:
    names: dict[str, object] = {}
    page = PAGE.read_text("utf-8")
    told = ""
    end = 0
    for example in examples():
        with redirect_stdout(StringIO()) as printed:
            exec(compile(example["code"], "PYTHON.md", "exec"), names)
        if example["printed"] is not None:
            told += page[end : example.start("printed")] + printed.getvalue()
            end = example.end("printed")
        else:
            assert not printed.getvalue()
    told += page[end:]
    if rewrite:
        PAGE.write_text(told, "utf-8")
    assert told == PAGE.read_text("utf-8")


def test_the_examples_are_typed() -> None:
    code = "\n".join(example["code"] for example in examples())
    cache = f"--cache-dir={ROOT / '.mypy_cache'}"
    printed, errors, status = mypy.api.run(["--strict", f"--config-file={ROOT / 'pyproject.toml'}", cache, "-c", code])
    assert status == 0, printed + errors


def test_the_page_names_every_name_of_the_api() -> None:
    page = PAGE.read_text("utf-8")
    assert [name for name in cdispec.__all__ if not re.search(rf"\b{name}\b", page)] == []


def test_every_name_of_the_api_is_there() -> None:
    from cdispec import api

    assert cdispec.__all__ == api.__all__
    assert all(hasattr(cdispec, name) for name in cdispec.__all__)
