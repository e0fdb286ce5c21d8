"""Numbers as every program that decides tells them apart, and as a reader wants them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Context, Decimal
from fractions import Fraction

from cdispec.model.facts import DIGITS, Amount, amount
from cdispec.model.formulas import rounded
from cdispec.model.reach import End

_WIDE = Context(prec=60)
LARGEST = 10**DIGITS
SMALLEST = Fraction(1, 10**300)


def is_on_grid(exact: Fraction) -> bool:
    """Whether a number is neither too large nor too small to be told from others."""
    return exact == 0 or SMALLEST <= abs(exact) < LARGEST


def on_grid(exact: Fraction) -> Amount:
    """A number where every program that decides tells it from those that are written with `DIGITS` digits.

    Such a number is itself. Any other is put midway between its neighbours of so many digits, with one digit more,
    which decimals and the doubles of a browser tell from both.
    """
    if not exact:
        return 0
    size = abs(exact)
    shift = DIGITS - 1 - _magnitude(size)
    scaled = size * Fraction(10) ** shift
    whole, rest = divmod(scaled.numerator, scaled.denominator)
    found = Decimal(whole if not rest else 10 * whole + 5).scaleb(-shift if not rest else -shift - 1, _WIDE)
    signed = found if exact > 0 else -found
    number = amount(format(signed.normalize(_WIDE), "f"))
    assert number is not None
    return number


def beyond(exact: Fraction, side: int) -> Fraction:
    """A number above another one (`side` 1) or below it (-1), with none of `DIGITS` digits between them."""
    return exact + side * (Fraction(10) ** (_magnitude(abs(exact)) - DIGITS) if exact else SMALLEST)


def _magnitude(size: Fraction) -> int:
    """The power of ten of the first digit of a number."""
    found = len(str(size.numerator)) - len(str(size.denominator))
    return found if size >= Fraction(10) ** found else found - 1


def approximately(number: Fraction | Amount, edges: Sequence[Amount] = ()) -> str:
    """A number as a reader wants it: itself where it is short, else about so much, on its own side of each edge."""
    exact = Fraction(number)
    if not exact:
        return "0"
    first = 1 if abs(exact) >= 1 else -_magnitude(abs(exact)) + 2
    for digits in range(first, first + DIGITS):
        short = rounded(exact, digits)
        if all(side_of(short, edge) == side_of(exact, edge) for edge in edges):
            break
    text = format(Decimal(short.numerator) / Decimal(short.denominator), "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text if short == exact else f"about {text}"


def range_words(low: End, high: End, edges: Sequence[Amount]) -> str:
    """What lies between two ends, in words."""
    first, last = (end if isinstance(end, float) else approximately(end, edges) for end in (low, high))
    if first == last:
        return str(first)
    if isinstance(high, float):
        return f"at least {first}"
    return f"at most {last}" if isinstance(low, float) else f"from {first} to {last}"


def side_of(number: End | Amount, edge: Amount) -> int:
    """Whether a number lies above an edge (1), below it (-1) or on it (0)."""
    exact, beside = number if isinstance(number, float) else Fraction(number), Fraction(edge)
    return (exact > beside) - (exact < beside)
