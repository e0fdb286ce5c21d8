"""Proving: the effect of an edit of CDI 00036, beside what else could be done to find it.

CPU seconds, the fewest of three interleaved rounds. A question to the solver without a case of it says only that
something changed. Random cases find a change or do not; that there is none they never prove. The policy of ten times
the size is the same one ten times over, with facts of its own for each, of which one is edited.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial

import z3

from benchmarks.cases import ROOT, known_cases, open_cases
from cdispec.analysis.effects.compare import effect_of
from cdispec.analysis.proof.limit import LIMIT, of_all, of_one
from cdispec.model.case import Case
from cdispec.model.criteria import Comparison, Criterion, Elapsed, ListOf, Logic, Not, OfRows, Reference, walk
from cdispec.model.facts import Fact
from cdispec.model.policy import Policy, blocks
from cdispec.parse.facts import read_facts
from cdispec.parse.policy import read_policy
from cdispec.targets.python import compile_policy
from cdispec.targets.smt import Answers, Solver, Truths, decided

ROUNDS, DRAWN, TIMES = 3, 20_000, 10
SLUG = "00036-medical-massage-therapy"
GOALS = "    all:\n      - fact: individualized-goals-set\n      - fact: goals-include-self-management\n"
EDITS = {
    "an item of a list dropped": ("      - {fact: diagnosis, includes: neck-pain, text: Neck pain}\n", ""),
    "at least 65 becomes more than 65": ("        at least: 65\n", "        more than: 65\n"),
    "partially met becomes fully met": ("        at least: partially-met\n", "        at least: fully-met\n"),
    "the same logic said in another way": (
        GOALS,
        "    not:\n      id: a-goal-is-missing\n      any:\n"
        "        - {id: no-goals, not: {fact: individualized-goals-set}}\n"
        "        - {id: no-self-management, not: {fact: goals-include-self-management}}\n",
    ),
}


def massage(old: str = "", new: str = "") -> Policy:
    """CDI 00036, or a state of it with a text replaced."""
    folder = ROOT / "policy" / SLUG
    facts, _ = read_facts((folder / "facts.yaml").read_text("utf-8"), "facts.yaml")
    text = (folder / "policy.md").read_text("utf-8")
    assert old in text
    policy, _ = read_policy(text.replace(old, new) if old else text, f"policy/{SLUG}/policy.md", SLUG, facts, ())
    assert policy is not None
    return policy


def together(policies: Iterable[Policy]) -> Policy:
    """Policies of the same kinds of request as one: the criteria and facts of each under ids of its own."""
    first, *others = [_numbered(policy, number) for number, policy in enumerate(policies)]
    every = (first, *others)
    merged = replace(
        first,
        facts={id: fact for policy in every for id, fact in policy.facts.items()},
        rules=tuple(sorted((rule for policy in every for rule in policy.rules), key=lambda rule: rule.indicates)),
        classifications=tuple(named for policy in every for named in policy.classifications),
        shared=tuple(block for policy in every for block in policy.shared),
        clauses={id: label for policy in every for id, label in policy.clauses.items()},
    )
    return replace(merged, criteria={node.id: node for block in blocks(merged) for node in walk(block.criterion)})


def _numbered(policy: Policy, number: int) -> Policy:
    def renamed(id: str) -> str:
        return f"{id}-{number}"

    def criterion(node: Criterion) -> Criterion:
        guard = None if node.unless is None else criterion(node.unless)
        label = f"{number}.{node.label}"
        return replace(node, id=renamed(node.id), label=label, unless=guard, logic=logic(node.logic))

    def logic(stated: Logic) -> Logic:
        match stated:
            case ListOf(of=of):
                return replace(stated, of=tuple(map(criterion, of)))
            case Not(of):
                return Not(criterion(of))
            case Reference(to):
                return Reference(renamed(to))
            case Comparison(fact, Elapsed(anchor=str(anchor)) as test):
                return Comparison(renamed(fact), replace(test, anchor=renamed(anchor)))
            case Comparison(fact, test):
                return Comparison(renamed(fact), test)
            case OfRows():
                raise NotImplementedError("the policies that are put together have no lists")

    def fact(declared: Fact) -> Fact:
        return replace(declared, id=renamed(declared.id))

    return replace(
        policy,
        facts={renamed(id): fact(declared) for id, declared in policy.facts.items()},
        rules=tuple(replace(rule, criterion=criterion(rule.criterion)) for rule in policy.rules),
        classifications=tuple(
            replace(named, name=f"{named.name} {number}", criterion=criterion(named.criterion))
            for named in policy.classifications
        ),
        otherwise=tuple(
            replace(rest, id=renamed(rest.id), label=f"{number}.{rest.label}") for rest in policy.otherwise
        ),
        shared=tuple(replace(block, criterion=criterion(block.criterion)) for block in policy.shared),
        clauses={renamed(id): f"{number}.{label}" for id, label in policy.clauses.items()},
    )


def changed(before: Policy, after: Policy) -> bool:
    """Whether a case of any kind of request has another outcome: one question to the solver each, without a case."""
    answers = Answers([before, after], of_all(LIMIT))
    former, later = Truths(before, answers), Truths(after, answers)
    for request in before.requests:
        one, other = decided(request, former), decided(request, later)
        solver = Solver(answers, steps=of_one(LIMIT))
        if solver.ever(
            z3.Or(
                [one.is_(outcome) != other.is_(outcome) for outcome in dict.fromkeys([*one.outcomes, *other.outcomes])]
            )
        ):
            return True
    return False


def found_by_chance(before: Policy, after: Policy, cases: list[Case]) -> tuple[int | None, int]:
    """After how many cases the first change of an outcome is seen, and how many kinds of change all of them show."""
    states = compile_policy(before), compile_policy(after)
    first, kinds = None, set()
    for number, case in enumerate(cases, start=1):
        one, other = (state.decide(state.checked(case)) for state in states)
        if one.outcome is not other.outcome:
            first = first or number
            kinds.add((case.request, one.outcome, other.outcome))
    return first, len(kinds)


def seconds(do: Callable[[], object]) -> float:
    """CPU time of a call."""
    started = time.process_time()
    do()
    return time.process_time() - started


def main() -> None:
    """Print the fewest seconds of each, and what random cases find."""
    base = massage()
    drawn = known_cases(base, DRAWN // 2, seed=1) + open_cases(base, DRAWN // 2, seed=2)
    drawn = [case for pair in zip(drawn[: DRAWN // 2], drawn[DRAWN // 2 :], strict=True) for case in pair]
    whole = together([base] * TIMES)
    assert not changed(base, massage())
    for title, swap in EDITS.items():
        edited = massage(*swap)
        large = together([edited, *[base] * (TIMES - 1)])
        contenders: dict[str, Callable[[], object]] = {
            "cdispec: relations, clauses, smallest cases": partial(effect_of, base, edited),
            "the solver alone: whether any outcome changed": partial(changed, base, edited),
            f"{DRAWN:,} random cases, compiled": partial(found_by_chance, base, edited, drawn),
            f"cdispec, a policy of {len(whole.criteria)} criteria": partial(effect_of, whole, large),
        }
        times: dict[str, list[float]] = {name: [] for name in contenders}
        for _ in range(ROUNDS):
            for name, do in contenders.items():
                times[name].append(seconds(do))
        effect = effect_of(base, edited)
        changes = sum(len(request.witnesses) for request in effect.requests)
        first, kinds = found_by_chance(base, edited, drawn)
        seen = f"random cases show {kinds}, the first after {first}" if first else "random cases show none"
        print(f"\n{title:<58}{'CPU s':>8}{'x cdispec':>11}")
        for name, measured in times.items():
            best, ours = min(measured), min(times["cdispec: relations, clauses, smallest cases"])
            print(f"  {name:<56}{best:8.2f}{best / ours:11.2f}")
        print(f"  {changes} kinds of change of an outcome; {seen}")


if __name__ == "__main__":
    main()
