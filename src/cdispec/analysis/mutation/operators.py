"""The table of operators: each construct of the language with the slips that are made in it.

A construct without an operator would be one that no mutant tests; `tests/mutation` holds that there is none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from inspect import getdoc
from typing import Any

from cdispec.analysis.mutation import (
    of_codes,
    of_comparisons,
    of_facts,
    of_limits,
    of_logic,
    of_measures,
    of_rows,
    of_rules,
)
from cdispec.analysis.mutation.ground import Ground
from cdispec.analysis.mutation.slip import Slip
from cdispec.model.criteria import (
    DATED,
    PERIOD,
    AllOf,
    AnyOf,
    AtLeast,
    Comparison,
    Criterion,
    Elapsed,
    HasNone,
    IncludesAnyOf,
    IsOneOf,
    ListOf,
    Not,
    OfRows,
    Range,
    Reference,
    asked_facts,
    dated_part,
    dated_within,
)
from cdispec.model.facts import Day, Fact, Number, OneOf, SetOf, YesNo
from cdispec.model.formulas import Measure
from cdispec.model.limits import Grant, Quota, Restriction, Term
from cdispec.model.policy import Classification, Otherwise, Rule, Shared, all_criteria, blocks


@dataclass(frozen=True, slots=True)
class Operator:
    """A kind of slip: its name, the construct that it is made in, and what makes every such slip."""

    name: str
    of: type
    slips: Callable[..., Iterator[Slip]]

    @property
    def words(self) -> str:
        """What has gone wrong, in a sentence."""
        return (getdoc(self.slips) or "").splitlines()[0].removesuffix(".")


OPERATORS = (
    Operator("all as any", AllOf, of_logic.all_as_any),
    Operator("any as all", AnyOf, of_logic.any_as_all),
    Operator("any as two", AnyOf, of_logic.any_as_two),
    Operator("open list closed", AnyOf, of_logic.open_list_closed),
    Operator("count moved", AtLeast, of_logic.count_moved),
    Operator("item dropped", ListOf, of_logic.item_dropped),
    Operator("item added", ListOf, of_logic.item_added),
    Operator("not dropped", Not, of_logic.not_dropped),
    Operator("quantity of rows turned", OfRows, of_rows.quantity_turned),
    Operator("rows counted", OfRows, of_rows.rows_counted),
    Operator("condition of rows dropped", OfRows, of_rows.condition_dropped),
    Operator("reference turned", Reference, of_logic.reference_turned),
    Operator("reference negated", Reference, of_logic.negated),
    Operator("comparison negated", Comparison, of_logic.negated),
    Operator("line turned", Comparison, of_logic.line_turned),
    Operator("unknown read as no", Comparison, of_facts.unknown_as_no),
    Operator("silence read as yes", Comparison, of_facts.silence_as_yes),
    Operator("none read as unknown", Comparison, of_facts.none_as_unknown),
    Operator("value dropped", IsOneOf, of_comparisons.value_dropped),
    Operator("value turned", IsOneOf, of_comparisons.value_turned),
    Operator("values crossed", IsOneOf, of_comparisons.values_crossed),
    Operator("value dropped", IncludesAnyOf, of_comparisons.value_dropped),
    Operator("value turned", IncludesAnyOf, of_comparisons.value_turned),
    Operator("values crossed", IncludesAnyOf, of_comparisons.values_crossed),
    Operator("edge moved", Range, of_comparisons.edge_moved),
    Operator("edge turned", Range, of_comparisons.edge_turned),
    Operator("edge dropped", Range, of_comparisons.edge_dropped),
    Operator("duration moved", Elapsed, of_comparisons.duration_moved),
    Operator("unit turned", Elapsed, of_comparisons.unit_turned),
    Operator("length turned", Elapsed, of_comparisons.length_turned),
    Operator("first day turned", Elapsed, of_comparisons.first_day_turned),
    Operator("length dropped", Elapsed, of_comparisons.length_dropped),
    Operator("direction turned", Elapsed, of_comparisons.direction_turned),
    Operator("anchor turned", Elapsed, of_comparisons.anchor_turned),
    Operator("none turned", HasNone, of_comparisons.none_turned),
    Operator("guard dropped", Criterion, of_rules.guard_dropped),
    Operator("dates dropped", Criterion, of_rules.dates_dropped),
    Operator("dates moved", Criterion, of_rules.dates_moved),
    Operator("date added", Criterion, of_rules.date_added),
    Operator("day dropped", Criterion, of_rules.day_dropped),
    Operator("outcome turned", Rule, of_rules.outcome_turned),
    Operator("request turned", Rule, of_rules.request_turned),
    Operator("rule dropped", Rule, of_rules.rule_dropped),
    Operator("precedence turned", Rule, of_rules.precedence_turned),
    Operator("end of a grant moved", Term, of_limits.end_moved),
    Operator("period of a grant turned", Term, of_limits.period_turned),
    Operator("start of a grant dropped", Term, of_limits.start_dropped),
    Operator("end of a grant dropped", Term, of_limits.end_dropped),
    Operator("amount moved", Quota, of_limits.amount_moved),
    Operator("use dropped", Quota, of_limits.use_dropped),
    Operator("amount dropped", Quota, of_limits.amount_dropped),
    Operator("form dropped", Restriction, of_limits.form_dropped),
    Operator("condition of a form dropped", Restriction, of_limits.condition_dropped),
    Operator("classification dropped", Classification, of_rules.block_dropped),
    Operator("rest turned", Otherwise, of_rules.rest_turned),
    Operator("rest dropped", Otherwise, of_rules.request_of_rest_dropped),
    Operator("shared criterion dropped", Shared, of_rules.block_dropped),
    Operator("sentences crossed", YesNo, of_facts.sentences_crossed),
    Operator("unit of ten", Number, of_facts.unit_of_ten),
    Operator("dates crossed", Day, of_facts.dates_crossed),
    Operator("options crossed", OneOf, of_facts.options_crossed),
    Operator("order turned", OneOf, of_facts.order_turned),
    Operator("options crossed", SetOf, of_facts.options_crossed),
    Operator("code dropped", SetOf, of_codes.code_dropped),
    Operator("days of codes dropped", SetOf, of_codes.code_days_dropped),
    Operator("factor moved", Measure, of_measures.factor_moved),
    Operator("sign turned", Measure, of_measures.sign_turned),
    Operator("operands crossed", Measure, of_measures.operands_crossed),
    Operator("rounding dropped", Measure, of_measures.rounding_dropped),
)
"""In the order in which mutants of one construct are made; of two mutants that come to the same, the first is kept."""


NOT_OF_ROWS = (
    of_facts.unknown_as_no,
    of_facts.silence_as_yes,
    of_facts.none_as_unknown,
    of_rules.dates_dropped,
    of_rules.dates_moved,
    of_rules.date_added,
)
"""What is not made in what is asked of each row: a row has no dates of service, and is misread row by row."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """A slip with the operator that makes it, and the id of the clause or fact that it is made in."""

    operator: Operator
    slip: Slip
    of: str

    @property
    def in_fact(self) -> bool:
        """Whether it is made in a fact: a clause can have the same id."""
        return issubclass(self.operator.of, Fact)


def mutants(ground: Ground) -> Iterator[Mutant]:
    """Every slip in a policy."""
    for criterion in ground.criteria:
        for construct, arguments in _constructs(criterion):
            made = _made(construct, arguments, _stated(criterion), ground)
            is_of_row = criterion.id in ground.of_rows
            yield from (one for one in made if not is_of_row or one.operator.slips not in NOT_OF_ROWS)
    for block in blocks(ground.policy):
        yield from _made(block, (block,), block.criterion.id, ground)
        if isinstance(block, Rule) and block.grant is not None:
            for limit in _limits(block.grant):
                yield from _made(limit, (block, limit), block.criterion.id, ground)
    for rest in ground.policy.otherwise:
        yield from _made(rest, (rest,), rest.id, ground)
    # What only another policy asks is that one's own matter, and no author writes the words of what lines are asked.
    others = asked_facts(ground.policy.brought.values()) - asked_facts(all_criteria(ground.policy))
    others |= ground.policy.asked_lines.keys()
    for fact in (one for one in ground.policy.facts.values() if one.id not in others):
        yield from _made(fact, (fact,), fact.id, ground)
        if isinstance(fact, Number) and fact.measure is not None:
            yield from _made(fact.measure, (fact, fact.measure), fact.id, ground)


def _limits(grant: Grant) -> Iterator[Term | Quota | Restriction]:
    """What limits a grant."""
    if grant.term is not None:
        yield grant.term
    yield from grant.quotas
    yield from grant.restrictions


def _constructs(criterion: Criterion) -> Iterator[tuple[object, tuple[Any, ...]]]:
    """What a criterion is made of, each part with what its operators ask for; nothing of what only says its dates."""
    part = dated_part(criterion.id)
    if part is not None and part[1] not in (DATED, PERIOD):
        return
    if dated_within(criterion) is not None:
        yield criterion, (criterion,)
        return
    yield criterion.logic, (criterion, criterion.logic)
    if isinstance(criterion.logic, Comparison):
        yield criterion.logic.test, (criterion, criterion.logic.test)
    if part is None:
        yield criterion, (criterion,)


def _stated(criterion: Criterion) -> str:
    """The id that its author knows."""
    part = dated_part(criterion.id)
    return criterion.id if part is None else part[0]


def _made(construct: object, arguments: tuple[Any, ...], of: str, ground: Ground) -> Iterator[Mutant]:
    for operator in OPERATORS:
        if isinstance(construct, operator.of):
            for slip in operator.slips(*arguments, ground):
                yield Mutant(operator, slip, of)
