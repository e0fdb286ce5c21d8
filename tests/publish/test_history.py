"""The revision history table."""

from __future__ import annotations

from dataclasses import replace

from cdispec.model.history import HistoryRow
from cdispec.model.policy import Policy
from cdispec.publish.build import documents
from cdispec.publish.recipe import Recipe
from cdispec.publish.shelf import Shelf
from cdispec.source import Place
from tests.publish.conftest import Write
from tests.publish.paragraphs import of_html
from tests.publish.shelves import rewritten

HISTORY = "## History {#history}\n\n| Review Date | Summary of Update(s) |\n|---|---|\n| MM/DD/YYYY | • |\n"


def row(date: str, *updates: str, revision: str = "", reason: str = "", corrects: str = "") -> HistoryRow:
    return HistoryRow(date, updates or ("Reviewed",), revision, reason, corrects, Place("history.yaml"))


def printed(policy: Policy, recipe: Recipe) -> list[str]:
    """The rows of the table of a page."""
    page = documents([Shelf(policy)], recipe)[f"cdi/{policy.slug}/working/index.html"].decode()
    return of_html(page)[of_html(page).index("I. History") + 1 :]


def markdown(policy: Policy, recipe: Recipe) -> str:
    return documents([Shelf(policy)], recipe)[f"cdi/{policy.slug}/working/policy.md"].decode()


def test_without_a_revision_the_placeholder_stands(written: Write, recipe: Recipe) -> None:
    policy = written(HISTORY)
    assert printed(policy, recipe) == ["Review Date\tSummary of Update(s)", "MM/DD/YYYY\t•"]
    assert "| MM/DD/YYYY | • |" in markdown(policy, recipe)


def test_rows_stand_newest_first_in_the_place_of_the_placeholder(written: Write, recipe: Recipe) -> None:
    policy = written(HISTORY, history=(row("2025-06-01", "First"), row("2025-12-15", "One | two", "Three")))
    assert printed(policy, recipe)[1:] == ["12/15/2025\t• One | two • Three", "06/01/2025\t• First"]
    assert "| 12/15/2025 | • One \\| two<br>• Three |" in markdown(policy, recipe)


def test_of_rows_with_one_date_the_one_written_last_comes_first(written: Write, recipe: Recipe) -> None:
    rows = (row("2025-12-15", "Earlier"), row("2025-12-15", "Later"), row("2025-12-15", "Latest"))
    assert [text.partition("• ")[2] for text in printed(written(HISTORY, history=rows), recipe)[1:]] == [
        "Latest",
        "Later",
        "Earlier",
    ]


def test_a_month_stands_after_the_days_of_that_month(written: Write, recipe: Recipe) -> None:
    rows = (row("2025-12", "Month"), row("2025-12-01", "Day"), row("2026-01", "Next month"))
    dates = [text.partition("\t")[0] for text in printed(written(HISTORY, history=rows), recipe)[1:]]
    assert dates == ["01/2026", "12/01/2025", "12/2025"]


def test_revisions_and_reasons_have_columns_as_soon_as_a_row_has_them(written: Write, recipe: Recipe) -> None:
    rows = (row("2026-01-15", "Changed", revision="2026-02-01", reason="New **evidence**"), row("2026-06", "No change"))
    assert printed(written(HISTORY, history=rows), recipe) == [
        "Review Date\tRevision\tSummary of Update(s)\tReason",
        "06/2026\tnone\t• No change\t",
        "01/15/2026\t02/01/2026\t• Changed\tNew **evidence**",
    ]


def test_a_row_that_corrects_another_says_which(written: Write, recipe: Recipe) -> None:
    rows = (row("2025-12", "Wrong"), row("2026-01-15", "Right", corrects="2025-12"))
    assert printed(written(HISTORY, history=rows), recipe)[1] == ("01/15/2026\t• Corrects the entry of 12/2025 • Right")


WIDER = (
    "• wider: where sample therapy is requested, there is pain and rest lasted 5 weeks, "
    "it is now medically necessary under I.2; before it was not addressed "
    '• reworded; no part of the proof: I.2, "Pain" is now "Pain that is documented" '
    '• reworded; no part of the proof: the fact pain, "Is there pain?" is now "Is pain documented?" '
    '• reworded; no part of the proof: the definition of Rest, "Doing nothing" was removed'
)


def test_a_row_of_a_revision_says_what_it_does_in_a_column_of_its_own(recipe: Recipe) -> None:
    shelf = rewritten()
    made = documents([Shelf(replace(shelf.working, title="Edited"), shelf.revisions)], recipe)
    for state in ("2026-07-01", "working"):
        table = of_html(made[f"cdi/00099-sample-therapy/{state}/index.html"].decode())[-3:]
        assert table == [
            "Review Date\tRevision\tSummary of Update(s)\tEffect\tReason",
            "07/01/2026\t07/01/2026\t• Wording\t• no request is decided otherwise (proved)\t",
            f"01/15/2026\t01/15/2026\t• Asks for **swelling** too\t{WIDER}\tNew evidence",
        ]
        assert (
            "| • Asks for **swelling** too | " + WIDER.replace(" •", "<br>•") + " | New"
            in made[f"cdi/00099-sample-therapy/{state}/policy.md"].decode()
        )


def test_a_document_tells_of_its_own_revision_and_those_before(recipe: Recipe) -> None:
    made = documents([rewritten()], recipe)
    table = of_html(made["cdi/00099-sample-therapy/2026-01-15/index.html"].decode())[-2:]
    assert table == [
        "Review Date\tRevision\tSummary of Update(s)\tEffect\tReason",
        f"01/15/2026\t01/15/2026\t• Asks for **swelling** too\t{WIDER}\tNew evidence",
    ]


def test_reviews_and_the_first_revision_have_no_effect(recipe: Recipe) -> None:
    shelf = rewritten()
    rows = (row("2025-06-01", "First", revision="2025-06-01"), *shelf.working.history, row("2026-09", "No change"))
    made = documents([Shelf(replace(shelf.working, history=rows), shelf.revisions)], recipe)
    table = of_html(made["cdi/00099-sample-therapy/working/index.html"].decode())[-4:]
    assert table[0] == "09/2026\tnone\t• No change\t\t"
    assert table[-1] == "06/01/2025\t06/01/2025\t• First\t\t"


def test_without_a_revision_that_follows_another_one_there_is_no_such_column(recipe: Recipe) -> None:
    shelf = rewritten()
    made = documents([Shelf(shelf.working, shelf.revisions[2:])], recipe)
    assert "\tEffect\t" not in "\n".join(of_html(made["cdi/00099-sample-therapy/2026-07-01/index.html"].decode()))
