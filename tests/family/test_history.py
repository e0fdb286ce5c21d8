"""A history of 11 rows as an agency numbers it: printed, sorted, and decided by what was published up to a day."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import cdispec
from cdispec.check import every_issue
from cdispec.cli import main
from cdispec.library import read_library
from cdispec.publish.build import documents
from cdispec.publish.recipe import load_recipe
from cdispec.publish.shelf import Shelf
from tests.family.numbered import FOLDER, FORMER, NAMES, NUMBER, SLUG, at_least, begun, numbered, release
from tests.release.libraries import edit


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The library with all of its releases; no test changes it."""
    return numbered(tmp_path_factory.mktemp("numbered"))


@pytest.fixture(scope="module")
def pages(root: Path) -> Mapping[str, str]:
    """Its documents that are text, by their paths below the folder of the policy."""
    library = read_library(root)
    shelf = Shelf(library.policies[NUMBER], library.revisions[NUMBER])
    made = documents([shelf], load_recipe(Path("build").resolve()))
    own = f"ncd/{SLUG}/"
    texts = {path.removeprefix(own): page for path, page in made.items() if path.startswith(own)}
    return {path: page.decode() for path, page in texts.items() if not path.endswith(".pdf")}


def case(day: str, events: int, **more: str) -> dict[str, Any]:
    return {"policy": NUMBER, "request": "device", "date": day, "facts": {"events": events}, **more}


def decided(root: Path, day: str, events: int, known_on: str = "") -> tuple[str, str]:
    """Which revision decides a request, and whether it grants it."""
    asked = case(day, events, **({"known_on": known_on} if known_on else {}))
    found = cdispec.open_library(root).determine(asked)
    number = next(number for number, name in NAMES.items() if name == found.revision)
    return number, {"medically necessary": "yes", "not medically necessary": "no"}[found.outcome.value]


def codes(root: Path) -> list[str]:
    return [issue.code for issue in every_issue(read_library(root), limit=None)]


def test_the_library_is_without_issues(root: Path) -> None:
    assert codes(root) == []


@pytest.mark.parametrize(
    ("day", "events", "by"),
    [
        ("2008-03-13", 14, ("R94", "yes")),  # the later publication of two for one day
        ("2008-03-13", 13, ("R94", "no")),
        ("2008-05-31", 13, ("R94", "no")),
        ("2008-06-01", 13, ("R99", "yes")),  # published later than R96, in effect earlier
        ("2008-12-31", 12, ("R99", "no")),
        ("2009-01-01", 12, ("R96", "yes")),  # R99 does not reach into the days of R96
        ("2020-01-01", 12, ("R96", "yes")),
    ],
)
def test_the_day_of_the_request_chooses_among_all_that_is_published(
    root: Path, day: str, events: int, by: tuple[str, str]
) -> None:
    assert decided(root, day, events) == by


@pytest.mark.parametrize(
    ("day", "known_on", "events", "by"),
    [
        ("2008-04-01", "2008-07-25", 14, ("R91", "no")),  # on the day of the first publication
        ("2008-04-01", "2008-08-28", 14, ("R91", "no")),  # the day before R94 was published
        ("2008-04-01", "2008-08-29", 14, ("R94", "yes")),
        ("2008-07-01", "2009-02-28", 13, ("R94", "no")),  # the day before R99 was published
        ("2008-07-01", "2009-03-01", 13, ("R99", "yes")),
        ("2009-02-01", "2008-10-14", 12, ("R94", "no")),  # R96 was not published
        ("2009-02-01", "2008-10-15", 12, ("R96", "yes")),
    ],
)
def test_what_was_published_up_to_a_day_decides_as_known_on_it(
    root: Path, day: str, known_on: str, events: int, by: tuple[str, str]
) -> None:
    assert decided(root, day, events, known_on) == by


def test_a_determination_says_what_it_counts_as_known(root: Path) -> None:
    library = cdispec.open_library(root)
    found = library.determine(case("2008-04-01", 14), as_known_on=date(2008, 8, 1))
    assert (found.revision, found.known_on) == ("2008-03-13", "2008-08-01")
    assert cdispec.as_json(found)["known_on"] == "2008-08-01"
    assert "known_on" not in cdispec.as_json(library.determine(case("2008-04-01", 14)))


