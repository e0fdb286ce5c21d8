"""`cdispec new`: a policy library to start from or, in a library, a policy."""

from __future__ import annotations

import argparse
import os
import re
import shutil
import sys
import tempfile
from datetime import date
from pathlib import Path
from string import Template

import cdispec
from cdispec.check.folders import FOLDER_NAME
from cdispec.cli.status import DONE, FAILED
from cdispec.library import find_library
from cdispec.library.shipped import shipped
from cdispec.library.sources import DOCUMENT, policy_slugs, stated_numbers
from cdispec.parse.facts import read_facts
from cdispec.parse.policy import read_policy
from cdispec.parse.slips import quoted
from cdispec.source import Refused

_PACKAGE = Path(cdispec.__file__).parent
_OF_FAMILY = re.compile(
    r"^(?:issuer|document|short|number_label|effective_label|review_label|labels):.*$", re.MULTILINE
)
_USUAL = "issuer: Office of Coverage Policy\ndocument: Clinical Determination and Indication"


def run(arguments: argparse.Namespace) -> int:
    """Make the library or the policy, whole or not at all."""
    try:
        if arguments.title:
            return _policy(arguments.folder, " ".join(arguments.title.split()))
        return _library(arguments.folder)
    except OSError as error:
        print(
            f"cdispec: `{arguments.folder}` cannot be made: {(error.strerror or str(error)).lower()}", file=sys.stderr
        )
        return FAILED


def _library(name: str) -> int:
    folder = Path(name).resolve()
    around = find_library(folder.parent)
    if around is not None:
        hint = 'make a policy in it with its number and title: cdispec new 00042 "Home Blood Pressure Monitors"'
        raise Refused(f"`{folder}` would be inside the policy library {around}", hint)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Refused(f"`{folder}` exists and is not an empty folder", "name a folder that does not exist yet")
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".cdispec-new-") as made:
        whole = Path(made) / "library"
        _fill(whole)
        if folder.exists():
            for part in whole.iterdir():
                os.replace(part, folder / part.name)
        else:
            os.replace(whole, folder)
    print(f"made a policy library in {name}\n")
    print(f"next:\n  cd {name}\n  cdispec check\n  cdispec test\n  cdispec build")
    return DONE


def _fill(library: Path) -> None:
    """What an author edits: the starter policy, its scenarios, the step definitions; and a place for its documents."""
    shutil.copytree(_PACKAGE / "starter", library)
    for name in ("gitignore", "gitattributes"):
        (library / name).rename(library / f".{name}")
    shutil.copytree(shipped("steps"), library / "steps", ignore=shutil.ignore_patterns("__pycache__"))
    (library / "docs").mkdir()


def _policy(number: str, title: str) -> int:
    """A policy with every section, a criterion of each common shape, and a scenario that holds."""
    root = find_library(Path.cwd())
    if root is None:
        raise Refused("no policy library here", "go to the folder of one, or make one with `cdispec new FOLDER`")
    if not FOLDER_NAME.fullmatch(number):
        raise Refused(f"`{number}` is not a number of a policy", "use letters, digits, points and hyphens")
    if number.casefold() in [known.casefold() for known in stated_numbers(root).values()]:
        raise Refused(f"there is a policy {number} already", "choose another number")
    words = re.findall(r"[a-z0-9]+", title.casefold())
    if not words:
        raise Refused(f"`{title}` is not a title", "name what the policy is about")
    slug = "-".join([number, *words])
    for above in ("policy", "features"):
        if (root / above / slug).exists():
            raise Refused(f"{above}/{slug} exists already", "choose another number or title")
    files = _scaffold(root, number, title, slug)
    with tempfile.TemporaryDirectory(dir=root, prefix=".cdispec-new-") as made:
        for path, text in files.items():
            (Path(made) / path).parent.mkdir(parents=True, exist_ok=True)
            (Path(made) / path).write_text(text, "utf-8")
        for above in ("features", "policy"):
            (root / above).mkdir(exist_ok=True)
            os.rename(Path(made) / above / slug, root / above / slug)
    print(f"made the policy {number} {title}\n")
    print("\n".join(f"  {path}" for path in files))
    print(f"\nnext:\n  cdispec check {number}\n  cdispec test {number}\n  cdispec steps {number}")
    return DONE


def _scaffold(root: Path, number: str, title: str, slug: str) -> dict[str, str]:
    """The files of a policy by their paths, in the family of the documents that the library has."""
    lower = " ".join(word.lower() if word.istitle() else word for word in title.split())
    heads = (_OF_FAMILY.findall(_head(root / "policy" / other / DOCUMENT)) for other in policy_slugs(root))
    head = next(("\n".join(lines) for lines in heads if len(lines) > 1), _USUAL)
    sentence = _value(f"coverage of {lower} is requested")
    said = {"number": number, "title": _value(title), "lower": lower, "request": sentence, "head": head}

    def made(name: str, **more: str) -> str:
        text = (_PACKAGE / "scaffold" / name).read_text("utf-8")
        return Template(text).substitute(said, day=date.today().isoformat(), **more)

    document, facts, path = made("policy.md"), made("facts.yaml"), f"policy/{slug}/{DOCUMENT}"
    policy, _ = read_policy(document, path, slug, read_facts(facts, "")[0], ())
    clause, own = policy.clauses["indications"] if policy else "", "-".join(slug.split("-")[1:])
    return {
        path: document,
        f"policy/{slug}/facts.yaml": facts,
        f"policy/{slug}/history.yaml": "rows: []\n",
        f"features/{slug}/{own}.feature": made("scenarios.feature", clause=clause, id=own),
    }


def _value(text: str) -> str:
    """A text as a value in YAML."""
    return text if re.fullmatch(r"[A-Za-z][\w ,()/-]*", text) else quoted(text)


def _head(file: Path) -> str:
    """The front matter of a document, or what begins it."""
    return file.read_text("utf-8", errors="replace").split("\n---", 1)[0]
