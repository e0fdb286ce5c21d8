"""Formulas: from what stands at `is:` to how a measure is worked out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from cdispec.issues.measures import malformed_formula
from cdispec.model.facts import amount, inexact
from cdispec.model.formulas import Formula, Literal, Operand, Operation, Power, degree
from cdispec.parse.yamltree import Scalar, shortened
from cdispec.source import Issue, Place

LARGEST_EXPONENT = 9
MOST_PARTS = 60
HIGHEST_DEGREE = 20

_TOKEN = re.compile(r"\s*(?:(?P<number>\d+(?:\.\d+)?)(?![\w.-])|(?P<id>[a-z0-9]+(?:-[a-z0-9]+)*)|(?P<sign>[-+*/^()]))")


class _Token(NamedTuple):
    kind: str
    text: str
    at: int


class _FormulaError(Exception):
    """What is wrong with a formula, and where in its text."""

    def __init__(self, problem: str, at: int) -> None:
        super().__init__(problem)
        self.problem, self.at = problem, at


def read_formula(node: Scalar, issues: list[Issue]) -> Formula | None:
    """The formula that a text states; None with an issue at the place in it where it states none."""
    try:
        return _Reader(node.text).read()
    except _FormulaError as error:
        place = node.place
        if node.plain:
            place = Place(place.path, place.line, place.column + error.at)
        issues.append(malformed_formula(place, shortened(node.text), error.problem))
        return None


def _tokens(text: str) -> Iterator[_Token]:
    at, end = 0, len(text.rstrip())
    while at < end:
        match = _TOKEN.match(text, at)
        if match is None or match.lastgroup is None:
            at += len(text[at:]) - len(text[at:].lstrip())
            raise _FormulaError(f"has a `{text[at]}`, which is no number, fact or sign", at)
        yield _Token(match.lastgroup, match[match.lastgroup], match.start(match.lastgroup))
        at = match.end()


class _Reader:
    """Reads a formula: sums of products of powers."""

    def __init__(self, text: str) -> None:
        self.text, self.tokens = text, [*_tokens(text)]
        self._next = 0

    def read(self) -> Formula:
        """All of the text as one formula."""
        if len(self.tokens) > MOST_PARTS:
            raise _FormulaError(f"has more than {MOST_PARTS} numbers, facts and signs", self.tokens[MOST_PARTS].at)
        found = self._sum()
        if token := self._peek():
            raise _FormulaError(_unexpected(token), token.at)
        if degree(found) > HIGHEST_DEGREE:
            raise _FormulaError(f"multiplies more than {HIGHEST_DEGREE} numbers with each other", 0)
        return found

    def _peek(self) -> _Token | None:
        return self.tokens[self._next] if self._next < len(self.tokens) else None

    def _take(self, *signs: str) -> str:
        """The next sign where it is one of these, which is then read; else ""."""
        token = self._peek()
        if token is None or token.kind != "sign" or token.text not in signs:
            return ""
        self._next += 1
        return token.text

    def _sum(self) -> Formula:
        found = self._product()
        while sign := self._take("+", "-"):
            found = Operation(sign, found, self._product())
        return found

    def _product(self) -> Formula:
        found = self._power()
        while sign := self._take("*", "/"):
            found = Operation(sign, found, self._power())
        return found

    def _power(self) -> Formula:
        found = self._part()
        if self._take("^"):
            token = self._peek()
            if token is None or not token.text.isdigit() or not 2 <= int(token.text) <= LARGEST_EXPONENT:
                at = len(self.text) if token is None else token.at
                raise _FormulaError(f"needs a whole number from 2 to {LARGEST_EXPONENT} after `^`", at)
            self._next += 1
            found = Power(found, int(token.text))
        return found

    def _part(self) -> Formula:
        token = self._peek()
        if token is None:
            raise _FormulaError("ends where a number or a fact is expected", len(self.text))
        self._next += 1
        if token.kind == "number":
            number = amount(token.text)
            assert number is not None
            if reason := inexact(number):
                raise _FormulaError(f"has a number that is not compared exactly: {reason}", token.at)
            return Literal(Fraction(number))
        if token.kind == "id":
            return Operand(token.text)
        if token.text != "(":
            raise _FormulaError(_unexpected(token), token.at)
        found = self._sum()
        if not self._take(")"):
            raise _FormulaError("has a `(` that is not closed", token.at)
        return found


def _unexpected(token: _Token) -> str:
    if token.kind == "sign":
        return f"has a `{token.text}` where it cannot stand"
    return f"has `{token.text}` where a sign is expected"
