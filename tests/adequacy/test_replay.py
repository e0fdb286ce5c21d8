"""Cases that are decided side by side come to what `determine` says of each, whatever the edit."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cdispec.analysis.mutation.ground import Ground
from cdispec.analysis.mutation.operators import mutants
from cdispec.analysis.mutation.run import Run
from cdispec.analysis.replay.replay import Replay
from cdispec.core.certainty import Certainty
from cdispec.core.evaluate import evaluate
from cdispec.core.lower import lower
from cdispec.determine.determination import Prepared
from cdispec.logic import Truth
from cdispec.model.determination import Determination
from cdispec.scenario.expectations import granted_sentences
from cdispec.targets.columns import Columns
from tests.adequacy.telling import Mutated, edited, telling
from tests.examples import examples
from tests.strategies import cases, policies

seldom = examples(12)
small = policies(depth=2, most_facts=4)


@given(st.data())
def test_every_node_is_in_each_case_what_evaluation_says(data: st.DataObject) -> None:
    policy = data.draw(policies())
    asked = data.draw(st.lists(cases(policy), min_size=1, max_size=8))
    program = lower(policy)
    columns = Columns(program.nodes, program.domains, Certainty(program.nodes, program.domains), asked, {})
    for number, case in enumerate(asked):
        for node, truth in enumerate(evaluate(program, case)):
            column, bit = columns.column(node), 1 << number
            if column.vague & bit:
                assert not (column.true | column.false) & bit
            else:
                assert (bool(column.true & bit), bool(column.false & bit)) == (
                    truth is Truth.TRUE,
                    truth is Truth.FALSE,
                )


@seldom
@given(st.data())
def test_an_edit_makes_the_difference_that_determinations_show(data: st.DataObject) -> None:
    policy = data.draw(small)
    asked = data.draw(st.lists(cases(policy), min_size=1, max_size=5))
    replay = Replay(policy, asked)
    before = [Prepared(policy).decide(case).determination() for case in asked]
    run = Run(replay, [telling(policy, case) for case in asked])
    for mutant in mutants(Ground(policy)):
        if mutant.slip.standing_in:
            continue
        side, prepared = run.side(mutant.slip), Prepared(edited(mutant.slip))
        found = replay.differing(side, mutant.slip.edited.changed)
        for number, case in enumerate(asked):
            after = prepared.decide(case).determination()
            assert bool(found.determined >> number & 1) == (_said(before[number]) != _said(after)), (mutant, case)
            assert (found.determined | found.needed) >> number & 1 or before[number].needed == after.needed


@seldom
@given(st.data())
def test_a_mutant_is_noticed_where_a_scenario_fails_against_it(data: st.DataObject) -> None:
    policy = data.draw(small)
    asked = data.draw(st.lists(cases(policy), min_size=1, max_size=5))
    told = [telling(policy, case) for case in asked]
    for tried in Run(Replay(policy, asked), told).tried():
        mutated = Mutated(policy, tried.mutant.slip)
        fails = [number for number, one in enumerate(told) if not mutated.holds(one)]
        assert (tried.noticed_by in fails) if fails else tried.noticed_by is None, tried.mutant


def _said(found: Determination) -> object:
    rests = None if found.outcome.is_open else (found.clauses, found.alternatives)
    return found.outcome, rests, found.classifications, granted_sentences(found, ["at night only"])
