"""Deciding: the compiled form of CDI 00036 beside a hand-written function and other rule engines.

One process, one thread, CPU time, interleaved rounds of which the best counts. Every contender's outcomes are verified
before anything is timed. Known cases have every fact; open cases lack facts, and the peers have no answer for them.
"""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from benchmarks import handwritten, peers
from benchmarks.cases import as_line, known_cases, massage, open_cases
from cdispec.determine.contract import determination_json
from cdispec.determine.determination import determine
from cdispec.model.case import Case
from cdispec.model.policy import Policy
from cdispec.targets.python import Compiled, compile_policy
from cdispec.targets.python.door import read_line

CASES, ROUNDS = 2000, 5
TRACE = {"trace": True}


@dataclass(frozen=True, slots=True)
class Contender:
    """What is done to each item; every round takes the next of the batches of items."""

    name: str
    do: Callable[[Any], object]
    batches: Sequence[Sequence[Any]]

    def rate(self, number: int) -> float:
        """Items per CPU second in one round."""
        items, do = self.batches[number % len(self.batches)], self.do
        gc.collect()
        started = time.process_time()
        for item in items:
            do(item)
        return len(items) / (time.process_time() - started)


def main() -> None:
    """Verify, measure, print."""
    policy = massage()
    compiled = compile_policy(policy)
    known = known_cases(policy, CASES, seed=1)
    unknown = [open_cases(policy, CASES, seed) for seed in range(2, 2 + ROUNDS)]
    engines = Peers(policy, known)
    verify(policy, compiled, known, unknown, engines)
    print(
        f"\nPython {sys.version.split()[0]}; "
        f"{len(policy.criteria)} criteria, {len(compiled.program.nodes)} nodes, {len(policy.facts)} facts"
    )
    contenders = _contenders(policy, compiled, known, unknown, engines)
    rates: dict[str, list[float]] = {name: [] for group in contenders.values() for name in [c.name for c in group]}
    for number in range(ROUNDS):
        for group in contenders.values():
            for contender in group:
                rates[contender.name].append(contender.rate(number))
    best = {name: max(measured) for name, measured in rates.items()}
    for title, group in contenders.items():
        print(f"\n{title:<62}{'a CPU second':>12}{'us':>8}{'x hand':>8}")
        for contender in group:
            rate = best[contender.name]
            print(f"  {contender.name:<60}{rate:12,.0f}{1e6 / rate:8.2f}{best[HAND] / rate:8.1f}")
    print_goals(best)


HAND = "hand-written Python, outcome only"
TRUTHS = "compiled: truths of all criteria, case checked before"
CHECKED = "compiled: JSON value checked, truths of all criteria"
CLAUSES = "compiled: outcome and clauses"
MISSING = "compiled: outcome and missing facts, open cases"
NEEDED = "compiled: the same with the shortest way out first"
TREE = "compiled: whole explanation tree"
ANSWER = "compiled: explained JSON"
EXPRESSION = "zen: compiled expression, outcome only"
GRAPH = "zen: graph with the criteria of lists"
OUTCOME_GRAPH = "zen: graph, outcome only"
TRACED = "zen: graph with the criteria of lists, trace"
OUTCOME_JSON = "zen: graph, outcome only, no explanation"
GRAPH_JSON = "zen: graph with the criteria of lists, no explanation"


class Peers:
    """The other engines, ready, with the cases in their forms."""

    def __init__(self, policy: Policy, known: list[Case]) -> None:
        self.expression = peers.zen_expression(policy)
        self.engine = peers.zen_engine(policy)
        self.program = peers.cel_program(policy)
        self.contexts = [peers.context(case) for case in known]
        self.lines = [orjson.dumps(context) for context in self.contexts]

    def graph(self, key: str, options: dict[str, bool] | None = None) -> Callable[[Any], Any]:
        """zen's answer by one of its graphs."""
        evaluate = self.engine.evaluate
        return (lambda context: evaluate(key, context, options)) if options else lambda context: evaluate(key, context)


