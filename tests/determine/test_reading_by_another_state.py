"""A case of one state of a policy, as another state of it reads that case: what that cannot be told is left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given

from cdispec.determine.reading import as_read_by
from cdispec.library import read_library
from cdispec.model.case import Case
from cdispec.model.facts import Amount, Fact, Including, Month, Number, OneOf, Option, SetOf, Value, YesNo
from cdispec.model.policy import Policy
from cdispec.source import Place
from tests.determine.strategies import day, policies_with_cases
from tests.examples import examples
from tests.issues.examples import BASE

PLACE = Place("facts.yaml")
FIRST, SECOND, THIRD = (Option(f"class-{grade}", f"class {grade}", PLACE) for grade in "123")
GRADE = OneOf("grade", "Which?", "the grade", "it is of {value}", (FIRST, SECOND, THIRD), True, PLACE)
[BEFORE] = read_library(BASE).policies.values()
BEFORE = replace(BEFORE, facts={**BEFORE.facts, "grade": GRADE})
FACTS: dict[str, Value] = {
    "diagnosis": frozenset(["copd", "pulmonary-fibrosis"]),
    "saturation": 85,
    "measured-on": date(2025, 6, 20),
    "prescribed": False,
    "grade": "class-3",
}


def read(by: Policy, facts: Mapping[str, Value] = FACTS, request: str = "initial") -> Case | None:
    """How a state reads a case of `BEFORE`."""
    return as_read_by(Case(BEFORE.number, request, date(2025, 7, 1), facts, codes=("E1390",)), BEFORE, by)


def told(by: Policy, facts: Mapping[str, Value] = FACTS) -> Mapping[str, Value]:
    """What a state can be told of a case of `BEFORE`."""
    found = read(by, facts)
    assert found is not None
    return found.facts


def declaring(**facts: Fact | None) -> Policy:
    """`BEFORE` with other facts of these names, their hyphens written as underscores; without those that are None."""
    declared = {**BEFORE.facts, **{name.replace("_", "-"): fact for name, fact in facts.items()}}
    return replace(BEFORE, facts={name: fact for name, fact in declared.items() if fact is not None})


def without(name: str) -> dict[str, Value]:
    """The answers but one."""
    return {fact: value for fact, value in FACTS.items() if fact != name}


@examples(50)
@given(policies_with_cases(complete=None))
def test_a_state_reads_its_own_cases_as_they_are(drawn: tuple[Policy, Case]) -> None:
    policy, case = drawn
    assert as_read_by(case, policy, policy) == case


def test_request_date_record_and_codes_stay() -> None:
    case = Case(BEFORE.number, "initial", date(2025, 7, 1), FACTS, True, ("E1390",))
    assert as_read_by(case, BEFORE, declaring(saturation=None)) == replace(case, facts=without("saturation"))


def test_a_date_after_the_request_is_left_out_where_the_fact_excludes_it() -> None:
    ahead = {**FACTS, "measured-on": date(2034, 6, 20)}
    assert told(BEFORE, ahead) == without("measured-on")
    assert told(declaring(measured_on=day("measured-on")), ahead) == ahead


def test_a_month_is_left_out_where_it_begins_after_the_request_and_the_fact_excludes_it() -> None:
    within, ahead = ({**FACTS, "measured-on": Month(2025, number)} for number in (7, 8))
    assert told(BEFORE, within) == within
    assert told(BEFORE, ahead) == without("measured-on")
    assert told(declaring(measured_on=day("measured-on")), ahead) == ahead


def test_a_kind_of_request_that_a_state_lacks_is_not_read() -> None:
    assert read(replace(BEFORE, requests={})) is None


@pytest.mark.parametrize("name", FACTS)
def test_a_fact_that_a_state_lacks_is_left_out(name: str) -> None:
    assert told(declaring(**{name: None})) == without(name)


@pytest.mark.parametrize("name", [name for name in FACTS if name != "prescribed"])
def test_a_fact_of_another_kind_is_left_out(name: str) -> None:
    assert told(declaring(**{name: YesNo(name, "Is it?", "it is", "it is not", PLACE)})) == without(name)


def test_a_yes_no_fact_that_became_a_number_is_left_out() -> None:
    number = Number("prescribed", "How often?", "prescriptions", "{value} times", "times", None, None, PLACE)
    assert told(declaring(prescribed=number)) == without("prescribed")


def test_a_number_in_another_unit_is_left_out() -> None:
    assert told(declaring(saturation=_saturation(unit="kPa"))) == without("saturation")


@pytest.mark.parametrize(("minimum", "maximum"), [(86, None), (None, 84), (Decimal("85.5"), 90)])
def test_a_number_out_of_the_bounds_is_left_out(minimum: Amount | None, maximum: Amount | None) -> None:
    assert told(declaring(saturation=_saturation(minimum=minimum, maximum=maximum))) == without("saturation")


def test_a_number_on_the_bounds_stays() -> None:
    assert told(declaring(saturation=_saturation(minimum=85, maximum=85))) == FACTS


def test_an_option_that_a_state_lacks_is_left_out() -> None:
    assert told(declaring(grade=replace(GRADE, options=(FIRST, SECOND)))) == without("grade")


def test_an_option_stays_wherever_it_stands_among_the_others() -> None:
    assert told(declaring(grade=replace(GRADE, options=(THIRD, FIRST), ordered=False))) == FACTS


@pytest.mark.parametrize(
    ("stated", "read"),
    [
        (frozenset(["copd", "pulmonary-fibrosis"]), frozenset(["copd"])),
        (frozenset(["pulmonary-fibrosis"]), frozenset()),
        (frozenset(), frozenset()),
        (Including(frozenset(["copd", "pulmonary-fibrosis"])), Including(frozenset(["copd"]))),
        (Including(frozenset(["pulmonary-fibrosis"])), Including(frozenset())),
    ],
)
def test_of_a_list_the_options_that_a_state_lacks_are_left_out(stated: Value, read: Value) -> None:
    diagnosis = BEFORE.facts["diagnosis"]
    assert isinstance(diagnosis, SetOf)
    by = declaring(diagnosis=replace(diagnosis, options=diagnosis.options[:1]))
    assert told(by, {"diagnosis": stated}) == {"diagnosis": read}


@pytest.mark.parametrize("name", FACTS)
def test_what_is_unknown_stays_unknown(name: str) -> None:
    assert told(BEFORE, without(name)) == without(name)


def test_the_case_itself_is_not_changed() -> None:
    facts = dict(FACTS)
    told(declaring(saturation=None), facts)
    assert facts == FACTS


def _saturation(unit: str = "percent", minimum: Amount | None = None, maximum: Amount | None = None) -> Number:
    saturation = BEFORE.facts["saturation"]
    assert isinstance(saturation, Number)
    return replace(saturation, unit=unit, minimum=minimum, maximum=maximum)
