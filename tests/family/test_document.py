"""A document of another family, called and numbered as its agency does, in everything that is made of it."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from cdispec.analysis.changes.entries import changed_front
from cdispec.analysis.scenarios import failures
from cdispec.check import every_issue
from cdispec.cli import main
from cdispec.library import read_library, read_suite
from cdispec.publish.build import documents
from cdispec.publish.recipe import Recipe, load_recipe
from cdispec.publish.shelf import Shelf
from cdispec.scenario.expectations import cited_in
from cdispec.targets.python import compile_policy
from tests.family.libraries import FOLDER, LIBRARY, NUMBER, PAGES, other_family


@pytest.fixture(scope="module")
def made() -> dict[str, str]:
    """The documents that are text, by their paths."""
    recipe: Recipe = load_recipe(Path("build").resolve())
    return {path: page.decode() for path, page in documents([Shelf(other_family())], recipe).items() if _is_text(path)}


def _is_text(path: str) -> bool:
    return path.endswith((".html", ".md", ".json", ".xml")) and path not in ("guide.html", "language.html")


def test_the_library_is_without_issues() -> None:
    assert not every_issue(read_library(LIBRARY), limit=None)


def test_labels_follow_the_scheme_of_the_document() -> None:
    assert other_family().clauses == {
        "item": "Item/Service Description",
        "general": "A",
        "limitations": "Indications and Limitations of Coverage",
        "covered": "B",
        "adults": "B.1",
        "initial": "B.1.a",
        "adult": "B.1.a(i)",
        "laboratory.any": "B.1.a(ii)",
        "laboratory": "B.1.a(ii).1",
        "home-test": "B.1.a(ii).2",
        "later": "B.1.b",
        "benefits": "B.1.b(i)",
        "left-open": "B.1.b(ii)",
        "non-covered": "C",
        "cross-reference": "Cross Reference",
        "contraindicated": "Cross Reference A",
    }


def test_its_scenarios_cite_these_labels_and_hold() -> None:
    library = read_library(LIBRARY)
    compiled = compile_policy(library.policies[NUMBER])
    readings = read_suite(library).readings
    assert len(readings) == 4
    assert [failure for reading in readings for failure in failures(reading, compiled)] == []


def test_no_page_calls_it_by_the_name_of_another_family(made: dict[str, str]) -> None:
    assert [path for path, page in made.items() if "CDI" in page or "cdi/" in page] == []


def test_its_pages_stand_in_the_folder_of_its_family(made: dict[str, str]) -> None:
    assert {path.rpartition("/")[0] for path in made} == {
        "",
        PAGES,
        f"{PAGES}/working",
        f"{PAGES}/working/device",
    }


def test_the_head_prints_its_own_rows_in_order(made: dict[str, str]) -> None:
    head = made[f"{PAGES}/working/policy.md"].partition("## ")[0].split("\n\n")
    assert head[4:9] == [
        "**Manual Section Number: 240.4**",
        "**Effective Date: March 13, 2008**",
        "**Last Reviewed: March 13, 2008**",
        "**Publication Number: 100-3**",
        "**Implementation Date: August 4, 2008**",
    ]


def test_headings_print_their_own_numbers_or_none(made: dict[str, str]) -> None:
    lines = made[f"{PAGES}/working/policy.md"].splitlines()
    assert [line for line in lines if line.startswith("##")] == [
        "## Item/Service Description",
        "### A. General",
        "## Indications and Limitations of Coverage",
        "### B. Nationally Covered Indications",
        "#### 1. Adults",
        "##### a. Initial use",
        "##### b. Later use",
        "### C. Nationally Non-covered Indications",
        "## Cross Reference",
    ]


def test_other_programs_read_its_name(made: dict[str, str]) -> None:
    data = json.loads(made[f"{PAGES}/working/policy.json"])
    assert (data["short"], data["number_label"]) == ("NCD", "Manual Section Number")
    assert data["head"][0] == {"label": "Publication Number", "text": "100-3"}


def test_a_determination_names_it(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    case = tmp_path / "case.yaml"
    case.write_text(f'policy: "{NUMBER}"\nrequest: device\ndate: 2008-04-01\nfacts: {{contraindicated: yes}}\n')
    assert main(["determine", str(case), "--library", str(LIBRARY)]) == 0
    said = capfd.readouterr().out
    assert said.startswith("NCD 240.4 Positive Airway Pressure")
    assert "under Cross Reference A" in said


@pytest.mark.parametrize("named", ["B.1.a(i)", "Cross Reference", "b.1", "Indications and Limitations of Coverage"])
def test_a_scenario_cites_a_clause_in_any_case_of_letters(named: str) -> None:
    cited, joints = cited_in(f"{named} and C", other_family())
    assert (cited, joints) == ([named, "C"], ["and"])


def test_a_redline_marks_rows_of_the_head_and_labels_that_changed() -> None:
    first = replace(other_family(), in_effect=date(2008, 3, 13))
    rows = {"Implementation Date": "2009-01-05", "Version": "2"}
    family = replace(first.family, rows=rows, number_label="Chapter")
    second = replace(first, in_effect=date(2009, 1, 1), follows=first.revision, family=family)
    working = replace(second, in_effect=None, follows="")
    made = documents([Shelf(working, (first, second))], load_recipe(Path("build").resolve()))
    head = made[f"{PAGES}/2009-01-01/redline.html"].decode().partition("<article>")[2].partition("</header>")[0]
    marked = re.findall(r"<(ins|del)>(.*?)</\1>", re.sub(r'<span class="hidden">.*?</span>', "", head))
    assert ("ins", "Version: 2") in marked
    assert ("del", "Publication Number: 100-3") in marked
    assert any("Chapter" in words for mark, words in marked if mark == "ins")
    assert "Implementation Date: " in head


def test_a_comparison_tells_what_of_the_head_was_changed() -> None:
    before = other_family()
    after = replace(before, family=replace(before.family, rows={"Publication Number": "100-4"}))
    told = {change.name: change.fate for change in changed_front(before, after)}
    assert [*told] == ["head: Publication Number", "head: Implementation Date"]


WORDS = """\
## Covered {#covered}

~~~criteria
request: device
outcome: medically necessary
otherwise: not medically necessary
any:
  - {fact: adult, text: An adult}
  - {meets: other, text: "Whoever meets section %s of this document"}
~~~

## Other {#other}

~~~criteria
any:
  - {fact: laboratory, text: A positive test in a laboratory}
  - {fact: home-test, text: A positive test at home}
~~~
"""


@pytest.mark.parametrize(
    ("label", "found"), [("B", []), ("B.2", []), ("A", ["words-reference"]), ("B.3", ["words-reference"])]
)
def test_labels_in_words_are_read_by_the_scheme(label: str, found: list[str], tmp_path: Path) -> None:
    root = shutil.copytree(LIBRARY, tmp_path / "library")
    shutil.rmtree(root / "features")
    document = root / f"policy/{FOLDER}/policy.md"
    head = document.read_text("utf-8").partition("## ")[0]
    document.write_text(head + WORDS % label, "utf-8")
    codes = [issue.code for issue in every_issue(read_library(root), limit=None)]
    assert [code for code in codes if code == "words-reference"] == found