def test_what_a_case_says_of_its_knowledge_comes_before_what_is_asked(root: Path) -> None:
    own = case("2008-04-01", 14, known_on="2008-09-01")
    assert cdispec.open_library(root).determine(own, as_known_on=date(2008, 8, 1)).known_on == "2008-09-01"


def test_the_command_decides_as_known_on_a_day(root: Path, tmp_path: Path, capfdbinary: Any) -> None:
    lines = tmp_path / "cases.jsonl"
    lines.write_text(json.dumps(case("2008-04-01", 14)), "utf-8")
    command = ["determine", str(lines), "--json", "--library", str(root)]
    assert main([*command, "--as-known-on", "2008-08-01"]) == 0
    assert main(command) == 0
    then, now = (json.loads(line) for line in capfdbinary.readouterr().out.splitlines())
    assert (then["revision"], then["known_on"], then["outcome"]) == (
        NAMES["R91"],
        "2008-08-01",
        "not medically necessary",
    )
    assert (now["revision"], now["outcome"]) == (NAMES["R94"], "medically necessary")


def test_a_later_revision_that_another_one_replaced_is_not_named(tmp_path: Path) -> None:
    root = begun(tmp_path)
    for number, events, effective, published in (
        ("R1", 15, "2008-03-13", "2008-03-13"),
        ("R2", 10, "2009-01-01", "2008-07-01"),
        ("R3", 15, "2009-01-01", "2008-08-01"),
    ):
        at_least(root, events)
        assert release(root, effective, "--number", number, "--published", published) == 0
    library = cdispec.open_library(root)
    assert library.determine(case("2008-04-01", 12)).later is None
    then = library.determine(case("2008-04-01", 12), as_known_on=date(2008, 7, 31)).later
    assert then is not None
    assert (then.revision, str(then.outcome)) == ("2009-01-01", "medically necessary")


def test_a_correction_for_tomorrow_can_follow_a_revision_for_a_coming_year(tmp_path: Path) -> None:
    root = begun(tmp_path)
    for events, effective, more in (
        (15, "2025-01-01", ()),
        (12, "2030-01-01", ()),
        (14, "2026-12-01", ("--published", "2026-11-28")),
        (13, "2027-03-01", ("--published", "2027-02-01")),
    ):
        at_least(root, events)
        assert release(root, effective, *more) == 0
    library = cdispec.open_library(root)
    days = ("2026-11-30", "2026-12-01", "2027-03-01", "2029-12-31", "2030-01-01")
    found = [library.determine(case(day, 20)).revision for day in days]
    assert found == ["2025-01-01", "2026-12-01", "2027-03-01", "2027-03-01", "2030-01-01"]
    assert codes(root) == []


def refused(root: Path, day: str, **more: str) -> str:
    with pytest.raises(cdispec.Refused) as refusal:
        cdispec.open_library(root).determine(case(day, 20, **more))
    [issue] = refusal.value.issues
    return f"{issue.code}: {issue.message}"


def test_a_day_before_the_first_revision_has_no_text_that_could_be_run(root: Path) -> None:
    assert refused(root, "2006-01-01") == (
        "before-first-revision: the policy decides requests dated 2008-03-13 or later; this one is dated 2006-01-01, "
        "when there was no revision that could be run: R35, in effect from 2005-04-04, is from before the tool"
    )


def test_before_the_first_publication_nothing_was_known(root: Path) -> None:
    assert refused(root, "2008-04-01", known_on="2008-07-24") == (
        "nothing-published: nothing of the policy was published by 2008-07-24"
    )


def test_a_working_state_does_not_decide_for_the_texts_before_it(tmp_path: Path) -> None:
    root = begun(tmp_path)
    assert refused(root, "2002-05-01") == (
        "before-first-revision: the policy decides requests dated 2007-10-31 or later; this one is dated 2002-05-01, "
        "when there was no revision that could be run: TN 150, in effect from 2002-04-01, is from before the tool"
    )
    assert cdispec.open_library(root).determine(case("2007-10-31", 20)).revision == "working"
    assert refused(root, "2008-04-01", known_on="2020-01-01").startswith("nothing-published")


