"""What a revision does to determinations stands in the history and on the redline page, proved."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from cdispec.analysis.effects import compare
from cdispec.analysis.effects.effect import Effect, Relation, RequestEffect
from cdispec.library import Memory, read_library
from cdispec.library.release import Wish, prepared, write_release
from cdispec.model.outcomes import Outcome
from cdispec.model.policy import Policy, Status
from cdispec.publish.build import documents
from cdispec.publish.building import Builder
from cdispec.publish.pages import effects
from cdispec.publish.pages.effects import EffectLines, told
from cdispec.publish.problems import RecipeError
from cdispec.publish.recipe import Recipe
from cdispec.publish.shelf import Shelf
from tests.publish.conftest import LIBRARY
from tests.publish.libraries import change, make_library
from tests.publish.shelves import rewritten

SERIES = "cdi/00099-sample-therapy"
WIDER = "wider: where sample therapy is requested, there is pain and rest lasted 5 weeks, it is now medically necessary"
NOTHING = "no request is decided otherwise (proved)"


@pytest.fixture(scope="module")
def made(recipe: Recipe) -> dict[str, bytes]:
    """The documents of a policy with three revisions."""
    return documents([rewritten()], recipe)


@pytest.fixture
def proved(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """The pairs of revisions of which it is proved anew what they do."""
    pairs: list[tuple[str, str]] = []
    effect_of = compare.effect_of

    def noting(before: Policy, after: Policy, limit: float, last: date | None) -> Effect:
        pairs.append((before.revision, after.revision))
        return effect_of(before, after, limit, last)

    monkeypatch.setattr(compare, "effect_of", noting)
    return pairs


def words(page: bytes) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page.decode()).split())


def test_a_redline_says_between_which_revisions_it_stands_and_what_the_authors_say(made: dict[str, bytes]) -> None:
    page = words(made[f"{SERIES}/2026-01-15/redline.html"])
    assert (
        "From the revision of June 1, 2025 , in effect to January 14, 2026, to the revision of January 15, 2026" in page
    )
    assert "What its authors say Asks for swelling too Reason: New evidence What it does" in page


def test_a_redline_tells_what_the_revision_does_with_a_scenario_that_shows_it(made: dict[str, bytes]) -> None:
    page = words(made[f"{SERIES}/2026-01-15/redline.html"])
    assert f"What it does {WIDER} under I.2; before it was not addressed" in page
    assert "medically necessary wider: every case that had it still has it, and others do now" in page
    assert "not addressed narrower: some cases that had it have it no longer, and no others do" in page
    assert "Before: not addressed. Now: medically necessary under I.2." in page
    assert "And rest lasted 5 weeks When sample therapy is requested on 2026-01-15 Then it is medically" in page


def test_a_redline_of_words_alone_says_that_nothing_is_decided_otherwise(made: dict[str, bytes]) -> None:
    page = words(made[f"{SERIES}/2026-07-01/redline.html"])
    assert f"What it does {NOTHING}" in page
    assert "Before:" not in page


def test_a_redline_tells_which_questions_are_asked_otherwise(made: dict[str, bytes]) -> None:
    page = words(made[f"{SERIES}/2026-01-15/redline.html"])
    asked = page.partition("in other words. ")[2].partition(" The words")[0]
    assert asked == (
        "Is [removed: there ] pain [added: documented ] ? "
        "[removed: How many weeks of rest? ] Answers: [removed: a number of weeks, at least 0 ] "
        "[added: Is there swelling? ] Answers: [added: yes; no ]"
    )
    assert "Questions" not in words(made[f"{SERIES}/2026-07-01/redline.html"])


def test_only_a_revision_that_follows_another_one_has_a_redline(made: dict[str, bytes]) -> None:
    found = sorted(path for path in made if path.endswith("redline.html"))
    assert found == [f"{SERIES}/2026-01-15/redline.html", f"{SERIES}/2026-07-01/redline.html"]


def test_the_revision_and_the_page_of_the_policy_lead_to_the_redline(made: dict[str, bytes]) -> None:
    link = '<a href="redline.html">What was changed since the revision of June 1, 2025</a>'
    assert link in made[f"{SERIES}/2026-01-15/index.html"].decode()
    assert "redline" not in made[f"{SERIES}/2025-06-01/index.html"].decode()
    assert "redline" not in made[f"{SERIES}/working/index.html"].decode()
    series = made[f"{SERIES}/index.html"].decode()
    assert re.findall(r'href="([^"]+/redline\.html)"', series) == ["2026-07-01/redline.html", "2026-01-15/redline.html"]


def test_a_recipe_without_redlines_links_to_none_and_still_tells_effects_in_the_history(recipe: Recipe) -> None:
    plain = replace(recipe, outputs={**recipe.outputs, "redline": {}})
    made = documents([rewritten()], plain)
    # The guide and the shared styles are of all that can be printed.
    pages = [(path, content) for path, content in made.items() if path not in ("guide.html", "language.html") and "assets/" not in path]
    assert not [path for path, content in pages if "redline" in path or b"redline" in content]
    assert WIDER in made[f"{SERIES}/2026-07-01/policy.md"].decode()


def test_what_the_solver_did_not_decide_is_said() -> None:
    shelf = rewritten()
    before, after = shelf.revisions[:2]
    relations = {Outcome.NECESSARY: None, Outcome.NOT_ADDRESSED: Relation.NARROWER}
    request = RequestEffect(after.requests["initial"], relations, (), None, True)
    effect = Effect(before, after, (request,), (), (), {}, False, 2.5)
    (shown,) = told(effect).requests
    assert shown.relations[Outcome.NECESSARY] == "not decided within the limit"
    assert "not decided within the limit: whether every request is decided as before" in told(effect).lines[0]


def test_of_a_policy_that_is_retired_no_outcome_is_told(recipe: Recipe) -> None:
    shelf = rewritten()
    retired = replace(shelf.revisions[1], status=Status.RETIRED)
    made = documents([Shelf(shelf.working, (shelf.revisions[0], retired))], recipe)
    page = words(made[f"{SERIES}/2026-01-15/redline.html"])
    assert "retired: no request is decided any more" in page
    assert "Where sample therapy is requested" not in page


def test_an_effect_is_proved_once_for_all_documents(recipe: Recipe, proved: list[tuple[str, str]]) -> None:
    shelf = rewritten()
    documents([shelf], recipe)
    documents([Shelf(replace(shelf.working, title="Edited"), shelf.revisions)], recipe)
    assert sorted(proved) == [("2025-06-01", "2026-01-15"), ("2026-01-15", "2026-07-01")]


def test_an_edit_while_watching_proves_nothing_again(tmp_path: Path, proved: list[tuple[str, str]]) -> None:
    make_library(tmp_path)
    build = tmp_path / "build"
    change(tmp_path, "build/recipe.yaml", "author:\n", "redline: {redline.html: redline.html}\nauthor:\n")
    (build / "redline.html").write_text("{{ redline.effects.lines }}")
    for day in (date(2026, 1, 1), date(2026, 2, 1)):
        library = read_library(tmp_path)
        found = prepared(tmp_path, library.policies["00001"], library.revisions.get("00001", ()), Wish(day, ("Made",)))
        assert found is not None
        write_release(tmp_path, found)
    builder = Builder(tmp_path, Memory())
    builder.build()
    assert proved == [("2026-01-01", "2026-02-01")]
    change(tmp_path, "policy/00001-heel-pain-injection/policy.md", "considered", "held to be")
    assert builder.build().changes
    (build / "redline.html").write_text("Again: {{ redline.effects.lines }}")
    assert builder.build().changes
    assert len(proved) == 1


def test_without_z3_the_build_says_so_once(recipe: Recipe, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(effects, "find_spec", lambda name: None)
    with pytest.raises(RecipeError) as raised:
        documents([rewritten()], recipe)
    (problem,) = raised.value.problems
    assert str(problem) == "build/recipe.yaml:1:1: telling what a revision does needs z3, which is not installed"
    assert problem.hint == "pip install 'cdispec[prove]'"


def test_without_z3_a_policy_of_one_revision_is_printed(recipe: Recipe, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(effects, "find_spec", lambda name: None)
    shelf = rewritten()
    assert documents([Shelf(shelf.working, shelf.revisions[:1])], recipe)


def test_where_nothing_was_revised_the_solver_is_not_loaded() -> None:
    program = (
        "import sys; from pathlib import Path; from cdispec.library import read_library;"
        "from cdispec.publish.build import documents; from cdispec.publish.recipe import load_recipe;"
        "from cdispec.publish.shelf import Shelf; from dataclasses import replace; from datetime import date\n"
        "root = Path(sys.argv[1]); policies = read_library(root).policies.values()\n"
        "shelves = [Shelf(of, (replace(of, in_effect=date(2025, 6, 1)),)) for of in policies]\n"
        "recipe = load_recipe(root / 'build')\n"
        "assert documents(shelves, recipe)\n"
        "sys.exit('z3' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", program, str(LIBRARY)], check=True)


def test_only_revisions_that_follow_another_one_have_an_effect() -> None:
    lines = EffectLines(rewritten())
    assert list(lines) == ["2026-01-15", "2026-07-01"]
    assert lines.get("2025-06-01") is None
    assert lines["2026-07-01"] == (NOTHING,)
