"""A recipe that cannot be used says where and why, of all its problems at once."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from cdispec.library.shipped import shipped
from cdispec.model.policy import Policy
from cdispec.publish import recipe as recipes
from cdispec.publish.assets import Asset
from cdispec.publish.build import documents
from cdispec.publish.problems import RecipeError
from cdispec.publish.recipe import load_recipe
from cdispec.publish.shelf import Shelf

INDEX = "library: {index.html: a.html}\n"
BUILD = shipped("build")
PRINTED = ("page.html", "policy.json")


def packaged_assets() -> set[str]:
    return {asset.path for asset in load_recipe(BUILD).assets.values()}


def folder(tmp_path: Path, recipe: str, **templates: str) -> Path:
    build = tmp_path / "build"
    build.mkdir()
    (build / "recipe.yaml").write_text(recipe)
    for name, text in templates.items():
        (build / f"{name}.html").write_text(text)
    return build


def told(build: Path, context: Mapping[str, object] | None = None) -> list[str]:
    """The problems of a recipe, found when it is read or else when its page of the library is printed."""
    with pytest.raises(RecipeError) as raised:
        load_recipe(build).print("library", "", lambda: context or {})
    return [str(problem) for problem in raised.value.problems]


def test_templates_make_the_documents_that_the_recipe_names(policy: Policy, tmp_path: Path) -> None:
    build = folder(tmp_path, "revision: {page.html: a.html}\n", a="{{ policy.title }}")
    made = documents([Shelf(policy)], load_recipe(build))
    assert made[f"cdi/{policy.slug}/working/page.html"] == b"Medical Massage Therapy"
    assert sorted(made.keys() - packaged_assets()) == [f"cdi/{policy.slug}/working/{name}" for name in PRINTED]


@pytest.mark.parametrize(
    ("recipe", "problem"),
    [
        ("", "build/recipe.yaml:1:1: expected groups of documents"),
        ("- a\n", "build/recipe.yaml:1:1: expected groups of documents"),
        ("policy: {\n", "build/recipe.yaml:1:9: `{` is not closed"),
        ("policy: {}\nlibrary: {}\npages: {}\n", "build/recipe.yaml:3:1"),
        ("policy: {x.html: none.html}\n", "build/recipe.yaml:1:18: there is no template `none.html`"),
        ("policy: {policy.json: a.html}\n", "build/recipe.yaml:1:10: `policy.json` is no name"),
        ("library: {documents.txt: a.html}\n", "build/recipe.yaml:1:11: `documents.txt` is no name"),
        ("policy: {Policy.JSON: a.html}\n", "build/recipe.yaml:1:10: `Policy.JSON` is no name"),
        (
            "policy:\n  Index.html: a.html\n  index.html: a.html\n",
            "build/recipe.yaml:3:3: `index.html` and `Index.html`",
        ),
        ("policy: {}\naddress: policies.gov\n", "build/recipe.yaml:2:10: `policies.gov` is no address on the web"),
        ("address: 'javascript:alert(1)'\n", "build/recipe.yaml:1:10: `javascript:alert(1)` is no address on the web"),
        ("address: https://\n", "build/recipe.yaml:1:10: `https:` is no address on the web"),
        ("policy: {}\nlibrary: {../x.html: a.html}\n", "build/recipe.yaml:2:11: `../x.html` is no name"),
    ],
)
def test_a_recipe_that_is_wrong_is_told_at_its_place(tmp_path: Path, recipe: str, problem: str) -> None:
    (found,) = told(folder(tmp_path, recipe, a=""))
    assert found.startswith(problem)


def test_every_problem_is_told_at_once(tmp_path: Path) -> None:
    recipe = "library:\n  a.html: a.html\n  b.html: b.html\n  c.html: none.html\n  .d: a.html\npages: {}\n"
    build = folder(tmp_path, recipe, a="one\n{% if %}", b='{% include "gone.html" %}\n')
    (build / "z.html").write_bytes(b"\xff")
    places = [problem.rpartition(": ")[0].split(": ")[0] for problem in told(build)]
    assert places == [
        "build/a.html:2:1",
        "build/b.html:1:1",
        "build/recipe.yaml:4:11",
        "build/recipe.yaml:5:3",
        "build/recipe.yaml:6:1",
        "build/z.html:1:1",
    ]


@pytest.mark.parametrize("recipe", [None, "address: https://policies.example.gov\n"])
def test_a_library_prints_by_the_packaged_recipe_where_its_own_names_no_documents(
    tmp_path: Path, recipe: str | None
) -> None:
    build = tmp_path / "build" if recipe is None else folder(tmp_path, recipe)
    found, packaged = load_recipe(build), load_recipe(BUILD)
    assert (found.outputs, found.assets) == (packaged.outputs, packaged.assets)


def test_a_template_and_an_asset_of_the_library_take_the_place_of_the_packaged_ones(tmp_path: Path) -> None:
    for name in ("templates/library.html", "assets/site.js"):
        (tmp_path / "build" / name).parent.mkdir(parents=True)
        (tmp_path / "build" / name).write_text("Our own")
    found, packaged = load_recipe(tmp_path / "build"), load_recipe(BUILD)
    assert found.render("templates/library.html", {}) == "Our own"
    assert dict(found.assets) == {**packaged.assets, "site.js": Asset("site.js", b"Our own")}


def test_what_fails_in_a_packaged_template_is_told_at_its_line_in_the_package(tmp_path: Path) -> None:
    build = folder(tmp_path, "library: {index.html: templates/feed.xml}\n")
    (found,) = told(build)
    assert found.startswith(f"{BUILD.as_posix()}/templates/feed.xml:")


@pytest.mark.parametrize(
    ("templates", "problems"),
    [
        ({"a": "one\n{% if %}\n"}, ["build/a.html:2:1: Expected an expression, got 'end of statement block'"]),
        ({"a": "one\n{{ 1 | gone }}\n"}, ["build/a.html:2:1: No filter named 'gone'."]),
        (
            {"a": '{% include "b.html" %}', "b": 'one\n{% extends "gone.html" %}\n'},
            ["build/b.html:2:1: there is no template `gone.html`"],
        ),
        (
            {"a": 'one\n{% include "b.html" %}', "b": "one\ntwo\nthree {{ gone }}"},
            ["build/b.html:3:1: 'gone' is undefined"],
        ),
    ],
)
def test_what_is_wrong_with_a_template_is_reported_at_its_line(
    tmp_path: Path, templates: dict[str, str], problems: list[str]
) -> None:
    assert told(folder(tmp_path, INDEX, **templates)) == problems


def test_a_template_that_nothing_names_is_not_looked_at(tmp_path: Path) -> None:
    build = folder(tmp_path, INDEX, a="fine", z="{% if %}")
    assert load_recipe(build).print("library", "", dict) == {"index.html": b"fine"}


def test_a_template_that_is_not_text_is_told(tmp_path: Path) -> None:
    build = folder(tmp_path, "library: {}\n")
    (build / "a.html").write_bytes(b"\xff\xfe")
    assert told(build) == ["build/a.html:1:1: it cannot be read: it is not UTF-8"]


@pytest.mark.parametrize(
    ("template", "problem"),
    [
        ("{{ gone }}", "'gone' is undefined"),
        ("{{ given.gone.deeper }}", "'dict object' has no attribute 'gone'"),
        ("{{ 1 + 'a' }}", "TypeError: unsupported operand type(s) for +: 'int' and 'str'"),
        ("{{ 1 / 0 }}", "ZeroDivisionError: division by zero"),
        ("{{ [][3] }}", "list object has no element 3"),
        ("{{ given() }}", "TypeError: 'dict' object is not callable"),
        ("{{ raising() }}", "RuntimeError: anything"),
        ("{{ 'a' | long_date }}", "AttributeError: 'str' object has no attribute 'month'"),
        ("{% macro again() %}{{ again() }}{% endmacro %}{{ again() }}", "RecursionError: maximum recursion depth"),
        ("{% include name_of_none %}", "'name_of_none' is undefined"),
        ("{{ asset('gone.css') }}", "there is no file `build/assets/gone.css`"),
        ("{% include 'go' ~ 'ne.html' %}", "there is no template `gone.html`"),
    ],
)
def test_whatever_a_template_raises_is_told_at_its_line(tmp_path: Path, template: str, problem: str) -> None:
    def raising() -> None:
        raise RuntimeError("anything")

    (found,) = told(folder(tmp_path, INDEX, a=f"one\ntwo\n{template}\n"), {"given": {}, "raising": raising})
    assert found.startswith(f"build/a.html:3:1: {problem}")


def test_the_problems_of_several_documents_are_told_at_once(tmp_path: Path) -> None:
    build = folder(tmp_path, "library: {a.html: a.html, b.html: b.html}\n", a="{{ gone }}", b="\n{{ lost }}")
    assert told(build) == ["build/a.html:1:1: 'gone' is undefined", "build/b.html:2:1: 'lost' is undefined"]


def test_two_groups_may_print_documents_of_one_name(tmp_path: Path) -> None:
    recipe = "library: {Index.html: a.html}\npolicy: {index.html: a.html}\n"
    assert load_recipe(folder(tmp_path, recipe, a="")).outputs["policy"] == {"index.html": "a.html"}


@pytest.mark.parametrize("address", ["http://localhost:8000", "https://policies.example.gov/cdi/"])
def test_an_address_on_the_web_is_kept_without_its_last_stroke(tmp_path: Path, address: str) -> None:
    assert load_recipe(folder(tmp_path, f"address: {address}\n")).address == address.rstrip("/")


def test_a_pdf_that_typst_refuses_is_told_with_the_policy_and_the_template(policy: Policy, tmp_path: Path) -> None:
    build = folder(tmp_path, "revision: {a.pdf: a.html}\n", a="#gone()")
    with pytest.raises(RecipeError) as raised:
        documents([Shelf(policy)], load_recipe(build))
    (problem,) = raised.value.problems
    said = f"docs/cdi/{policy.slug}/working/a.pdf cannot be made: unknown variable: gone"
    assert str(problem) == f"build/a.html:1:1: {said}"


def test_a_sign_of_a_template_that_the_pdf_cannot_print_is_told_with_the_template(tmp_path: Path) -> None:
    (found,) = told(folder(tmp_path, "library: {a.pdf: a.html}\n", a='#set document(title: "A")\n💊'))
    assert found.startswith("build/a.html:1:1: `💊` (PILL, U+1F48A) cannot be printed")


def test_without_typst_a_recipe_that_prints_pdf_is_told_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recipes, "find_spec", lambda name: None)
    build = folder(tmp_path, "library:\n  a.html: a.html\n  a.pdf: a.html\n  b.pdf: a.html\n", a="")
    with pytest.raises(RecipeError) as raised:
        load_recipe(build)
    (problem,) = raised.value.problems
    assert str(problem) == "build/recipe.yaml:3:3: printing PDF needs typst, which is not installed"
    assert problem.hint == "pip install 'cdispec[pdf]'"


def test_without_typst_a_recipe_that_prints_none_is_fine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    monkeypatch.setattr(recipes, "find_spec", lambda name: None)
    assert load_recipe(folder(tmp_path, INDEX, a="fine")).print("library", "", dict) == {"index.html": b"fine"}


def test_a_recipe_that_has_not_changed_is_not_made_again(tmp_path: Path) -> None:
    build = folder(tmp_path, INDEX, a="fine")
    former = load_recipe(build)
    assert load_recipe(build, former) is former


@pytest.mark.parametrize("changed", ["recipe.yaml", "a.html", "assets/site.js", "assets/new.js"])
def test_whatever_changes_in_the_folder_changes_the_digest(tmp_path: Path, changed: str) -> None:
    build = folder(tmp_path, INDEX, a="fine")
    (build / "assets").mkdir()
    (build / "assets/site.js").write_text("")
    former = load_recipe(build)
    with (build / changed).open("a") as file:
        file.write("\n")
    assert load_recipe(build, former).digest != former.digest
