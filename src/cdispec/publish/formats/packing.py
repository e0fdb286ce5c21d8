"""A PDF with its objects packed, as PDF 1.5 allows.

Typst compresses pages and fonts. The tags, links and bookmarks around them, which are half of a file, it leaves as they
are, each with a line in a table at the end. Here they are one compressed stream, with a compressed table. Nothing that
they say is changed.
"""

from __future__ import annotations

import json
import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typst import Fonts

_LAYOUT = re.compile(
    rb"xref\s+0 \d+\s+\d{10} 65535 f\s+((?:\d{10} 00000 n\s+)+)"
    rb"trailer\s*<</Size \d+(.*)>>\s*startxref\s+(\d+)\s+%%EOF\s*",
    re.DOTALL,
)
_OBJECT = re.compile(rb"\d+ 0 obj\s+(.*?)\s+endobj\s*", re.DOTALL)
_COMPRESSED = b'#pdf.attach("data", bytes(json(bytes(sys.inputs.data))))'
_ATTACHED = re.compile(rb"<</Length (\d+)/Type/EmbeddedFile/Filter/FlateDecode.*?stream\n", re.DOTALL)
_WIDTHS = (1, 4, 4)
"""The bytes of each entry of the table: its kind, where it is, and which it is there."""

_ABOVE = 2
"""The filter of PNG that tells a line of a table by how it differs from the one above it."""


def packed(made: bytes) -> bytes:
    """The same PDF in half the bytes. Raises ValueError where it is not laid out as Typst does it."""
    table = _LAYOUT.search(made, made.rfind(b"xref\n", 0, made.rfind(b"startxref")))
    if table is None:
        raise ValueError("the table of its objects cannot be read")
    starts = [int(entry.split()[0]) for entry in table[1].splitlines()]
    places: dict[int, tuple[int, int, int]] = {0: (0, 0, 0)}
    small: list[tuple[int, bytes]] = []
    written = bytearray(made[: min(starts)])
    ends = dict(zip(sorted(starts), [*sorted(starts)[1:], int(table[3])], strict=True))
    for number, start in enumerate(starts, 1):
        found = _OBJECT.fullmatch(made, start, ends[start])
        if found is None:
            raise ValueError(f"its object {number} cannot be read")
        if found[1].endswith(b"endstream"):
            places[number] = (1, len(written), 0)
            written += made[start : ends[start]]
        else:
            small.append((number, found[1]))
    holder = len(starts) + 1
    places |= {number: (2, holder, index) for index, (number, _) in enumerate(small)}
    places[holder] = (1, len(written), 0)
    written += _objects(holder, small)
    places[holder + 1] = (1, len(written), 0)
    return bytes(written) + _table(places, table[2]) + b"startxref\n%d\n%%%%EOF" % len(written)


def _objects(holder: int, small: list[tuple[int, bytes]]) -> bytes:
    """Objects as one stream: their numbers with where each begins, then each."""
    head, body = bytearray(), bytearray()
    for number, content in small:
        head += b"%d %d " % (number, len(body))
        body += content + b"\n"
    return _stream(holder, b"/Type/ObjStm/N %d/First %d" % (len(small), len(head)), bytes(head + body))


def _table(places: dict[int, tuple[int, int, int]], trailer: bytes) -> bytes:
    """Where each object is, as a stream that is the trailer as well."""
    width = sum(_WIDTHS)
    above, lines = bytes(width), bytearray()
    for _, place in sorted(places.items()):
        line = b"".join(part.to_bytes(size, "big") for part, size in zip(place, _WIDTHS, strict=True))
        lines += bytes([_ABOVE, *((now - before) % 256 for now, before in zip(line, above, strict=True))])
        above = line
    widths = b" ".join(b"%d" % size for size in _WIDTHS)
    head = b"/Type/XRef/Size %d/W[%b]/DecodeParms<</Predictor 12/Columns %d>>%b" % (len(places), widths, width, trailer)
    return _stream(len(places) - 1, head, bytes(lines))


def _stream(number: int, head: bytes, content: bytes) -> bytes:
    """An object that holds a content compressed."""
    content = _deflated(content)
    return b"%d 0 obj\n<<%b/Filter/FlateDecode/Length %d>>\nstream\n%b\nendstream\nendobj\n" % (
        number,
        head,
        len(content),
        content,
    )


def _deflated(content: bytes) -> bytes:
    """A content as Typst compresses what is attached to a document.

    Python's own compression has other bytes where it was built with another library.
    """
    import typst as compiler

    inputs = {"data": json.dumps(list(content))}
    made = compiler.compile(_COMPRESSED, format="pdf", font_paths=_no_fonts(), sys_inputs=inputs)
    assert isinstance(made, bytes)
    found = _ATTACHED.search(made)
    assert found is not None
    return made[found.end() : found.end() + int(found[1])]


@cache
def _no_fonts() -> Fonts:
    from typst import Fonts

    return Fonts(include_system_fonts=False, include_embedded_fonts=False)
