"""The PDF of a document is tagged, titled, bookmarked and readable by everyone: what PDF/UA-1 asks and a file shows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

import pytest
import typst
from pypdf import PdfReader

from cdispec.model.policy import Policy, all_sections
from cdispec.publish.build import documents
from cdispec.publish.formats.packing import packed
from cdispec.publish.formats.typst import pdf
from cdispec.publish.recipe import Recipe
from cdispec.publish.shelf import Shelf
from tests.publish.conftest import FOLDER, Write


@pytest.fixture(scope="module")
def content(built: dict[str, bytes]) -> bytes:
    """The PDF of CDI 00036."""
    return built[f"{FOLDER}/policy.pdf"]


@pytest.fixture(scope="module")
def reader(content: bytes) -> PdfReader:
    """The same, opened."""
    return PdfReader(BytesIO(content))


def elements(node: Any) -> Iterator[Any]:
    """The structure elements below a node, in reading order."""
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        found = kid.get_object()
        if hasattr(found, "get") and "/S" in found:
            yield found
            yield from elements(found)


def root(reader: PdfReader) -> Any:
    """The catalogue of the file."""
    return reader.root_object


def tags(reader: PdfReader) -> list[str]:
    return [str(element["/S"]) for element in elements(root(reader)["/StructTreeRoot"])]


def attribute(element: Any, name: str) -> Any:
    owners = element.get("/A", [])
    owners = owners.get_object() if hasattr(owners, "get_object") else owners
    found = [owner.get_object() for owner in (owners if isinstance(owners, list) else [owners])]
    return next((owner[name] for owner in found if name in owner), None)


def test_the_file_says_what_it_is(reader: PdfReader) -> None:
    assert reader.metadata is not None
    assert reader.metadata.title == "Medical Massage Therapy"
    assert reader.metadata.author == "VHA Office of Integrated Veteran Care"
    assert "00036" in (reader.metadata.subject or "")


def test_the_language_and_the_title_reach_those_who_listen(reader: PdfReader) -> None:
    assert root(reader)["/Lang"] == "en-US"
    assert root(reader)["/ViewerPreferences"]["/DisplayDocTitle"].value


def test_the_file_is_tagged_and_claims_pdf_ua_1(reader: PdfReader, content: bytes) -> None:
    assert root(reader)["/MarkInfo"]["/Marked"].value
    assert re.search(rb"pdfuaid:part>1<", root(reader)["/Metadata"].get_data())


def test_packing_a_file_takes_half_of_it_and_changes_no_object() -> None:
    source = '#set document(title: "A title")\n#set text(lang: "en")\n' + "= Heading\n+ One\n+ Two\n" * 40
    made = typst.compile(source.encode(), format="pdf", pdf_standards=["ua-1"], ignore_system_fonts=True)
    assert isinstance(made, bytes)
    smaller = packed(made)
    before, after = (PdfReader(BytesIO(of), strict=True) for of in (made, smaller))
    size: Any = before.trailer["/Size"]
    for number in range(1, size):
        assert written(after.get_object(number)) == written(before.get_object(number))
    assert len(smaller) < len(made) / 2


def written(of: Any) -> bytes:
    """An object as a file holds it."""
    stream = BytesIO()
    of.write_to_stream(stream)
    return stream.getvalue()


def test_a_file_that_is_laid_out_in_another_way_is_not_packed() -> None:
    with pytest.raises(ValueError, match="the table of its objects cannot be read"):
        packed(b"%PDF-1.7\n")


def test_a_document_that_is_not_accessible_is_refused_the_claim() -> None:
    with pytest.raises(ValueError, match="PDF/UA"):
        pdf("= Heading\n=== Skipped level")


def test_every_section_is_a_heading_of_its_level(reader: PdfReader, policy: Policy) -> None:
    levels = [int(tag[2]) for tag in tags(reader) if re.fullmatch(r"/H\d", tag)]
    assert levels == [section.level - 1 for section in all_sections(policy.sections)]


def test_the_title_is_tagged_as_the_title(reader: PdfReader) -> None:
    assert tags(reader).count("/Title") == 1


def test_bookmarks_lead_to_every_section(reader: PdfReader, policy: Policy) -> None:
    def names(outline: Any) -> Iterator[str]:
        for entry in outline:
            if isinstance(entry, list):
                yield from names(entry)
            else:
                yield str(entry.title)

    expected = [f"{s.label.rpartition('.')[2]}. {s.title}" for s in all_sections(policy.sections)]
    assert list(names(reader.outline)) == expected


def test_the_cells_of_the_first_row_head_their_columns(reader: PdfReader) -> None:
    heads = [element for element in elements(root(reader)["/StructTreeRoot"]) if element["/S"] == "/TH"]
    assert len(heads) == 6
    assert {str(attribute(head, "/Scope")) for head in heads} == {"/Column"}


def test_every_table_is_one_table_and_has_a_head(reader: PdfReader) -> None:
    assert tags(reader).count("/Table") == tags(reader).count("/THead") == 3


def test_every_item_has_its_label(reader: PdfReader, policy: Policy) -> None:
    printed = tags(reader)
    assert printed.count("/LI") == printed.count("/Lbl") == printed.count("/LBody")
    assert printed.count("/LI") >= sum(1 for criterion in policy.criteria.values() if criterion.text)


def test_every_page_bears_the_number_the_state_and_the_page(reader: PdfReader) -> None:
    for number, page in enumerate(reader.pages, 1):
        head = page.extract_text().split("\n")[0]
        assert head.startswith("CDI 00036, working state, not published, draft")
        assert head.endswith(f"Page {number} of {len(reader.pages)}")


def test_the_head_of_a_published_page_names_its_revision(policy: Policy, whole_recipe: Recipe) -> None:
    published = replace(policy, in_effect=date(2025, 6, 1))
    made = documents([Shelf(policy, (published,))], whole_recipe)
    page = PdfReader(BytesIO(made[f"cdi/{policy.slug}/2025-06-01/policy.pdf"])).pages[0]
    assert page.extract_text().startswith("CDI 00036, revision 2025-06-01, draft")


def test_references_lead_to_their_addresses(reader: PdfReader) -> None:
    addresses = {
        note.get_object()["/A"]["/URI"]
        for page in reader.pages
        for note in page.get("/Annots", [])
        if "/URI" in note.get_object().get("/A", {})
    }
    assert "https://doi.org/10.1111/jocn.16420" in addresses


@pytest.mark.parametrize(
    "text", ['#eval("1")', '"; #panic("x"); "', "\\u{41}", "*b* _e_ $x$ <label> @ref // gone", "#{}"]
)
def test_text_that_looks_like_markup_prints_as_it_stands(write: Write, whole_recipe: Recipe, text: str) -> None:
    policy = replace(write("## A {#a}\n\nText.\n"), title=text)
    made = documents([Shelf(policy)], whole_recipe)
    printed = PdfReader(BytesIO(made[f"cdi/{policy.slug}/working/policy.pdf"])).pages[0].extract_text()
    assert text in printed
