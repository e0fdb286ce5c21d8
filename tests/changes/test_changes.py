"""What edits of CDI 00036 change is told, and nothing else."""

from __future__ import annotations

import json
from dataclasses import fields
from pathlib import Path

import pytest

from cdispec.analysis.changes.change import Changes, ClauseChange, EntryChange, Fate, Setting
from cdispec.analysis.changes.changes import changes
from cdispec.analysis.changes.words import SpanKind, WordSpan
from cdispec.report.changes import changes_json, changes_text
from cdispec.report.terminal import Style
from tests.changes.edits import EDITS
from tests.changes.states import state
from tests.scenario.sample import FACTS, SAMPLE, policy_of

EXPECTED = Path(__file__).parent / "expected"
PLAIN = Style(colour=False)
OPPOSITE = {Fate.ADDED: Fate.REMOVED, Fate.REMOVED: Fate.ADDED}


def changed(name: str) -> Changes:
    """What an edit changes."""
    return changes(state(), state(*EDITS[name]))


def kinds(name: str) -> dict[str, tuple[str, ...]]:
    """How each clause was changed by an edit, clauses that were only renumbered left out."""
    return {change.id: change.kinds for change in changed(name).clauses if change.kinds != ("renumbered",)}


def told(found: Changes) -> list[tuple[str, ClauseChange | EntryChange]]:
    """All changes with the group they are in."""
    return [(group.name, change) for group in fields(found) for change in getattr(found, group.name)]


def test_the_same_policy_says_the_same() -> None:
    found = changes(state(), state())
    assert found.empty
    assert "No words, facts, codes or definitions were changed." in changes_text(found, PLAIN)


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_is_told_as_an_analyst_reads_it(name: str, rewrite: bool) -> None:
    text = changes_text(changed(name), PLAIN) + "\n"
    file = EXPECTED / f"{name}.txt"
    if rewrite:
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, "utf-8")
    assert text == file.read_text("utf-8")


@pytest.mark.parametrize("name", EDITS)
def test_what_is_added_one_way_is_removed_the_other_way(name: str) -> None:
    def summary(found: Changes, turned: bool) -> set[tuple[str, str, Fate]]:
        return {
            (group, change.id, OPPOSITE.get(change.fate, Fate.STAYED) if turned else change.fate)
            for group, change in told(found)
            if change.fate in OPPOSITE
        }

    there, back = changed(name), changes(state(*EDITS[name]), state())
    assert summary(there, turned=True) == summary(back, turned=False)
    assert not there.empty
    assert not back.empty


@pytest.mark.parametrize("name", EDITS)
def test_the_data_can_be_written_as_json(name: str) -> None:
    data = changes_json(changed(name))
    assert json.loads(json.dumps(data)) == json.loads(json.dumps(data, sort_keys=True))
    assert any(data.values())


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("threshold", {"age": ("reworded", "logic")}),
        ("logic-only", {"age": ("logic",)}),
        ("all-to-any", {"goals-set-with-self-management": ("logic",)}),
        ("item-added", {"fatigue": ("added",)}),
        ("item-removed", {"initial-condition-assessed": ("removed",)}),
        ("item-moved", {"initial-condition-assessed": ("moved",)}),
        ("item-into-another", {"initial-condition-assessed": ("moved", "reworded")}),
        ("guard", {"age": ("logic",), "not-in-hospice": ("added",)}),
        ("sections-swapped", {"non-pain-conditions": ("moved",)}),
        ("section-added", {"young": ("added",), "young-age": ("added",), "young-benefit": ("added",)}),
        ("section-removed", {"medicare": ("removed",)}),
        ("prose", {"complex-conditions": ("reworded",)}),
        ("regrouped", {"attainable-goals-specified": ("logic",)}),
        ("facts", {}),
        ("codes-and-definitions", {}),
        ("head", {}),
        ("fact-replaced", {"enrolled-in-hospice": ("removed",), "in-hospice": ("added",)}),
        ("preamble", {}),
        ("interpretation", {}),
    ],
)
def test_each_clause_is_told_by_what_became_of_it(name: str, expected: dict[str, tuple[str, ...]]) -> None:
    assert kinds(name) == expected


