"""Any file is read or told of, and none takes long: whatever stands in it, the rest of the library is read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from cdispec.cli import main
from cdispec.library import source_lines
from cdispec.parse.yamltree import read_yaml
from tests.issues.examples import FEATURE, POLICY
from tests.reading.libraries import FACTS, changed, checked, every_issue, library, policy_issues, text_of, told

MORE = FEATURE.replace("home-oxygen.feature", "more.feature")


def in_block(yaml: str) -> str:
    """The policy with another block of criteria."""
    return f"{text_of(POLICY)}\n## More {{#more}}\n\n~~~criteria\n{yaml}\n~~~\n"


def codes(root: Path, files: dict[str, str | bytes]) -> list[str]:
    """The codes of what is found, each once."""
    return list(dict.fromkeys(issue.code for issue in checked(root, files)))


def test_a_yaml_bomb_is_refused_at_its_first_anchor(tmp_path: Path) -> None:
    bomb = 'a0: &a0 ["lol", "lol"]\n' + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 40))
    found = [issue for issue in checked(tmp_path, {FACTS: bomb}) if issue.code == "yaml-alias"]
    assert told(found)[0] == ("yaml-alias", 1, 5)


def test_an_alias_circle_is_refused(tmp_path: Path) -> None:
    assert "yaml-alias" in codes(tmp_path, {POLICY: in_block("all: &a [*a]")})


@pytest.mark.parametrize("opening", ["[", "{", "[{a: ", "- ", "? "])
def test_a_hundred_thousand_openings_are_nested_too_deep(opening: str, tmp_path: Path) -> None:
    text = opening * (100_000 // len(opening))
    found = checked(tmp_path, {FACTS: text})
    assert {"nested-too-deep", "not-yaml"} & {issue.code for issue in found}
    assert all(issue.place.line == 1 for issue in found if issue.place.path == FACTS)


def test_two_hundred_criteria_inside_one_another_are_nested_too_deep(tmp_path: Path) -> None:
    lines = [f"{'  ' * n}not:\n{'  ' * (n + 1)}id: not-{n}" for n in range(200)]
    found = checked(tmp_path, {POLICY: in_block("\n".join([*lines, "  " * 200 + "fact: prescribed"]))})
    assert [issue.code for issue in found] == ["nested-too-deep"]


@pytest.mark.parametrize("opening", ["> ", "- ", "* ", "1. ", "[", "![", "<", "**", "|"])
def test_markdown_nested_to_the_end_of_a_line_is_read(opening: str, tmp_path: Path) -> None:
    assert not checked(tmp_path, {POLICY: f"{text_of(POLICY)}\n{opening * 20_000}\n"})


@pytest.mark.parametrize("opening", ["`", "# ", "~~~"])
def test_a_message_is_short_however_long_the_text_it_names(opening: str, tmp_path: Path) -> None:
    found = checked(tmp_path, {POLICY: f"{text_of(POLICY)}\n{opening * 20_000}\n"})
    assert found
    assert all(len(issue.message) <= 1000 for issue in found)


@pytest.mark.parametrize("line", ["|" * 100_000, "@a " * 30_000, "<" * 100_000, '"""', "<a>" * 30_000])
def test_a_feature_with_a_monstrous_line_is_told_of(line: str, tmp_path: Path) -> None:
    assert checked(
        tmp_path, {FEATURE: changed(FEATURE, "    And a pulmonologist", f"    {line}\n    And a pulmonologist")}
    )


def test_every_duplicate_key_is_told_of_with_the_first(tmp_path: Path) -> None:
    text = changed(FACTS, "  unit: percent\n", "  unit: percent\n  unit: points\n  unit: grams\n")
    found = checked(tmp_path, {FACTS: text})
    assert told(found) == [("duplicate-key", 15, 3), ("duplicate-key", 16, 3)]
    assert all(issue.message.endswith("it is first on line 14") for issue in found)


@pytest.mark.parametrize("path", [POLICY, FACTS, FEATURE])
def test_a_line_of_ten_million_characters_is_not_read(path: str, tmp_path: Path) -> None:
    found = checked(tmp_path, {path: f"{text_of(path)}{'a' * 10_000_000}\n"})
    assert ("line-too-long", text_of(path).count("\n") + 1, 1) in told(found)


@pytest.mark.parametrize("path", [POLICY, FACTS])
def test_a_nul_character_in_yaml_is_told_of(path: str, tmp_path: Path) -> None:
    found = checked(tmp_path, {path: text_of(path).replace("\n", "\n\x00", 1)})
    assert told(found) == [("not-yaml", 2, 1)]


@pytest.mark.parametrize(
    "text", ["{phrase: {value} nights}", "phrase: {value} nights", "{name: a, phrase: on {value} it}"]
)
def test_a_text_with_braces_is_to_be_put_in_quotes(text: str) -> None:
    [issue] = read_yaml(text, "facts.yaml")[1]
    assert (issue.code, issue.hint) == ("not-yaml", "put the text in quotes")