def _contenders(
    policy: Policy, compiled: Compiled, known: list[Case], unknown: list[list[Case]], engines: Peers
) -> dict[str, list[Contender]]:
    checked = [compiled.checked(case) for case in known]
    open_checked = [[compiled.checked(case) for case in batch] for batch in unknown]
    lines = [as_line(case) for case in known]
    open_lines = [[as_line(case) for case in batch] for batch in unknown]
    values = [orjson.loads(line) for line in lines]
    few, open_few = known[:150], unknown[0][:150]
    contexts, zen_lines = engines.contexts, engines.lines

    def answer(line: bytes) -> bytes | None:
        return compiled.respond(read_line(line))

    return {
        "known cases: outcome": [
            Contender(HAND, handwritten.outcome, [known]),
            Contender(TRUTHS, compiled.truths, [checked]),
            Contender(
                "compiled: case of the model, truths of all", lambda c: compiled.truths(compiled.checked(c)), [known]
            ),
            Contender(CHECKED, lambda value: compiled.truths(compiled.check(value)), [values]),  # type: ignore[arg-type]
            Contender("core, read anew for each case: outcome", lambda case: determine(policy, case).outcome, [few]),
            Contender(EXPRESSION, engines.expression.evaluate, [contexts]),
            Contender(OUTCOME_GRAPH, engines.graph("outcome"), [contexts]),
            Contender(GRAPH, engines.graph("criteria"), [contexts]),
            Contender("Rust CEL: compiled program, outcome only", engines.program.execute, [contexts]),
        ],
        "known cases: why": [
            Contender(CLAUSES, lambda case: compiled.decide(case).clauses(), [checked]),
            Contender(TREE, lambda case: compiled.decide(case).explanation(), [checked]),
            Contender(
                "compiled: whole determination of a case of the model",
                lambda case: compiled.decide(case).determination(),
                [known],
            ),
            Contender(
                "core, read anew for each case: whole determination", lambda case: determine(policy, case), [few]
            ),
            Contender("zen: graph, outcome only, trace", engines.graph("outcome", TRACE), [contexts]),
            Contender(TRACED, engines.graph("criteria", TRACE), [contexts]),
        ],
        "open cases": [
            Contender("hand-written Python, outcome only, open cases", handwritten.outcome, unknown),
            Contender("compiled: truths of all criteria, open cases", compiled.truths, open_checked),
            Contender(MISSING, lambda case: compiled.decide(case).remaining.needed, open_checked),
            Contender(NEEDED, lambda case: compiled.decide(case).needed(), open_checked),
            Contender(f"{NEEDED}, seen before", lambda case: compiled.decide(case).needed(), open_checked[:1]),
            Contender(
                "core, read anew for each case: whole determination, open cases",
                lambda case: determine(policy, case),
                [open_few],
            ),
        ],
        "JSON in, JSON out": [
            Contender("reading the JSON alone", orjson.loads, [lines]),
            Contender(ANSWER, answer, [lines]),
            Contender(f"{ANSWER}, open cases", answer, open_lines),
            Contender(OUTCOME_JSON, _spelled(engines.graph("outcome")), [zen_lines]),
            Contender(GRAPH_JSON, _spelled(engines.graph("criteria")), [zen_lines]),
            Contender(f"{TRACED}, in JSON", _spelled(engines.graph("criteria", TRACE)), [zen_lines]),
        ],
    }


def _spelled(evaluate: Callable[[Any], Any]) -> Callable[[bytes], bytes]:
    return lambda line: orjson.dumps(evaluate(line))


def verify(policy: Policy, compiled: Compiled, known: list[Case], unknown: list[list[Case]], engines: Peers) -> None:
    """Stop unless every contender gives every case the same outcome, and the compiled form equals the reference."""
    for case, context in zip(known, engines.contexts, strict=True):
        outcome = compiled.decide(compiled.checked(case)).outcome
        graphs = [engines.graph(key)(context)["result"]["outcome"] for key in ("outcome", "criteria")]
        found = [
            handwritten.outcome(case),
            engines.expression.evaluate(context),
            engines.program.execute(context),
            *graphs,
        ]
        if any(other != outcome for other in found):
            sys.exit(f"{outcome} differs from {found} on {case}")
    for case in (case for batch in unknown for case in batch):
        if handwritten.outcome(case) is not compiled.decide(compiled.checked(case)).outcome:
            sys.exit(f"the hand-written function differs on {case}")
    for case in [*known[:50], *unknown[0][:100]]:
        expected = determine(policy, case)
        spelled = compiled.respond(read_line(as_line(case)))
        if compiled.decide(case).determination() != expected or spelled != orjson.dumps(determination_json(expected)):
            sys.exit(f"the compiled form differs from the reference on {case}")


def print_goals(best: dict[str, float]) -> None:
    """What ANCHORS asks for, and what this run gave."""
    goals = [
        ("truths within 2.2 times the hand-written function", best[HAND] / best[TRUTHS], 2.2, False),
        ("truths within 6.5 times, with the case checked", best[HAND] / best[CHECKED], 6.5, False),
        ("truths at 3 times zen's compiled expression", best[TRUTHS] / best[EXPRESSION], 3, True),
        ("truths at 10 times zen's graph of the outcome only", best[TRUTHS] / best[OUTCOME_GRAPH], 10, True),
        ("clauses at 8 times zen's trace", best[CLAUSES] / best[TRACED], 8, True),
        ("what is missing at 8 times zen's trace", best[MISSING] / best[TRACED], 8, True),
        ("whole explanation tree at 5 times zen's trace", best[TREE] / best[TRACED], 5, True),
        ("explained JSON as fast as zen's graph without", best[ANSWER] / best[GRAPH_JSON], 1, True),
        ("explained JSON as fast as zen's graph of the outcome only", best[ANSWER] / best[OUTCOME_JSON], 1, True),
    ]
    print(f"\n{'goals':<62}{'ratio':>12}")
    for goal, ratio, bound, at_least in goals:
        met = ratio >= bound if at_least else ratio <= bound
        print(f"  {goal:<60}{ratio:12.1f}  {'met' if met else 'missed'}")


if __name__ == "__main__":
    main()
