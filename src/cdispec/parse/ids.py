"""The ids of criteria: those that an author wrote, and those that are derived where nothing refers to a criterion.

A derived id is made from what the criterion itself asks, so that an edit elsewhere does not move it: a comparison has
the id of its fact or of its single option, a list that of its first member and its own key, `cup.any`. Where several
criteria ask the same, each names the written id above it first: `continuation.cup`. No written id has a point.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from cdispec.issues.policies import id_needed, unknown_reference
from cdispec.model.facts import ID
from cdispec.parse.yamltree import Mapping as YamlMapping
from cdispec.parse.yamltree import Scalar, Sequence, YamlNode
from cdispec.source import Issue, Place

COUNTED = re.compile(r"at least (\d{1,6}) of")


@dataclass(slots=True)
class Ids:
    """The ids of the criteria of one document, by where each begins.

    All of a document is noted, in its order, before any is given, for whether an id is free depends on all of it.
    `asked` are the places of the criteria that ask the same, by what they ask, with the written id above each.
    """

    written: set[str] = field(default_factory=set)
    asked: defaultdict[str, list[tuple[Place, str]]] = field(default_factory=lambda: defaultdict(list))
    _blocks: list[YamlNode] = field(default_factory=list)
    _own: dict[Place, str] = field(default_factory=dict)
    _section: str = ""

    def section(self, id: str) -> None:
        """Note a heading; the block below it that states no id has that of its section."""
        self.written.add(id)
        self._section = id

    def block(self, node: YamlNode) -> None:
        """Note a block of the section at hand."""
        self._blocks.append(node)
        if self._section and isinstance(node, YamlMapping) and not _written(node):
            self._own[node.place] = self._section
        self._note(node, self._section)

    def of_block(self, node: YamlNode) -> str:
        """The id that a block has from its section; "" for one that states its own."""
        return self._own.get(node.place, "")

    def given(self) -> Mapping[Place, str]:
        """The derived id of each criterion that was written without one."""
        leaves: dict[Place, str] = {}
        for name, places in self.asked.items():
            taken: defaultdict[str, int] = defaultdict(int)
            for place, above in places:
                taken[above] += 1
                alone = len(places) == 1 and name not in self.written
                again = f".{taken[above]}" if taken[above] > 1 else ""
                leaves[place] = name if alone else f"{above}.{name}{again}" if above else f"{name}{again}"
        given = dict(self._own)
        for block in self._blocks:
            _give(block, leaves, given)
        return given

    def unknown(self, place: Place, id: str, known: Iterable[str]) -> Issue:
        """A reference to an id that nothing has, or that several criteria would have if each were alone."""
        if len(places := self.asked.get(id, [])) > 1:
            return id_needed(place, id, [place.line for place, _ in places])
        return unknown_reference(place, id, [id for id in known if "." not in id])

    def _note(self, node: YamlNode, above: str) -> None:
        """Note a criterion and those below it; `above` is the nearest id that is written above it."""
        if not isinstance(node, YamlMapping):
            return
        stated = _written(node) or self._own.get(node.place, "")
        if stated:
            self.written.add(stated)
        elif name := _asked(node):
            self.asked[name].append((node.place, above))
        for below in _below(node):
            self._note(below, stated or above)
        if (unlisted := _unlisted(node)) is not None:
            self.asked[unlisted.text].append((unlisted.place, stated or above))


def _give(node: YamlNode, leaves: Mapping[Place, str], given: dict[Place, str]) -> str:
    """Give ids to a criterion and to those below it, and return that of the criterion."""
    if not isinstance(node, YamlMapping):
        return ""
    if (unlisted := _unlisted(node)) is not None:
        given[unlisted.place] = leaves[unlisted.place]
    members = [_give(below, leaves, given) for below in _below(node)]
    if stated := _written(node) or given.get(node.place, ""):
        return stated
    if node.place in leaves:
        id = leaves[node.place]
    else:
        key = next((name for key, _ in node.pairs if (name := _list_name(key.text))), "")
        id = f"{members[0]}.{key}" if members and members[0] and key else ""
    if id:
        given[node.place] = id
    return id


def _written(node: YamlMapping) -> str:
    return next((value.text for key, value in node.pairs if key.text == "id" and isinstance(value, Scalar)), "")


def _asked(node: YamlMapping) -> str:
    """What a criterion without parts asks: its single option, its fact, or the criterion that it refers to."""
    for key, value in node.pairs:
        if rows := _of_rows(key.text, value):
            listed = rows.get("list")
            return listed.text if isinstance(listed, Scalar) else ""
    stated = {key.text: value.text for key, value in node.pairs if isinstance(value, Scalar)}
    if to := stated.get("meets"):
        # What is asked of another policy is named with signs and spaces that no id has.
        return f"{re.sub('[^a-z0-9]+', '-', to.casefold())}.meets"
    if "requested" in stated:
        return f"{stated['requested']}.requested"
    if "fact" not in stated:
        return ""
    if ID.fullmatch(stated.get("in", "")):
        return stated["in"]
    # Of a code, as of an option, its letters and digits are the words of an id.
    option = "-".join(re.findall("[a-z0-9]+", stated.get("includes", "").lower()))
    return option or stated["fact"]


def _list_name(key: str) -> str:
    return "at-least" if COUNTED.fullmatch(key) else key if key in ("all", "any", "not") else ""


def _below(node: YamlMapping) -> Iterator[YamlNode]:
    """The criteria directly below one as it is written, its guard last."""
    guards = []
    for key, value in node.pairs:
        if key.text == "unless":
            guards.append(value)
        elif key.text == "not":
            yield value
        elif rows := _of_rows(key.text, value):
            yield from (rows[part] for part in ("where", "is") if part in rows)
        elif _list_name(key.text):
            listed = _open_list(value).get("of", value)
            yield from listed.items if isinstance(listed, Sequence) else ()
    yield from guards


def _of_rows(key: str, value: YamlNode) -> dict[str, YamlNode]:
    """What is asked of the rows of a list, by its keys; nothing where a criterion asks for no rows."""
    is_counted = COUNTED.fullmatch(key) or key in ("some of", "none of", "each of", "latest of")
    return _open_list(value) if is_counted else {}


def _unlisted(node: YamlMapping) -> Scalar | None:
    """The fact by which an open list asks for what it does not list."""
    asked = next((_open_list(value).get("open") for key, value in node.pairs if key.text == "any"), None)
    return asked if isinstance(asked, Scalar) else None


def _open_list(node: YamlNode) -> dict[str, YamlNode]:
    return {key.text: value for key, value in node.pairs} if isinstance(node, YamlMapping) else {}
