"""Limits: what an indication grants, from the `granted` of its block."""

from __future__ import annotations

import re
from collections.abc import Mapping as Facts
from datetime import date

from cdispec.issues.policies import malformed_duration, unknown_fact
from cdispec.model.criteria import Duration, Unit
from cdispec.model.facts import Day, Fact, Number, as_day
from cdispec.model.limits import Grant, Quota, Restriction, Term
from cdispec.parse.fields import Fields, expect, fields_of, items_of
from cdispec.parse.yamltree import YamlNode, described
from cdispec.source import Issue, Place

_DURATION = re.compile(r"([1-9]\d{0,3}) (day|week|month|year)s?")
_REQUEST = "request"


def read_grant(
    node: YamlNode,
    facts: Facts[str, Fact],
    references: list[tuple[str, Place]],
    mentions: list[tuple[str, Place]],
    issues: list[Issue],
) -> Grant | None:
    """The limits that a node states; criteria that they name are added to `references`, clauses to `mentions`."""
    fields = fields_of(node, "`granted`", "a mapping such as {for: 6 months}", issues, (*_TERM, "limited to", "up to"))
    if fields is None:
        return None
    if not [*fields]:
        expect(None, node, "`for`, `from`, `until`, `limited to` or `up to`", issues)
    term = _term(fields, facts) if any(key in fields for key in _TERM) else None
    limited = fields.get("limited to")
    stated = [_restriction(item, references, issues) for item in items_of(limited)] if limited else []
    up_to = fields.get("up to")
    quota = _quota(up_to, facts, mentions, issues) if up_to else None
    return Grant(term, tuple(one for one in stated if one), quota)


_TERM = ("for", "from", "until")


def _term(fields: Fields, facts: Facts[str, Fact]) -> Term:
    start = fields.text("from", required=False) or _REQUEST
    if start != _REQUEST:
        _known(fields, "from", start, facts)
    lasts: Duration | date | str | None = None
    if "for" in fields and "until" in fields:
        expect(None, fields["until"], "only one of `for` and `until`", fields.issues)
    elif "for" in fields:
        match = _DURATION.fullmatch(" ".join(fields["for"].text.split()))
        if match is None:
            fields.issues.append(
                malformed_duration(fields.at("for"), fields["for"].text or described(fields["for"]), "for")
            )
        else:
            lasts = Duration(int(match[1]), Unit(match[2] + "s"))
    elif text := fields.text("until", required=False):
        lasts = as_day(text) or text
        if isinstance(lasts, str):
            _known(fields, "until", lasts, facts)
    return Term(None if start == _REQUEST else start, lasts)


def _known(fields: Fields, key: str, id: str, facts: Facts[str, Fact]) -> None:
    """That an id is that of a date fact."""
    dates = [_REQUEST, *(fact.id for fact in facts.values() if isinstance(fact, Day))]
    if id not in dates:
        fields.issues.append(unknown_fact(fields.at(key), id, dates))


def _quota(
    node: YamlNode, facts: Facts[str, Fact], mentions: list[tuple[str, Place]], issues: list[Issue]
) -> Quota | None:
    keys = ("amount", "of", "used", "per", "clause")
    fields = fields_of(node, "`up to`", "a mapping such as {amount: 2, of: units}", issues, keys)
    stated = None if fields is None else fields.require("amount")
    if fields is None or stated is None:
        return None
    amount = stated.number
    numbers = [fact.id for fact in facts.values() if isinstance(fact, Number)]
    if amount is not None and amount < 0:
        expect(None, stated, "an amount that is not negative", issues)
    named = {key: fields.text(key, required=key == "of") for key in ("of", "used")}
    named |= {"amount": stated.text} if amount is None else {}
    wrong = [key for key, id in named.items() if id and id not in numbers]
    issues += [unknown_fact(fields.at(key), named[key], numbers) for key in wrong]
    if wrong or not named["of"]:
        return None
    units = {fact.unit for id in named.values() if isinstance(fact := facts.get(id), Number)}
    if len(units) > 1:
        expect(None, node, f"amounts of one unit, and not of {' and '.join(sorted(units))}", issues)
    clause = fields.id("clause", required=False)
    if clause:
        mentions.append((clause, fields.at("clause")))
    per = fields.text("per", required=False)
    return Quota(stated.text if amount is None else amount, named["of"], named["used"] or None, per, clause)


def _restriction(node: YamlNode, references: list[tuple[str, Place]], issues: list[Issue]) -> Restriction | None:
    fields = fields_of(node, "`limited to`", "a mapping such as {words: at night only}", issues, ("words", "when"))
    if fields is None:
        return None
    words, when = fields.text("words"), fields.id("when", required=False)
    if when:
        references.append((when, fields.at("when")))
    return Restriction(words, when or None) if words else None
