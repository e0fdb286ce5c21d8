"""The API answers as the commands do, reads what is asked for, and says what is wrong in exceptions."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from decimal import Decimal
from itertools import chain, repeat
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

import cdispec
from cdispec.cli import main
from cdispec.library.common import Common
from cdispec.library.state import read_working
from cdispec.source import Issue
from tests.reading.libraries import library as made
from tests.release.libraries import FIRST, POLICY, REVISIONS, SECOND, edit, released

ROOT = Path(__file__).parents[2]
CASES = sorted((ROOT / "tests" / "cli" / "cases").glob("*.yaml"))
CASE = {
    "policy": "00042",
    "request": "initial",
    "date": FIRST,
    "facts": {"diagnosis": ["copd"], "saturation": 88, "measured-on": FIRST, "prescribed": True},
}


class Loader(yaml.SafeLoader):
    """YAML whose dates stay texts, also where they are no dates."""


Loader.add_constructor("tag:yaml.org,2002:timestamp", lambda loader, node: node.value)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library whose policy asked for a saturation of at most 88, then 87."""
    return released(tmp_path_factory.mktemp("library"), FIRST, SECOND)


def codes(refused: object) -> list[str]:
    """The codes of the issues of a refusal."""
    assert isinstance(refused, cdispec.Refused)
    return [issue.code for issue in refused.issues]


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_many_cases_are_answered_as_by_the_command(path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    main(["determine", "--json", str(path), "--library", str(ROOT)])
    answers = [json.loads(line) for line in capfd.readouterr().out.splitlines()]
    documents = yaml.load_all(path.read_text("utf-8"), Loader)
    stated = [case for document in documents for case in (document if isinstance(document, list) else [document])]
    found = list(cdispec.open_library(ROOT).determine_many(stated))
    assert len(found) == len(answers)
    for one, answer in zip(found, answers, strict=True):
        if isinstance(one, cdispec.Refused):
            assert codes(one) == [issue["code"] for issue in answer["issues"]]
        else:
            assert cdispec.as_json(one) == answer


def test_a_case_and_the_mapping_that_states_it_are_determined_alike(root: Path) -> None:
    case = cdispec.Case(
        policy="00042",
        request="initial",
        date=date(2025, 6, 1),
        facts={"diagnosis": frozenset(["copd"]), "saturation": 88, "measured-on": date(2025, 6, 1), "prescribed": True},
    )
    library = cdispec.open_library(root)
    assert cdispec.as_json(case)["facts"] == CASE["facts"]
    assert library.determine(case) == library.determine(CASE)


def test_a_determination_says_what_a_later_revision_would_decide(root: Path) -> None:
    later = cdispec.open_library(root).determine(CASE).later
    assert later is not None
    assert (later.revision, later.outcome) == (SECOND, cdispec.Outcome.NOT_NECESSARY)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.dates() | st.decimals(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=5) | st.integers(), inner, max_size=3)
        | st.frozensets(st.text(max_size=5), max_size=2)
        | st.builds(cdispec.Including, st.frozensets(st.text(max_size=5), max_size=2))
        | st.builds(cdispec.Month, st.integers(1, 9999), st.integers(0, 13))
    ),
    max_leaves=6,
)
SPOILT = st.dictionaries(st.sampled_from([*CASE, "record", "codes", "x"]), VALUES, max_size=3).map(
    lambda spoilt: {**CASE, **spoilt}
)


@given(st.lists(st.just(CASE) | SPOILT | VALUES, max_size=5))
def test_whatever_the_cases_are_each_has_one_result_in_order(root: Path, cases: list[object]) -> None:
    library = cdispec.open_library(root)
    alone = library.determine(CASE)
    results = list(library.determine_many(cases))  # type: ignore[arg-type]
    assert len(results) == len(cases)
    for number, (case, result) in enumerate(zip(cases, results, strict=True), 1):
        if isinstance(result, cdispec.Refused):
            assert result.issues
            assert {issue.place.line for issue in result.issues} == {number}
        elif case == CASE:
            assert result == alone


def test_cases_are_decided_as_they_come(root: Path) -> None:
    endless = cdispec.open_library(root).determine_many(chain([CASE], repeat({})))
    assert isinstance(next(endless), cdispec.Determination)
    assert isinstance(next(endless), cdispec.Refused)


@pytest.mark.parametrize("number", ["88.0000000000000000001", "NaN", "1e400"])
def test_a_number_is_never_rounded(number: str, root: Path) -> None:
    facts = {"saturation": Decimal(number)}
    [refused] = cdispec.open_library(root).determine_many([cdispec.Case("00042", "initial", date(2025, 6, 1), facts)])
    assert codes(refused) == ["wrong-answer"]


