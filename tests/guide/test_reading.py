"""How the text of the guide is read into what its reader does."""

from __future__ import annotations

import pytest
from markupsafe import Markup

from cdispec.publish.pages.guide import Command, File, GuideError, Heading, Save, Table, Way, Words, read_guide


def test_a_console_block_holds_commands_with_what_they_tell() -> None:
    pieces = read_guide("```console\n$ cdispec check\nno issues\n\nand more\n$ cd here\n```\n")
    assert pieces == (
        Command("cdispec check", "no issues\n\nand more\n", Way.PLAIN),
        Command("cd here", "", Way.PLAIN),
    )


def test_the_opening_of_a_block_says_what_becomes_of_it() -> None:
    text = "```console watch\n$ cdispec build --watch\n```\n\n```yaml save=a/b.yaml\na: 1\n```\n"
    assert read_guide(text) == (
        Command("cdispec build --watch", "", Way.WATCH),
        File("a/b.yaml", "a: 1\n", Save.WHOLE),
    )


@pytest.mark.parametrize("opening", ["console wacth", "yaml", "yaml safe=a.yaml", "", "console\ntold before anything"])
def test_a_block_that_says_nothing_its_reader_does_is_refused(opening: str) -> None:
    with pytest.raises(GuideError, match="line 3 of the guide"):
        read_guide(f"Words.\n\n```{opening}\n```\n")


def test_html_in_the_guide_is_text() -> None:
    (words,) = read_guide("A <b>bold</b> claim\n")
    assert isinstance(words, Words)
    assert words.html == "<p>A &lt;b&gt;bold&lt;/b&gt; claim</p>\n"


def test_a_heading_has_an_id_made_of_its_words() -> None:
    assert read_guide("## 4. Read an *issue*\n") == (
        Heading(2, "4-read-an-issue", Markup("4. Read an <em>issue</em>")),
    )


def test_the_head_of_a_table_is_told_to_those_who_cannot_see_it() -> None:
    heading, table = read_guide("# Kinds\n\n| Kind | Answer |\n|---|---|\n| date | a day |\n")
    assert isinstance(heading, Heading)
    assert isinstance(table, Table)
    assert table.caption == "Kinds"
    assert '<th scope="col">Kind</th>' in table.rows
    assert '<th scope="row">date</th>' in table.rows
