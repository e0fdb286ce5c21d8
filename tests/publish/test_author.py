"""The author's edition: beside each clause what it rests on, and the registers that lead from one to the other."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

import pytest

from cdispec.library import read_library, read_suite
from cdispec.library.record import Record, read_record
from cdispec.library.sources import RECORD
from cdispec.model.inlines import Inlines
from cdispec.model.policy import Policy
from cdispec.publish.build import documents
from cdispec.publish.formats.html import html
from cdispec.publish.pages.evidence import Clause, Evidence, Span, evidence_of
from cdispec.publish.pages.scenarios import Shown as ShownScenario
from cdispec.publish.pages.scenarios import State
from cdispec.publish.recipe import Recipe
from cdispec.publish.shelf import Shelf
from cdispec.publish.words.document import document_of
from cdispec.publish.words.tree import Chapter, Criteria, Item
from tests.publish.conftest import FOLDER, LIBRARY, Write
from tests.scenario.libraries import FEATURES, HEAD, approved, library, run, scenario
from tests.scenario.sample import FOLDER as SAMPLE

PAGE = f"cdi/{SAMPLE}/working/author.html"
ONE = f"{FEATURES}/one.feature"
DENIED = (
    "Given there is no pain",
    "And the trial ended on 2024-06-01",
    "And the Veteran is 40 years old",
    "When therapy is requested on 2025-06-01",
)
THREE = (
    HEAD
    + approved("holds")
    + scenario("fails", "Fails", *DENIED, "Then it is medically necessary under I.b")
    + scenario(
        "evil", "<script>alert(1)</script> & {{ 7 * 7 }}", *DENIED, "Then it is not medically necessary under IV"
    )
)


@dataclass(frozen=True, slots=True)
class Shown:
    """The evidence of a library's only policy and the author's edition of it."""

    policy: Policy
    evidence: Evidence
    page: str

    def clause(self, id: str) -> Clause:
        """The clause of a permanent id."""
        return next(clause for clause in self.evidence.clauses if clause.id == id)

    def state(self, id: str) -> State:
        """What is known of the last run of a scenario."""
        return next(one.state for one in self.evidence.scenarios if one.scenario.id == id)

    def row(self, anchor: str) -> str:
        """The row of a table that is led to, or that holds what is led to."""
        return next(row for row in self.page.split("<tr")[1:] if f'id="{anchor}"' in row)


def _shown(folder: Path, recipe: Recipe) -> Shown:
    found = read_library(folder)
    [policy] = found.policies.values()
    evidence = evidence_of(policy, read_suite(found).readings, read_record(folder))
    made = documents([Shelf(policy)], recipe, {policy.number: evidence})
    return Shown(policy, evidence, made[f"cdi/{policy.slug}/working/author.html"].decode())


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library with scenarios that hold and fail, run once."""
    made = library(tmp_path_factory.mktemp("sample"), {ONE: THREE})
    run(made)
    return made


@pytest.fixture(scope="module")
def ran(sample: Path, recipe: Recipe) -> Shown:
    """Its author's edition."""
    return _shown(sample, recipe)


@pytest.fixture
def changed(sample: Path, tmp_path: Path) -> Path:
    """A copy of it, to be changed."""
    return shutil.copytree(sample, tmp_path / "library")