def test_only_what_is_asked_for_is_read(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []

    def noting(root: Path, slug: str, shared: Common) -> tuple[cdispec.Policy | None, list[Issue]]:
        read.append(slug)
        return read_working(root, slug, shared)

    monkeypatch.setattr("cdispec.library.policies.read_working", noting)
    library = cdispec.open_library(root)
    assert library.numbers == ("00042",)
    assert not read
    library.determine(CASE)
    library.determine(CASE)
    assert read == ["00042-home-oxygen-therapy"]


def test_a_case_that_an_altered_revision_would_decide_is_refused_with_what_is_wrong(tmp_path: Path) -> None:
    root = released(tmp_path, FIRST, SECOND)
    edit(root / REVISIONS / FIRST / "policy.md", "at most: 88", "at most: 80")
    library = cdispec.open_library(root)
    for _ in range(2):
        with pytest.raises(cdispec.Refused, match=r"revisions/2025-06-01/policy\.md:1:1: altered-revision") as refused:
            library.determine(CASE)
        assert codes(refused.value) == ["unusable-policy", "altered-revision"]
    assert library.determine({**CASE, "date": SECOND}).revision == SECOND


def test_a_later_revision_that_cannot_be_read_is_warned_of(tmp_path: Path) -> None:
    root = released(tmp_path, FIRST, SECOND)
    edit(root / REVISIONS / SECOND / "policy.md", "at most: 87", "at most: 80")
    library = cdispec.open_library(root)
    with pytest.warns(UserWarning, match="whether a later revision of CDI 00042 would decide otherwise is not known"):
        found = library.determine(CASE)
    assert found.later is None


@pytest.mark.parametrize(("day", "revision"), [(FIRST, FIRST), ("2026-01-14", FIRST), (SECOND, SECOND)])
def test_the_state_of_a_day_is_the_one_that_decides_it(day: str, revision: str, root: Path) -> None:
    library = cdispec.open_library(root)
    assert library.policy("00042").as_of(date.fromisoformat(day)).revision == revision
    assert library.determine({**CASE, "date": day}).revision == revision


def test_before_its_first_day_a_policy_has_no_state(root: Path, tmp_path: Path) -> None:
    for one in (root, made(tmp_path, {})):
        with pytest.raises(
            cdispec.Refused, match=r"on 2025-05-31 CDI 00042 was not in effect \(choose a day from 2025"
        ):
            cdispec.open_library(one).policy("00042").as_of(date(2025, 5, 31))


def test_a_policy_that_was_never_released_decides_by_its_working_state(tmp_path: Path) -> None:
    policy = cdispec.open_library(made(tmp_path, {})).policy("00042")
    assert policy.as_of(date(2030, 1, 1)) is policy.working
    assert policy.revisions == ()


def test_a_policy_that_cannot_be_read_is_refused_with_its_errors(tmp_path: Path) -> None:
    root = made(tmp_path, {POLICY: "Home Oxygen Therapy\n"})
    with pytest.raises(cdispec.Refused) as refused:
        cdispec.open_library(root).policy("00042")
    assert codes(refused.value)


def test_a_folder_without_a_library_is_refused(tmp_path: Path) -> None:
    with pytest.raises(cdispec.Refused, match="no policy library here"):
        cdispec.open_library(tmp_path)


def test_without_the_solver_only_what_it_proves_is_refused(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "z3", None)
    monkeypatch.setattr("cdispec.analysis.proof.limit.find_spec", lambda name: None)
    library = cdispec.open_library(root)
    difference = library.policy("00042").diff(FIRST, SECOND)
    assert not difference.changes.empty
    assert cdispec.as_json(difference)["effect"] is None
    assert library.check(limit=None) == []
    for proving in (lambda: difference.effect, library.check):
        with pytest.raises(cdispec.Refused, match=r"needs z3.*pip install 'cdispec\[prove\]'"):
            proving()


def test_the_api_is_imported_with_its_first_name() -> None:
    code = "import sys, cdispec; before = 'cdispec.api' in sys.modules; cdispec.Case; print(before, len(dir(cdispec)))"
    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert printed == "False 19\n"


def test_a_name_that_is_no_part_of_the_api_is_not_there() -> None:
    with pytest.raises(AttributeError, match="no `nonsense`"):
        cdispec.nonsense  # type: ignore[attr-defined]  # noqa: B018
