"""A policy as plain data: what a form asks, and the program as the engine reads it.

Answers stand where their fact orders them: a number as itself, a date as its day number, an option as its rank. So the
engine compares numbers, and needs to know a fact's kind only where it reads an answer.
"""

from __future__ import annotations

from typing import assert_never

from cdispec.core.lower import lower
from cdispec.core.program import (
    Answer,
    Cited,
    Constant,
    Decision,
    Domain,
    Edge,
    Gate,
    Includes,
    Inverse,
    Lies,
    Moved,
    Node,
    Point,
    RequestDate,
    Shown,
    Term,
    Yes,
)
from cdispec.core.unroll import Unrolled, unrolled
from cdispec.determine.rows import asked_beside, is_free
from cdispec.model.facts import Day, Fact, Number, OneOf, Option, SetOf, YesNo, kind_name, may_be_none
from cdispec.model.formulas import Formula, Intermediate, Literal, Operand, Operation, Power, Rounded
from cdispec.model.measures import Measures
from cdispec.model.outcomes import in_order
from cdispec.model.phrases import grant_words
from cdispec.model.policy import Policy
from cdispec.model.records import RecordList

Data = dict[str, object]

ROWS = 8
"""So many rows of a list a form takes."""


def policy_data(policy: Policy) -> Data:
    """What the engine decides by, and of which policy. Whatever has an order is a list: objects reorder their keys."""
    of = unrolled(policy, dict.fromkeys(policy.lists, ROWS))
    policy = of.policy
    program, measures = lower(policy), Measures(policy)
    lists = {"lists": [_list(declared, of) for declared in of.surface.lists.values()]} if of.slots else {}
    return {
        **lists,
        "number": policy.number,
        "revision": policy.revision,
        "title": policy.title,
        "facts": [_fact(fact, program.domains[fact.id]) | _measure(measures, fact) for fact in policy.facts.values()],
        "nodes": [
            {**_node(node, number in program.exact), "alone": number in program.alone}
            for number, node in enumerate(program.nodes)
        ],
        "decisions": [
            {**_decision(request, decision, policy), "exact": request in program.exact_requests}
            for request, decision in program.decisions.items()
        ],
        "outcomes": in_order(outcome for decision in program.decisions.values() for outcome in decision.outcomes),
        "classifications": [{"name": name, "node": node} for name, node in program.classifications.items()],
        "codes": [{"code": listed.code, "label": listed.label} for listed in policy.codes],
        "criteria": [
            {"id": id, "truth": lowered.truth, "in_force": lowered.in_force} for id, lowered in program.criteria.items()
        ],
    }


def _list(of: RecordList, state: Unrolled) -> Data:
    """A list, with the facts that stand for what further rows would be."""
    further = {fact: one.criterion for fact, one in state.further.items() if one.list == of.id}
    asked = ((fact, state.surface.criteria[criterion]) for fact, criterion in further.items())
    return {
        "id": of.id,
        "name": of.name,
        "question": of.question,
        "slots": state.slots[of.id],
        "fields": list(of.fields),
        "further": [
            {
                "fact": fact,
                "criterion": criterion.id,
                "free": is_free(criterion, state.surface),
                "beside": asked_beside(criterion, state.surface),
            }
            for fact, criterion in asked
        ],
    }


def _fact(fact: Fact, domain: Domain) -> Data:
    head: Data = {"id": fact.id, "kind": kind_name(fact), "question": fact.question}
    if fact.decided_by is not None:
        head["decided_by"] = {"name": fact.decided_by.name, "link": fact.decided_by.link}
    if may_be_none(fact):
        head["none"] = fact.none
    match fact:
        case YesNo():
            return head
        case SetOf(options=options):
            return {**head, **_options(options)}
        case OneOf(options=options):
            return {**head, **_options(options), **_domain(domain)}
        case Number(unit=unit):
            return {**head, "unit": unit, **_domain(domain)}
        case Day(latest_request=latest_request):
            return {**head, **_domain(domain), "latest_request": latest_request}
        case _:
            assert_never(fact)