@pytest.fixture(scope="module")
def massage(tmp_path_factory: pytest.TempPathFactory, recipe: Recipe) -> Shown:
    """The author's edition of CDI 00036, from a run of a copy of this library."""
    folder = tmp_path_factory.mktemp("massage")
    for name in ("policy", "features", "steps"):
        shutil.copytree(LIBRARY / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(LIBRARY / "src" / "cdispec" / "starter" / "pyproject.toml", folder / "pyproject.toml")
    run(folder)
    return _shown(folder, recipe)


def _ids(scenarios: tuple[ShownScenario, ...]) -> list[str]:
    return [one.scenario.key for one in scenarios]


# What a scenario shows


def test_a_scenario_that_holds_has_passed(ran: Shown) -> None:
    assert ran.state("holds") is State.PASSED


def test_a_scenario_that_does_not_hold_has_failed(ran: Shown) -> None:
    assert ran.state("fails") is State.FAILED


def test_the_page_says_that_a_scenario_failed(ran: Shown) -> None:
    assert '<span class="state failed">failed</span>' in ran.row("scenario.fails")


def test_the_page_says_so_beside_the_clause_too(ran: Shown) -> None:
    beside = ran.page[ran.page.index('<h3 id="old">') :]
    assert re.search(r'<a href="#clause.old">Scenarios: 1 rest on it,[^<]*<span class="state failed">', beside)


def test_a_scenario_is_stale_when_its_feature_is_newer(changed: Path, recipe: Recipe) -> None:
    (changed / ONE).write_text(THREE + "\n# A remark\n", "utf-8")
    assert set(_shown(changed, recipe).evidence.counts.items()) >= {(State.STALE, 3), (State.PASSED, 0)}


def test_a_scenario_is_stale_when_the_policy_is_newer(changed: Path, recipe: Recipe) -> None:
    file = changed / "policy" / SAMPLE / "policy.md"
    file.write_text(file.read_text("utf-8") + "\nMore words.\n", "utf-8")
    assert '<span class="state stale">stale</span>' in _shown(changed, recipe).row("scenario.holds")


def test_a_scenario_that_the_record_does_not_hold_was_not_run(changed: Path, recipe: Recipe) -> None:
    (changed / FEATURES / "two.feature").write_text(HEAD + approved("new"), "utf-8")
    assert '<span class="state not-run">not run</span>' in _shown(changed, recipe).row("scenario.new")


def test_a_scenario_is_stale_when_what_the_sentences_mean_is_newer(changed: Path, recipe: Recipe) -> None:
    (changed / "steps" / "more.py").write_text("", "utf-8")
    assert '<span class="state stale">stale</span>' in _shown(changed, recipe).row("scenario.holds")


def test_the_page_says_that_there_is_no_record(changed: Path, recipe: Recipe) -> None:
    (changed / RECORD).unlink()
    assert "There is no record: the scenarios have not been run." in _shown(changed, recipe).page


def test_without_a_record_scenarios_still_rest_on_what_their_sentences_name(changed: Path, recipe: Recipe) -> None:
    (changed / RECORD).unlink()
    assert _ids(_shown(changed, recipe).clause("first").rests) == ["holds"]


def test_a_policy_without_scenarios_has_none_rather_than_none_in_the_record(changed: Path, recipe: Recipe) -> None:
    shutil.rmtree(changed / "features")
    (changed / RECORD).unlink()
    page = _shown(changed, recipe).page
    assert "No scenario</strong>" in page
    assert "in the record" not in page.replace("the record of the run", "")


def test_a_record_that_is_not_current_is_told(changed: Path, recipe: Recipe) -> None:
    (changed / ONE).write_text(THREE + "\n# A remark\n", "utf-8")
    assert "The record is not current." in _shown(changed, recipe).page


def test_a_scenario_is_shown_with_its_sentences(ran: Shown) -> None:
    assert _stated(ran.row("scenario.holds"))[0] == ("Given", "there is pain")


def test_a_row_of_an_outline_is_shown_by_how_it_differs_from_the_first(massage: Shown) -> None:
    first, second = (massage.row(f"scenario.pain-continuation-limits-do-not-apply.{n}") for n in (1, 2))
    number = re.search(r' id="(_\d+)"', first)
    assert number
    assert ("And", "there is no expectation of further progress toward goals") in _stated(first)
    assert len(_stated(first)) == 4
    assert f'As scenario <a href="#{number[1]}">' in second
    said = "the Veteran is able to maintain achieved progress toward goals without additional therapy"
    assert _stated(second) == [("And", said)]


def test_what_scenarios_of_a_file_begin_with_is_shown_once(massage: Shown) -> None:
    said = ("Given", "the established diagnoses are plantar fasciitis")
    [group] = [row for row in massage.page.split("<tr>") if "Continuation: the next series" in row]
    assert "<code>07-continuation-next-series.feature</code>" in group
    assert said in _stated(group)
    assert said not in _stated(massage.row("scenario.continuation-next-series-grid"))


def _stated(row: str) -> list[tuple[str, str]]:
    """The sentences that a row shows, each with its first word."""
    return re.findall(r"<li><b>(\w+)</b> ([^\n<]*)", row)


def test_a_scenario_is_shown_with_its_file_and_line(ran: Shown) -> None:
    assert f"<code>{ONE.rpartition('/')[2]}</code>" in ran.page
    assert ", line 4\n" in ran.row("scenario.holds")


def test_words_of_a_scenario_cannot_run(ran: Shown) -> None:
    row = ran.row("scenario.evil")
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; {{ 7 * 7 }}" in row
    assert "<script>" not in row


# What bears on a clause


def test_a_scenario_rests_on_the_clause_that_its_determination_names(ran: Shown) -> None:
    # It expects I.b, and what is determined is IV.
    assert _ids(ran.clause("rest").rests) == ["fails", "evil"]


def test_a_scenario_rests_on_the_clause_that_its_sentence_names(ran: Shown) -> None:
    assert _ids(ran.clause("old").rests) == ["fails"]


def test_a_scenario_shows_a_criterion_met_or_not_met(ran: Shown) -> None:
    pain = ran.clause("pain")
    assert (_ids(pain.met), _ids(pain.not_met)) == (["holds"], ["fails", "evil"])


def test_a_criterion_that_stays_unknown_is_not_tested(ran: Shown) -> None:
    assert ran.clause("severe").untested


def test_a_clause_with_logic_and_no_scenario_is_told_beside_it(ran: Shown) -> None:
    beside = ran.page[ran.page.index('<h3 id="complex">') :]
    first = beside[: beside.index("</section>")]
    assert '<strong class="gap">No scenario</strong>' in first


def test_clauses_with_logic_and_no_scenario_are_told_at_the_top(ran: Shown) -> None:
    top = ran.page[ran.page.index("Clauses with logic and no scenario") :].partition("</p>")[0]
    assert "(severe)" in top


def test_a_clause_without_logic_is_not_untested(ran: Shown) -> None:
    assert not ran.clause("codes").untested


def test_a_criterion_that_no_scenario_shows_met_is_told(ran: Shown) -> None:
    assert "No scenario shows it met" in ran.page


def test_clauses_that_follow_each_other_are_named_from_the_first_to_the_last(massage: Shown) -> None:
    ids = ["back-pain", "cancer-pain", "fibromyalgia", "joint-pain", "attainable-goals-specified"]
    assert massage.evidence.spans(ids) == (
        Span(massage.clause("back-pain"), massage.clause("fibromyalgia")),
        Span(massage.clause("joint-pain"), None),
        Span(massage.clause("attainable-goals-specified"), None),
    )


def test_scenarios_that_follow_each_other_are_numbered_from_the_first_to_the_last(massage: Shown) -> None:
    shown = massage.evidence.scenarios
    runs = massage.evidence.runs([*shown[:3], *shown[5:7], shown[8]])
    assert [(first.number, last.number) for first, last in runs] == [(1, 3), (6, 7), (9, 9)]


# CDI 00036


def test_every_scenario_of_the_first_policy_has_passed(massage: Shown) -> None:
    assert massage.evidence.counts[State.PASSED] == len(massage.evidence.scenarios)


def test_every_clause_of_the_first_policy_with_logic_has_a_scenario(massage: Shown) -> None:
    assert [clause.id for clause in massage.evidence.untested] == []


def test_fibromyalgia_is_shown_met_where_scenarios_state_it(massage: Shown) -> None:
    assert _ids(massage.clause("fibromyalgia").met) == [
        "pain-each-condition-alone[fibromyalgia]",
        "pain-goals-not-yet-set",
        "pain-condition-and-benefit",
        "initial-open-and-complete-record",
    ]


def test_an_item_of_a_list_is_shown_not_met_by_the_rows_about_other_items(massage: Shown) -> None:
    rows = [id for id in _ids(massage.clause("fibromyalgia").not_met) if id.startswith("pain-each-condition-alone[")]
    assert len(rows) == 10


def test_the_criteria_of_a_classification_have_scenarios(massage: Shown) -> None:
    age = massage.clause("age")
    assert age.met
    assert age.not_met


def test_a_code_that_a_scenario_looks_up_names_the_list_of_codes(massage: Shown) -> None:
    assert massage.clause("codes").rests


def test_both_ways_of_the_matrix_say_the_same(massage: Shown) -> None:
    forth = {(one.scenario.key, id) for one in massage.evidence.scenarios for id in one.met}
    back = {(key, clause.id) for clause in massage.evidence.clauses for key in _ids(clause.met)}
    assert forth == back


def test_every_clause_is_in_the_matrix(massage: Shown) -> None:
    assert [id for id in massage.policy.clauses if f'<tr id="clause.{id}">' not in massage.page] == []


def test_every_scenario_is_in_the_matrix(massage: Shown) -> None:
    keys = [one.scenario.key for one in massage.evidence.scenarios if f'<tr id="{one.anchor}">' not in massage.page]
    assert keys == []


def test_every_interpretation_is_in_the_register(massage: Shown) -> None:
    ids = [found.id for found in massage.policy.interpretations]
    assert [id for id in ids if f'<tr id="interpretation.{id}">' not in massage.page] == []


def test_every_fact_is_in_the_vocabulary_with_its_question(massage: Shown) -> None:
    rows = {id: massage.row(f"fact.{id}") for id in massage.policy.facts}
    facts = massage.policy.facts.values()
    assert [fact.id for fact in facts if fact.question.replace("'", "&#39;") not in rows[fact.id]] == []


def test_the_sentences_of_a_list_are_all_in_the_vocabulary(massage: Shown) -> None:
    told = re.findall(r"<li>([^<]*)</li>", massage.row("fact.diagnosis"))
    assert told == [
        "the established diagnoses are {value}",
        "the established diagnoses include {value}",
        "no listed condition is established",
    ]


# The page


def _words(parts: tuple[Chapter, ...]) -> Iterator[Inlines]:
    for part in parts:
        yield part.title
        for piece in part.content:
            if isinstance(piece, Criteria):
                yield from _item_words(piece.items)
        yield from _words(part.parts)


def _item_words(items: tuple[Item, ...]) -> Iterator[Inlines]:
    for item in items:
        yield item.of
        yield from _item_words(item.items)


def test_the_words_of_the_policy_are_those_of_the_published_edition(massage: Shown) -> None:
    words = [html(of) for of in _words(document_of(massage.policy).parts)]
    assert [of for of in words if of not in massage.page] == []


def test_each_clause_that_is_printed_has_its_evidence_beside_it(massage: Shown) -> None:
    labels = re.findall(r"Evidence for ([^:]+):", massage.page)
    assert labels == [clause.label for clause in massage.evidence.clauses if clause.printed]


def test_no_two_places_have_one_address(massage: Shown) -> None:
    ids = re.findall(r'\bid="([^"]+)"', massage.page)
    assert sorted(ids) == sorted(set(ids))


def test_sections_of_any_name_have_an_address_of_their_own(recipe: Recipe, written: Write) -> None:
    names = ["interpretations", "facts", "matrix", "scenarios", "clauses", "evidence", "summary", "main"]
    policy = written("".join(f"## {name.title()} {{#{name}}}\n\nText.\n\n" for name in names))
    evidence = evidence_of(policy, (), Record())
    page = documents([Shelf(policy)], recipe, {policy.number: evidence})[f"cdi/{policy.slug}/working/author.html"]
    ids = re.findall(r'\bid="([^"]+)"', page.decode())
    assert set(names) <= set(ids)
    assert sorted(ids) == sorted(set(ids))


def test_every_link_within_the_page_leads_somewhere(massage: Shown) -> None:
    ids = set(re.findall(r'\bid="([^"]+)"', massage.page))
    assert set(re.findall(r'href="#([^"]+)"', massage.page)) - ids == set()


def test_no_heading_skips_a_level(massage: Shown) -> None:
    levels = [int(level) for level in re.findall(r"<h([1-6])", massage.page)]
    assert [level for before, level in pairwise(levels) if level > before + 1] == []


def test_every_table_has_a_caption_or_a_name_that_is_read_out(massage: Shown) -> None:
    boxes = re.findall(r'<div class="table" role="region" aria-label="[^"]+" tabindex="0"><table', massage.page)
    assert len(boxes) == massage.page.count("<table")


def test_the_same_evidence_gives_the_same_page(sample: Path, ran: Shown, recipe: Recipe) -> None:
    assert _shown(sample, recipe).page == ran.page


def test_the_working_state_leads_to_the_authors_edition(ran: Shown, recipe: Recipe) -> None:
    made = documents([Shelf(ran.policy)], recipe, {ran.policy.number: ran.evidence})
    assert b'href="author.html"' in made[f"cdi/{SAMPLE}/working/index.html"]


def test_a_published_revision_does_not_lead_to_it(ran: Shown, recipe: Recipe) -> None:
    revision = replace(ran.policy, in_effect=ran.policy.effective)
    made = documents([Shelf(ran.policy, (revision,))], recipe, {ran.policy.number: ran.evidence})
    assert b"author.html" not in made[f"cdi/{SAMPLE}/{revision.revision}/index.html"]


def test_only_the_working_state_has_an_authors_edition(ran: Shown, recipe: Recipe) -> None:
    revision = replace(ran.policy, in_effect=ran.policy.effective)
    made = documents([Shelf(ran.policy, (revision,))], recipe, {ran.policy.number: ran.evidence})
    assert [path for path in made if path.endswith("author.html")] == [PAGE]


def test_without_evidence_there_is_no_authors_edition(built: dict[str, bytes]) -> None:
    assert f"{FOLDER}/author.html" not in built