PRINTED = """\
| Transmittal | Published | Effective | Explanation | Reason | Effect |
| R99 | 03/01/2009 | 06/01/2008 | • The number of events was changed. |  | {effect} |
| R96 | 10/15/2008 | 01/01/2009 | • The number of events was changed. |  | {effect} |
| R94 | 08/29/2008 | 03/13/2008 | • The number of events was changed. |  | {effect} |
| R91 | 07/25/2008 | 03/13/2008 | • The number of events was changed. |  |  |
|  |  | 10/2007 | • A code was replaced. |  |  |
| R70 | 05/01/2007 | none | • A reference was corrected. |  |  |
| R35 | 05/2005 | 04/04/2005 | • Unattended tests are not covered. |  |  |
| TN 150 | 12/2001 | 04/01/2002 | • Coverage was expanded. | A request |  |
| TN 20 | 02/1990 | none | • The manual was reprinted. |  |  |
| TN 15 | 06/1987 | 01/12/1987 | • Indications were revised. |  |  |
| TN 12 | 12/1986 | 01/12/1987 | • Coverage was provided. |  |  |
"""


def test_the_table_has_the_columns_of_its_family_and_all_rows_newest_first(pages: Mapping[str, str]) -> None:
    lines = [line for line in pages["2008-06-01/policy.md"].splitlines() if line.startswith("| ")]
    shown = [" | ".join([*line.split(" | ")[:5], ""]) for line in lines]
    wanted = [" | ".join([*line.split(" | ")[:5], ""]) for line in PRINTED.splitlines()]
    assert shown == wanted


def test_the_page_of_the_policy_shows_both_days_and_what_was_replaced(pages: Mapping[str, str]) -> None:
    rows = pages["index.html"].split("<tbody>")[1].split("</tbody>")[0].split("<tr ")[1:]
    cells = [[cell.split("</td>")[0] for cell in row.split("<td>")[1:4]] for row in rows]
    assert cells == [
        ["no later revision", "R96", "October 15, 2008"],
        ["December 31, 2008", "R99", "March 1, 2009"],
        ["May 31, 2008", "R94", "August 29, 2008"],
        ["replaced from the same day", "R91", "July 25, 2008"],
    ]


def test_a_replaced_revision_says_so_and_never_that_it_decides(pages: Mapping[str, str]) -> None:
    page = pages["2008-03-13/index.html"]
    assert "<strong>Replaced</strong> by" in page
    assert "March 13, 2008 (R94)" in page
    assert "This revision decides requests dated" not in page
    assert "**Replaced** by the revision of March 13, 2008 (R94)" in pages["2008-03-13/policy.md"]


def test_each_revision_is_compared_with_what_was_in_effect_when_it_was_released(pages: Mapping[str, str]) -> None:
    compared = {
        "2008-03-13-2": "March 13, 2008 (R91)",
        "2009-01-01": "March 13, 2008 (R94)",
        "2008-06-01": "March 13, 2008 (R94)",
    }
    for name, before in compared.items():
        assert f"What was changed since the revision of {before}" in pages[f"{name}/index.html"]
    assert "2008-03-13/redline.html" not in pages


def test_the_working_state_goes_on_from_the_revision_that_was_released_last(pages: Mapping[str, str]) -> None:
    assert "The working state says the same as" in pages["working/index.html"]
    assert "the revision of June 1, 2008 (R99)" in pages["working/index.html"]
    assert "nothing changed since the revision of June 1, 2008 (R99)" in pages["index.html"]


def test_the_feed_is_dated_by_publication_and_names_the_number(pages: Mapping[str, str]) -> None:
    entries = pages["feed.xml"].split("<entry>")[1:]
    told = [tuple(entry.split(f"<{tag}>")[1].split("<")[0] for tag in ("updated", "title")) for entry in entries]
    assert told[:2] == [
        ("2009-03-01T00:00:00Z", "NCD 240.4, Positive Airway Pressure: revision in effect from June 1, 2008 (R99)"),
        ("2008-10-15T00:00:00Z", "NCD 240.4, Positive Airway Pressure: revision in effect from January 1, 2009 (R96)"),
    ]


