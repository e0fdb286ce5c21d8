"""Reading the values of a YAML mapping, one issue for each that is not as it should be."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from cdispec.issues.files import malformed_date, malformed_id, missing_key, unknown_key, wrong_kind
from cdispec.model.facts import ID, Amount, as_day
from cdispec.parse.yamltree import Mapping, Scalar, Sequence, YamlNode, described
from cdispec.source import Issue, Place


class Fields:
    """The keys of a mapping; what `of` names it in messages. Every getter appends its issues to `issues`."""

    def __init__(self, node: Mapping, of: str, issues: list[Issue]) -> None:
        self.node, self.of, self.issues = node, of, issues
        self._values = {key.text: (key, value) for key, value in node.pairs}

    @property
    def place(self) -> Place:
        """Where the mapping begins."""
        return self.node.place

    def __contains__(self, key: str) -> bool:
        return key in self._values

    def key_place(self, key: str) -> Place:
        """Where the key stands."""
        return self._values[key][0].place

    def allow(self, known: Iterable[str]) -> None:
        """Report every key that is none of these."""
        names = list(known)
        for key, _ in self._values.values():
            if key.text not in names:
                self.issues.append(unknown_key(key.place, key.text, names))

    def get(self, key: str) -> YamlNode | None:
        """The value as a node, or None where the key is absent."""
        found = self._values.get(key)
        return found[1] if found else None

    def require(self, key: str) -> YamlNode | None:
        """The value as a node; its absence is an issue."""
        if key not in self._values:
            self.issues.append(missing_key(self.place, key, self.of))
        return self.get(key)

    def text(self, key: str, required: bool = True) -> str:
        """The value as a non-empty text; "" where it is absent or wrong."""
        node = self.require(key) if required else self.get(key)
        return "" if node is None else text_of(node, "a text", self.issues)

    def day(self, key: str, required: bool = True) -> date | None:
        """The value as a date."""
        node = self.require(key) if required else self.get(key)
        return None if node is None else day_of(node, self.issues)

    def number(self, key: str) -> Amount | None:
        """The value as a number, or None."""
        node = self.get(key)
        if node is None:
            return None
        number = node.number if isinstance(node, Scalar) else None
        if number is None:
            self.issues.append(wrong_kind(node.place, "a number", described(node)))
        return number

    def flag(self, key: str) -> bool:
        """The value as yes or no; an absent key is no."""
        node = self.get(key)
        if node is None:
            return False
        answer = node.boolean if isinstance(node, Scalar) else None
        if answer is None:
            self.issues.append(wrong_kind(node.place, "yes or no", described(node)))
        return bool(answer)

    def id(self, key: str, required: bool = True) -> str:
        """The value as an id; "" where it is absent or wrong."""
        node = self.require(key) if required else self.get(key)
        return "" if node is None else id_of(node, self.issues)

    def mapping(self, key: str, required: bool = True) -> Mapping | None:
        """The value as a mapping."""
        node = self.require(key) if required else self.get(key)
        if node is not None and not isinstance(node, Mapping):
            self.issues.append(wrong_kind(node.place, "a mapping", described(node)))
            return None
        return node

    def listed(self, key: str) -> tuple[Scalar, ...]:
        """One scalar, or a list of them."""
        node = self.get(key)
        return () if node is None else scalars_of(node, self.issues)


def text_of(node: YamlNode, expected: str, issues: list[Issue]) -> str:
    """A node as a non-empty text on one line; "" with an issue where it is none."""
    if isinstance(node, Scalar) and node.text.strip():
        return " ".join(node.text.split())
    issues.append(wrong_kind(node.place, expected, described(node)))
    return ""


def id_of(node: YamlNode, issues: list[Issue]) -> str:
    """A node as an id; "" with an issue where it is none."""
    text = text_of(node, "an id", issues)
    if text and not ID.fullmatch(text):
        issues.append(malformed_id(node.place, text))
        return ""
    return text


def day_of(node: YamlNode, issues: list[Issue]) -> date | None:
    """A node as a date; None with an issue where it is none."""
    text = text_of(node, "a date", issues)
    if not text:
        return None
    day = as_day(text)
    if day is None:
        issues.append(malformed_date(node.place, text))
    return day


def scalars_of(node: YamlNode, issues: list[Issue]) -> tuple[Scalar, ...]:
    """One scalar or a list of scalars; anything else is an issue."""
    found = node.items if isinstance(node, Sequence) else (node,)
    for item in found:
        if not isinstance(item, Scalar) or not item.text:
            issues.append(wrong_kind(item.place, "a word", described(item)))
    return tuple(item for item in found if isinstance(item, Scalar) and item.text)
