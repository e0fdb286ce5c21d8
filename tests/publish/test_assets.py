"""What pages share is printed once, and a page names the very content that it was printed with."""

from __future__ import annotations

from functools import partial
from hashlib import sha256

import pytest

from cdispec.library import read_library, read_suite, source_lines
from cdispec.library.record import read_record
from cdispec.model.policy import Policy
from cdispec.publish.build import documents
from cdispec.publish.pages.evidence import evidence_of
from cdispec.publish.recipe import Recipe
from cdispec.publish.shelf import Shelf
from tests.publish.conftest import LIBRARY
from tests.publish.shelves import revised


@pytest.fixture(scope="module")
def made(policy: Policy, recipe: Recipe) -> dict[str, bytes]:
    """The documents of a policy with three revisions."""
    return documents([revised(policy)], recipe)


def test_an_asset_is_named_by_a_digest_of_its_content(made: dict[str, bytes], recipe: Recipe) -> None:
    assets = {path: content for path, content in made.items() if path.startswith("assets/")}
    assert len(assets) == len(recipe.assets)
    for path, content in assets.items():
        assert path.split(".")[1] == sha256(content).hexdigest()[:8]


def test_no_two_documents_are_copies_of_each_other(made: dict[str, bytes]) -> None:
    assert len(set(made.values())) == len(made)


def test_three_revisions_and_a_working_state_print_less_than_one_and_a_half_megabytes(whole_recipe: Recipe) -> None:
    root = LIBRARY / "tests/revisions/library"
    library = read_library(root)
    [policy] = library.policies.values()
    shelf = Shelf(policy, library.revisions[policy.number])
    evidence = evidence_of(policy, read_suite(library).readings, read_record(root), partial(source_lines, root))
    assert len(shelf.revisions) == 3
    made = documents([shelf], whole_recipe, {policy.number: evidence})
    assert sum(map(len, made.values())) < 1_500_000
