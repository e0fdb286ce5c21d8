"""What `cdispec fix` writes says what was said before the slip, wherever a sign is lost or a space becomes a tab."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
import yaml

from cdispec.library.fixes import certain_fixes, with_fixes
from cdispec.parse.yamltree import Mapping, Scalar, Sequence, YamlNode, read_document
from cdispec.source import Issue
from tests.issues.examples import FACTS, POLICY
from tests.reading.libraries import text_of

BLOCK = text_of(POLICY).split("~~~criteria\n")[1].split("~~~")[0]
TEXTS = {"facts": text_of(FACTS), "criteria": BLOCK}


def said(node: YamlNode | None) -> object:
    """What a text says, without its places."""
    match node:
        case Mapping():
            return {key.text: said(value) for key, value in node.pairs}
        case Sequence():
            return [said(item) for item in node.items]
        case Scalar():
            return node.text
        case None:
            return None


def damaged(text: str) -> Iterator[str]:
    """The text without each of its signs, and with a tab in place of each of its spaces."""
    for place, sign in enumerate(text):
        if not sign.isalnum():
            yield text[:place] + text[place + 1 :]
        if sign == " ":
            yield f"{text[:place]}\t{text[place + 1 :]}"


@cache
def reports(name: str) -> list[tuple[str, list[Issue]]]:
    """Each damaged text with what is said of it."""
    return [(text, read_document(text, "")[1]) for text in damaged(TEXTS[name])]


@pytest.mark.parametrize("name", TEXTS)
def test_what_is_certain_is_what_was_said(name: str) -> None:
    whole = said(read_document(TEXTS[name], "")[0])
    written = 0
    for text, found in reports(name):
        for fixes in certain_fixes(found).values():
            node, issues = read_document("\n".join(with_fixes(text.split("\n"), fixes)), "")
            assert issues or said(node) == whole, text
            written += not issues
    assert written > 100


@pytest.mark.parametrize("name", TEXTS)
def test_hardly_a_lost_sign_is_not_understood(name: str) -> None:
    messages = [issue.message for _, found in reports(name) for issue in found]
    assert sum("cannot be understood" in message for message in messages) <= 5


@pytest.mark.parametrize(
    "line", ["{}: again", "a: one #not two", "- &x y", "{}:: b", "a: b: c {}", "\t{}: b", "{{a, b{}}}"]
)
def test_a_thousand_slips_are_understood_with_bounded_work(line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    parsed: list[int] = []
    parse = yaml.parse

    def counted(text: str, **options: Any) -> Iterator[yaml.Event]:
        parsed.append(len(text))
        return parse(text, **options)

    monkeypatch.setattr("yaml.parse", counted)
    text = "\n".join(line.format(f"key-{number % 500}") for number in range(1000))
    read_document(text, "")
    assert sum(parsed) < 10_000_000
