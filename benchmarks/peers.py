"""CDI 00036 for other rule engines, written from the policy itself, each in the fastest form we found.

They know no unknown, so they decide cases in which every fact is known, and answer true or false to each criterion.
"""

from __future__ import annotations

from typing import Any

import cel
import zen

from cdispec.model.case import Case
from cdispec.model.criteria import (
    AllOf,
    AnyOf,
    Comparison,
    Criterion,
    IncludesAnyOf,
    IsOneOf,
    Not,
    Range,
    Reference,
    members,
)
from cdispec.model.facts import OneOf
from cdispec.model.outcomes import Outcome
from cdispec.model.policy import Policy

ZEN = {"and": " and ", "or": " or ", "not": "not"}
CEL = {"and": " && ", "or": " || ", "not": "!"}


def context(case: Case) -> dict[str, Any]:
    """A case as the engines take it: one flat object, names without hyphens."""
    facts = {id.replace("-", "_"): _plain(answer) for id, answer in case.facts.items()}
    return {"request": case.request, **facts}


def _plain(answer: Any) -> Any:
    return sorted(answer) if isinstance(answer, frozenset) else answer


def outcome_expression(policy: Policy, words: dict[str, str]) -> str:
    """The whole decision as one expression."""
    return (
        "".join(f"request == '{request}' ? ({_decided(policy, request, words)}) : " for request in policy.requests)
        + f"'{Outcome.NOT_ADDRESSED}'"
    )


def _decided(policy: Policy, request: str, words: dict[str, str]) -> str:
    rest = policy.otherwise_for(request)
    rules = "".join(
        f"{expression(rule.criterion, policy, words)} ? '{rule.outcome}' : " for rule in policy.rules_for(request)
    )
    return f"{rules}'{rest.outcome if rest else Outcome.NOT_ADDRESSED}'"


def expression(criterion: Criterion, policy: Policy, words: dict[str, str]) -> str:
    """A criterion as an expression; CDI 00036 has no guards, dates of validity or counts."""
    logic = criterion.logic
    match logic:
        case AllOf() | AnyOf():
            joint = words["and" if isinstance(logic, AllOf) else "or"]
            return f"({joint.join(expression(member, policy, words) for member in members(logic))})"
        case Not(of):
            return f"{words['not']}({expression(of, policy, words)})"
        case Reference(to):
            return expression(policy.criteria[to], policy, words)
        case Comparison():
            return _comparison(logic, policy, words)
        case _:
            raise NotImplementedError(logic)


def _comparison(comparison: Comparison, policy: Policy, words: dict[str, str]) -> str:
    name = comparison.fact.replace("-", "_")
    match comparison.test:
        case IncludesAnyOf(options):
            return f"({words['or'].join(f'{option!r} in {name}' for option in sorted(options))})"
        case IsOneOf(values):
            return name if True in values else f"{words['not']}({name})"
        case Range(low, None) if low is not None:
            declared = policy.facts[comparison.fact]
            if isinstance(declared, OneOf):
                order = [option.id for option in declared.options]
                return f"{name} in {order[order.index(str(low.value)) :]!r}"
            assert isinstance(low.value, int | float)
            return f"{name} {'>=' if low.included else '>'} {int(low.value)}"
        case _:
            raise NotImplementedError(comparison)


def zen_expression(policy: Policy) -> Any:
    """zen's compiled expression of the whole decision."""
    return zen.compile_expression(outcome_expression(policy, ZEN))


def zen_engine(policy: Policy) -> Any:
    """zen's engine with a static loader and two decision graphs of input, expressions, output.

    `outcome` has the outcome alone; `criteria` has beside it a key for each rule and for each list of criteria that its
    request kinds ask, as much as its trace can then tell.
    """
    graphs = {"outcome": _graph({"outcome": outcome_expression(policy, ZEN)})}
    told = {id.replace("-", "_"): node for id, node in policy.criteria.items() if members(node.logic)}
    keyed = {key: expression(node, policy, ZEN) for key, node in told.items()}
    graphs["criteria"] = _graph({**keyed, "outcome": outcome_expression(policy, ZEN)})
    return zen.ZenEngine({"loader": {"type": "static", "content": graphs}})


def _graph(expressions: dict[str, str]) -> dict[str, Any]:
    rows = [{"id": key, "key": key, "value": value} for key, value in expressions.items()]
    place = {"x": 0, "y": 0}
    return {
        "contentType": "application/vnd.gorules.decision",
        "nodes": [
            {"id": "in", "type": "inputNode", "name": "request", "position": place},
            {"id": "do", "type": "expressionNode", "name": "do", "position": place, "content": {"expressions": rows}},
            {"id": "out", "type": "outputNode", "name": "response", "position": place},
        ],
        "edges": [
            {"id": "1", "type": "edge", "sourceId": "in", "targetId": "do"},
            {"id": "2", "type": "edge", "sourceId": "do", "targetId": "out"},
        ],
    }


def cel_program(policy: Policy) -> Any:
    """Rust CEL's compiled program of the whole decision."""
    return cel.compile(outcome_expression(policy, CEL))
