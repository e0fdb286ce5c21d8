"""The author's guide is true: whoever follows it from an empty folder is told what it shows."""

from __future__ import annotations

import re
import shutil
import subprocess
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from itertools import pairwise
from pathlib import Path

import pytest

from cdispec.publish.pages.guide import (
    PROMPT,
    Command,
    Example,
    File,
    Heading,
    Piece,
    Save,
    Table,
    Way,
    Words,
    read_guide,
)
from tests.guide.follower import Follower, environment, is_told

ROOT = Path(__file__).parents[2]
GUIDE = ROOT / "build/guide.md"
BLOCK = re.compile(r"^```console[^\n]*\n.*?^```$", re.MULTILINE | re.DOTALL)

# What ten minutes are made of: a calm reader, and time to find the window, the folder and the editor.
WORDS_A_MINUTE = 200
MINUTES_A_COMMAND = 0.25
MINUTES_A_FILE = 0.5


@dataclass(frozen=True)
class Followed:
    """The library that the guide leads to, and each of its commands with what was told."""

    library: Path
    told: tuple[tuple[Command, str], ...]


@pytest.fixture(scope="module")
def pieces() -> tuple[Piece, ...]:
    """The guide."""
    return read_guide(GUIDE.read_text("utf-8"))


@pytest.fixture(scope="module")
def followed(pieces: tuple[Piece, ...], tmp_path_factory: pytest.TempPathFactory) -> Followed:
    """The guide, followed to its end."""
    follower = Follower(tmp_path_factory.mktemp("author"))
    told = []
    for piece in pieces:
        answer = follower.follow(piece)
        if isinstance(piece, Command) and answer is not None:
            told.append((piece, answer))
    return Followed(follower.folder, tuple(told))


@pytest.fixture(scope="module")
def page(followed: Followed) -> str:
    """The guide as it is printed in a library made by `cdispec new`."""
    return (followed.library / "docs/guide.html").read_text("utf-8")


def test_each_command_tells_what_the_guide_shows(followed: Followed, rewrite: bool) -> None:
    if rewrite:
        _rewrite(followed)
        return
    for command, told in followed.told:
        assert is_told(command.told, told), f"$ {command.typed}\n{told}\nbut the guide shows\n{command.told}"


def _rewrite(followed: Followed) -> None:
    """Write what was told into the guide, whole wherever what it shows is not told: cut it to what a reader needs."""
    answers = iter(followed.told)

    def anew(block: re.Match[str]) -> str:
        shown = block[0].splitlines(keepends=True)
        lines = [shown[0]]
        for line in shown:
            if line.startswith(PROMPT):
                command, told = next(answers)
                lines += [line, command.told if is_told(command.told, told) else told]
        return "".join([*lines, shown[-1]])

    GUIDE.write_text(BLOCK.sub(anew, GUIDE.read_text("utf-8")), "utf-8")


def test_what_stands_within_the_words_can_be_typed_too(pieces: tuple[Piece, ...], followed: Followed) -> None:
    for typed in sorted(set(re.findall(r"<code>(cdispec [^<]+)</code>", _prose(pieces)))):
        done = _type(typed, followed.library)
        assert done.returncode == 0, f"{typed}\n{done.stdout}"


def test_the_policy_of_the_guide_stands_without_the_first_one(followed: Followed, tmp_path: Path) -> None:
    library = shutil.copytree(followed.library, tmp_path / "library")
    for folder in ("policy", "features"):
        shutil.rmtree(library / folder / "00001-heel-pain-injection")
    for command in ("cdispec check", "cdispec build"):
        done = _type(command, library)
        assert done.returncode == 0, done.stdout
    assert not (library / "docs/cdi/00001-heel-pain-injection").exists()


def test_a_frozen_file_that_is_edited_is_told_and_decides_nothing(followed: Followed, tmp_path: Path) -> None:
    library = shutil.copytree(followed.library, tmp_path / "library")
    (frozen,) = library.glob("policy/*/revisions/2026-03-01/policy.md")
    frozen.write_text(frozen.read_text("utf-8").replace("130", "120"), "utf-8")
    assert "altered-revision" in _type("cdispec check", library).stdout
    assert _type("cdispec determine case.yaml", library).returncode == 1


def test_the_documents_that_the_guide_names_are_printed(pieces: tuple[Piece, ...], followed: Followed) -> None:
    named = set(re.findall(r"<code>(docs/[^<]+)</code>", _prose(pieces)))
    assert "docs/index.html" in named
    assert [path for path in named if not (followed.library / path).is_file()] == []


def test_the_guide_leads_to_nothing_that_is_not_there(page: str, followed: Followed) -> None:
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    for link in re.findall(r'\b(?:href|src)="([^"]+)"', page):
        path, _, anchor = link.partition("#")
        assert not path or (followed.library / "docs" / path).is_file(), link
        assert not anchor or anchor in ids, link