def test_a_nul_character_in_a_sentence_makes_it_another_sentence(tmp_path: Path) -> None:
    text = changed(FEATURE, "has prescribed", "has\x00prescribed")
    assert codes(tmp_path, {FEATURE: text}) == ["unknown-sentence"]


def test_a_feature_in_a_language_that_gherkin_does_not_know_is_told_of(tmp_path: Path) -> None:
    assert codes(tmp_path, {FEATURE: f"# language: xx\n{text_of(FEATURE)}"}) == ["gherkin-syntax"]


@pytest.mark.parametrize("path", [POLICY, FACTS, FEATURE])
@pytest.mark.parametrize(
    "content", [b"", b"\n", b"---\n", b"---\n---\n", b"\xff\xfe\x00", b"\x1f\x8b\x08", b"%PDF-1.7\n"]
)
def test_what_is_no_such_file_at_all_is_told_of(path: str, content: bytes, tmp_path: Path) -> None:
    assert checked(tmp_path, {path: content})


def test_a_link_out_of_the_library_is_not_followed_nor_shown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("a secret\n")
    root = library(tmp_path / "library", {})
    for path in (POLICY, FACTS, FEATURE, POLICY.replace("policy.md", "history.yaml"), "policy/facts.yaml"):
        (root / path).unlink(missing_ok=True)
        (root / path).symlink_to(secret)
    assert main(["check", "--library", str(root)]) == 1
    out = capsys.readouterr().out
    assert out.count(": outside-library ") == 5
    assert "a secret" not in out


def test_a_linked_folder_out_of_the_library_is_not_followed(tmp_path: Path) -> None:
    other = library(tmp_path / "other", {})
    root = library(tmp_path / "library", {})
    (root / "policy" / "00043-linked").symlink_to(other / "policy" / "00042-home-oxygen-therapy")
    found = policy_issues(root)
    assert {issue.code for issue in found} == {"outside-library"}


def test_a_link_inside_the_library_is_followed(tmp_path: Path) -> None:
    root = library(tmp_path, {"shared/facts.yaml": text_of(FACTS)})
    (root / FACTS).unlink()
    (root / FACTS).symlink_to("../../shared/facts.yaml")
    assert not policy_issues(root)


@pytest.mark.parametrize("path", [POLICY, FACTS, FEATURE])
def test_a_link_to_itself_cannot_be_read(path: str, tmp_path: Path) -> None:
    root = library(tmp_path, {})
    (root / path).unlink()
    (root / path).symlink_to(Path(path).name)
    assert "unreadable-file" in {issue.code for issue in every_issue(root)}
    assert source_lines(root, path) == [""]


@pytest.mark.parametrize("path", [POLICY, FACTS, FEATURE])
def test_a_folder_or_pipe_in_place_of_a_file_cannot_be_read(path: str, tmp_path: Path) -> None:
    for make in (Path.mkdir, os.mkfifo):
        root = library(tmp_path / make.__name__, {})
        (root / path).unlink()
        make(root / path)
        assert "unreadable-file" in {issue.code for issue in every_issue(root)}


def test_a_name_that_is_no_text_is_told_of(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = library(tmp_path, {})
    try:
        (Path(os.fsdecode(os.fsencode(root / POLICY) + b"\xff"))).write_text("")
    except OSError:
        pytest.skip("this file system takes text only")
    assert main(["check", "--library", str(root)]) == 0
    assert "unknown-file `policy.md\ufffd`" in capsys.readouterr().out


@pytest.mark.parametrize("text", ["def (", "a = '\x00'", "(" * 5000 + ")" * 5000, "-" * 30_000 + "1"])
def test_step_definitions_that_python_cannot_read_are_left_to_pytest(text: str, tmp_path: Path) -> None:
    assert not checked(tmp_path, {"steps/sentences.py": text})


def test_what_hangs_on_a_damaged_file_is_not_told_as_missing(tmp_path: Path) -> None:
    facts = changed(FACTS, "kind: date", "kind: dates")
    assert codes(tmp_path / "facts", {FACTS: facts}) == ["unknown-fact-kind"]
    assert codes(tmp_path / "yaml", {FACTS: f"{text_of(FACTS)}- ["}) == ["not-yaml"]
    policy = (
        changed(POLICY, "at most: 88", "at mos: 88")
        + "\n## More {#more}\n\n~~~criteria\nclassifies: low\nmeets: saturation\n~~~\n"
    )
    assert codes(tmp_path / "policy", {POLICY: policy}) == ["missing-comparison", "unknown-key"]
    feature = text_of(FEATURE).replace("Scenario: ", "Scenaro: ")
    assert codes(tmp_path / "feature", {FEATURE: feature}) == ["misspelt-keyword"]
