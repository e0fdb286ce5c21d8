"""Breaking any one criterion of CDI 00036 makes a scenario fail.

Each mutant is the policy with one piece of its logic changed: a member dropped, a criterion negated, "all" made "any",
an edge moved, an option exchanged, an outcome swapped, a rule left out. A mutant that no scenario notices is a gap.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from cdispec.library import ScenarioReading, read_library, read_suite
from cdispec.model.criteria import (
    AllOf,
    AnyOf,
    Comparison,
    Criterion,
    IncludesAnyOf,
    IsOneOf,
    ListOf,
    Logic,
    Not,
    Range,
    Reference,
    walk,
)
from cdispec.model.facts import SetOf, YesNo
from cdispec.model.policy import Outcome, Policy, blocks
from cdispec.scenario.expectations import unmet
from cdispec.targets.python import compile_policy

ROOT = Path(__file__).parents[2]


def mutated(policy: Policy, change: Callable[[Criterion], Criterion]) -> Policy:
    """The policy with a change applied to every criterion, bottom up."""

    def rebuilt(criterion: Criterion) -> Criterion:
        logic: Logic = criterion.logic
        if isinstance(logic, ListOf):
            logic = replace(logic, of=tuple(map(rebuilt, logic.of)))
        elif isinstance(logic, Not):
            logic = Not(rebuilt(logic.of))
        return change(replace(criterion, logic=logic))

    rules = tuple(replace(rule, criterion=rebuilt(rule.criterion)) for rule in policy.rules)
    classifications = tuple(replace(named, criterion=rebuilt(named.criterion)) for named in policy.classifications)
    changed = replace(policy, rules=rules, classifications=classifications)
    return replace(changed, criteria={node.id: node for block in blocks(changed) for node in walk(block.criterion)})


def other_logics(criterion: Criterion, policy: Policy) -> Iterator[tuple[str, Logic]]:
    """What the logic of a criterion could be by a slip."""
    logic = criterion.logic
    plain = replace(criterion, id=f"{criterion.id}-before", text=None)
    yield "negated", Not(plain)
    match logic:
        case AllOf(of) | AnyOf(of, _) if len(of) > 1:
            yield "all and any exchanged", AnyOf(of, False) if isinstance(logic, AllOf) else AllOf(of)
            for member in of:
                yield f"without {member.id}", replace(logic, of=tuple(other for other in of if other is not member))
        case Comparison(fact, Range(low, high)):
            edges = Range(
                replace(low, included=not low.included) if low else None,
                replace(high, included=not high.included) if high else None,
            )
            yield "edge moved", Comparison(fact, edges)
        case Comparison(fact, IncludesAnyOf(options)):
            declared = policy.facts[fact]
            assert isinstance(declared, SetOf)
            names = [option.id for option in declared.options]
            (own,) = options
            yield "next option", Comparison(fact, IncludesAnyOf(frozenset([names[names.index(own) - 1]])))
        case Comparison(fact, IsOneOf()):
            for other in policy.facts.values():
                if isinstance(other, YesNo) and other.id != fact:
                    yield f"asks {other.id}", Comparison(other.id, logic.test)
                    break
        case Reference(to):
            for rule in policy.rules:
                if rule.criterion.id != to and not _refers(rule.criterion, criterion.id):
                    yield f"refers to {rule.criterion.id}", Reference(rule.criterion.id)
        case _:
            pass


def _refers(criterion: Criterion, id: str) -> bool:
    return any(node.id == id or isinstance(node.logic, Reference) for node in walk(criterion))


def mutants(policy: Policy) -> Iterator[tuple[str, Policy]]:
    """Every mutant of a policy with its name."""
    for block in blocks(policy):
        for criterion in walk(block.criterion):
            for name, logic in other_logics(criterion, policy):

                def change(node: Criterion, id: str = criterion.id, logic: Logic = logic) -> Criterion:
                    return replace(node, logic=logic) if node.id == id else node

                yield f"{criterion.id}: {name}", mutated(policy, change)
    for rule in policy.rules:
        rest = tuple(other for other in policy.rules if other is not rule)
        yield f"{rule.criterion.id}: rule left out", replace(policy, rules=rest)
        for outcome in Outcome:
            if outcome not in (rule.outcome, Outcome.MORE_INFORMATION):
                swapped = (*rest, replace(rule, outcome=outcome))
                ordered = tuple(sorted(swapped, key=lambda rule: not rule.excludes))
                yield f"{rule.criterion.id}: {outcome}", replace(policy, rules=ordered)
    for named in policy.classifications:
        yield f"{named.name}: classification left out", replace(policy, classifications=())
    for said in policy.otherwise:
        kept = tuple(other for other in policy.otherwise if other is not said)
        yield f"{said.id}: left out", replace(policy, otherwise=kept)
        yield (
            f"{said.id}: not indicated",
            replace(policy, otherwise=(*kept, replace(said, outcome=Outcome.NOT_INDICATED))),
        )


def notices(readings: list[ScenarioReading], policy: Policy) -> bool:
    """Whether any scenario fails against a policy."""
    compiled = compile_policy(policy)
    for reading in readings:
        for telling in reading.story.tellings:
            found = compiled.decide(telling.case).determination()
            for _, expected in telling.expected:
                if _missing_classification(expected, found) or unmet(expected, found, policy):
                    return True
    return False


def _missing_classification(expected: object, found: object) -> bool:
    name = getattr(expected, "name", None)
    return name is not None and name not in getattr(found, "classifications", {})


def test_every_mutant_of_the_massage_policy_makes_a_scenario_fail() -> None:
    library = read_library(ROOT)
    policy = library.policies["00036"]
    readings = read_suite(library).readings
    assert not notices(readings, policy)
    found = list(mutants(policy))
    assert len(found) > 200
    unnoticed = [name for name, mutant in found if not notices(readings, mutant)]
    assert unnoticed == []