def test_the_history_as_data_tells_days_numbers_and_what_cannot_be_run(root: Path, capfd: Any) -> None:
    assert main(["history", NUMBER, "--json", "--library", str(root)]) == 0
    rows = json.loads(capfd.readouterr().out)["history"]
    assert [(row["number"], row["former"]) for row in rows] == [
        *((number, False) for number in ("R99", "R96", "R94", "R91")),
        *((number, True) for number in (None, "R70", "R35", "TN 150", "TN 20", "TN 15", "TN 12")),
    ]
    assert (rows[0]["published"], rows[0]["effective"], rows[0]["until"]) == ("2009-03-01", "2008-06-01", "2008-12-31")


def test_a_second_revision_of_a_day_needs_its_publication(tmp_path: Path, capfd: Any) -> None:
    root = numbered(tmp_path, releases=1)
    edit(root / FOLDER / "policy.md", "A device is covered", "Such a device is covered")
    capfd.readouterr()
    assert release(root, "2008-03-13", "--reworded") == 1
    said = capfd.readouterr().err
    assert "say with --published on which day it is published" in said
    assert "remove the row" not in said


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--published", "2008-07-24", "--number", "R92"), "which is later than 2008-07-24"),
        (("--published", "2008-08-29", "--number", "R91"), "a row with the number R91 already"),
    ],
)
def test_a_release_out_of_order_is_refused(arguments: tuple[str, ...], said: str, tmp_path: Path, capfd: Any) -> None:
    root = numbered(tmp_path, releases=1)
    edit(root / FOLDER / "policy.md", "A device is covered", "Such a device is covered")
    capfd.readouterr()
    assert release(root, "2008-03-13", "--reworded", *arguments) == 1
    assert said in " ".join(capfd.readouterr().err.split())


def test_a_release_that_would_decide_in_place_of_a_former_text_is_refused(tmp_path: Path, capfd: Any) -> None:
    root = begun(tmp_path)
    assert release(root, "2006-01-01", "--published", "2008-01-01") == 1
    assert "a text from before the tool is in effect from 2007-10" in " ".join(capfd.readouterr().err.split())


def test_no_scenario_states_what_a_former_text_decided(tmp_path: Path) -> None:
    root = begun(tmp_path)
    edit(root / f"features/{SLUG}/events.feature", "2008-07-01", "2002-07-01")
    assert "before-first-revision" in codes(root)


def test_a_seal_whose_publication_was_edited_decides_nothing(tmp_path: Path) -> None:
    root = numbered(tmp_path, releases=2)
    edit(root / FOLDER / "revisions/2008-03-13/revision.yaml", "published: 2008-07-25", "published: 2008-09-25")
    assert "altered-revision" in codes(root)
    with pytest.raises(cdispec.Refused):
        cdispec.open_library(root).determine(case("2008-04-01", 20))


def test_a_revision_that_is_missing_from_the_chain_is_noticed(tmp_path: Path) -> None:
    root = numbered(tmp_path, releases=3)
    (root / FOLDER / "revisions/2008-03-13-2").rename(tmp_path / "away")
    assert "altered-revision" in codes(root)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("published: 1987-06", "published: 1985-06", "misplaced-row"),
        ("number: TN 15,", "number: TN 12,", "duplicate-number"),
        ("{date: 2007-10,", "{date: 2010-10,", "late-former-row"),
        ("published: 2007-05-01,", "published: 2007-05-01, date: 2008-04-01,", "late-former-row"),
        ("published: 1987-06", "published: June", "malformed-date"),
        ("{number: TN 20, published: 1990-02,", "{number: TN 20,", "missing-key"),
        ("{date: 2007-10,", "{date: 2007-10, revision: 2007-10-01,", "unknown-key"),
    ],
)
def test_a_slip_in_rows_from_before_the_tool_is_told(old: str, new: str, code: str, tmp_path: Path) -> None:
    root = numbered(tmp_path, releases=1)
    assert old in FORMER
    edit(root / FOLDER / "history.yaml", old, new)
    assert code in codes(root)


@pytest.mark.parametrize(
    "columns", ["[number, published, effective, explanation]", "[number, when, effective, explanation, reasons]"]
)
def test_columns_that_the_table_does_not_have_are_refused(columns: str, tmp_path: Path) -> None:
    root = begun(tmp_path)
    edit(root / FOLDER / "policy.md", "[number, published, effective, explanation, reasons]", columns)
    assert {"malformed-table", "wrong-kind"} & {*codes(root)}
