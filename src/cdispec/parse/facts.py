"""Facts: from a `facts.yaml` to the facts of a policy."""

from __future__ import annotations

from cdispec.issues.facts import impossible_value, malformed_phrase, unknown_fact_kind
from cdispec.issues.files import malformed_id, wrong_kind
from cdispec.issues.policies import empty_list, empty_range
from cdispec.model.facts import ID, VALUE, Amount, Day, Fact, Number, OneOf, Option, SetOf, YesNo, inexact
from cdispec.parse.fields import Fields, text_of
from cdispec.parse.yamltree import Mapping, Scalar, YamlNode, described, only_document, read_yaml
from cdispec.source import Issue

FACT_KINDS = ("yes-no", "number", "date", "one of", "set of")


def read_facts(text: str, path: str) -> tuple[dict[str, Fact], list[Issue]]:
    """The facts a file declares, by id, in order."""
    documents, issues = read_yaml(text, path)
    facts: dict[str, Fact] = {}
    node = only_document(documents, issues)
    if node is not None and not isinstance(node, Mapping) and not (isinstance(node, Scalar) and not node.text):
        issues.append(wrong_kind(node.place, "facts, each an id with its kind and phrases", described(node)))
    if isinstance(node, Mapping):
        for key, value in node.pairs:
            fact = _fact(key, value, issues)
            if fact is not None:
                facts[fact.id] = fact
    return facts, issues


def _fact(key: Scalar, node: YamlNode, issues: list[Issue]) -> Fact | None:
    if not ID.fullmatch(key.text):
        issues.append(malformed_id(key.place, key.text))
        return None
    if not isinstance(node, Mapping):
        issues.append(wrong_kind(node.place, "a mapping with `kind`, `question` and `phrase`", described(node)))
        return None
    fields = Fields(node, f"the fact `{key.text}`", issues)
    kind = fields.text("kind")
    question = fields.text("question")
    match kind:
        case "yes-no":
            fields.allow(["kind", "question", "phrase", "negative"])
            phrase, negative = _phrase(fields, "phrase", False), _phrase(fields, "negative", False)
            return YesNo(key.text, question, phrase, negative, key.place)
        case "number":
            fields.allow(["kind", "question", "name", "phrase", "unit", "minimum", "maximum"])
            low, high = _bound(fields, "minimum"), _bound(fields, "maximum")
            if low is not None and high is not None and low > high:
                issues.append(empty_range(fields.key_place("minimum")))
            phrase, unit = _phrase(fields, "phrase", True), fields.text("unit")
            return Number(key.text, question, fields.text("name"), phrase, unit, low, high, key.place)
        case "date":
            fields.allow(["kind", "question", "name", "phrase", "latest"])
            name, phrase = fields.text("name"), _phrase(fields, "phrase", True)
            return Day(key.text, question, name, phrase, _latest_request(fields), key.place)
        case "one of":
            fields.allow(["kind", "question", "name", "phrase", "options", "ordered"])
            name, phrase = fields.text("name"), _phrase(fields, "phrase", True)
            return OneOf(key.text, question, name, phrase, _options(fields), fields.flag("ordered"), key.place)
        case "set of":
            fields.allow(["kind", "question", "name", "phrase", "including", "none", "options"])
            name, phrase = fields.text("name"), _phrase(fields, "phrase", True)
            including, none = _phrase(fields, "including", True), _phrase(fields, "none", False)
            return SetOf(key.text, question, name, phrase, including, none, _options(fields), key.place)
        case "":
            return None
    place = kind_node.place if (kind_node := fields.get("kind")) else key.place
    issues.append(unknown_fact_kind(place, kind, FACT_KINDS))
    return None


def _phrase(fields: Fields, key: str, with_value: bool) -> str:
    phrase = fields.text(key)
    node = fields.get(key)
    if phrase and node is not None:
        found = phrase.count(VALUE)
        if with_value and found != 1:
            problem = "does not say where `{value}` stands" if not found else "says `{value}` twice"
            fields.issues.append(malformed_phrase(node.place, phrase, problem))
        elif not with_value and found:
            fields.issues.append(malformed_phrase(node.place, phrase, "leaves a `{value}` open"))
    return phrase


def _bound(fields: Fields, key: str) -> Amount | None:
    bound = fields.number(key)
    node = fields.get(key)
    if bound is not None and node is not None and (reason := inexact(bound)):
        fields.issues.append(impossible_value(node.place, described(node).strip("`"), reason))
        return None
    return bound


def _latest_request(fields: Fields) -> bool:
    """Whether the date can be no later than that of the request, which is the only latest day there is."""
    latest = fields.text("latest", required=False)
    if latest and latest != "request":
        fields.issues.append(wrong_kind(fields.key_place("latest"), "`request`", f"`{latest}`"))
    return latest == "request"


def _options(fields: Fields) -> tuple[Option, ...]:
    node = fields.mapping("options")
    if node is None:
        return ()
    if not node.pairs:
        fields.issues.append(empty_list(fields.key_place("options"), "options"))
    options = []
    for key, value in node.pairs:
        if ID.fullmatch(key.text):
            options.append(Option(key.text, text_of(value, "the printed name of the option", fields.issues), key.place))
        else:
            fields.issues.append(malformed_id(key.place, key.text))
    return tuple(options)
