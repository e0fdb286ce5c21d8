"""A released revision is frozen: whatever is changed in its folder is told of, and nothing is decided by it."""

from __future__ import annotations

from pathlib import Path

import pytest

from cdispec.library.revisions import read_revision
from cdispec.library.sources import digest_of
from cdispec.model.criteria import walk
from cdispec.source import Issue
from tests.reading.libraries import policy_issues
from tests.release.libraries import FIRST, FOLDER, HISTORY, POLICY, REVISIONS, SECOND, edit, released

FILES = ("policy.md", "facts.yaml", "shared-facts.yaml", "history.yaml", "features/home-oxygen.feature")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A library whose policy was released once, with every file that a revision can have."""
    (tmp_path / FOLDER).mkdir(parents=True)
    (tmp_path / HISTORY).write_text("rows: []\n")
    (tmp_path / "policy" / "facts.yaml").write_text("{}\n")
    return released(tmp_path, FIRST)


def errors(root: Path) -> list[tuple[str, str]]:
    """The code and the file of every issue."""
    return [(issue.code, issue.place.path) for issue in issues(root)]


def issues(root: Path) -> list[Issue]:
    """Every issue of a library's policies."""
    return policy_issues(root)


def test_a_revision_that_is_as_it_was_has_no_issue(root: Path) -> None:
    assert not issues(root)


def resealed(root: Path, file: str, old: str, new: str) -> list[Issue]:
    """What is found when a revision had been released with a passage of a file so."""
    folder = root / REVISIONS / FIRST
    before = digest_of((folder / file).read_bytes())
    edit(folder / file, old, new)
    edit(folder / "revision.yaml", before, digest_of((folder / file).read_bytes()))
    return issues(root)


PRESCRIBED = "text: Home oxygen is prescribed by a pulmonologist"


@pytest.mark.parametrize(
    ("new", "said"),
    [
        ("text: Home oxygen #1 is prescribed", "Home oxygen"),
        ("text: null", "null"),
        ("text: ~", "~"),
        ("text: \u201cHome oxygen\u201d", "\u201cHome oxygen\u201d"),
        ("text: is:prescribed", "is:prescribed"),
    ],
)
def test_a_revision_decides_as_it_was_published_though_its_words_are_hardly_meant_so(
    new: str, said: str, root: Path
) -> None:
    assert not resealed(root, "policy.md", PRESCRIBED, new)
    policy, _ = read_revision(root, FOLDER.removeprefix("policy/"), FIRST)
    assert policy is not None
    assert said in [node.text for top in policy.criteria.values() for node in walk(top)]


def test_a_revision_that_yaml_cannot_read_has_an_error(root: Path) -> None:
    [issue] = resealed(root, "policy.md", PRESCRIBED, "text: Oxygen: prescribed")
    assert (issue.code, issue.fix) == ("not-yaml", None)


@pytest.mark.parametrize("file", FILES)
def test_a_file_that_was_altered_is_told_of(file: str, root: Path) -> None:
    path = root / REVISIONS / FIRST / file
    path.write_bytes(path.read_bytes() + b"\n")
    [issue] = issues(root)
    assert (issue.code, issue.place.path) == ("altered-revision", f"{REVISIONS}/{FIRST}/{file}")
    assert issue.message == f"`{file}` of the released revision {FIRST} is not as it was released"


@pytest.mark.parametrize("file", [*FILES, "revision.yaml"])
def test_a_file_that_is_missing_is_told_of(file: str, root: Path) -> None:
    (root / REVISIONS / FIRST / file).unlink()
    assert errors(root)[0] == ("altered-revision", f"{REVISIONS}/{FIRST}/{file}")


@pytest.mark.parametrize("file", ["notes.txt", "features/more.feature", "features/deep/more.feature"])
def test_a_file_that_was_not_released_is_told_of(file: str, root: Path) -> None:
    path = root / REVISIONS / FIRST / file
    path.parent.mkdir(exist_ok=True)
    path.write_text("more")
    assert errors(root) == [("altered-revision", f"{REVISIONS}/{FIRST}/{file}")]


@pytest.mark.parametrize("file", FILES)
def test_a_file_that_cannot_be_read_is_told_of_once(file: str, root: Path) -> None:
    path = root / REVISIONS / FIRST / file
    path.unlink()
    path.symlink_to("/etc/hostname")
    assert errors(root) == [("outside-library", f"{REVISIONS}/{FIRST}/{file}")]


def test_line_ends_that_were_changed_are_named_as_such(root: Path) -> None:
    path = root / REVISIONS / FIRST / "policy.md"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    [issue] = issues(root)
    assert issue.message.endswith("is not as it was released: its line ends were changed")


@pytest.mark.parametrize("name", ["2025-6-1", "first", "2025-06-31", "2025-06-01-draft"])
def test_a_folder_whose_name_is_no_date_is_told_of(name: str, root: Path) -> None:
    (root / REVISIONS / FIRST).rename(root / REVISIONS / name)
    assert errors(root) == [("misnamed-revision", f"{REVISIONS}/{name}/revision.yaml")]


def test_a_folder_that_is_renamed_to_another_day_is_told_of(root: Path) -> None:
    (root / REVISIONS / FIRST).rename(root / REVISIONS / SECOND)
    assert errors(root) == [("misnamed-revision", f"{REVISIONS}/{SECOND}/revision.yaml")]


def test_a_revision_of_another_policy_is_told_of(root: Path) -> None:
    edit(root / POLICY, '"00042"', '"00043"')
    (root / FOLDER).rename(root / "policy" / "00043-home-oxygen-therapy")
    assert [code for code, _ in errors(root)] == ["misnamed-revision"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "altered-revision"),
        ("- a list\n", "altered-revision"),
        ("effective: [", "not-yaml"),
        ("effective: soon\ndigests: {}\n", "malformed-date"),
        ("effective: 2025-06-01\n", "missing-key"),
        ("effective: 2025-06-01\ndigests: none\n", "wrong-kind"),
        ("effective: 2025-06-01\ndigests: {policy.md: [a]}\n", "altered-revision"),
        ("effective: 2025-06-01\ndigests: {}\nsigned: yes\n", "unknown-key"),
    ],
)
def test_a_seal_that_says_something_else_is_told_of(text: str, code: str, root: Path) -> None:
    (root / REVISIONS / FIRST / "revision.yaml").write_text(text)
    assert code in {code for code, _ in errors(root)}


def test_a_file_among_the_folders_is_told_of(root: Path) -> None:
    (root / REVISIONS / "notes.txt").write_text("")
    assert errors(root) == [("unknown-file", f"{REVISIONS}/notes.txt")]


def test_hidden_files_are_no_part_of_a_revision(root: Path) -> None:
    for path in (REVISIONS, f"{REVISIONS}/{FIRST}", f"{REVISIONS}/{FIRST}/features"):
        (root / path / ".DS_Store").write_text("")
    assert not issues(root)


def test_a_revision_forged_with_new_digests_is_still_read_as_a_policy(root: Path) -> None:
    frozen = root / REVISIONS / FIRST
    before = digest_of((frozen / "policy.md").read_bytes())
    edit(
        frozen / "policy.md", "id: lung-disease\n", "id: lung-disease\n    unless: {id: not-that, meets: indications}\n"
    )
    edit(frozen / "revision.yaml", before, digest_of((frozen / "policy.md").read_bytes()))
    assert errors(root) == [("reference-circle", f"{REVISIONS}/{FIRST}/policy.md")]
