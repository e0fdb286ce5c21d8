"""Facts: from a `facts.yaml` to the facts of a policy, and to its lists."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from cdispec.issues.codes import unknown_system
from cdispec.issues.facts import (
    impossible_value,
    malformed_phrase,
    reserved_fact,
    sentence_needed,
    unknown_fact_kind,
)
from cdispec.issues.files import malformed_id, wrong_kind
from cdispec.issues.policies import empty_list, empty_range
from cdispec.issues.records import unknown_field
from cdispec.model.codes import SYSTEMS, CodeLists
from cdispec.model.facts import (
    ID,
    REQUEST,
    VALUE,
    Amount,
    Day,
    Document,
    Fact,
    Number,
    OneOf,
    Option,
    SetOf,
    YesNo,
    inexact,
)
from cdispec.model.records import FIELD, Declared, RecordList
from cdispec.parse.fields import Fields, fields_of, text_of, unlike_id
from cdispec.parse.measures import read_measure
from cdispec.parse.tallies import with_tallies
from cdispec.parse.yamltree import Mapping as YamlMapping
from cdispec.parse.yamltree import Scalar, YamlNode, described, read_document
from cdispec.parse.yes_no import sentences_of
from cdispec.source import Issue, Place

FACT_KINDS = {
    "yes-no": ("phrase", "negative"),
    "number": ("name", "phrase", "none", "unit", "whole", "minimum", "maximum", "is", "round to"),
    "date": ("name", "phrase", "none", "latest", "birth of"),
    "one of": ("name", "phrase", "none", "options", "ordered"),
    "set of": ("name", "phrase", "including", "none", "options"),
    "list of": ("name", "phrase", "including", "none", "row", "fields"),
    "codes": ("name", "phrase", "including", "none", "system"),
}
"""What is stated of a fact beside its kind and question."""


_ADDRESS = re.compile(r"https?://[^\s<>\"]+")

WHOLE = "it is the bound of a whole number"


_OWN_KINDS = {kind: keys if kind == "list of" else (*keys, "decided by", "link") for kind, keys in FACT_KINDS.items()}
FIELD_KINDS = {
    kind: tuple(key for key in keys if key not in ("is", "round to", "birth of"))
    for kind, keys in FACT_KINDS.items()
    if kind not in ("list of", "codes")
}
"""The same of a field of a list."""


def read_facts(text: str, path: str) -> tuple[dict[str, Declared], list[Issue]]:
    """The facts and lists that a file declares, by id, in order."""
    node, issues = read_document(text, path)
    facts: dict[str, Declared] = {}
    if isinstance(node, YamlMapping):
        for key, value in node.pairs:
            declared = _declared(key, value, issues)
            if declared is not None:
                facts[declared.id] = declared
        facts = with_tallies(node, facts, issues)
    elif node is not None and not (isinstance(node, Scalar) and not node.text):
        issues.append(wrong_kind(node.place, "facts, each an id with its kind and phrases", described(node)))
    return facts, issues


def _declared(key: Scalar, node: YamlNode, issues: list[Issue]) -> Declared | None:
    fields = _kind(key, node, f"the fact `{key.text}`", _OWN_KINDS, issues)
    if fields is None:
        return None
    if key.text == REQUEST:
        issues.append(reserved_fact(key.place, key.text))
        return None
    if fields.text("kind") == "list of":
        return _list(key.text, fields, key.place)
    return replace(_fact(key.text, fields, key.place), decided_by=_decided_by(fields))


def _kind(
    key: Scalar, node: YamlNode, named: str, kinds: Mapping[str, tuple[str, ...]], issues: list[Issue]
) -> Fields | None:
    """The fields of something with an id and a kind; None where it lacks one of them."""
    if not ID.fullmatch(key.text):
        issues.append(unlike_id(key, key.text))
        return None
    fields = fields_of(node, named, "a mapping with `kind`, `question` and `phrase`", issues)
    if fields is None:
        return None
    fields.respell(["kind"])
    kind = fields.choice("kind", kinds, unknown_fact_kind)
    if not kind:
        return None
    fields.allow(["kind", "question", *kinds[kind]])
    return fields


def _list(id: str, fields: Fields, place: Place) -> RecordList:
    question, name, row = (fields.text(key) for key in ("question", "name", "row"))
    phrase, including, none = (_phrase(fields, key, 0) for key in ("phrase", "including", "none"))
    node = fields.mapping("fields")
    if node is not None and not node.pairs:
        fields.issues.append(empty_list(fields.key_place("fields"), "fields"))
    found: dict[str, Fact] = {}
    for key, value in node.pairs if node else ():
        of_field = _kind(key, value, f"the field `{key.text}`", FIELD_KINDS, fields.issues)
        if key.text == REQUEST:
            fields.issues.append(reserved_fact(key.place, key.text))
        elif of_field is not None:
            found[key.text] = _fact(f"{id}.{key.text}", of_field, key.place)
    declared = [key.text for key, _ in node.pairs] if node else []
    unknown = [name for name in FIELD.findall(row) if name not in declared]
    fields.issues += [unknown_field(fields.at("row"), name, id, declared) for name in unknown]
    return RecordList(id, question, name, phrase, including, none, row, found, place)


def _fact(id: str, fields: Fields, place: Place) -> Fact:
    """A fact, or a field of a list, which need not say its question and its phrase."""
    kind, issues, is_own = fields.text("kind"), fields.issues, "." not in id
    if kind == "yes-no":
        return _yes_no(id, fields, place)
    name = fields.text("name")
    question = fields.text("question", required=is_own) or f"What is {name}?"
    unit = fields.text("unit") if kind == "number" else ""
    phrase = _phrase(fields, "phrase", 1, required=is_own) or f"{name} is {VALUE} {unit}".strip()
    # Of a list `none` states the empty one, of all others that there is no value.
    none = _phrase(fields, "none", 0, required=is_own and kind in ("set of", "codes"))
    if kind == "date":
        birth_of = fields.text("birth of", required=False)
        # Nobody who is not born yet requests anything.
        return Day(id, question, name, phrase, _latest_request(fields) or bool(birth_of), place, none, birth_of)
    if kind == "number":
        whole = fields.flag("whole")
        low, high = (_bound(fields, key, whole) for key in ("minimum", "maximum"))
        if low is not None and high is not None and low > high:
            issues.append(empty_range(fields.key_place("minimum")))
        # What counts rows is read where all lists are known.
        measure = None if isinstance(fields.get("is"), YamlMapping) else read_measure(fields)
        if whole and measure is not None and measure.digits != 0:
            # What a formula comes to need not be whole, though its numbers are.
            issues.append(
                wrong_kind(fields.key_place("whole"), "`round to: 0` beside a whole number's formula", "none")
            )
        return Number(id, question, name, phrase, unit, low, high, place, none, whole, measure)
    if kind == "codes":
        including = _phrase(fields, "including", 1)
        return SetOf(id, question, name, phrase, including, none, (), place, codes=CodeLists(_system(fields)))
    options = _options(fields)
    if kind == "one of":
        return OneOf(id, question, name, phrase, options, fields.flag("ordered"), place, none)
    including = _phrase(fields, "including", 1, required=is_own) or f"{name} include {VALUE}"
    return SetOf(id, question, name, phrase, including, none or f"none of {name}", options, place)


def _decided_by(fields: Fields) -> Document | None:
    """What a fact is decided by elsewhere, with the address where that can be read."""
    name, link = fields.text("decided by", required="link" in fields), fields.text("link", required=False)
    if link and not _ADDRESS.fullmatch(link):
        fields.issues.append(wrong_kind(fields.at("link"), "an address of the web, https://...", f"`{link}`"))
    if name and "is" in fields:
        fields.issues.append(wrong_kind(fields.key_place("decided by"), "a number that is not worked out", "`is`"))
    return Document(name, link) if name else None


def _yes_no(id: str, fields: Fields, place: Place) -> YesNo:
    """A fact of two answers; what is not written of it follows from its phrase, where English is certain."""
    phrase = _phrase(fields, "phrase", 0)
    derived = sentences_of(phrase)
    follows = {"question": derived.question, "negative": derived.negative}
    missing = {key: sentence for key, sentence in follows.items() if key not in fields}
    if phrase:
        spelled = {"question": f"Is it so that {phrase}?", "negative": f"it is not so that {phrase}"}
        needed = [key for key, sentence in missing.items() if not sentence]
        fields.issues += [sentence_needed(fields.at("phrase"), key, phrase, spelled[key]) for key in needed]
    question = fields.text("question", required=False) or follows["question"]
    negative = _phrase(fields, "negative", 0) if "negative" in fields else follows["negative"]
    return YesNo(id, question, phrase, negative, place, tuple(missing))


def _phrase(fields: Fields, key: str, values: int, required: bool = True) -> str:
    """A phrase in which the answer stands so many times."""
    phrase = fields.text(key, required=required)
    found = phrase.count(VALUE)
    if phrase and found != values:
        wrong_count = "says `{value}` twice" if found else "does not say where `{value}` stands"
        problem = wrong_count if values else "leaves a `{value}` open"
        fields.issues.append(malformed_phrase(fields.at(key), phrase, problem))
    return phrase


def _bound(fields: Fields, key: str, whole: bool) -> Amount | None:
    bound, node = fields.number(key), fields.get(key)
    if bound is None or node is None:
        return bound
    if reason := inexact(bound) or (WHOLE if whole and bound % 1 else ""):
        fields.issues.append(impossible_value(node.place, described(node).strip("`"), reason))
        return None
    return bound


def _latest_request(fields: Fields) -> bool:
    """Whether the date can be no later than that of the request, which is the only latest day there is."""
    latest = fields.text("latest", required=False)
    if latest and latest != "request":
        fields.issues.append(wrong_kind(fields.key_place("latest"), "`request`", f"`{latest}`"))
    return latest == "request"


def _system(fields: Fields) -> str:
    """The system of which all codes of a fact are; "" where they may be of any."""
    system = fields.text("system", required=False)
    if system and system not in SYSTEMS:
        fields.issues.append(unknown_system(fields.at("system"), system, SYSTEMS))
    return system if system in SYSTEMS else ""


def _options(fields: Fields) -> tuple[Option, ...]:
    node = fields.mapping("options")
    if node is not None and not node.pairs:
        fields.issues.append(empty_list(fields.key_place("options"), "options"))
    options = []
    for key, value in node.pairs if node else ():
        if ID.fullmatch(key.text):
            options.append(Option(key.text, text_of(value, fields.issues, "the printed name of the option"), key.place))
        else:
            fields.issues.append(malformed_id(key.place, key.text))
    return tuple(options)