def _measure(measures: Measures, fact: Fact) -> Data:
    """How a fact is worked out; nothing of one that can only be given."""
    worked = measures.of(fact.id)
    if worked is None:
        return {}
    edges = [_point(edge) for edge in worked.edges]
    formula = {"formula": _formula(worked.formula), "operands": list(worked.operands)}
    return {
        "measure": {
            **formula,
            "named": list(worked.named),
            "intermediates": sorted(worked.intermediates),
            "edges": edges,
            "simple": worked.simple,
            "how": measures.how(worked.fact),
            "beside": worked.beside,
            "digits": None if worked.fact.measure is None else worked.fact.measure.digits,
        }
    }


def _formula(formula: Formula) -> list[object]:
    match formula:
        case Literal(value):
            return ["literal", str(value.numerator), str(value.denominator)]
        case Operand(fact):
            return ["fact", fact]
        case Operation(sign, left, right):
            return [sign, _formula(left), _formula(right)]
        case Power(of, exponent):
            return ["^", _formula(of), exponent]
        case Rounded(of, digits):
            return ["round", _formula(of), digits]
        case Intermediate(fact, of):
            return ["measure", fact, _formula(of)]
        case _:
            assert_never(formula)


def _options(options: tuple[Option, ...]) -> Data:
    return {"options": [option.id for option in options], "names": [option.name for option in options]}


def _domain(domain: Domain) -> Data:
    low, high = (None if end is None else _point(end) for end in (domain.low, domain.high))
    return {"low": low, "high": high, "whole": domain.whole}


def _point(point: Point) -> int | float:
    """The number that the engine compares: of at most 15 digits, or whole and at most 2^53, each is another double."""
    return point if isinstance(point, int) else float(point)


def _node(node: Node, is_exact: bool) -> Data:
    match node:
        case Yes(fact):
            return {"kind": "yes", "fact": fact}
        case Includes(fact, options):
            return {"kind": "includes", "fact": fact, "options": sorted(options)}
        case Lies(term, spans):
            edges = [{"low": _edge(span.low), "high": _edge(span.high)} for span in spans]
            return {"kind": "lies", "term": _term(term), "spans": edges}
        case Gate(count, of):
            return {"kind": "gate", "count": count, "of": list(of)}
        case Inverse(of):
            return {"kind": "inverse", "of": [of]}
        case Shown(of):
            return {"kind": "shown", "of": [of], "exact": is_exact}
        case _:
            assert_never(node)


def _edge(edge: Edge | None) -> Data | None:
    return None if edge is None else {"term": _term(edge.term), "included": edge.included}


def _term(term: Term) -> Data:
    match term:
        case Answer(fact):
            return {"kind": "answer", "fact": fact}
        case Constant(value):
            return {"kind": "constant", "value": _point(value)}
        case RequestDate():
            return {"kind": "request date"}
        case Moved(of, duration, sign):
            length = {"count": duration.count, "unit": duration.unit.value}
            return {"kind": "moved", "of": _term(of), "duration": length, "sign": sign}
        case _:
            assert_never(term)


def _decision(request: str, decision: Decision, policy: Policy) -> Data:
    stated = zip(decision.rules, policy.rules_for(request), strict=True)
    return {
        "request": request,
        "rules": [
            {
                "node": rule.node,
                "outcome": rule.outcome.value,
                "cited": _cited(rule.cited),
                **({} if said.grant is None else {"granted": grant_words(said.grant, policy)}),
            }
            for rule, said in stated
        ],
        "otherwise": decision.otherwise.value,
        "unmet": decision.unmet,
        "label": decision.label,
    }


def _cited(cited: Cited) -> Data:
    return {"node": cited.node, "label": cited.label, "below": [_cited(below) for below in cited.below]}
