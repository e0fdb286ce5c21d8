"""A policy: from its `policy.md` and facts to the model."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from cdispec.issues.files import missing_key, unknown_status, wrong_kind
from cdispec.issues.policies import missing_front_matter, unknown_reference, unused_abbreviation
from cdispec.model.criteria import walk
from cdispec.model.facts import Fact
from cdispec.model.policy import (
    Classification,
    HistoryRow,
    Otherwise,
    Policy,
    RequestKind,
    Rule,
    Shared,
    Status,
    printed_texts,
)
from cdispec.parse.body import Body
from cdispec.parse.criteria import CriteriaContext
from cdispec.parse.fields import Fields, id_of
from cdispec.parse.yamltree import Mapping, read_yaml
from cdispec.source import Issue, Place, has_errors

_KEYS = (
    "number",
    "title",
    "issuer",
    "document",
    "status",
    "original_effective_date",
    "last_review_date",
    "requests",
    "abbreviations",
)


def read_policy(
    text: str, path: str, slug: str, facts: dict[str, Fact], history: tuple[HistoryRow, ...]
) -> tuple[Policy | None, list[Issue]]:
    """The policy that a document states; None where its front matter leaves nothing to name it by.

    `slug` is the folder's name, `facts` those the policy may use.
    """
    issues: list[Issue] = []
    lines = text.split("\n")
    end = next((n for n, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), 0)
    if lines[0].rstrip() != "---" or not end:
        return None, [missing_front_matter(Place(path))]
    documents, found = read_yaml("\n".join(lines[1:end]), path, line=2)
    issues += found
    if not documents or not isinstance(documents[0], Mapping):
        place = documents[0].place if documents else Place(path, 2)
        if not found:
            issues.append(wrong_kind(place, "front matter with number, title and so on", "something else"))
        return None, issues
    front = Fields(documents[0], "the front matter", issues)
    head = _front_matter(front)
    reading = CriteriaContext(facts, list(head.requests), issues, lines)
    body = Body(path, lines, end + 1, reading)
    body.read()
    deciding = [block for block in body.blocks if not isinstance(block, Otherwise)]
    criteria = {node.id: node for block in deciding for node in walk(block.criterion)}
    rules = [block for block in deciding if isinstance(block, Rule)]
    # What a criterion with errors was to be is not told as missing.
    known = {**criteria, **reading.labels} if has_errors(issues) else criteria
    issues += [unknown_reference(place, to, criteria) for to, place in reading.references if to and to not in known]
    policy = Policy(
        number=head.number,
        slug=slug,
        title=head.title,
        issuer=head.issuer,
        document=head.document,
        status=head.status,
        effective=head.effective,
        reviewed=head.reviewed,
        path=path,
        requests=head.requests,
        facts=facts,
        preamble=tuple(body.preamble),
        sections=tuple(body.sections),
        clauses=reading.labels,
        criteria=criteria,
        rules=tuple(sorted(rules, key=lambda rule: not rule.excludes)),
        classifications=tuple(block for block in body.blocks if isinstance(block, Classification)),
        otherwise=tuple(block for block in body.blocks if isinstance(block, Otherwise)),
        shared=tuple(block for block in body.blocks if isinstance(block, Shared)),
        interpretations=tuple(body.interpretations.values()),
        definitions=body.definitions,
        codes=body.codes,
        citations=body.citations,
        history=history,
        leads=body.leads,
        abbreviations={short: long for short, (long, _) in head.abbreviations.items()},
        head={key.text: key.place for key, _ in documents[0].pairs},
    )
    if not has_errors(issues):
        issues += _unused_abbreviations(policy, head.abbreviations)
    return policy, issues


@dataclass(frozen=True, slots=True)
class _FrontMatter:
    number: str
    title: str
    issuer: str
    document: str
    status: Status
    effective: date
    reviewed: date
    requests: dict[str, RequestKind]
    abbreviations: dict[str, tuple[str, Place]]


def _front_matter(fields: Fields) -> _FrontMatter:
    fields.allow(_KEYS)
    status = fields.text("status")
    choice = [kind.value for kind in Status]
    if status and status not in choice:
        node = fields.get("status")
        assert node is not None
        fields.issues.append(unknown_status(node.place, status, choice))
    requests: dict[str, RequestKind] = {}
    declared = fields.mapping("requests")
    if declared is not None:
        inner = Fields(declared, "`requests`", fields.issues)
        for key, value in declared.pairs:
            if id_of(key, fields.issues) and (phrase := inner.text(key.text)):
                requests[key.text] = RequestKind(key.text, phrase, value.place)
        if not declared.pairs:
            fields.issues.append(missing_key(declared.place, "initial", "`requests`"))
    effective = fields.day("original_effective_date")
    reviewed = fields.day("last_review_date")
    return _FrontMatter(
        number=fields.text("number"),
        title=fields.text("title"),
        issuer=fields.text("issuer"),
        document=fields.text("document"),
        status=Status(status) if status in choice else Status.DRAFT,
        effective=effective or date.min,
        reviewed=reviewed or effective or date.min,
        requests=requests,
        abbreviations=_abbreviations(fields),
    )


def _abbreviations(fields: Fields) -> dict[str, tuple[str, Place]]:
    """What each short form stands for, and where that is declared."""
    declared = fields.mapping("abbreviations", required=False)
    if declared is None:
        return {}
    inner = Fields(declared, "`abbreviations`", fields.issues)
    return {key.text: (text, key.place) for key, _ in declared.pairs if (text := inner.text(key.text))}


def _unused_abbreviations(policy: Policy, declared: dict[str, tuple[str, Place]]) -> list[Issue]:
    text = "\n".join(printed_texts(policy)) if declared else ""
    return [unused_abbreviation(place, short) for short, (_, place) in declared.items() if not _uses(text, short)]


def _uses(text: str, short: str) -> bool:
    """Whether a text uses a short form as a word of its own."""
    # The pattern begins with the letters themselves, which is many times faster than a look behind first.
    found = re.finditer(rf"{re.escape(short)}(?!\w)", text)
    return any(not re.match(r"\w", text[match.start() - 1 : match.start()]) for match in found)
