"""The recipe: which template of `build/` makes which document.

A library prints with the files of its own `build/`, and where it has none of a name, with the one that comes with the
tool.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from traceback import walk_tb
from typing import NamedTuple

from jinja2 import (
    Environment,
    FunctionLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateRuntimeError,
    TemplateSyntaxError,
    select_autoescape,
)
from jinja2.meta import find_referenced_templates
from markupsafe import Markup

from cdispec.library import read_text
from cdispec.library.shipped import shipped
from cdispec.library.sources import digest_of
from cdispec.model.inlines import Text, plain_of
from cdispec.model.labels import anchor_of
from cdispec.model.phrases import dated, long_date
from cdispec.model.policy import Policy
from cdispec.parse.fields import Fields, text_of
from cdispec.parse.yamltree import Mapping as YamlMapping
from cdispec.parse.yamltree import read_document
from cdispec.publish.assets import FOLDER as ASSETS
from cdispec.publish.assets import Asset, read_assets
from cdispec.publish.formats.html import html
from cdispec.publish.formats.markdown import markdown
from cdispec.publish.formats.typst import MissingGlyph, pdf, string, typst
from cdispec.publish.pages.guide import read_guide, read_reference
from cdispec.publish.problems import Problem, RecipeError, unreadable
from cdispec.publish.words.head import head_rows
from cdispec.publish.words.tree import Criteria
from cdispec.source import Issue, Place

DATA = "policy.json"
SCRIPT = "policy.js"
LIST = "documents.txt"
RESERVED = (DATA, SCRIPT, LIST)
"""The documents that no template makes: they are contracts, not a look."""

GROUPS = {
    "library": "docs/, once for the library",
    "policy": "docs/<family>/<policy>/, once for each policy",
    "revision": "docs/<family>/<policy>/<revision>/, once for each revision and for the working state",
    "unchanged": "docs/<family>/<policy>/working/, in place of those of a revision while the newest one says the same",
    "redline": "docs/<family>/<policy>/<revision>/, once for each revision that follows another one",
    "request": "docs/<family>/<policy>/<revision>/<request>/, once for each kind of request of each of them",
    "author": "docs/<family>/<policy>/working/, once for each policy",
}
"""What a recipe prints, and where: the folder of a family is its short name, `cdi` or `ncd`."""

_ADDRESS = re.compile(r"https?://[^\s/]")
_BUILD = "build"
_LANGUAGE = "LANGUAGE.md"
"""The reference of the language, which every library prints."""

_NAME = "recipe.yaml"
_MARK = "template "
_NO_TYPST = "printing PDF needs typst, which is not installed"
_TEMPLATES = (".html", ".md", ".typ", ".xml", ".js")


class File(NamedTuple):
    """A recipe or template, and the path that its author knows it by."""

    text: str
    path: str


@dataclass(frozen=True, slots=True)
class Recipe:
    """For each group of `GROUPS` the names of its documents and the templates that make them.

    `root` is the library, in whose files a word that cannot be printed is looked up. `address` is where docs/ stands on
    the web, or "". `files` are the templates, `assets` the files that pages share, by the names by which templates ask
    for them. `digest` changes whenever anything changes that the recipe prints with.
    """

    root: Path
    address: str
    outputs: Mapping[str, Mapping[str, str]]
    files: Mapping[str, File]
    assets: Mapping[str, Asset]
    templates: Environment
    digest: str

    def render(self, template: str, context: Mapping[str, object]) -> str:
        """The text that a template makes of a context."""
        try:
            return self.templates.get_template(template).render(context)
        except Exception as error:
            # A template can raise whatever Python can; to its author each is a mistake at a line of it.
            raise RecipeError(self._problem(error, template)) from error

    def print(self, group: str, folder: str, context: Callable[[], Mapping[str, object]]) -> dict[str, bytes]:
        """The documents of a group, by their paths below docs/. Its context is only asked for where there are such."""
        made: dict[str, bytes] = {}
        problems: list[Problem] = []
        if not self.outputs[group]:
            return made
        root = "../" * folder.count("/")
        asset = partial(self._asset_from, root)
        site = {"root": root, "address": self.address, "outputs": self.outputs, "asset": asset}
        given = {**site, "folder": folder, **context()}
        for name, template in self.outputs[group].items():
            place = Place(self.files[template].path)
            try:
                text = self.render(template, given)
                made[f"{folder}{name}"] = pdf(text) if name.endswith(".pdf") else text.encode()
            except RecipeError as error:
                problems += error.problems
            except UnicodeEncodeError as error:
                problems.append(Problem(place, f"it prints what is no text: {error}"))
            except MissingGlyph as error:
                printed = _printed_at(self.root, error.text, given.get("policy"))
                problems.append(Problem(printed or place, str(error), "write it in words"))
            except ValueError as error:
                problems.append(Problem(place, f"docs/{folder}{name} cannot be made: {error}"))
        if problems:
            raise RecipeError(*problems)
        return made

    def _asset_from(self, root: str, name: str) -> str:
        """The address of an asset on a page from which `root` leads to docs/."""
        if name not in self.assets:
            raise TemplateRuntimeError(f"there is no file `{_BUILD}/{ASSETS}/{name}`")
        return f"{root}{self.assets[name].path}"

    def _problem(self, error: Exception, template: str) -> Problem:
        if isinstance(error, TemplateSyntaxError):
            return _syntax(self.files[error.name or template], error)
        lines = [
            (frame.f_code.co_filename, line)
            for frame, line in walk_tb(error.__traceback__)
            if frame.f_code.co_filename.startswith(_MARK)
        ]
        name, line = lines[-1] if lines else (f"{_MARK}{template}", 1)
        if isinstance(error, TemplateNotFound):
            said = f"there is no template `{error.name}`"
        else:
            said = str(error) if isinstance(error, TemplateError) else f"{type(error).__name__}: {error}"
        return Problem(Place(self.files[name.removeprefix(_MARK)].path, line), said or "it cannot be rendered")


def _printed_at(root: Path, text: str, policy: object) -> Place | None:
    """Where a text first stands in what a policy is read from; None where it comes from elsewhere."""
    if not isinstance(policy, Policy):
        return None
    sources = [
        policy.path,
        *policy.included.values(),
        *(of.place.path for of in (*policy.facts.values(), *policy.history)),
    ]
    for path in dict.fromkeys(sources):
        for number, line in enumerate((read_text(root, path)[0] or "").split("\n"), 1):
            if text in line:
                return Place(path, number, line.index(text) + 1)
    # The row of a release stands in the history only after it was tried.
    rows = (row for row in policy.history if any(text in said for said in (*row.updates, row.reason)))
    return next((row.place for row in rows), None)


def load_recipe(folder: Path, former: Recipe | None = None) -> Recipe:
    """The recipe of a library's `build/` folder with its templates; `former` where nothing has changed since.

    Raises RecipeError with every problem found.
    """
    problems: list[Problem] = []
    packaged, own = _files(shipped(_BUILD), problems), _files(folder, problems, _BUILD)
    packaged[_LANGUAGE] = File(shipped(_LANGUAGE).read_text("utf-8"), _LANGUAGE)
    files = packaged | own
    assets = read_assets([shipped(_BUILD), folder], problems)
    digest = _digest([*packaged.items(), *own.items()], assets)
    if former is not None and digest == former.digest and not problems:
        return former
    outputs, address = _read(files[_NAME], files, problems)
    if not outputs:
        outputs, _ = _read(packaged[_NAME], files, problems)
    templates = _environment(files)
    named = {template for group in outputs.values() for template in group.values()}
    problems += _broken(templates, files, named)
    if problems:
        raise RecipeError(*sorted(problems, key=lambda problem: problem.place))
    return Recipe(folder.parent, address, outputs, files, assets, templates, digest)


def _read(recipe: File, files: Mapping[str, File], problems: list[Problem]) -> tuple[dict[str, dict[str, str]], str]:
    """What a recipe says: where it names any group, the documents of each with their templates; and the address."""
    node, issues = read_document(recipe.text, recipe.path)
    outputs: dict[str, dict[str, str]] = {}
    address = ""
    if isinstance(node, YamlMapping):
        fields = Fields(node, "the recipe", issues, ["address", *GROUPS])
        address = fields.text("address", required=False).rstrip("/")
        if address and not _ADDRESS.match(address):
            hint = "begin it with http:// or https://"
            problems.append(Problem(fields.at("address"), f"`{address}` is no address on the web", hint))
        if any(key in GROUPS for key in fields):
            outputs = {of: _outputs(fields, of, files, issues, problems) for of in GROUPS}
    elif not issues:
        problems.append(Problem(Place(recipe.path), "expected groups of documents"))
    problems += [Problem(issue.place, issue.message, issue.hint) for issue in issues]
    return outputs, address


def _environment(files: Mapping[str, File]) -> Environment:
    templates = Environment(
        # What each template is called in a traceback leads back to its line.
        loader=FunctionLoader(lambda name: (files[name].text, f"{_MARK}{name}", None) if name in files else None),
        autoescape=select_autoescape(["html", "xml"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    templates.filters.update(
        long_date=long_date,
        html=html,
        markdown=markdown,
        typst=typst,
        string=string,
        plain=plain_of,
        json=_json,
        anchor=anchor_of,
        dated=dated,
    )
    templates.tests["criteria"] = lambda piece: isinstance(piece, Criteria)
    templates.globals["head_rows"] = head_rows
    templates.globals["text"] = lambda words: (Text(words),)
    templates.globals["guide"] = lambda name: read_guide(files[name].text)
    templates.globals["reference"] = lambda name: read_reference(files[name].text)
    return templates


def _broken(templates: Environment, files: Mapping[str, File], named: set[str]) -> list[Problem]:
    """What is wrong with the templates that a recipe names, and with those that they name in turn."""
    problems: list[Problem] = []
    waiting, seen = sorted(named & files.keys()), set(named)
    while waiting:
        name = waiting.pop(0)
        try:
            templates.get_template(name)
            tree = templates.parse(files[name].text)
        except TemplateSyntaxError as error:
            problems.append(_syntax(files[name], error))
            continue
        for other in find_referenced_templates(tree):
            if other is not None and other not in seen:
                seen.add(other)
                if other in files:
                    waiting.append(other)
                else:
                    problems.append(_missing(other, files[name]))
    return problems


def _missing(other: str, template: File) -> Problem:
    lines = enumerate(template.text.split("\n"), 1)
    line = next((number for number, line in lines if f'"{other}"' in line or f"'{other}'" in line), 1)
    return Problem(Place(template.path, line), f"there is no template `{other}`")


def _syntax(template: File, error: TemplateSyntaxError) -> Problem:
    return Problem(Place(template.path, error.lineno), error.message or "it is no template")


def _digest(files: Iterable[tuple[str, File]], assets: Mapping[str, Asset]) -> str:
    parts = [(name, digest_of(file.text.encode())) for name, file in files]
    parts += [(f"{ASSETS}/{name}", digest_of(asset.content)) for name, asset in assets.items()]
    return digest_of(json.dumps(parts).encode())


def _files(folder: Path, problems: list[Problem], shown: str = "") -> dict[str, File]:
    """The recipe and the templates of a folder by their names; `shown` is what its author knows the folder by."""
    found = (path for path in folder.rglob("*") if path.name == _NAME or path.suffix in _TEMPLATES)
    paths = sorted(path for path in found if path.relative_to(folder).parts[0] != ASSETS)
    files = {}
    for path in paths:
        name = path.relative_to(folder).as_posix()
        at = f"{shown or folder.as_posix()}/{name}"
        try:
            files[name] = File(path.read_text(encoding="utf-8"), at)
        except (OSError, UnicodeDecodeError) as error:
            problems.append(unreadable(at, error))
    return files


def _outputs(
    fields: Fields, of: str, files: Mapping[str, File], issues: list[Issue], problems: list[Problem]
) -> dict[str, str]:
    """The names of the documents with their templates, under one key of the recipe."""
    node = fields.mapping(of, required=False)
    if node is None:
        return {}
    outputs: dict[str, str] = {}
    # Windows and macOS take names for one that differ in nothing but capitals.
    taken: dict[str, str] = {}
    for key, value in node.pairs:
        template = text_of(value, issues)
        other = taken.setdefault(key.text.casefold(), key.text)
        if "/" in key.text or "\\" in key.text or key.text.startswith(".") or key.text.casefold() in RESERVED:
            problems.append(Problem(key.place, f"`{key.text}` is no name for a document"))
        elif other != key.text:
            said = f"`{key.text}` and `{other}` differ in capital letters only, and are one file on some machines"
            problems.append(Problem(key.place, said, "give one of them another name"))
        elif template and template not in files:
            problems.append(Problem(value.place, f"there is no template `{template}`"))
        elif (
            key.text.endswith(".pdf")
            and find_spec("typst") is None
            and not any(of.message == _NO_TYPST for of in problems)
        ):
            problems.append(Problem(key.place, _NO_TYPST, "pip install 'cdispec[pdf]'"))
        outputs[key.text] = template
    return outputs


def _json(value: object) -> Markup:
    """Data within a script, or a document of its own."""
    return Markup(json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c"))
