"""Slips of the pen in YAML: what can be wrong with a line, and the line as it should be."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from itertools import product, takewhile
from typing import NamedTuple

from cdispec.parse.indents import lead_of, widths
from cdispec.source import Fix

_ENTRY = re.compile(
    r"(?P<lead>\s*(?:-\s+)*)(?P<key>[^\s:{}\[\]\"'#,-][^:{}\[\]\"',]*?)\s*:(?P<gap>\s+)(?P<value>\S.*?)\s*$"
)
_OPENING, _CLOSING = "\u201c\u201d\u201e\u2018\u2019\u201a\u00ab\u00bb", "\u201c\u201d\u2018\u2019\u00ab\u00bb"
_SMART = re.compile(rf"[{_OPENING}]([^{_OPENING}]*)[{_CLOSING}\"]")
PAIRS = {"{": "}", "[": "]"}
_BULLETS = "\u2013\u2014\u2022\u00b7*"
_SIGNS = "%@`*&!?|>#-,[{"
_FLOW = re.compile(r"\{(?![\w-]+\})|\[[^\]]*\]?$")
"""What is meant between braces or brackets; a text may begin with a mention, as {value}, or with a word in brackets."""
_LITTLE = "(?:by|of|is|open|from|until|where|before|after|all|any|not|none)"
"""Words of the language with which a line of prose can begin as well."""
_LIKE_ID = re.compile(r"[a-z0-9]+([_-][a-z0-9]+)*")
_NO_DASH = "the dash is missing with which an item of a list begins"
LEFT_OUT = (
    "YAML leaves out the words from this `#` on, as a comment",
    "put the text in quotes, or two spaces before a comment and one after `#`",
)
"""What is said of words behind a hash, and what to do."""


class Slip(NamedTuple):
    """A slip at a line and column, counted from 0, as it is told, with what is written instead."""

    line: int
    column: int
    message: str
    hint: str
    fix: Fix

    def applied(self, lines: Sequence[str]) -> list[str]:
        """The lines as they should be."""
        corrected = self.fix.corrected(lines)
        assert corrected is not None
        first = self.fix.line - 1
        return [*lines[:first], *corrected, *lines[first + self.fix.old.count("\n") + 1 :]]

    def doubted(self) -> Slip:
        """The slip where something else can be meant as well."""
        return self._replace(fix=self.fix._replace(certain=False))

    @property
    def moves(self) -> bool:
        """Whether the line is indented otherwise, so that it can come to belong to something else."""
        return self.fix.column == 1 and lead_of(self.fix.old) != lead_of(self.fix.new)

    @property
    def blank(self) -> bool:
        """Whether a tab is replaced, which is wrong wherever the line belongs."""
        return lead_of(self.fix.old).strip(" ") != ""

    @property
    def breaks(self) -> bool:
        """Whether a line is broken in two, so that those below it have other numbers."""
        return "\n" in self.fix.new and "\n" not in self.fix.old


def no_space_after(key: str) -> tuple[str, str]:
    """What is said of a key whose value follows its colon at once, and what to do."""
    return f"a space is missing after the colon of `{key}`", "write a space after the colon"


def quoted(text: str) -> str:
    """A text in quotes, as YAML reads it back."""
    if '"' not in text and "\\" not in text:
        return f'"{text}"'
    doubled = text.replace("'", "''")
    return f"'{doubled}'"


@cache
def _known() -> tuple[str, ...]:
    """The words of the language that stand before a colon, as its schemas name them, the longest first."""
    words: set[str] = set()
    waiting: list[object] = [
        json.loads(files("cdispec").joinpath("schemas", f"{name}.json").read_text("utf-8"))
        for name in ("criteria", "facts", "case")
    ]
    for one in waiting:
        if isinstance(one, dict):
            properties = one.get("properties")
            words |= set(properties) if isinstance(properties, dict) else set()
            waiting += one.values()
        elif isinstance(one, list):
            waiting += one
    return tuple(sorted(words, key=len, reverse=True))


_TEXTS = ("text", "note", "name", "question", "phrase", "negative", "including", "none", "title", "words", "unit")


@cache
def _any_known(words: tuple[str, ...] = ()) -> str:
    return "|".join(map(re.escape, words or _known()))


def _replacing(n: int, column: int, old: str, new: str, message: str, hint: str, at: int | None = None) -> Slip:
    return Slip(n, column if at is None else at, message, hint, Fix(n + 1, column + 1, old, new))


def _blanks(lines: list[str], n: int) -> Iterator[Slip]:
    """A tab, or a blank that is no space, where YAML wants spaces."""
    lead = lead_of(lines[n])
    wrong = next((column for column, sign in enumerate(lead) if sign != " "), None)
    if wrong is not None:
        named = "a tab" if lead[wrong] == "\t" else "a blank that is no space"
        for width in widths(lines, n):
            yield _replacing(n, 0, lead, " " * width, f"{named} indents this line", "indent with spaces", wrong)
    dash = re.match(r" *-(\s*[^\S ]\s*)", lines[n])
    if dash:
        yield _replacing(n, dash.start(1), dash[1], " ", "a tab follows the dash of an item", "write a space after it")


def _dash(lines: list[str], n: int) -> Iterator[Slip]:
    """A dash without its space, or another sign in its place."""
    tight = re.match(r" *(-)(?=[^\s-])", lines[n])
    if tight:
        message = "a space is missing after the dash of an item"
        yield _replacing(n, tight.start(1), "-", "- ", message, "write a space after it")
    if lines[n].lstrip().startswith("{"):
        lead = lead_of(lines[n])
        for width in range(len(lead), max(len(lead) - 3, -1), -1):
            new = " " * width + "- "
            yield _replacing(n, 0, lead, new, _NO_DASH, "begin the item with a dash and a space", len(lead))
    bullet = re.match(rf" *([{_BULLETS}]|\d+[.)]) ", lines[n])
    if bullet:
        message = f"`{bullet[1]}` stands where an item of a list begins with `- `"
        yield _replacing(n, bullet.start(1), bullet[1], "-", message, "begin each item with a dash and a space")


def _colon(lines: list[str], n: int) -> Iterator[Slip]:
    """A key without its colon, with another sign in its place, or without the space after it."""
    start = r"\s*(?:- +)?"
    tight = re.match(rf"{start}[\"']?([A-Za-z][\w /-]*)(:)(?=[^\s:/])", lines[n])
    if tight:
        yield _replacing(n, tight.start(2), ":", ": ", *no_space_after(tight[1]))
    for tight in re.finditer(rf"[{{,]\s*({_any_known()}|[a-z][a-z0-9-]*)(:)(?=[^\s:/])", lines[n]):
        yield _replacing(n, tight.start(2), ":", ": ", *no_space_after(tight[1]))
    other = re.match(rf"{start}({_any_known()}|[a-z0-9-]+)(\s*[=;\uff1a]\s*)(?=\S)", lines[n])
    if other:
        message = f"`{other[2].strip()}` stands where a colon belongs after `{other[1]}`"
        yield _replacing(n, other.start(2), other[2], ": ", message, "write a colon and a space", _sign_of(other))
    missing = (
        re.match(rf"{start}(at (?:least|most) \d+ of|{_any_known()})\s*$", lines[n])
        or re.match(rf"{start}(?!{_LITTLE}\s+\S)({_any_known()})(?=\s|$)(?!\s*:)", lines[n])
        or re.match(rf"{start}([a-z0-9]+(?:-[a-z0-9]+)*)\s*$", lines[n])
    )
    if missing:
        message = f"a colon is missing after `{missing[1]}`"
        yield _replacing(n, missing.end(1), "", ":", message, "write a colon after it")


def _sign_of(found: re.Match[str]) -> int:
    return found.start(2) + len(found[2]) - len(found[2].lstrip())


def _quotes(lines: list[str], n: int) -> Iterator[Slip]:
    """Quotes that are not closed, not opened, within one another, or those of a word processor."""
    line = lines[n]
    key = re.match(rf"\s*(?:- +)?([\"'])(?:{_any_known()}):", line)
    if key and line.count(key[1]) == 1:
        yield _replacing(n, key.start(1), key[1], "", "the quote is not closed", "take it out, or close it")
    for smart in _SMART.finditer(line):
        if re.search(r"([:,\[{-]\s*|^\s*)$", line[: smart.start()]) and re.match(r"\s*([,\]}]|$)", line[smart.end() :]):
            message = f"`{smart[0][0]}` and `{smart[0][-1]}` are quotes of a word processor, which YAML takes for words"
            hint = "write straight quotes"
            yield _replacing(n, smart.start(), smart[0], quoted(smart[1]), message, hint)
    entry = re.match(r"(.*?(?::\s+|^\s*-\s+|[\[{,]\s*))([\"'])(.*?)\s*$", line)
    if entry:
        start, sign, rest = entry.end(1), entry[2], entry[3]
        inside = rest[:-1] if rest.endswith(sign) else rest
        if sign not in rest:
            text, end = re.fullmatch(r"(.*?)(\s*[\]}]*,?)", rest).groups()  # type: ignore[union-attr]
            yield _replacing(
                n, start, f"{sign}{rest}", f"{sign}{text}{sign}{end}", "this quote is not closed", "close it"
            )
        elif rest.endswith(sign) and (sign in inside or "\\" in inside):
            inner = start + 1 + min(found for found in (inside.find(sign), inside.find("\\")) if found >= 0)
            other = "'" if sign == '"' else '"'
            message = "a text in quotes holds such a quote, or a backslash, itself"
            new = f"{other}{inside}{other}" if other not in inside else quoted(inside)
            yield _replacing(n, start, f"{sign}{rest}", new, message, "put it in the other kind of quotes", inner)
        elif not rest.endswith(sign):
            message = "words follow the quote that closes here"
            closed = start + 1 + rest.find(sign)
            hint = "put the whole text in the other kind of quotes"
            yield _replacing(n, start, f"{sign}{rest}", _around(f"{sign}{rest}"), message, hint, closed)
    value = _value(line)
    if value and value[1][-1] in "\"'" and value[1][0] not in "\"'" and value[1].count(value[1][-1]) == 1:
        sign = value[1][-1]
        message = "this quote is not opened"
        yield _replacing(n, value[0], value[1], sign + value[1], message, "open it", len(line.rstrip()) - 1)


def _around(text: str) -> str:
    """A text with quotes in it, in quotes of the other kind."""
    return f'"{text}"' if '"' not in text and "\\" not in text else quoted(text)


def _value(line: str) -> tuple[int, str] | None:
    """What stands behind the first colon of a line, or behind the dash of an item, and where."""
    entry = _ENTRY.match(line)
    if entry:
        return entry.start("value"), entry["value"]
    item = re.match(r"\s*-\s+(\S.*?)\s*$", line)
    return (item.start(1), item[1]) if item else None


def _unquoted(lines: list[str], n: int) -> Iterator[Slip]:
    """A text that needs quotes: it holds a colon or a hash, or begins with a sign of YAML."""
    value = _value(lines[n])
    if value is None or value[1][0] in "\"'" or _FLOW.match(value[1]):
        return
    start, text = value
    if re.match(r"- *[{\[]|[&*][\w-]+$", text):
        return
    colon, comment = re.search(r":(?=\s|$)", text), re.search(r"(^| )#", text)
    new = quoted(text)
    if text[0] in _SIGNS:
        named = "a backtick" if text[0] == "`" else f"`{text[0]}`"
        message = f"a text that begins with {named} needs quotes"
        yield _replacing(n, start, text, new, message, "put the text in quotes")
    elif colon:
        message = "a text with a colon in it needs quotes"
        slip = _replacing(n, start, text, new, message, "put the text in quotes", start + colon.start())
        yield slip.doubted() if re.search(rf"(?:{_any_known()})$", text[: colon.start()]) else slip
    elif comment:
        yield _replacing(n, start, text, new, *LEFT_OUT, start + comment.end() - 1).doubted()
    elif text.endswith((",", ";")):
        message = f"nothing ends with `{text[-1]}` here"
        yield _replacing(n, start, text, text[:-1], message, "take it out", start + len(text) - 1)


def _braces(lines: list[str], n: int) -> Iterator[Slip]:
    """What goes wrong between braces and brackets: texts that need quotes, commas, and closing signs."""
    line = lines[n]
    yield from _unbalanced(n, line)
    for text in re.finditer(rf"(?<=[{{,])\s*(?:{_any_known(_TEXTS)}):\s+", line):
        rest = line[text.end() :].rstrip()
        end = re.search(rf",\s*(?:{_any_known()}):\s", rest)
        closing = re.search(r"[\]},]*$", rest)
        assert closing is not None
        ends = [end.start()] if end else range(len(rest) - 1, closing.start() - 1, -1)
        for value in (rest[:stop].rstrip() for stop in ends):
            needs = re.search(r":(?=\s|$)|[,\[\]{}]|(?<=\s)#", value)
            if value and value[0] not in "\"'" and needs:
                message = f"a text with `{needs[0]}` in it needs quotes between braces"
                new, at = quoted(value), text.end() + needs.start()
                yield _replacing(n, text.end(), value, new, message, "put the text in quotes", at)
    for other in re.finditer(r"(?<=[\w\"'])\s*;(?=\s*[\w -]+:\s)", line):
        if "{" in line[: other.start()]:
            message, at = "`;` stands where a comma belongs", other.end() - 1
            yield _replacing(n, other.start(), other[0], ",", message, "write a comma", at)
    for word in re.finditer(rf"(?<=[^\s,;{{\[])(\s+)(?:{_any_known()}):\s", line):
        if "{" in line[: word.start()]:
            message = "a comma is missing before this key"
            yield _replacing(n, word.start(1), word[1], f",{word[1]}", message, "write a comma", word.end(1))


def _unbalanced(n: int, line: str) -> Iterator[Slip]:
    """A bracket that is not closed, not opened, or closed by another one."""
    waiting: list[tuple[int, str]] = []
    bare = re.sub(r"\"[^\"]*\"|'[^']*'", lambda found: "_" * len(found[0]), line)
    for column, sign in enumerate(bare):
        if sign in PAIRS:
            waiting.append((column, sign))
        elif sign in PAIRS.values():
            if not waiting:
                opening, value = ("[" if sign == "]" else "{"), _value(line)
                word = re.search(r"[\w-]+$", line[:column])
                item = re.match(r"\s*- +(?=\w)", line)
                for start in (found for found in (item and item.end(), word and word.start()) if sign == "}" and found):
                    yield _replacing(
                        n, start, "", opening, f"`{sign}` closes nothing", f"open it with `{opening}`", column
                    )
                if value and column == len(line.rstrip()) - 1:
                    hint = f"open it with `{opening}`"
                    yield _replacing(n, value[0], "", opening, f"`{sign}` closes nothing", hint, column)
                yield _replacing(n, column, sign, "", f"`{sign}` closes nothing", "take it out")
                return
            opened = waiting.pop()[1]
            if PAIRS[opened] != sign:
                message = f"`{sign}` stands where `{PAIRS[opened]}` closes"
                yield _replacing(n, column, sign, PAIRS[opened], message, f"write `{PAIRS[opened]}`")
                return
    if waiting:
        column, opened = waiting[-1]
        closing = "".join(PAIRS[sign] for _, sign in reversed(waiting))
        body = line.rstrip()
        end = len(body.removesuffix(","))
        yield _replacing(n, end, "", closing, f"`{opened}` is not closed", f"close it with `{PAIRS[opened]}`", column)


def _end_of(lines: list[str], n: int, width: int) -> int:
    """Where the lines below one end that are indented so far or further; blank ones at the end are no part."""
    below = takewhile(lambda m: not lines[m].strip() or len(lead_of(lines[m])) >= width, range(n + 1, len(lines)))
    return max((m + 1 for m in below if lines[m].strip()), default=n + 1)


def indentation(lines: list[str], n: int, before: int = 0) -> Iterator[Slip]:
    """A line, with all below it, those before a line, or alone, that is indented otherwise than its neighbours."""
    line = lines[n]
    lead = lead_of(line)
    key = re.match(r"\s*([^:]+?)\s*:(\s|$)", line)
    begins = line.lstrip()[:2] in ("- ", "{") or (
        key and (key[1] in _known() or _LIKE_ID.fullmatch(key[1].replace(" ", "-")))
    )
    if not begins or lead.strip(" "):
        return
    # A line that is moved to the left stands left of what follows its own, too.
    within = len(lead_of(next(filter(str.strip, lines[n + 1 :]), "")))
    ends = (_end_of(lines, n, len(lead) + 1), _end_of(lines, n, max(within, len(lead) + 1)))
    for width, stop in product(widths(lines, n), dict.fromkeys((*ends, n + 1, max(before, n + 1)))):
        by = width - len(lead)
        if by:
            moved = lines[n:stop]
            new = "\n".join(" " * max(len(lead_of(one)) + by, 0) + one.lstrip() for one in moved)
            message = f"this line is indented {'less' if by > 0 else 'more'} than the others that it belongs to"
            hint = f"indent it with {width} spaces" if width else "begin it at the margin"
            yield _replacing(n, 0, "\n".join(moved), new, message, hint, len(lead))


def _indented_key(lines: list[str], n: int) -> Iterator[Slip]:
    """A key below which nothing stands, since it is indented as much as what belongs to it."""
    if lines[n].rstrip().endswith(":"):
        yield from (slip for slip in indentation(lines, n) if len(slip.fix.new) < len(slip.fix.old))


def _no_dash(lines: list[str], n: int) -> Iterator[Slip]:
    """An item without its dash."""
    line = lines[n]
    lead = lead_of(line)
    if re.match(r"\s*(fact|id|meets|all|any|not|policy):(\s|$)", line) and not lead.strip(" "):
        for width in (width for width in (len(lead) - 2, len(lead), len(lead) - 1, len(lead) - 4) if width >= 0):
            new = " " * width + "- "
            yield _replacing(n, 0, lead, new, _NO_DASH, "begin the item with a dash and a space", len(lead))


def _folded(lines: list[str], n: int) -> Iterator[Slip]:
    """A text that goes on in the next line: it is not indented there, or needs quotes for what stands there."""
    entry, text = _ENTRY.match(lines[n - 1]) if n else None, re.sub(r"^(- +)*", "", lines[n].strip())
    if entry is None or entry["key"] not in _TEXTS or entry["value"][0] in "\"'{[" or not text:
        return
    needs = re.search(r":(?=\s|$)", lines[n])
    if needs is None:
        lead = " " * (len(entry["lead"]) + 2)
        message = "a text goes on here that is not indented"
        hint = "indent it more than the key of the text"
        slip = _replacing(n, 0, lead_of(lines[n]), lead, message, hint, len(lead_of(lines[n])))
        yield slip if not re.match(rf"(?:{_any_known()})\b", text) else slip.doubted()
    elif not _LIKE_ID.fullmatch(text.split(":")[0]) and text.split(":")[0] not in _known():
        old = f"{lines[n - 1][entry.start('value') :]}\n{lines[n].rstrip()}"
        fix = Fix(n, entry.start("value") + 1, old, quoted(old))
        yield Slip(n, needs.start(), "a text with a colon in it needs quotes", "put the text in quotes", fix)


def _joined(lines: list[str], n: int) -> Iterator[Slip]:
    """Two lines in one: a key stands behind a value, or behind another key."""
    joined = re.match(
        rf"\s*(?:- +)?[\w -]+:.*?(?P<gap>\s{{2,}})(?=(?:- +)?(?P<key>{_any_known()}|[a-z0-9-]+):(?:\s|$))", lines[n]
    )
    if joined:
        at, gap = joined.start("gap"), joined["gap"]
        message, hint = f"`{joined['key']}` begins a line of its own", "break the line before it"
        yield _replacing(n, at, gap, f"\n{gap}", message, hint, joined.end("gap"))


SURE = (_joined, _blanks, _dash, _colon, _quotes, _braces)
LIKELY = (_unquoted, _folded, indentation, _no_dash)
OF_REPEATED = (_no_dash, _indented_key)
