"""Issues of files as files: bytes, YAML syntax, the shape of their values."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from cdispec.issues.catalogue import did_you_mean, issue, near_miss
from cdispec.source import Severity


@issue()
def unreadable_file(reason: str) -> tuple[str, str]:
    """A file that the library needs cannot be opened: it does not exist, is a folder, or may not be read.

    Restore the file, or its permissions.
    """
    return f"the file cannot be read: {reason}", "check that the file exists and that you may read it"


@issue()
def outside_library(target: str) -> tuple[str, str]:
    """A symbolic link leads out of the library.

    What stands elsewhere can change without a trace here, so links out of the library are not followed. Copy the file.
    """
    return f"the link leads out of the library, to `{target}`", "replace the link by a copy of the file"


@issue()
def not_utf8(byte: int) -> tuple[str, str]:
    """The file is not encoded as UTF-8; often it was saved by an older Windows program.

    Save it again with the encoding UTF-8.
    """
    return f"the file is not UTF-8 text: byte 0x{byte:02x} cannot be read", "save the file again as UTF-8"


@issue()
def byte_order_mark() -> tuple[str, str]:
    """A feature file begins with a byte order mark, which some editors write and pytest-bdd cannot read past.

    None of its scenarios would be run. Policies may begin with one.
    """
    return "the file begins with a byte order mark", "save it as UTF-8 without a byte order mark (BOM)"


_BULLETS = "\uf0b7\uf0a7\uf0d8\uf0fc"
"""The bullets that a word processor pastes, each a number in a font of its own."""


@issue()
def invisible_character(sign: str) -> tuple[str, str]:
    """A character that nobody sees, or that only some fonts have, stands among the words.

    With it a source can read otherwise than what is printed of it, and a search does not find what everybody reads.
    Such characters come along when text is copied from a web page or a word processor: marks of direction, spaces
    without a width, soft hyphens, and the bullets of a font of symbols.
    """
    named = f"{unicodedata.name(sign, 'a private-use character')} (U+{ord(sign):04X})"
    if sign in _BULLETS:
        return f"{named} stands here, the bullet of a word processor", "begin each item of a list with `- `"
    return f"{named} stands here, which readers cannot see", "type the words around it again"


@issue()
def file_too_large(size: int, limit: int) -> tuple[str, str]:
    """The file is larger than any policy, feature or case file has reason to be, so it is not read."""
    hint = "split the file, or check that this is the file you meant"
    return f"the file has {size:,} bytes; files of more than {limit:,} bytes are not read", hint


@issue()
def line_too_long(length: int, limit: int) -> tuple[str, str]:
    """A line is longer than anything written by hand, so the file is not read."""
    hint = "break the line, or check that this is the file you meant"
    return f"the line has {length:,} characters; more than {limit:,} are not read", hint


@issue()
def not_yaml(problem: str, hint: str) -> tuple[str, str]:
    """A line is not what YAML allows, or YAML reads it otherwise than people do.

    Indent with spaces, those that belong together by the same number of them; write a space after each colon and after
    the dash of an item. A text needs quotes where it holds a colon followed by a space, or a `#` after a space, begins
    with one of the signs % @ ` * & ! ? | > # - [ {, or holds a comma or a bracket between braces. Where nothing else
    can be meant, `cdispec fix` writes the line as it should be.
    """
    return problem, hint


@issue()
def not_json(problem: str) -> tuple[str, str]:
    """A line of JSON cases is not well-formed JSON. Each line is one case, a JSON object."""
    hint = "write one JSON object on each line, with `true` for yes and `false` for no"
    return f"this is not well-formed JSON: {problem}", hint


@issue()
def several_documents() -> tuple[str, str]:
    """A line `---` begins a second YAML document where only one is read, so that all below it would be dropped."""
    return "a second document begins here, and only one is read", "take out the line `---`, or write a block for each"


@issue()
def yaml_alias(name: str) -> tuple[str, str]:
    """YAML takes a word that begins with `&` or `*` for an anchor or alias, not for text.

    Neither is used here, so that each text stands where it is read.
    """
    return f"`{name}` is an anchor or alias of YAML, not a text", "put a text that begins with & or * in quotes"


@issue()
def yaml_tag(name: str) -> tuple[str, str]:
    """YAML takes a word that begins with `!` for a tag, and would leave it out of the text. Tags are not used here."""
    return f"`{name}` is a tag of YAML, not a text", "put a text that begins with ! in quotes"


@issue()
def nested_too_deep(limit: int) -> tuple[str, str]:
    """Criteria stand inside one another, or refer to one another, deeper than a reader can follow.

    Give an inner part a block of its own and refer to it with `meets:`.
    """
    hint = "give the inner part a block of its own and refer to it with `meets:`"
    return f"this is nested more than {limit} deep", hint


@issue()
def duplicate_key(key: str, first_line: int) -> tuple[str, str]:
    """A mapping has one key twice. YAML readers drop the first in silence; here neither is dropped."""
    return f"`{key}` stands here twice; it is first on line {first_line}", "remove one, or rename it"


@issue()
def unknown_key(key: str, known: Iterable[str]) -> tuple[str, str]:
    """A mapping has a key that means nothing there, often a misspelling."""
    return f"`{key}` is not known here", did_you_mean(key, known, "remove it")


@issue()
def missing_key(key: str, of: str) -> tuple[str, str]:
    """Something that must be said is missing."""
    return f"{of} has no `{key}`", f"add `{key}:`"


@issue()
def wrong_kind(expected: str, found: str) -> tuple[str, str]:
    """A value is of another kind than its place asks for: a list where a text stands, a word where a number stands."""
    return f"expected {expected}, found {found}", f"write {expected}"


@issue()
def unknown_status(text: str, known: Iterable[str]) -> tuple[str, str]:
    """A policy's status is none of draft, published and retired."""
    return f"`{text}` is not a status", did_you_mean(text, known)


@issue()
def malformed_date(text: str, or_month: bool = False) -> tuple[str, str]:
    """A date is not written as year, month and day, or does not exist in the calendar.

    A row of a history may also have a month, such as 2025-06.
    """
    month = ", or a month such as 2025-06" if or_month else ""
    return f"`{text}` is not a date", f"write a date of the calendar as year-month-day, such as 2025-06-01{month}"


@issue()
def malformed_id(text: str) -> tuple[str, str]:
    """An id is not made of lower-case letters, digits and single hyphens."""
    return f"`{text}` is not an id", "write lower-case words joined by hyphens, such as back-pain"


@issue()
def duplicate_id(id: str, first: str) -> tuple[str, str]:
    """Two things have the same permanent id, so that neither could be cited."""
    return f"the id `{id}` is taken; it first stands at {first}", "give this one an id of its own with `id:`"


@issue(Severity.WARNING)
def unknown_file(name: str, known: Iterable[str]) -> tuple[str, str]:
    """A file in a policy's folder is none of those that cdispec reads; nothing would ever look at it."""
    return f"`{name}` is not a file of a policy", near_miss(name, known, "remove it")
