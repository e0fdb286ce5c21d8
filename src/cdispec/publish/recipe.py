"""The recipe: which template of `build/` makes which document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from jinja2 import DictLoader, Environment, StrictUndefined, TemplateError, TemplateSyntaxError, select_autoescape

from cdispec.parse.fields import Fields
from cdispec.parse.yamltree import Mapping as YamlMapping
from cdispec.parse.yamltree import read_yaml
from cdispec.source import Issue, Place

DATA = "policy.json"
"""The document of each policy that no template makes: it is a contract, not a look."""

_NAME = "recipe.yaml"
_TEMPLATES = (".html", ".md", ".css")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


class RecipeError(Exception):
    """The recipe or one of its templates cannot be used; `place` is where."""

    def __init__(self, place: Place, problem: str) -> None:
        super().__init__(f"{place}: {problem}")
        self.place, self.problem = place, problem


@dataclass(frozen=True, slots=True)
class Recipe:
    """For each policy, and for the library, the names of the documents and the templates that make them."""

    folder: str
    policy: Mapping[str, str]
    library: Mapping[str, str]
    templates: Environment

    def render(self, template: str, context: Mapping[str, object]) -> bytes:
        """The document that a template makes of a context."""
        try:
            return self.templates.get_template(template).render(context).encode()
        except TemplateSyntaxError as error:
            place = Place(f"{self.folder}/{error.name or template}", error.lineno)
            raise RecipeError(place, error.message or "it is no template") from error
        except TemplateError as error:
            raise RecipeError(Place(f"{self.folder}/{template}"), error.message or "it cannot be rendered") from error


def load_recipe(folder: Path) -> Recipe:
    """The recipe of a `build/` folder with its templates. Raises RecipeError where it cannot be used."""
    files = _files(folder)
    place = Place(f"{folder.name}/{_NAME}")
    if _NAME not in files:
        raise RecipeError(place, "there is no recipe")
    documents, issues = read_yaml(files[_NAME], place.path)
    if not issues and (not documents or not isinstance(documents[0], YamlMapping)):
        raise RecipeError(place, "expected `policy` and `library`, each with its documents and their templates")
    outputs: dict[str, dict[str, str]] = {}
    if documents and isinstance(documents[0], YamlMapping):
        fields = Fields(documents[0], "the recipe", issues)
        fields.allow(["policy", "library"])
        outputs = {of: _outputs(fields, of, files, issues) for of in ("policy", "library")}
    for issue in issues:
        raise RecipeError(issue.place, issue.message)
    templates = Environment(
        loader=DictLoader(files),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    templates.filters["long_date"] = _long_date
    return Recipe(folder.name, outputs["policy"], outputs["library"], templates)


def _files(folder: Path) -> dict[str, str]:
    paths = sorted(path for path in folder.rglob("*") if path.name == _NAME or path.suffix in _TEMPLATES)
    files = {}
    for path in paths:
        name = path.relative_to(folder).as_posix()
        try:
            files[name] = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise RecipeError(Place(f"{folder.name}/{name}"), f"it cannot be read: {error}") from error
    return files


def _outputs(fields: Fields, of: str, files: Mapping[str, str], issues: list[Issue]) -> dict[str, str]:
    """The names of the documents with their templates, under one key of the recipe."""
    node = fields.mapping(of)
    if node is None:
        return {}
    made = Fields(node, f"`{of}`", issues)
    outputs: dict[str, str] = {}
    for key, value in node.pairs:
        template = made.text(key.text)
        if "/" in key.text or "\\" in key.text or key.text.startswith(".") or key.text == DATA:
            raise RecipeError(key.place, f"`{key.text}` is no name for a document")
        if template and template not in files:
            raise RecipeError(value.place, f"there is no template `{template}`")
        outputs[key.text] = template
    return outputs


def _long_date(day: date) -> str:
    """A date as a document prints it: June 1, 2025."""
    return f"{_MONTHS[day.month - 1]} {day.day}, {day.year}"
