"""Hypothesis strategies: damaged files, as a slip of the hand, a bad merge or a broken disk would leave them."""

from __future__ import annotations

from hypothesis import strategies as st

STRAY = (
    "\t",
    "{",
    "}",
    "[",
    "]",
    ":",
    "- ",
    "&a ",
    "*a",
    "!a ",
    "'",
    '"',
    "|",
    ">",
    "#",
    "<a>",
    "~~~",
    "---",
    "\\",
    "@a",
)
SIGNS = (
    "\x00",
    "\x07",
    "\x1b",
    "\x85",
    "\u2028",
    "\ufeff",
    "\u00a0",
    "é",
    "😀",
    "İ",
    "ß",
    "\r",
    "\x0c",
    "\u200b",
    "\u202e",
    "\uf0b7",
)
NUMBERS = ("-1", "1e999", "0x1F", "9" * 400, ".nan", "٣", "0", "2025-02-30")


@st.composite
def damaged(draw: st.DrawFn, text: str) -> bytes:
    """A text with one to four things wrong."""
    lines = text.split("\n")
    for _ in range(draw(st.integers(1, 4))):
        _damage(draw, lines)
    data = "\n".join(lines).encode()
    match draw(st.integers(0, 11)):
        case 0:
            return data.replace(b"\n", b"\r\n")
        case 1:
            return b"\xef\xbb\xbf" + data
        case 2:
            return data[: draw(st.integers(0, len(data)))]
        case 3:
            cut = draw(st.integers(0, len(data)))
            return data[:cut] + draw(st.binary(max_size=4)) + data[cut:]
        case _:
            return data


def _damage(draw: st.DrawFn, lines: list[str]) -> None:
    at = draw(st.integers(0, len(lines) - 1))
    column = draw(st.integers(0, len(lines[at])))
    match draw(st.integers(0, 8)):
        case 0:
            del lines[at : at + draw(st.integers(1, 3))]
            lines += [""] * (not lines)
        case 1:
            lines.insert(at, lines[at])
        case 2:
            lines[at] = lines[at][:column]
        case 3:
            lines[at] = " " * draw(st.integers(0, 6)) + lines[at].lstrip()
        case 4:
            other = draw(st.integers(0, len(lines) - 1))
            lines[at], lines[other] = lines[other], lines[at]
        case 5:
            lines[at] = lines[at][:column] + draw(st.sampled_from([*STRAY, *SIGNS])) + lines[at][column:]
        case 6:
            key, colon, _ = lines[at].partition(":")
            lines[at] = f"{key}{colon} {draw(st.sampled_from([*NUMBERS, '[]', '{}', '[[]]', '{a: b}', '', 'no', '~']))}"
        case 7:
            lines[at] = lines[at].replace(
                draw(st.sampled_from("aeiou :|-")), draw(st.sampled_from(["", "e", "::", "  "]))
            )
        case _:
            lines[at] = draw(st.text(max_size=12))
