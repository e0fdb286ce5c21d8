"""What words and logic deny of the rows of a list, taken out of both, so that what is left can be compared.

"No visit in the last 14 days" is: none of the visits where the day is within 14 days.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from cdispec.analysis.wording.statements import Statement
from cdispec.model.criteria import Criterion, OfRows, Quantity, walk
from cdispec.model.policy import Policy

_NONE = re.compile(
    r"\b(?:no|none|never|without|not)\b(?!\s+(?:more|less|fewer|greater|older|younger|longer|higher|lower|later)\b)",
    re.IGNORECASE,
)
_FEW = re.compile(
    r"\b(?:(?:no|not)\s+more\s+than|at\s+most|up\s+to|fewer\s+than|less\s+than|a\s+maximum\s+of)\b", re.IGNORECASE
)


def of_rows(statement: Statement, words: str) -> tuple[Statement, str]:
    """A statement and its words without the denial that both have of rows; places in the words stay as they are."""
    asking = [(stood, stood.criterion.logic) for stood in statement.logic if isinstance(stood.criterion.logic, OfRows)]
    if len(asking) != 1:
        return statement, words
    [(stood, asked)] = asking
    none = _NONE.search(words)
    if asked.quantity is Quantity.EACH and none is not None:
        # "No visit had a score of more than 20" is: each has one of at most 20.
        return _turned(statement, [asked.such]), _blank(words, none)
    if asked.quantity is Quantity.AT_LEAST and stood.denied and _FEW.search(words) is not None:
        return _turned(statement, [asked.where]), words
    if none is not None and ((asked.quantity is Quantity.NONE) is not stood.denied):
        return _turned(statement, [asked.where]), _blank(words, none)
    return statement, words


def rows_asked(statement: Statement, policy: Policy) -> str:
    """Of which rows the logic asks something; "" where it asks for none, or for those of several lists."""
    asking = [stood.criterion.logic for stood in statement.logic if isinstance(stood.criterion.logic, OfRows)]
    if len(asking) != 1 or asking[0].quantity is Quantity.AT_LEAST:
        return ""
    return f"{asking[0].quantity.value} {policy.lists[asking[0].list].name}: "


def denies_rows(words: str) -> bool:
    """Whether words deny something, as those of which no row is so."""
    return _NONE.search(words) is not None


def _turned(statement: Statement, asked: Iterable[Criterion | None]) -> Statement:
    """A statement of which what is asked of rows is denied, or where it is, is not."""
    ids = {one.id for top in asked if top is not None for one in walk(top)}
    logic = (
        stood._replace(denied=not stood.denied) if stood.criterion.id in ids else stood for stood in statement.logic
    )
    return replace(statement, logic=tuple(logic))


def _blank(words: str, at: re.Match[str]) -> str:
    return f"{words[: at.start()]}{' ' * len(at[0])}{words[at.end() :]}"