def test_a_reference_is_not_reworded_when_only_its_label_changed() -> None:
    before, after = state(), state(*EDITS["section-added"])
    assert before.clauses["continuation"] != after.clauses["continuation"]
    found = changes(before, after)
    assert found.interpretations == ()
    assert not [change.id for change in found.clauses if "reworded" in change.kinds]


def test_a_reference_to_another_clause_is_reworded() -> None:
    edit = ("Those of {pain-conditions} or those of", "Those of {complex-conditions} or those of")
    (change,) = changes(state(), state(edit)).interpretations
    (passage,) = change.passages
    assert WordSpan(SpanKind.REMOVED, "II.a.i") in passage.spans
    assert WordSpan(SpanKind.ADDED, "II.a.iii") in passage.spans


def test_a_reference_to_another_clause_under_the_same_label_is_told_by_their_ids() -> None:
    renamed = (
        ("### Medicare Coverage Determinations {#medicare}", "### Medicare Coverage Determinations {#coverage}"),
        ("clause: medicare\n", "clause: coverage\n"),
    )
    cited = "**Note:** Medical massage therapy is indicated to promote"
    before = state((cited, "See {medicare}. " + cited))
    after = state(*renamed, (cited, "See {coverage}. " + cited))
    change = next(change for change in changes(before, after).clauses if change.id == "complex-conditions")
    assert WordSpan(SpanKind.ADDED, "coverage") in change.passages[0].spans


def test_clauses_below_one_that_moved_are_only_renumbered_with_it() -> None:
    below = [change for change in changed("sections-swapped").clauses if change.id in ("lymphedema", "scar-tissue")]
    assert [(change.kinds, change.follows) for change in below] == [(("renumbered",), True)] * 2


def test_a_removed_clause_stands_where_it_stood() -> None:
    ids = [change.id for change in changed("item-removed").clauses]
    assert ids.index("initial-condition-assessed") < ids.index("response-criteria-and-goals-documented")


def test_an_inserted_paragraph_leaves_its_neighbours_as_they_are() -> None:
    change = next(change for change in changed("prose").clauses if change.id == "complex-conditions")
    assert change.passages[0].spans == (WordSpan(SpanKind.ADDED, "A new paragraph."),)
    assert [passage.reworded for passage in change.passages] == [False, True]


def test_a_fact_that_asks_otherwise_warns_of_recorded_answers() -> None:
    notes = {change.id: change.note for change in changed("facts").facts}
    doubt = "The same recorded answer may now mean something else."
    assert notes == {"age": "", "initial-goals": doubt, "returned-to-work": doubt}


def test_a_date_that_can_no_longer_lie_after_the_request_is_told() -> None:
    before = policy_of(FACTS.replace("  latest: request\n", ""))
    there, back = changes(before, SAMPLE).facts, changes(SAMPLE, before).facts
    assert [(change.id, change.note, change.settings) for change in (*there, *back)] == [
        ("trial-end", "", (Setting("", "latest: request"),)),
        ("trial-end", "", (Setting("latest: request", ""),)),
    ]


def test_a_new_option_warns_that_older_answers_could_not_name_it() -> None:
    (change,) = changed("item-added").facts
    assert change.note == "An answer recorded before could not name the new option."


def test_an_option_that_is_gone_warns_of_answers_that_name_it() -> None:
    (change,) = changes(state(*EDITS["item-added"]), state()).facts
    assert change.note == "A recorded answer may name an option that is gone."


def test_colour_paints_what_was_removed_and_added() -> None:
    text = changes_text(changed("threshold"), Style(colour=True))
    assert "\x1b[31m[-of-]\x1b[0m" in text
    assert "\x1b[32m{+above+}\x1b[0m" in text


@pytest.mark.parametrize("name", EDITS)
def test_lines_keep_to_the_width_and_show_no_mark_of_ours(name: str) -> None:
    lines = changes_text(changed(name), PLAIN).splitlines()
    assert max(map(len, lines)) <= 100
    assert not any(sign in line for line in lines for sign in "\x01\x02\x03\x04")
