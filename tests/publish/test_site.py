"""The pages around the documents: the index, the look-up of codes, and the page of a policy."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest

from cdispec.model.policy import Policy, ProcedureCode, Status
from cdispec.publish.build import documents
from cdispec.publish.pages.codes import listed_codes
from cdispec.publish.pages.revisions import dates_of
from cdispec.publish.recipe import Recipe
from cdispec.publish.shelf import Shelf
from cdispec.source import Place
from tests.publish.conftest import SLUG, Write
from tests.publish.shelves import DAYS, revised, rewritten

SERIES = f"cdi/{SLUG}/index.html"


def another(policy: Policy, number: str, title: str, **changed: object) -> Policy:
    """The policy under another number and title."""
    return replace(policy, number=number, slug=f"{number}-other", title=title, **changed)  # type: ignore[arg-type]


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def rows(page: str, table: str) -> list[str]:
    """The words of each row of a table's body."""
    body = page.partition(f"<caption>{table}</caption>")[2].partition("</table>")[0].partition("</thead>")[2]
    return [words(row) for row in body.split("<tr")[1:]]


def test_the_index_names_every_policy_with_what_it_is(policy: Policy, recipe: Recipe) -> None:
    index = documents([revised(policy), Shelf(another(policy, "00040", "Other Therapy"))], recipe)[
        "index.html"
    ].decode()
    told = words(index)
    assert "2 policies" in told
    assert "VHA Office of Integrated Veteran Care, Clinical Determination and Indication 00036" in told
    assert "Newest revision in effect from July 1, 2026. Last reviewed June 1, 2025." in told
    assert "Other Therapy Draft, not published" in told


def test_the_index_leads_to_each_document_of_the_newest_revision(policy: Policy, recipe: Recipe) -> None:
    made = documents([revised(policy)], recipe)
    links = set(re.findall(r'href="(cdi/[^"]+)"', made["index.html"].decode()))
    newest = {path for path in made if path.startswith(f"cdi/{SLUG}/2026-07-01/")}
    assert {SERIES, *(f"cdi/{SLUG}/2026-07-01/{name}" for name in recipe.outputs["revision"])} <= links
    assert links - newest == {SERIES}


RETIRED = "Retired from July 1, 2026; from January 15, 2026 to June 30, 2026 the revision of January 15, 2026 decides."
"""True before the day of the retirement and after it."""


@pytest.mark.parametrize("path", ["index.html", "codes.html"])
def test_a_retired_policy_stands_in_the_one_list_with_the_dates_of_its_retirement(
    policy: Policy, recipe: Recipe, path: str
) -> None:
    old = revised(another(policy, "00040", "Old Therapy"), newest=Status.RETIRED)
    page = documents([old, Shelf(policy)], recipe)[path].decode()
    assert "Old Therapy Retired from July 1, 2026" in words(page)
    assert RETIRED in words(page)
    assert re.findall("<h2>(.*)</h2>", page) == (["Policies"] if path == "index.html" else [])


@pytest.mark.parametrize("path", ["index.html", "codes.html"])
def test_lists_give_the_days_of_all_revisions_to_a_script(policy: Policy, recipe: Recipe, path: str) -> None:
    page = documents([revised(policy, newest=Status.RETIRED)], recipe)[path].decode()
    days = 'data-revisions="2025-06-01 2026-01-15 2026-07-01" data-retired="2026-07-01"'
    assert f'<span data-folder="cdi/{SLUG}/" {days}>{RETIRED}</span>' in page


def test_a_policy_retired_from_its_first_revision_on_was_decided_by_none(policy: Policy) -> None:
    retired = replace(policy, in_effect=DAYS[0], status=Status.RETIRED)
    assert dates_of(Shelf(policy, (retired,))).words == "Retired from June 1, 2025"
    again = replace(retired, in_effect=DAYS[1])
    assert dates_of(Shelf(policy, (retired, again))).words == "Retired from January 15, 2026"


def banner(made: dict[str, bytes], page: str) -> str:
    """The words of the one banner of a page that is no draft."""
    [said] = re.findall(r'<p class="banner.*?</p>', made[f"cdi/{SLUG}/{page}index.html"].decode(), re.DOTALL)
    return words(said).replace(" ;", ";").replace(" .", ".").replace(" ,", ",")


BEFORE = "Requests dated January 15, 2026 to June 30, 2026 are decided by the revision of January 15, 2026"


@pytest.mark.parametrize("page", ["", "2026-07-01/"])
def test_the_newest_revision_tells_which_dates_the_one_before_decides(
    policy: Policy, recipe: Recipe, page: str
) -> None:
    told = banner(documents([revised(policy)], recipe), page)
    assert told == f"In effect from July 1, 2026 on. {BEFORE}; for earlier dates see all revisions."


def test_a_second_revision_has_no_earlier_dates_to_tell_of(policy: Policy, recipe: Recipe) -> None:
    shelf = revised(policy)
    told = banner(documents([Shelf(policy, shelf.revisions[1:])], recipe), "")
    assert told == f"In effect from July 1, 2026 on. {BEFORE}."


