"""Every code has an example that triggers it, with the text that its author reads."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cdispec.cli import main
from tests.issues import pages
from tests.issues.examples import EXPECTED, FOLDER, command, every_code, lay_out

ALONGSIDE = {
    "unsound-policy": {"unknown-fact"},
    "unusable-policy": {"unknown-fact"},
    "too-little-tested": {"unnoticed-edit"},
    "unnoticed-edit": {"too-little-tested"},
    "unreachable-measure": {"untested-formula"},
    "untested-clause": {"too-little-tested", "unnoticed-edit"},
}
"""Codes that an example must show beside its own: a policy is unusable for an error of its own, for example."""

_TOLD = re.compile(r"^\S+:\d+:\d+: (\S+) ", re.MULTILINE)


@pytest.mark.parametrize("code", every_code())
def test_the_example_of_a_code_triggers_it_alone_with_the_expected_text(
    code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], rewrite: bool
) -> None:
    lay_out(code, tmp_path)
    monkeypatch.chdir(tmp_path)
    main(command(code))
    printed = capsys.readouterr()
    output = printed.out if command(code)[0] == "check" else printed.err
    if rewrite:
        (FOLDER / code / EXPECTED).write_text(output, "utf-8")
        pages.write(code)
    assert set(_TOLD.findall(output)) == {code} | ALONGSIDE.get(code, set())
    assert output == (FOLDER / code / EXPECTED).read_text("utf-8")


def test_every_example_is_of_a_code() -> None:
    folders = {path.name for path in FOLDER.iterdir() if path.is_dir()} - {"base", "__pycache__"}
    assert folders == set(every_code())


def test_the_base_of_the_examples_has_no_issues(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--library", str(FOLDER / "base")]) == 0
    assert capsys.readouterr().out == "no issues\n"


@pytest.mark.parametrize("code", every_code())
def test_the_reference_page_of_a_code_is_current(code: str) -> None:
    assert (pages.FOLDER / f"{code}.md").read_text("utf-8") == pages.page(code)


def test_the_index_of_the_reference_is_current_and_no_page_is_left_over(rewrite: bool) -> None:
    if rewrite:
        pages.write_index()
    assert (pages.FOLDER / "README.md").read_text("utf-8") == pages.index()
    assert {path.stem for path in pages.FOLDER.iterdir()} == {"README", *every_code()}


@pytest.mark.parametrize("code", every_code())
def test_a_message_is_in_lower_case_without_a_full_stop_and_has_a_hint(code: str) -> None:
    text = (FOLDER / code / EXPECTED).read_text("utf-8")
    message = re.search(rf"^\S+: {code} (.+)$", text, re.MULTILINE)
    assert message is not None
    assert not re.match(r"[A-Z][a-z]", message[1])
    assert not message[1].endswith(".")
    assert "    hint: " in text.split(f": {code} ")[1]
