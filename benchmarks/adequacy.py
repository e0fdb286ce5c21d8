"""Assessing the scenarios of a policy: CDI 00036 with its own, and the same ten times over as one policy.

CPU seconds. The large policy has facts of its own for each copy, and the scenarios of each copy answer those; what it
determines of them is what they expect. For comparison, every mutant is also compiled and asked every case.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace

from benchmarks.cases import ROOT
from benchmarks.effects import massage, together
from cdispec.analysis.adequacy.assess import adequacy_of
from cdispec.analysis.mutation.ground import Ground
from cdispec.analysis.mutation.operators import mutants
from cdispec.library import ScenarioReading, read_library, read_suite
from cdispec.model.outcomes import Outcome
from cdispec.model.policy import Policy
from cdispec.scenario.draft import Telling
from cdispec.scenario.expectations import Classified, Expectation, HasOutcome, Needs, holds
from cdispec.targets.python import compile_policy

TIMES, SAMPLE = 10, 40
"""So often the policy is taken; so many mutants are compiled, since all would take minutes."""


def readings() -> tuple[Policy, list[ScenarioReading]]:
    """CDI 00036 with its scenarios."""
    library = read_library(ROOT)
    policy = library.policies["00036"]
    return policy, [one for one in read_suite(library).readings if one.policy is policy]


def of_large(own: Sequence[ScenarioReading]) -> tuple[Policy, list[ScenarioReading]]:
    """The policy ten times over, with the scenarios of each copy."""
    policy = together([massage()] * TIMES)
    compiled = compile_policy(policy)
    cases = [telling.case for reading in own for telling in reading.story.tellings if not telling.case.complete]
    single = compile_policy(massage())
    # What is answered of the other copies leaves the one to decide: no indication of theirs, and no exclusion.
    wanted = {"initial": Outcome.NOT_NECESSARY, "continuation": Outcome.NECESSARY}
    rest = {
        request: next(
            case.facts for case in cases if case.request == request and single.decide(case).outcome is outcome
        )
        for request, outcome in wanted.items()
    }

    def told(telling: Telling, number: int) -> Telling:
        others = rest.get(telling.case.request, {}).items()
        facts = {f"{fact}-{other}": value for other in range(TIMES) if other != number for fact, value in others}
        facts |= {f"{fact}-{number}": value for fact, value in telling.case.facts.items()}
        case = replace(telling.case, facts=facts)
        found = compiled.decide(case).determination()
        expected: list[Expectation] = [Classified(name, truth) for name, truth in found.classifications.items()]
        if found.outcome is Outcome.MORE_INFORMATION:
            expected.insert(0, Needs(found.needed, True))
        else:
            expected.insert(0, HasOutcome(found.outcome, found.clauses, found.alternatives))
        return Telling(case, tuple((1, one) for one in expected), telling.place)

    def copies() -> Iterator[ScenarioReading]:
        for number in range(TIMES):
            for reading in own:
                tellings = tuple(told(telling, number) for telling in reading.story.tellings)
                yield ScenarioReading(policy, replace(reading.story, tellings=tellings), ())

    return policy, list(copies())


def compiled_one_by_one(policy: Policy, own: Sequence[ScenarioReading]) -> float:
    """Seconds for one mutant that is compiled and asked case by case until a scenario fails."""
    tellings = [telling for reading in own for telling in reading.story.tellings]
    plain = [mutant for mutant in mutants(Ground(policy)) if not mutant.slip.standing_in]
    chosen = plain[:: len(plain) // SAMPLE]
    started = time.process_time()
    for mutant in chosen:
        compiled = compile_policy(mutant.slip.edited.policy)
        for telling in tellings:
            found = compiled.decide(telling.case).determination()
            if not all(holds(expected, found) for _, expected in telling.expected):
                break
    return (time.process_time() - started) / len(chosen)


def main() -> None:
    """Print the seconds, and what was found."""
    policy, own = readings()
    contenders = {"CDI 00036": (policy, own), "ten times its size": of_large(own)}
    print(f"\nassessing the scenarios of a policy{'':<8} criteria    cases    cells  mutants    CPU s        %")
    for title, (one, told) in contenders.items():
        started = time.process_time()
        found = adequacy_of(one, told, 100)
        seconds = time.process_time() - started
        sizes = len(one.criteria), found.cases, len(found.cells), len(found.mutants)
        counts = "".join(f"{size:9}" for size in sizes)
        print(f"  {title:<41}{counts}{seconds:9.2f}{found.score.percent:9}")
    each = compiled_one_by_one(policy, own)
    print(f"  each mutant of CDI 00036 compiled and asked case by case, CPU s: {each:.3f}")


if __name__ == "__main__":
    main()
