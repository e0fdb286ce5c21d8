"""A policy: from its `policy.md` and facts to the model."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from collections.abc import Mapping as TypedMapping
from dataclasses import replace
from datetime import date

from cdispec.issues.files import duplicate_id, missing_key, unknown_status, wrong_kind
from cdispec.issues.policies import unused_abbreviation
from cdispec.model.criteria import parts_of_rows, walk
from cdispec.model.facts import Fact
from cdispec.model.history import HistoryRow
from cdispec.model.outcomes import STATED
from cdispec.model.policy import (
    EVERY_REQUEST,
    Classification,
    LogicBlock,
    Otherwise,
    Policy,
    RequestKind,
    Rule,
    Shared,
    Status,
    printed_texts,
)
from cdispec.model.records import Declared, RecordList
from cdispec.parse.body import Body
from cdispec.parse.codes import CodeSets
from cdispec.parse.criteria import CriteriaReader
from cdispec.parse.family import FAMILY, read_family
from cdispec.parse.fences import closed_blocks, front_matter
from cdispec.parse.fields import Fields, id_of, text_of
from cdispec.parse.included import Clauses
from cdispec.parse.labels import ambiguous_labels
from cdispec.parse.lines import LineReader, line_issues
from cdispec.parse.outcomes import read_outcomes
from cdispec.parse.yamltree import Mapping, read_document
from cdispec.source import Issue, Place, has_errors

_TEXTS = ("number", "title", "issuer", "document")
_DATED = ("status", "original_effective_date", "last_review_date")
_KEYS = (*_TEXTS, *_DATED, "requests", "outcomes", "abbreviations", *FAMILY)


def read_policy(
    text: str,
    path: str,
    slug: str,
    declared: TypedMapping[str, Declared],
    history: tuple[HistoryRow, ...],
    clauses: Clauses | None = None,
    sets: CodeSets | None = None,
) -> tuple[Policy | None, list[Issue]]:
    """The policy that a document states; None where its front matter leaves nothing to name it by.

    `slug` is the folder's name, `declared` are the facts and lists that the policy may use, `clauses` the shared ones
    that it may include, `sets` the code sets that it may ask for.
    """
    lines, end, issues = front_matter(text.split("\n"), path)
    if not end:
        return None, issues
    lines, found = closed_blocks(lines, end + 1, path)
    issues += found
    node, found = read_document("\n".join(lines[1:end]), path, line=2)
    issues += found
    if not isinstance(node, Mapping):
        if not found:
            place = node.place if node else Place(path, 2)
            issues.append(wrong_kind(place, "front matter with number, title and so on", "something else"))
        return None, issues
    front = Fields(node, "the front matter", issues, _KEYS)
    number, title, issuer, document = (front.text(key) for key in _TEXTS)
    status, requests = _status(front), _requests(front)
    effective = front.day("original_effective_date") or date.min
    reviewed = front.day("last_review_date") or effective
    short_forms = front.mapping("abbreviations", required=False)
    texts = {key.text: text_of(value, issues) for key, value in short_forms.pairs} if short_forms else {}
    own = read_outcomes(front)
    facts: dict[str, Fact] = {id: one for id, one in declared.items() if not isinstance(one, RecordList)}
    lists = {id: one for id, one in declared.items() if isinstance(one, RecordList)}
    # A row alone answers its fields; criteria outside of rows know nothing of them.
    fields = {field.id: field for one in lists.values() for field in one.fields.values()}
    stated = (*STATED, *(one.outcome for one in own))
    reading = CriteriaReader(facts, lists, requests, stated, issues, lines, sets or {})
    family = read_family(front, document)
    body = Body(path, lines, end + 1, reading, family, clauses or {})
    body.read()
    deciding = [block for block in body.blocks if not isinstance(block, Otherwise)]
    criteria = {node.id: node for block in deciding for node in walk(block.criterion)}
    rules = [block for block in deciding if isinstance(block, Rule)]
    # What a criterion with errors was to be is not told as missing.
    of_rows = {node.id for top in criteria.values() for node in parts_of_rows(top)}
    outside = {id: node for id, node in criteria.items() if id not in of_rows}
    known = {**criteria, **reading.labels} if has_errors(issues) else outside
    unknown = ((to, place) for to, place in reading.references if to and to not in known)
    issues += [body.ids.unknown(place, to, outside) for to, place in unknown]
    policy = Policy(
        number=number,
        slug=slug,
        title=title,
        issuer=issuer,
        document=document,
        status=status,
        effective=effective,
        reviewed=reviewed,
        path=path,
        requests=requests,
        facts={**facts, **fields, **_of_lines(reading.of_lines, declared)},
        lists=lists,
        preamble=tuple(body.document.content),
        sections=tuple(body.document.sections),
        clauses=reading.labels,
        criteria=criteria,
        rules=tuple(rules),
        classifications=tuple(block for block in body.blocks if isinstance(block, Classification)),
        otherwise=tuple(_said_otherwise(body.blocks)),
        shared=tuple(block for block in body.blocks if isinstance(block, Shared)),
        interpretations=tuple(body.interpretations.values()),
        definitions=body.definitions,
        codes=body.codes,
        citations=body.citations,
        history=history,
        leads=body.leads,
        abbreviations={short: long for short, long in texts.items() if long},
        outcomes=own,
        included=body.included,
        head={key: front.key_place(key) for key in front},
        family=family,
        asked_lines=reading.of_lines.asked,
    )
    issues += line_issues(policy)
    issues += ambiguous_labels(policy, reading.ids)
    policy = replace(policy, rules=policy.by_precedence(policy.rules))
    if short_forms and not has_errors(issues):
        printed = "\n".join(printed_texts(policy))
        unused = (key for key, _ in short_forms.pairs if not _uses(printed, key.text))
        issues += [unused_abbreviation(key.place, key.text) for key in unused]
    return policy, issues


def _of_lines(reading: LineReader, declared: TypedMapping[str, Declared]) -> dict[str, Fact]:
    """The facts as which something is asked of other lines; none may have the id of a declared one."""
    taken = [asked for id, asked in reading.asked.items() if id in declared]
    for asked in taken:
        issue = duplicate_id(declared[asked.fact].place, asked.fact, str(asked.place))
        hint = f"rename the fact: its id is what `{asked.named}` is asked as"
        reading.issues.append(replace(issue, hint=hint))
    return {id: asked.as_fact(reading.kinds[asked.kind].phrase) for id, asked in reading.asked.items()}


def _said_otherwise(blocks: Iterable[LogicBlock]) -> Iterator[Otherwise]:
    """What blocks say of every other request, alone or beside an outcome."""
    for block in blocks:
        if isinstance(block, Otherwise):
            yield block
        elif isinstance(block, Rule) and block.otherwise is not None:
            criterion = block.criterion
            yield Otherwise(criterion.id, criterion.label, block.requests, block.otherwise, criterion.place)


def _status(front: Fields) -> Status:
    return Status(front.choice("status", [*Status], unknown_status) or Status.DRAFT)


def _requests(front: Fields) -> dict[str, RequestKind]:
    declared = front.mapping("requests")
    if declared and not declared.pairs:
        front.issues.append(missing_key(declared.place, "initial", "`requests`"))
    requests = {}
    for key, value in declared.pairs if declared else ():
        if key.text == EVERY_REQUEST:
            front.issues.append(wrong_kind(key.place, "an id other than `any`, which stands for every kind", "`any`"))
        elif id_of(key, front.issues) and (phrase := text_of(value, front.issues)):
            requests[key.text] = RequestKind(key.text, phrase, value.place)
    return requests


def _uses(text: str, short: str) -> bool:
    """Whether a text uses a short form as a word of its own."""
    # The pattern begins with the letters themselves, which is many times faster than a look behind first.
    found = re.finditer(rf"{re.escape(short)}(?!\w)", text)
    return any(not re.match(r"\w", text[match.start() - 1 : match.start()]) for match in found)
