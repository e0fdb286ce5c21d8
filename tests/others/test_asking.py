"""One policy asks another: which revision is asked on which day, what is refused, and what history and proof say."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from cdispec.analysis.history import history_of
from cdispec.check import judge_policies
from cdispec.check.deciding import DecidingStates
from cdispec.cli import main
from cdispec.determine.determination import determine
from cdispec.library import Memory, read_library
from cdispec.library.sources import asking as asked_by
from cdispec.library.sources import policy_snapshot, state_digests
from cdispec.model.case import Case
from cdispec.model.facts import Value
from cdispec.model.outcomes import Outcome
from cdispec.model.policy import Policy
from cdispec.publish.pages.checklist import checklist_of, entries_of
from tests.others.libraries import (
    FIRST,
    SECOND,
    SLUGS,
    TRAY,
    WALKER,
    asking,
    common,
    edit,
    released,
    state,
    yes_no,
)

OUTCOME = TRAY.replace("00042/covered", "00042/initial/medically necessary")
YES, NO, OPEN = Outcome.NECESSARY, Outcome.NOT_NECESSARY, Outcome.MORE_INFORMATION
GAP = "00042-covered"


def working(root: Path, number: str = "00041") -> Policy:
    """The working state of a policy without errors."""
    judged = judge_policies(read_library(root))
    assert number not in judged.broken | judged.damaged
    return judged.library.policies[number]


def decided(policy: Policy, day: str, complete: bool = False, /, **facts: Value) -> tuple[Outcome, set[str]]:
    """The outcome of a case, and what is needed."""
    case = Case(policy.number, "initial", date.fromisoformat(day), facts, complete)
    found = determine(policy, case)
    return found.outcome, {*found.needed}


def errors(root: Path) -> list[str]:
    """The issues of a library, with their places."""
    found = judge_policies(read_library(root)).issues
    return [f"{issue.code} {issue.place} {issue.message}" for issue in found]


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """A policy of trays that asks one of walkers, of which two revisions are published."""
    return asking(tmp_path)


@pytest.mark.parametrize(
    ("day", "facts", "outcome", "needed"),
    [
        ("2025-06-01", {"prescribed": True, "adult": True, "mobile": True}, YES, set()),
        ("2025-12-31", {"prescribed": True, "adult": True, "mobile": False}, NO, set()),
        ("2026-01-01", {"prescribed": True, "adult": True, "mobile": False}, YES, set()),
        ("2025-12-31", {"prescribed": True, "adult": True}, OPEN, {"mobile"}),
        ("2026-01-01", {"prescribed": True, "adult": True}, YES, set()),
        ("2026-01-01", {"prescribed": True, "adult": False}, NO, set()),
        ("2026-01-01", {"adult": True}, OPEN, {"prescribed"}),
    ],
    ids=[
        "the first day of its first revision",
        "the last day of its first revision",
        "the first day of its second revision",
        "what its first revision asks is needed",
        "what its second revision no longer asks is not needed",
        "what both ask is not met",
        "what the policy asks itself is needed",
    ],
)
def test_the_revision_in_effect_on_the_day_is_asked(
    library: Path, day: str, facts: dict[str, Value], outcome: Outcome, needed: set[str]
) -> None:
    assert decided(working(library), day, **facts) == (outcome, needed)


def test_a_complete_record_that_is_silent_about_what_the_other_asks_does_not_show_it(library: Path) -> None:
    assert decided(working(library), "2025-12-31", True, prescribed=True, adult=True) == (NO, set())


def test_a_revision_asks_what_is_in_effect_later_as_well(library: Path) -> None:
    [period] = DecidingStates(library, lambda number, issues: None)["00041"]
    revision = period.read()
    assert revision is not None
    assert revision.revision == FIRST
    assert decided(revision, "2026-01-01", prescribed=True, adult=True, mobile=False) == (YES, set())


def test_an_edit_of_the_other_that_is_not_released_is_not_asked(library: Path) -> None:
    edit(library / "policy" / SLUGS["00042"] / "policy.md", "fact: adult,", "fact: mobile,")
    assert decided(working(library), "2026-01-01", prescribed=True, adult=True) == (YES, set())


def test_a_policy_without_any_revision_is_asked_as_it_stands(tmp_path: Path) -> None:
    common(tmp_path)
    state(tmp_path, "00042", WALKER, yes_no("weak"))
    state(tmp_path, "00041", TRAY, yes_no("prescribed"))
    facts = {"prescribed": True, "adult": True}
    assert decided(working(tmp_path), FIRST, **facts) == (OPEN, {"mobile"})


@pytest.mark.parametrize(
    ("day", "facts", "outcome", "needed"),
    [
        (FIRST, {"weak": True, "adult": True, "mobile": True}, YES, set()),
        (FIRST, {"weak": True, "adult": True, "mobile": False}, NO, set()),
        (SECOND, {"weak": True, "adult": True, "mobile": False}, YES, set()),
        (SECOND, {"weak": True}, OPEN, {"adult"}),
        (SECOND, {"weak": False}, NO, set()),
    ],
)
def test_the_outcome_of_another_policy_is_asked(
    tmp_path: Path, day: str, facts: dict[str, Value], outcome: Outcome, needed: set[str]
) -> None:
    policy = working(asking(tmp_path, OUTCOME))
    assert decided(policy, day, prescribed=True, **facts) == (outcome, needed)
    assert decided(policy, day, True, prescribed=True, **facts)[0] is (YES if outcome is YES else NO)


def test_that_another_policy_denies_is_asked_with_its_exclusions_before_its_indications(tmp_path: Path) -> None:
    excluding = (
        WALKER
        + "\n## Exclusion {#exclusion}\n\n~~~criteria\nrequest: initial\noutcome: not indicated\nfact: frail\n~~~\n"
    )
    common(tmp_path)
    state(tmp_path, "00042", excluding, yes_no("weak", "frail"))
    denied = TRAY.replace("00042/covered", "00042/initial/not medically necessary")
    state(tmp_path, "00041", denied, yes_no("prescribed"))
    policy, walker = working(tmp_path), {"weak": True, "adult": True, "mobile": True}
    assert decided(policy, FIRST, prescribed=True, **walker, frail=True) == (NO, set())
    assert decided(policy, FIRST, prescribed=True, **walker, frail=False) == (NO, set())
    assert decided(policy, FIRST, prescribed=True, weak=False, frail=True) == (NO, set())
    assert decided(policy, FIRST, prescribed=True, weak=False, frail=False) == (YES, set())
    assert decided(policy, FIRST, prescribed=True, weak=False) == (OPEN, {"frail"})


def test_where_no_revision_is_in_effect_somebody_must_say_whether_it_is_met(tmp_path: Path) -> None:
    common(tmp_path)
    state(tmp_path, "00042", WALKER, yes_no("weak"), effective=SECOND)
    state(tmp_path, "00041", TRAY, yes_no("prescribed"))
    policy = working(tmp_path)
    facts = {"prescribed": True, "adult": True, "mobile": True}
    assert decided(policy, "2025-12-31", **facts) == (OPEN, {GAP})
    assert decided(policy, "2025-12-31", True, **facts) == (NO, set())
    assert decided(policy, "2025-12-31", **facts, **{GAP: True}) == (YES, set())
    assert decided(policy, SECOND, **facts) == (YES, set())
    assert errors(tmp_path) == [
        "not-in-effect policy/00041-braces/policy.md:23:12 no revision of policy `00042` that is in effect from "
        "2025-06-01 until 2025-12-31 states `covered`"
    ]


def test_a_policy_that_is_retired_states_nothing_any_more(library: Path) -> None:
    edit(library / "policy" / SLUGS["00042"] / "policy.md", "status: draft", "status: retired")
    released(library, "00042", "2027-01-01", "The policy was retired.")
    policy, facts = working(library), {"prescribed": True, "adult": True}
    assert decided(policy, "2026-12-31", **facts) == (YES, set())
    assert decided(policy, "2027-01-01", **facts) == (OPEN, {GAP})


def test_the_history_says_what_a_revision_of_the_other_does_to_it(library: Path) -> None:
    read = read_library(library)
    newest, first = history_of(read.policies["00041"], read.revisions["00041"], 60)
    assert (newest.date, newest.revision, newest.others) == (SECOND, "", {"00042": "CDI 00042"})
    assert newest.effect[0].startswith("wider: where the device of 00041 is requested on 2026-01-01, the patient is an")
    assert (first.revision, first.others) == (FIRST, {})


def test_a_circle_of_policies_is_found(library: Path) -> None:
    walker = library / "policy" / SLUGS["00042"] / "policy.md"
    edit(walker, "  - {fact: adult, text: Adults}\n", "  - {meets: 00041/trays, text: Tray}\n")
    released(library, "00042", "2027-01-01", "A tray is asked for.")
    judged = judge_policies(read_library(library))
    found = [issue for issue in judged.issues if issue.code == "policy-circle"]
    assert {issue.place.path.split("/")[1] for issue in found} == {*SLUGS.values()}
    assert found[0].message.endswith(": `00042/covered` -> `00041/trays` -> `00042/covered`")
    assert judged.broken | judged.damaged == {"00041", "00042"}


@pytest.mark.parametrize(
    ("asked", "message", "hint"),
    [
        ("00043/covered", "there is no policy `00043`", "did you mean `00042`"),
        ("00042/coverd", "policy `00042` has no `coverd`", "did you mean `covered`?"),
        ("00042/initial/medically necesary", "has no `initial/medically necesary`", "did you mean `initial/medically"),
        ("00042/first/medically necessary", "has no `first/medically necessary`", "did you mean `initial/medically"),
    ],
)
def test_what_is_not_there_is_refused_at_its_place(tmp_path: Path, asked: str, message: str, hint: str) -> None:
    asking(tmp_path, TRAY.replace("00042/covered", asked))
    found = [one for one in judge_policies(read_library(tmp_path)).issues if "00041" in one.place.path]
    assert message in found[0].message
    assert hint in found[0].hint
    assert (found[0].place.line, found[0].place.column) == (23, 12)


def test_a_policy_with_errors_is_not_asked(library: Path) -> None:
    edit(library / "policy" / SLUGS["00042"] / "revisions" / FIRST / "policy.md", "fact: adult", "fact: mobile")
    judged = judge_policies(read_library(library))
    assert {issue.code for issue in judged.issues} == {"altered-revision", "unsound-policy"}
    assert "00041" in judged.broken


def test_facts_of_one_id_must_be_one_fact(tmp_path: Path) -> None:
    common(tmp_path, facts="")
    years = (
        "adult:\n  kind: number\n  unit: years\n  question: How old?\n  name: the age\n  phrase: the age is {value}\n"
    )
    state(tmp_path, "00042", WALKER, yes_no("weak", "adult", "mobile"))
    state(tmp_path, "00041", TRAY.replace("fact: prescribed", "fact: adult, at least: 18"), years)
    [issue] = [one for one in judge_policies(read_library(tmp_path)).issues if one.code == "fact-declared-otherwise"]
    assert issue.message.startswith("the fact `adult` of policy `00042` is another than that of this policy")
    assert issue.message.endswith("yes-no there, number here")


def test_what_only_another_policy_asks_is_not_unreachable(library: Path) -> None:
    walker = library / "policy" / SLUGS["00042"] / "policy.md"
    edit(walker, "  - meets: covered\n", "")
    edit(walker, "who meet {covered} and are weak", "who are weak")
    assert not [one for one in errors(library) if one.startswith("unreachable")]


def test_what_a_policy_is_made_from_is_also_the_other_one(library: Path) -> None:
    memory = Memory()
    before = state_digests(policy_snapshot(library))
    memory.expect(before)
    first = read_library(library, memory)
    memory.keep(before)
    memory.expect(before)
    again = read_library(library, memory)
    assert again.policies["00041"] is first.policies["00041"]
    released(library, "00042", "2027-01-01", "Nothing.")
    memory.expect(state_digests(policy_snapshot(library)))
    third = read_library(library, memory).policies["00041"]
    assert third is not first.policies["00041"]
    assert [folder.rpartition("/")[2] for folder in third.asked_folders] == [FIRST, SECOND, "2027-01-01"]
    assert asked_by(library) == {SLUGS["00041"]: {SLUGS["00042"]}, SLUGS["00042"]: frozenset()}


def test_a_checklist_asks_what_the_other_policy_asks(library: Path) -> None:
    policy = working(library)
    checklist = checklist_of(policy, policy.requests["initial"])
    [rule] = checklist.indications
    said = [entry.asked for entry in entries_of(rule.entry) if entry.asked]
    assert said == ["there is prescribed", "I of CDI 00042 is met, as the revision in effect on the day has it"]
    assert {fact.id for fact in checklist.questions} == {"prescribed", "adult", "mobile"}


def test_a_release_after_which_another_policy_could_not_decide_is_refused(
    library: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    walker = library / "policy" / SLUGS["00042"] / "policy.md"
    edit(walker, "  - {fact: adult, text: Adults}\n", "  - {meets: 00041/trays, text: Tray}\n")
    feature = library / "features" / SLUGS["00042"] / "walker.feature"
    feature.parent.mkdir(parents=True)
    said = "Given there is no weak\n    When the device of 00042 is requested on 2026-07-01\n"
    expected = "Then it is not medically necessary under II\n"
    feature.write_text(f"Feature: Walkers\n\n  @weak\n  Scenario: Not weak\n    {said}    {expected}", "utf-8")
    before = {path: path.read_bytes() for path in library.rglob("*") if path.is_file()}
    arguments = ["release", "00042", "--effective", "2027-01-01", "--summary", "A tray is asked for.", "--reworded"]
    assert main([*arguments, "--library", str(library)]) == 1
    assert "policies ask each other in a circle" in capfd.readouterr().err
    assert {path: path.read_bytes() for path in library.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("line", [True, False], ids=["a line of JSON", "a file of YAML"])
def test_what_others_had_published_by_a_day_is_not_guessed(
    library: Path, line: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    case = '{"policy": "00041", "request": "initial", "date": "2026-02-01", "known_on": "2025-07-01", "facts": {}}\n'
    file = library / ("cases.jsonl" if line else "case.yaml")
    file.write_text(case, "utf-8")
    assert main(["determine", str(file), "--library", str(library)]) == 1
    assert "`00041` asks others" in capsys.readouterr().err
