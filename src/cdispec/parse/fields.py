"""Reading the values of a YAML mapping, one issue for each that is not as it should be."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from datetime import date
from typing import TypeVar

from cdispec.issues.files import malformed_date, malformed_id, missing_key, not_yaml, unknown_key, wrong_kind
from cdispec.model.facts import ID, Amount, as_day
from cdispec.parse.meant import answer_meant, days_meant, fixed, meaning, number_meant, same_word
from cdispec.parse.slips import no_space_after
from cdispec.parse.yamltree import Mapping, Scalar, Sequence, YamlNode, described
from cdispec.source import Fix, Issue, Place

_Found = TypeVar("_Found")
_TIGHT = re.compile(r"([A-Za-z][\w -]*):(?=[^\s/])")
"""A key with its value and no space between, which YAML reads as one word."""


class Fields:
    """The keys of a mapping; what `of` names it in messages. Of `allowed`, where any are, no key is an issue.

    Every getter gives nothing ("", None, no) for a value that is absent or wrong, and appends its issues to `issues`.
    """

    def __init__(self, node: Mapping, of: str, issues: list[Issue], allowed: Collection[str] = ()) -> None:
        self.place, self.of, self.issues = node.place, of, issues
        self._values = {key.text: (key, value) for key, value in node.pairs}
        if allowed:
            self.allow(allowed)

    def allow(self, known: Collection[str]) -> None:
        """Report every key that is none of these, once those are read that are spelled otherwise alone."""
        self.respell(known)
        for name, (key, _) in self._values.items():
            if name not in known:
                self.issues.append(unknown_key(key.place, name, known))

    def drop_null(self, keys: Collection[str]) -> None:
        """Take these keys for absent where their value is null or left empty."""
        self._values = {key: one for key, one in self._values.items() if key not in keys or not one[1].null}

    def respell(self, known: Collection[str]) -> None:
        """Read keys as those of the known ones from which they differ in capitals, hyphens or a plural alone."""
        for name in [name for name in self._values if name not in known]:
            meant = same_word(name, known)
            if meant and meant not in self._values:
                key = self._values[name][0]
                self.issues.append(fixed(unknown_key(key.place, name, [meant]), key, meant))
                pairs = ((meant if one == name else one, pair) for one, pair in self._values.items())
                self._values = dict(pairs)

    def __contains__(self, key: str) -> bool:
        return key in self._values

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def key_place(self, key: str) -> Place:
        """Where the key stands."""
        return self._values[key][0].place

    def at(self, key: str) -> Place:
        """Where the value of a key stands; of one that is absent, where the mapping begins."""
        return self._values[key][1].place if key in self._values else self.place

    def __getitem__(self, key: str) -> YamlNode:
        return self._values[key][1]

    def get(self, key: str) -> YamlNode | None:
        """The value as a node, or None where the key is absent."""
        found = self._values.get(key)
        return found[1] if found else None

    def require(self, key: str, required: bool = True) -> YamlNode | None:
        """The value as a node; its absence is an issue where it is required."""
        if required and key not in self._values:
            self.issues.append(missing_key(self.place, key, self.of))
        return self.get(key)

    def text(self, key: str, required: bool = True) -> str:
        """The value as a text that is not empty, on one line."""
        node = self.require(key, required)
        return "" if node is None else text_of(node, self.issues)

    def choice(self, key: str, known: Collection[str], unlike: Callable[[Place, str, Collection[str]], Issue]) -> str:
        """The value as one of the words that are known, as which it is read from now on; "" where it is none."""
        text = self.text(key)
        if not text:
            return ""
        name, node = self._values[key]
        assert isinstance(node, Scalar)
        node = replace(node, text=text)
        meant = one_of(node, known, lambda place, text: unlike(place, text, known), self.issues) or ""
        self._values[key] = name, replace(node, text=meant)
        return meant

    def id(self, key: str, required: bool = True) -> str:
        """The value as an id."""
        node = self.require(key, required)
        return "" if node is None else id_of(node, self.issues)

    def day(self, key: str, required: bool = True) -> date | None:
        """The value as a date."""
        node = self.require(key, required)
        text = "" if node is None else text_of(node, self.issues, "a date")
        day = as_day(text)
        if node is not None and text and day is None:
            self.issues.append(meaning(malformed_date(node.place, text), node, days_meant(text)))
        return day

    def number(self, key: str) -> Amount | None:
        """The value as a number."""
        node, unit = self.get(key), self.get("unit")
        return None if node is None else number_of(node, self.issues, unit.text if unit else "")

    def flag(self, key: str) -> bool:
        """The value as yes or no; an absent key is no."""
        node = self.get(key)
        return bool(node and yes_or_no(node, self.issues))

    def mapping(self, key: str, required: bool = True) -> Mapping | None:
        """The value as a mapping."""
        node = self.require(key, required)
        return None if node is None else of_kind(Mapping, node, "a mapping", self.issues)

    def listed(self, key: str) -> tuple[Scalar, ...]:
        """One scalar, or a list of them."""
        node = self.get(key)
        return () if node is None else scalars_of(node, self.issues)


def fields_of(
    node: YamlNode, of: str, expected: str, issues: list[Issue], allowed: Collection[str] = ()
) -> Fields | None:
    """The fields of a node that is a mapping; None with an issue where it is none."""
    mapping = of_kind(Mapping, node, expected, issues)
    return None if mapping is None else Fields(mapping, of, issues, allowed)


def of_kind(kind: type[_Found], node: YamlNode, expected: str, issues: list[Issue]) -> _Found | None:
    """A node of this kind; None with an issue where it is of another."""
    tight = _TIGHT.match(node.text) if kind is Mapping and isinstance(node, Scalar) and node.plain else None
    if tight and isinstance(node, Scalar):
        place = node.place._replace(column=node.place.column + tight.end() - 1)
        issue = not_yaml(place, *no_space_after(tight[1]))
        issues.append(replace(issue, fix=Fix(place.line, place.column, ":", ": ")))
        return None
    return expect(node if isinstance(node, kind) else None, node, expected, issues)


def expect(found: _Found | None, node: YamlNode, expected: str, issues: list[Issue]) -> _Found | None:
    """What was found of a node; where it is nothing, the node is not what is expected, which is an issue."""
    if found is None:
        issues.append(wrong_kind(node.place, expected, described(node)))
    return found


def text_of(node: YamlNode, issues: list[Issue], expected: str = "a text") -> str:
    """A node as a text that is not empty, on one line; "" with an issue where it is none."""
    return expect(None if node.null else " ".join(node.text.split()) or None, node, expected, issues) or ""


def number_of(node: YamlNode, issues: list[Issue], unit: str = "") -> Amount | None:
    """A node as a number of a unit."""
    if node.number is None:
        issue = wrong_kind(node.place, "a number", described(node))
        issues.append(meaning(issue, node, number_meant(node.text, unit)))
    return node.number


def yes_or_no(node: YamlNode, issues: list[Issue]) -> bool | None:
    """A node as yes or no."""
    if node.boolean is None:
        issues.append(meaning(wrong_kind(node.place, "yes or no", described(node)), node, answer_meant(node.text)))
    return node.boolean


def one_of(
    node: Scalar, known: Collection[str], unlike: Callable[[Place, str], Issue], issues: list[Issue]
) -> str | None:
    """A node as one of the words that are known, or as that which is meant; that it is none itself is an issue."""
    if node.text in known:
        return node.text
    meant, issue = same_word(node.text, known), unlike(node.place, node.text)
    issues.append(fixed(issue, node, meant) if meant else issue)
    return meant or None


def id_of(node: YamlNode, issues: list[Issue]) -> str:
    """A node as an id; "" with an issue where it is none."""
    text = text_of(node, issues, "an id")
    if text and not ID.fullmatch(text):
        issues.append(unlike_id(node, text))
        return ""
    return text


def unlike_id(node: YamlNode, text: str) -> Issue:
    """The issue of a word that is no id, with the id that it comes near."""
    near = "-".join(re.findall(r"[a-z0-9]+", text.casefold()))
    return meaning(malformed_id(node.place, text), node, [near] if re.fullmatch(r"[\w -]+", text) and near else [])


def items_of(node: YamlNode) -> tuple[YamlNode, ...]:
    """The items of a list, or one alone."""
    return node.items if isinstance(node, Sequence) else (node,)


def scalars_of(node: YamlNode, issues: list[Issue]) -> tuple[Scalar, ...]:
    """One scalar or a list of scalars that are not empty; anything else is an issue."""
    words = []
    for item in items_of(node):
        if isinstance(item, Scalar) and item.text:
            words.append(item)
        else:
            issues.append(wrong_kind(item.place, "a word", described(item)))
    return tuple(words)