def test_a_superseded_revision_tells_only_of_its_own_dates(policy: Policy, recipe: Recipe) -> None:
    assert banner(documents([revised(policy)], recipe), "2026-01-15/") == (
        "Superseded from July 1, 2026 on by the revision of July 1, 2026. "
        "This revision decides requests dated January 15, 2026 to June 30, 2026. For other dates see all revisions."
    )


@pytest.mark.parametrize("page", ["", "2026-07-01/"])
def test_a_retired_page_says_its_retirement_and_nothing_of_being_in_effect(
    policy: Policy, recipe: Recipe, page: str
) -> None:
    told = banner(documents([revised(policy, newest=Status.RETIRED)], recipe), page)
    retired = "Retired from July 1, 2026 on: this document decides no requests."
    assert told == f"{retired} {BEFORE}; for earlier dates see all revisions."


def test_a_retirement_that_ends_says_when_and_a_revision_after_it_what_came_before(
    policy: Policy, recipe: Recipe
) -> None:
    first, second, third = revised(policy).revisions
    made = documents([Shelf(policy, (first, replace(second, status=Status.RETIRED), third))], recipe)
    assert banner(made, "2025-06-01/").startswith(
        "Superseded from January 15, 2026 on by the revision of January 15, 2026, which retires the document."
    )
    assert banner(made, "2026-01-15/").startswith("Retired from January 15, 2026 to June 30, 2026: this document")
    assert "From July 1, 2026 on see the revision of July 1, 2026." in banner(made, "2026-01-15/")
    told = "The policy is retired from January 15, 2026 to June 30, 2026, by the revision of January 15, 2026"
    assert told in banner(made, "")


def test_all_revisions_are_led_to_where_the_page_of_the_policy_is_printed(policy: Policy, recipe: Recipe) -> None:
    page = f"cdi/{SLUG}/2026-07-01/index.html"
    link = f'<a href="../../../cdi/{SLUG}/index.html#_revisions">all revisions</a>'
    made = documents([revised(policy)], recipe)
    assert link in made[page].decode()
    assert ' id="_revisions"' in made[SERIES].decode()
    alone = replace(recipe, outputs={**recipe.outputs, "policy": {}})
    assert "for earlier dates see the other revisions." in words(documents([revised(policy)], alone)[page].decode())


@pytest.mark.parametrize("page", ["guide.html", "language.html", "codes.html", "feed.xml"])
@pytest.mark.parametrize("printed", [True, False])
def test_the_bar_leads_only_to_pages_that_are_printed(recipe: Recipe, page: str, printed: bool) -> None:
    names = dict(recipe.outputs["library"])
    names.pop(page, None)
    if printed:
        names[page] = "templates/feed.xml"
    index = documents([], replace(recipe, outputs={**recipe.outputs, "library": names}))["index.html"].decode()
    assert (f'href="{page}"' in index) is printed


def test_without_javascript_there_is_no_box_that_does_nothing(policy: Policy, recipe: Recipe) -> None:
    made = documents([revised(policy)], recipe)
    for path in ("index.html", "codes.html", SERIES):
        forms = re.findall(r"<form [^>]*>", made[path].decode())
        assert len(forms) == 1
        assert " hidden" in forms[0]
    assert "<noscript>" in made["index.html"].decode()


def test_the_large_data_of_the_search_is_not_loaded_with_the_index(policy: Policy, recipe: Recipe) -> None:
    scripts = re.findall(r'<script src="([^"]+)"', documents([Shelf(policy)], recipe)["index.html"].decode())
    assert [script.split(".")[0] for script in scripts] == ["assets/site", "assets/search"]


def test_every_code_leads_to_its_row_and_its_clause(policy: Policy, recipe: Recipe) -> None:
    page = documents([Shelf(policy)], recipe)["codes.html"].decode()
    assert f'<a href="cdi/{SLUG}/working/index.html#code.97124">III.d' in page
    table = rows(page, "Codes and the policies that list them")
    assert [row.split()[1] for row in table] == sorted(entry.code for entry in policy.codes)
    assert all("Health Care Procedural Coding Information" in row for row in table)


def test_a_code_of_several_policies_stands_once_with_all_of_them(policy: Policy, recipe: Recipe) -> None:
    other = another(policy, "00040", "Other Therapy", codes=policy.codes[:1])
    [first, second] = next(
        code for code in listed_codes([Shelf(policy), Shelf(other)]) if code.code == "97124"
    ).listings
    assert (first.shelf.current.number, second.shelf.current.number) == ("00036", "00040")
    page = documents([Shelf(policy), Shelf(other)], recipe)["codes.html"].decode()
    assert page.count('<th scope="rowgroup" rowspan="2">97124</th>') == page.count('id="code.97124"') == 1


def test_codes_are_those_of_the_newest_revision(policy: Policy) -> None:
    shelf = revised(policy)
    newest = replace(shelf.current, codes=(ProcedureCode("E0100", "A cane", "III.d", Place("policy.md")),))
    assert [code.code for code in listed_codes([Shelf(shelf.working, (*shelf.revisions[:2], newest))])] == ["E0100"]


