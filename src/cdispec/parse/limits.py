"""Limits: what an indication grants, from the `granted` of its block."""

from __future__ import annotations

import re
from collections.abc import Mapping as Facts
from collections.abc import Sequence as Rows
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from cdispec.issues.catalogue import quoted
from cdispec.issues.policies import malformed_duration, mismatched_table
from cdispec.model.criteria import Duration
from cdispec.model.facts import REQUEST, Amount, Fact, Number, OneOf, as_day
from cdispec.model.facts import amount as as_amount
from cdispec.model.inlines import inlines_of, plain_of
from cdispec.model.limits import Grant, Printed, Quota, Restriction, Term
from cdispec.parse.elapsed import LENGTH, duration_of
from cdispec.parse.fields import Fields, expect, fields_of, items_of
from cdispec.parse.named import no_such_date, no_such_fact
from cdispec.parse.tables import TableRow
from cdispec.parse.yamltree import YamlNode, described
from cdispec.source import Issue, Place

_DURATION = re.compile(rf"(?=[1-9]){LENGTH}")
_TERM = ("for", "from", "until")


@dataclass(frozen=True, slots=True)
class GrantReader:
    """Reads the limits that the blocks of a policy state.

    `tables` are the rows that each section prints in tables. Criteria that limits name are added to `references`,
    clauses to `mentions`.
    """

    facts: Facts[str, Fact]
    tables: Facts[str, Rows[TableRow]]
    references: list[tuple[str, Place]]
    mentions: list[tuple[str, Place]]
    issues: list[Issue]

    def grant(self, node: YamlNode) -> Grant | None:
        """The limits that a node states."""
        keys = (*_TERM, "limited to", "up to")
        fields = fields_of(node, "`granted`", "a mapping such as {for: 6 months}", self.issues, keys)
        if fields is None:
            return None
        if not [*fields]:
            expect(None, node, "`for`, `from`, `until`, `limited to` or `up to`", self.issues)
        term = _term(fields, self.facts) if any(key in fields for key in _TERM) else None
        limited, up_to = fields.get("limited to"), fields.get("up to")
        stated = [self._restriction(item) for item in items_of(limited)] if limited else []
        if limited is not None and not items_of(limited):
            expect(None, limited, "a form in which alone it is granted", self.issues)
        return Grant(term, tuple(one for one in stated if one), self._quotas(up_to) if up_to else ())

    def _quotas(self, node: YamlNode) -> tuple[Quota, ...]:
        found = tuple(quota for item in items_of(node) if (quota := self._quota(item)) is not None)
        requested = sorted({quota.requested for quota in found})
        if len(requested) > 1:
            expect(None, node, f"amounts of one request, and not of {' and '.join(requested)}", self.issues)
        if not items_of(node):
            expect(None, node, "an amount", self.issues)
        return found

    def _quota(self, node: YamlNode) -> Quota | None:
        keys = ("amount", "by", "of", "used", "per", "clause")
        fields = fields_of(node, "`up to`", "a mapping such as {amount: 2, of: units}", self.issues, keys)
        stated = None if fields is None else fields.require("amount")
        if fields is None or stated is None:
            return None
        amount: Amount | Printed | str | None = stated.number
        if isinstance(amount, int | Decimal) and amount < 0:
            expect(None, stated, "an amount that is not negative", self.issues)
        named = {key: fields.text(key, required=key == "of") for key in ("of", "used")}
        printed = "by" in fields or (stated.text in self.tables and stated.text not in self.facts)
        if printed:
            amount = self._printed(fields)
        elif amount is None:
            named["amount"] = amount = stated.text
        numbers = [fact.id for fact in self.facts.values() if isinstance(fact, Number)]
        wrong = [key for key, id in named.items() if id and id not in numbers]
        self.issues.extend(no_such_fact(fields.at(key), named[key], "number", numbers, self.facts) for key in wrong)
        if wrong or not named["of"] or amount is None:
            return None
        units = {fact.unit for id in named.values() if isinstance(fact := self.facts.get(id), Number)}
        if len(units) > 1:
            expect(None, node, f"amounts of one unit, and not of {' and '.join(sorted(units))}", self.issues)
        clause = fields.id("clause", required=False)
        if clause:
            self.mentions.append((clause, fields.at("clause")))
        return Quota(amount, named["of"], named["used"] or None, fields.text("per", required=False), clause)

    def _printed(self, fields: Fields) -> Printed | None:
        """The amounts that the table of a section prints, a row for each option of a fact."""
        table, by = fields.id("amount"), fields.id("by")
        if table:
            self.mentions.append((table, fields.at("amount")))
        fact, one_ofs = self.facts.get(by), [fact.id for fact in self.facts.values() if isinstance(fact, OneOf)]
        if by and by not in one_ofs:
            self.issues.append(no_such_fact(fields.at("by"), by, "one of", one_ofs, self.facts))
        if not isinstance(fact, OneOf) or not table:
            return None
        if fact.none:
            expect(None, fields["by"], "a one-of fact that always has an option, one for each row", self.issues)
        amounts = self._rows(self.tables.get(table, ()), fact)
        lacking = [option.name for option in fact.options if option.id not in amounts]
        if lacking:
            what = f"the table of `{table}` has no row for {quoted(lacking)}"
            self.issues.append(mismatched_table(fields.at("amount"), what))
            return None
        rows = [(option.id, *amounts[option.id]) for option in fact.options]
        printed = tuple((option, number) for option, number, _ in rows)
        return Printed(table, by, printed, tuple(place for _, _, place in rows))

    def _rows(self, rows: Rows[TableRow], fact: OneOf) -> dict[str, tuple[Amount, Place]]:
        """The amount that the rows of a table give each option, and where; of a cell that gives none it is nothing."""
        amounts: dict[str, tuple[Amount, Place]] = {}
        options = {_plain(option.name): option.id for option in fact.options}
        for cells, place in rows:
            name, last = cells[0].strip(), cells[-1].strip()
            option, number = options.get(_plain(name)), as_amount(_plain(last))
            if option is None:
                self.issues.append(mismatched_table(place, f"`{name}` is no option of `{fact.id}`"))
            elif option in amounts:
                self.issues.append(mismatched_table(place, f"`{name}` has a row already"))
            elif number is None or number < 0:
                found = f"`{last}`" if last else "an empty cell"
                self.issues.append(mismatched_table(place, f"expected a number for `{name}`, found {found}"))
            if option is not None:
                amounts.setdefault(option, (number or 0, place))
        return amounts

    def _restriction(self, node: YamlNode) -> Restriction | None:
        fields = fields_of(
            node, "`limited to`", "a mapping such as {words: at night only}", self.issues, ("words", "when")
        )
        if fields is None:
            return None
        words, when = fields.text("words"), fields.id("when", required=False)
        if when:
            self.references.append((when, fields.at("when")))
        return Restriction(words, when or None) if words else None


def _plain(cell: str) -> str:
    """The words of a cell as they are compared: without their form."""
    return plain_of(inlines_of(cell, {}, {})).casefold()


def _term(fields: Fields, facts: Facts[str, Fact]) -> Term:
    start = fields.text("from", required=False) or REQUEST
    wrong = [no_such_date(fields.at("from"), start, facts)] if start != REQUEST else []
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
            lasts = duration_of(match)
    elif text := fields.text("until", required=False):
        lasts = as_day(text) or text
        if isinstance(lasts, str):
            wrong.append(no_such_date(fields.at("until"), lasts, facts))
    fields.issues += [issue for issue in wrong if issue is not None]
    return Term(None if start == REQUEST else start, lasts)