def test_what_a_reader_copies_from_the_page_is_what_the_guide_says(page: str, pieces: tuple[Piece, ...]) -> None:
    copied = [unescape(code) for code in re.findall(r"<pre[^>]*><code>(.*?)</code></pre>", page, re.DOTALL)]
    assert copied == [words for piece in pieces if (words := _copied(piece))]


def test_the_headings_of_the_guide_stand_in_order(pieces: tuple[Piece, ...]) -> None:
    levels = [piece.level for piece in pieces if isinstance(piece, Heading)]
    assert levels[0] == 1
    assert all(level <= before + 1 for before, level in pairwise(levels))
    assert levels.count(1) == 1


def test_the_guide_shows_every_command(pieces: tuple[Piece, ...]) -> None:
    listed = set(re.findall(r"^    ([a-z]+)(?: |$)", _type("cdispec --help", ROOT).stdout, re.MULTILINE))
    typed = [piece.typed for piece in pieces if isinstance(piece, Command)]
    shown = {
        line.split()[1] for line in typed + re.findall(r"<code>(cdispec [^<]+)</code>", _prose(pieces)) if " " in line
    }
    assert "release" in listed
    assert listed <= shown


def test_what_the_guide_installs_is_all_that_it_uses(pieces: tuple[Piece, ...]) -> None:
    install = next(piece.typed for piece in pieces if isinstance(piece, Command) and piece.way is Way.INSTALL)
    assert install.endswith('"cdispec[author]"')
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    assert extras["author"] == ["cdispec[test,pdf,watch,prove]"]


def test_a_policy_is_written_in_ten_minutes(pieces: tuple[Piece, ...]) -> None:
    part = list(_part(pieces, "3. Write a policy"))
    assert part
    words = sum(len(_text(piece).split()) for piece in part)
    commands = sum(isinstance(piece, Command) for piece in part)
    files = sum(isinstance(piece, File) for piece in part)
    assert words / WORDS_A_MINUTE + commands * MINUTES_A_COMMAND + files * MINUTES_A_FILE <= 10


def test_the_readme_of_a_new_library_says_what_the_guide_says(pieces: tuple[Piece, ...]) -> None:
    readme = (ROOT / "src/cdispec/starter/README.md").read_text("utf-8")
    typed = {piece.typed for piece in pieces if isinstance(piece, Command)}
    assert [line for line in re.findall(r"^    (\S.*)$", readme, re.MULTILINE) if line not in typed] == []
    folders = re.findall(r"^\| `(\w+)/?` \|", readme, re.MULTILINE)
    assert folders == re.findall(r"^\| `(\w+)` \| [^|]+ \| [^|]+ \|$", GUIDE.read_text("utf-8"), re.MULTILINE)[:4]


@pytest.mark.parametrize(
    ("shown", "told", "holds"),
    [
        ("no issues\n", "no issues\n", True),
        ("no issues\n", "no issues\nbut this\n", False),
        ("...\nlast\n", "first\nsecond\nlast\n", True),
        ("...\nlast\n", "last\n", True),
        ("first\n...\n", "first\nsecond\n", True),
        ("... passed in ... s\n", "6 passed in 0.2 s\n", True),
        ("... passed in ... s\n", "6 failed in 0.2 s\n", False),
        ("... passed\n", "first\n6 passed\n", False),
        ("a.b\n", "aXb\n", False),
    ],
)
def test_only_what_is_left_out_may_differ(shown: str, told: str, holds: bool) -> None:
    assert is_told(shown, told) is holds


def _type(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command.split(),
        cwd=folder,
        env=environment(),
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )


def _part(pieces: tuple[Piece, ...], title: str) -> Iterator[Piece]:
    """The pieces from a heading to the next of its level."""
    within = False
    for piece in pieces:
        if isinstance(piece, Heading) and piece.level == 2:
            within = str(piece.html) == title
        elif within:
            yield piece


def _copied(piece: Piece) -> str:
    match piece:
        case Command(typed, _, _):
            return typed
        case File(_, text, _):
            return text
        case _:
            return ""


def _prose(pieces: tuple[Piece, ...]) -> str:
    """The words of the guide outside of its blocks, as HTML."""
    html = (
        piece.rows if isinstance(piece, Table) else piece.html for piece in pieces if isinstance(piece, Words | Table)
    )
    return unescape("\n".join(html))


def _text(piece: Piece) -> str:
    match piece:
        case Command(typed, told, _):
            return f"{typed}\n{told}"
        case File(_, text, save):
            return "" if save is Save.FIND else text
        case Example(text):
            return text
        case Table(_, rows):
            return re.sub(r"<[^>]+>", " ", rows)
        case Heading() | Words():
            return re.sub(r"<[^>]+>", " ", piece.html)