def test_a_policy_without_codes_is_in_no_list(written: Write, recipe: Recipe) -> None:
    page = documents([Shelf(written("## A {#a}\n\nText.\n"))], recipe)["codes.html"].decode()
    assert rows(page, "Codes and the policies that list them") == []


def test_the_page_of_a_policy_lists_its_revisions_newest_first(policy: Policy, recipe: Recipe) -> None:
    page = documents([revised(policy)], recipe)[SERIES].decode()
    assert [" ".join(row.partition("> ")[2].split()[:8]) for row in rows(page, "Revisions")] == [
        "July 1, 2026 no later revision published HTML",
        "January 15, 2026 June 30, 2026 published HTML",
        "June 1, 2025 January 14, 2026 published HTML",
        "Working state not published draft HTML of the",
    ]


def test_the_working_state_stands_apart_from_the_revisions(policy: Policy, recipe: Recipe) -> None:
    page = documents([revised(policy)], recipe)[SERIES].decode()
    working = page.partition('<tbody class="working">')[2].partition("</tbody>")[0]
    assert working.count("<tr>") == 1
    assert "data-since" not in working


def test_a_working_state_that_says_what_the_newest_revision_says_has_one_page(recipe: Recipe) -> None:
    shelf = rewritten()
    folder = "cdi/00099-sample-therapy"
    made = documents([shelf], recipe)
    assert [path for path in made if "/working/" in path] == [f"{folder}/working/index.html"]
    assert "The working state says the same as the revision of July 1, 2026" in words(
        made[f"{folder}/working/index.html"].decode()
    )
    row = rows(made[f"{folder}/index.html"].decode(), "Revisions")[-1]
    assert row.endswith("nothing changed since the revision of July 1, 2026")


def test_a_working_state_that_says_something_else_has_all_documents(recipe: Recipe) -> None:
    shelf = rewritten()
    changed = Shelf(replace(shelf.working, title="Edited"), shelf.revisions)
    made = documents([changed], recipe)
    of = {path.rpartition("/")[2] for path in made if "/working/" in path}
    assert of == {"index.html", "policy.md", "policy.json", "policy.js"}


def test_a_recipe_can_print_all_documents_of_any_working_state(recipe: Recipe) -> None:
    made = documents([rewritten()], replace(recipe, outputs={**recipe.outputs, "unchanged": {}}))
    assert "cdi/00099-sample-therapy/working/policy.md" in made


def test_the_page_of_a_policy_leads_to_the_newest_words_and_does_not_repeat_them(
    policy: Policy, recipe: Recipe
) -> None:
    page = documents([revised(policy)], recipe)[SERIES].decode()
    assert '<a href="2026-07-01/index.html" data-newest>Read the newest revision of July 1, 2026</a>' in page
    assert "<h1>Medical Massage Therapy</h1>" in page
    assert "<article>" not in page


def test_the_page_of_a_policy_that_is_not_published_says_so(policy: Policy, recipe: Recipe) -> None:
    page = documents([Shelf(policy)], recipe)[SERIES].decode()
    assert "Working state, not published." in words(page)
    assert "_as-of" not in page


@pytest.mark.parametrize(
    ("address", "canonical"),
    [
        ("", "2026-07-01/index.html"),
        ("https://policies.example.gov", f"https://policies.example.gov/cdi/{SLUG}/2026-07-01/index.html"),
    ],
)
def test_the_page_of_a_policy_names_its_feed_and_its_lasting_page(
    policy: Policy, recipe: Recipe, address: str, canonical: str
) -> None:
    page = documents([revised(policy)], replace(recipe, address=address))[SERIES].decode()
    assert f'<link rel="canonical" href="{canonical}">' in page
    assert '<link rel="alternate" type="application/atom+xml"' in page
    assert '<a href="feed.xml">' in page


def test_no_word_of_a_policy_is_markup_on_any_page(policy: Policy, recipe: Recipe) -> None:
    hostile = '"><img src=x onerror=alert(1)>{{ 7 * 7 }}'
    codes = (ProcedureCode(hostile, hostile, "III.d", Place("policy.md")),)
    made = documents([revised(replace(policy, title=hostile, issuer=hostile, codes=codes))], recipe)
    for path in ("index.html", "codes.html", SERIES):
        page = made[path].decode()
        assert "<img" not in page
        assert "{{ 7 * 7 }}" in page


def test_the_reference_of_the_language_is_a_page_with_each_of_its_sections(recipe: Recipe) -> None:
    page = documents([], recipe)["language.html"].decode()
    language = (Path(__file__).parents[2] / "LANGUAGE.md").read_text("utf-8")
    headings = [title.replace("`", "") for title in re.findall(r"^#{2,3} (.*)$", language, re.M) if "{#" not in title]
    linked = [unescape(words(f"<a{link}")) for link in page.partition("<main")[0].split("<a")]
    assert headings
    assert [title for title in headings if title not in linked] == []
