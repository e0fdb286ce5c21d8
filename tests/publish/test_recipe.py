"""A recipe that cannot be used says where and why."""

from __future__ import annotations

from pathlib import Path

import pytest

from cdispec.model.policy import Policy
from cdispec.publish.build import documents
from cdispec.publish.recipe import RecipeError, load_recipe


def folder(tmp_path: Path, recipe: str, **templates: str) -> Path:
    build = tmp_path / "build"
    build.mkdir()
    (build / "recipe.yaml").write_text(recipe)
    for name, text in templates.items():
        (build / f"{name}.html").write_text(text)
    return build


def test_templates_make_the_documents_that_the_recipe_names(policy: Policy, tmp_path: Path) -> None:
    build = folder(tmp_path, "policy: {page.html: a.html}\nlibrary: {}\n", a="{{ policy.title }}")
    made = documents([policy], load_recipe(build))
    assert made[f"cdi/{policy.slug}/2025-06-01/page.html"] == b"Medical Massage Therapy"
    assert sorted(path.rpartition("/")[2] for path in made) == ["page.html", "policy.json"]


@pytest.mark.parametrize(
    ("recipe", "told"),
    [
        ("", "build/recipe.yaml:1:1: expected `policy` and `library`"),
        ("- a\n", "build/recipe.yaml:1:1: expected `policy` and `library`"),
        ("policy: {}\n", "build/recipe.yaml:1:1"),
        ("policy: [\n", "build/recipe.yaml:"),
        ("policy: {}\nlibrary: {}\npages: {}\n", "build/recipe.yaml:3:1"),
        ("policy: {x.html: none.html}\nlibrary: {}\n", "build/recipe.yaml:1:18: there is no template `none.html`"),
        ("policy: {policy.json: a.html}\nlibrary: {}\n", "build/recipe.yaml:1:10: `policy.json` is no name"),
        ("policy: {}\nlibrary: {../x.html: a.html}\n", "build/recipe.yaml:2:11: `../x.html` is no name"),
    ],
)
def test_a_recipe_that_is_wrong_is_told_at_its_place(tmp_path: Path, recipe: str, told: str) -> None:
    with pytest.raises(RecipeError) as raised:
        load_recipe(folder(tmp_path, recipe, a=""))
    assert str(raised.value).startswith(told)


def test_a_folder_without_a_recipe_is_told(tmp_path: Path) -> None:
    with pytest.raises(RecipeError, match="there is no recipe"):
        load_recipe(tmp_path / "build")


def test_a_template_with_a_syntax_error_is_told_at_its_line(policy: Policy, tmp_path: Path) -> None:
    build = folder(tmp_path, "policy: {}\nlibrary: {index.html: a.html}\n", a="one\n{% if %}\n")
    with pytest.raises(RecipeError, match=r"build/a\.html:2:1"):
        documents([policy], load_recipe(build))


def test_a_template_that_is_not_text_is_told(tmp_path: Path) -> None:
    build = folder(tmp_path, "policy: {}\nlibrary: {}\n")
    (build / "a.html").write_bytes(b"\xff\xfe")
    with pytest.raises(RecipeError, match=r"build/a\.html:1:1: it cannot be read"):
        load_recipe(build)
