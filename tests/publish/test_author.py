"""The author's edition: beside each clause what it rests on, and the registers that lead from one to the other."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise
from pathlib import Path

import pytest

from cdispec.analysis.adequacy.adequacy import State as Cell
from cdispec.library import read_library, read_suite, source_lines
from cdispec.library.record import Record, read_record
from cdispec.library.sources import RECORD
from cdispec.model.inlines import Inlines
from cdispec.model.policy import Policy
from cdispec.publish.build import documents
from cdispec.publish.formats.html import html
from cdispec.publish.pages.evidence import Clause, Evidence, Span, evidence_of
from cdispec.publish.pages.scenarios import Shown as ShownScenario
from cdispec.publish.pages.scenarios import State
from cdispec.publish.pages.tested import Kind, Subject
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

    def told(self, anchor: str) -> str:
        """What is told on demand, with its summary, where the page is led to."""
        return next(told for told in self.page.split('<details class="tested"')[1:] if f'id="{anchor}"' in told)

    def row(self, anchor: str) -> str:
        """The row of a table that is led to."""
        return next(row for row in self.page.split("<tr")[1:] if f'id="{anchor}"' in row)

    def tested(self, id: str) -> Subject:
        """What is tested of a clause."""
        return self.clause(id).tested

    def shows(self, id: str, words: str) -> list[str]:
        """The scenarios that show something of a clause."""
        return next(_ids(point.shown_by) for point in self.tested(id).points if point.words == words)


def _shown(folder: Path, recipe: Recipe, proved: bool = False) -> Shown:
    """To prove what no case could show of the sample takes long, and little is asked of it here."""
    found = read_library(folder)
    [policy] = found.policies.values()
    evidence = evidence_of(policy, read_suite(found).readings, read_record(folder), partial(source_lines, folder))
    with pytest.MonkeyPatch.context() as installed:
        for module in ("cdispec.analysis.adequacy.assess", "cdispec.publish.pages.tested"):
            installed.setattr(f"{module}.can_prove", lambda: proved)
        made = documents([Shelf(policy)], recipe, {policy.number: evidence})
    return Shown(policy, evidence, made[f"{policy.pages}working/author.html"].decode())


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
    return _shown(folder, recipe, proved=True)


def _ids(scenarios: tuple[ShownScenario, ...]) -> list[str]:
    return [one.scenario.key for one in scenarios]


# What a scenario shows


def test_a_scenario_that_holds_has_passed(ran: Shown) -> None:
    assert ran.state("holds") is State.PASSED


def test_a_scenario_that_does_not_hold_has_failed(ran: Shown) -> None:
    assert ran.state("fails") is State.FAILED


def test_the_page_says_that_a_scenario_failed(ran: Shown) -> None:
    assert '<span class="state failed">failed</span>' in ran.told("scenario.fails")


def test_a_scenario_is_stale_when_its_feature_is_newer(changed: Path, recipe: Recipe) -> None:
    (changed / ONE).write_text(THREE + "\n# A remark\n", "utf-8")
    assert set(_shown(changed, recipe).evidence.counts.items()) >= {(State.STALE, 3), (State.PASSED, 0)}


def test_a_scenario_is_stale_when_the_policy_is_newer(changed: Path, recipe: Recipe) -> None:
    file = changed / "policy" / SAMPLE / "policy.md"
    file.write_text(file.read_text("utf-8") + "\nMore words.\n", "utf-8")
    assert '<span class="state stale">stale</span>' in _shown(changed, recipe).told("scenario.holds")


def test_a_scenario_that_the_record_does_not_hold_was_not_run(changed: Path, recipe: Recipe) -> None:
    (changed / FEATURES / "two.feature").write_text(HEAD + approved("new"), "utf-8")
    assert '<span class="state not-run">not run</span>' in _shown(changed, recipe).told("scenario.new")


def test_a_scenario_is_stale_when_what_the_sentences_mean_is_newer(changed: Path, recipe: Recipe) -> None:
    (changed / "steps" / "more.py").write_text("", "utf-8")
    assert '<span class="state stale">stale</span>' in _shown(changed, recipe).told("scenario.holds")


def test_the_page_says_that_there_is_no_record(changed: Path, recipe: Recipe) -> None:
    (changed / RECORD).unlink()
    assert "There is no record: the scenarios have not been run." in _shown(changed, recipe).page


def test_what_scenarios_show_does_not_need_a_record(changed: Path, recipe: Recipe) -> None:
    (changed / RECORD).unlink()
    assert _shown(changed, recipe).shows("pain", "met") == ["holds"]


def test_a_record_that_is_not_current_is_told(changed: Path, recipe: Recipe) -> None:
    (changed / ONE).write_text(THREE + "\n# A remark\n", "utf-8")
    assert "The record is not current." in _shown(changed, recipe).page


def test_a_scenario_is_shown_with_its_sentences(ran: Shown) -> None:
    assert _stated(ran.told("scenario.holds"))[0] == ("Given", "there is pain")


def test_a_row_of_an_outline_is_shown_by_how_it_differs_from_the_first(massage: Shown) -> None:
    first, second = (massage.told(f"scenario.pain-continuation-limits-do-not-apply.{n}") for n in (1, 2))
    number = re.search(r' id="(_\d+)"', first)
    assert number
    assert ("And", "there is no expectation of further progress toward goals") in _stated(first)
    assert len(_stated(first)) == 4
    assert f'As scenario <a href="#{number[1]}">' in second
    said = "the Veteran is able to maintain achieved progress toward goals without additional therapy"
    assert _stated(second) == [("And", said)]


def test_what_scenarios_of_a_file_begin_with_is_shown_once(massage: Shown) -> None:
    said = ("Given", "the established diagnoses are plantar fasciitis")
    [group] = [told for told in massage.page.split('<div class="group">') if "Continuation: the next series" in told]
    group = group.partition('<details class="tested"')[0]
    assert "<code>07-continuation-next-series.feature</code>" in group
    assert said in _stated(group)
    assert said not in _stated(massage.told("scenario.continuation-next-series-grid"))


def _stated(row: str) -> list[tuple[str, str]]:
    """The sentences that a row shows, each with its first word."""
    return re.findall(r"<li><b>(\w+)</b> ([^\n<]*)", row)


def test_a_scenario_is_shown_with_its_file_and_line(ran: Shown) -> None:
    assert f"<code>{ONE.rpartition('/')[2]}</code>, line 4" in ran.told("scenario.holds")


def test_words_of_a_scenario_cannot_run(ran: Shown) -> None:
    row = ran.told("scenario.evil")
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; {{ 7 * 7 }}" in row
    assert "<script>" not in row


# What scenarios show


def test_a_scenario_shows_what_decides_in_it(ran: Shown) -> None:
    assert ran.shows("pain", "met") == ["holds"]


def test_a_scenario_that_fails_shows_nothing(ran: Shown) -> None:
    every = {key for clause in ran.evidence.clauses for point in clause.tested.points for key in _ids(point.shown_by)}
    assert every == {"holds", "evil"}


def test_the_page_begins_with_the_scenarios_that_fail(ran: Shown) -> None:
    assert 'A scenario that fails shows nothing:</strong> <a href="#scenario.fails">Fails</a>.' in ran.page


def test_a_scenario_shows_the_clause_that_its_outcome_rests_on(ran: Shown) -> None:
    assert ran.shows("rest", "an outcome that rests on it") == ["evil"]


def test_the_page_begins_with_the_score(ran: Shown) -> None:
    score = ran.evidence.tested.adequacy.score.percent
    assert ran.page.index(f"<dt>Tested</dt><dd>{score} %</dd>") < ran.page.index("<article")


def test_what_no_scenario_shows_is_told_first_and_beside_its_clause(ran: Shown) -> None:
    missing = ran.tested("severe").missing
    assert missing.startswith("met, not met")
    first = ran.page[: ran.page.index("<article")]
    assert f'<a href="#clause.severe">{ran.clause("severe").label} <code>severe</code></a>: {missing}' in first
    assert f'<strong class="gap">Not shown</strong> {missing}' in ran.page[ran.page.index("<article") :]


def test_what_could_never_be_shown_is_told_and_is_no_gap(massage: Shown) -> None:
    impossible = massage.evidence.tested.states[Cell.IMPOSSIBLE]
    assert impossible
    assert massage.page.count("No case could show it.") == impossible


def test_an_edit_that_no_scenario_notices_is_told_with_the_line_before_and_after(ran: Shown) -> None:
    told = ran.told("clause.exclusions")
    assert '<del><span class="hidden">Before: </span>' in told
    assert '<ins><span class="hidden">After: </span>' in told


def test_the_edits_of_a_fact_are_told_with_it_though_a_criterion_has_its_id(massage: Shown) -> None:
    of = massage.evidence.tested.of
    assert of(Kind.FACT, "age").noticed.of
    assert of(Kind.FACT, "age").noticed != of(Kind.CLAUSE, "age").noticed


def test_everything_counted_is_told_once(massage: Shown) -> None:
    tested = massage.evidence.tested
    assert sum(one.shown.of for one in tested.subjects) == tested.adequacy.shown.of
    assert sum(one.noticed.of for one in tested.subjects) == tested.adequacy.noticed.of


def test_what_is_known_is_not_found_again_where_nothing_was_edited(ran: Shown, sample: Path) -> None:
    readings, record = read_suite(read_library(sample)).readings, Record()
    own = [replace(reading, policy=ran.policy) for reading in readings]
    again = evidence_of(ran.policy, own, record, lambda _: [], ran.evidence)
    assert again.assessed is ran.evidence.assessed
    assert evidence_of(ran.policy, own[1:], record, lambda _: [], ran.evidence).assessed is not ran.evidence.assessed


def test_without_a_solver_the_page_says_so(ran: Shown) -> None:
    assert "The solver z3 is not installed." in ran.page
    assert ran.evidence.tested.states[Cell.IMPOSSIBLE] == 0


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


def test_fibromyalgia_is_shown_met_where_scenarios_hang_on_it(massage: Shown) -> None:
    assert massage.shows("fibromyalgia", "met") == [
        "pain-each-condition-alone[fibromyalgia]",
        "pain-goals-not-yet-set",
        "pain-condition-and-benefit",
        "initial-open-and-complete-record",
        "later-each-listed-condition",
    ]


def test_both_ways_say_the_same(massage: Shown) -> None:
    scenarios, decides = massage.evidence.scenarios, massage.evidence.tested.decides
    forth = {(one.scenario.key, id) for one in scenarios for id in decides(one).found.get("met", ())}
    back = {
        (key, clause.id)
        for clause in massage.evidence.clauses
        for point in clause.tested.points
        if point.words == "met"
        for key in _ids(point.shown_by)
    }
    assert forth == back


def test_every_clause_with_logic_is_told(massage: Shown) -> None:
    logical = [clause.id for clause in massage.evidence.clauses if clause.has_logic]
    assert [id for id in logical if f'<dl id="clause.{id}">' not in massage.page] == []


def test_every_scenario_is_told(massage: Shown) -> None:
    keys = [one.scenario.key for one in massage.evidence.scenarios if f'<div id="{one.anchor}">' not in massage.page]
    assert keys == []


def test_every_interpretation_is_in_the_register(massage: Shown) -> None:
    ids = [found.id for found in massage.policy.interpretations]
    assert [id for id in ids if f'<dl id="interpretation.{id}">' not in massage.page] == []


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
    evidence = evidence_of(policy, (), Record(), lambda _: [])
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
