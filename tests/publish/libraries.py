"""A small library to be built again and again, and edits of it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from cdispec.library.record import RECORD_SCHEMA
from cdispec.library.sources import RECORD, resting, snapshot
from cdispec.scenario.feature import read_feature
from tests.publish.conftest import LIBRARY

STARTER = LIBRARY / "src/cdispec/starter"
SLUGS = ("00001-heel-pain-injection", "00002-toe-pain-injection")
STATE = ".cdispec/build.json"


RECIPE = """\
library:
  index.html: library.html
policy:
  index.html: policy.html
revision:
  index.html: revision.html
  policy.md: revision.html
request:
  index.html: request.html
author:
  author.html: author.html
"""
TEMPLATES = {
    "assets/theme.css": "body {}\n",
    "library.html": "{% for shelf in shelves %}{{ shelf.current.title }} {{ shelf.working.facts }}{% endfor %}\n",
    "policy.html": "{% for one in standings %}{{ one.policy.revision }} {{ one.until }}{% endfor %}{{ address }}\n",
    "revision.html": '{{ asset("theme.css") }}{% for part in document.parts %}{{ part.title | html }}{% endfor %}'
    "{{ standing.since }} {{ standing.until }} {% for one in standings %}{{ one.policy.title }}{% endfor %}\n",
    "request.html": "{{ folder }} {{ policy.title }}\n",
    "author.html": "{% for one in evidence.scenarios %}{{ one.scenario.name }}: {{ one.state.value }}\n{% endfor %}"
    "{{ evidence.missing }}\n",
}


FEATURE = """\
Feature: Uses

  @first
  Scenario: First
    Given heel pain is documented
    When an injection for heel pain is requested on 2026-02-01
    Then it is medically necessary under II

  @second
  Scenario: Second
    Given heel pain is documented
    When an injection for heel pain is requested on 2026-02-01
    Then it is medically necessary under II
"""


def record_run(root: Path, *failing: str) -> None:
    """Leave the record of a run of the scenarios as they are now, of which these failed."""
    found: list[dict[str, Any]] = []
    for slug in SLUGS:
        path = f"features/{slug}/uses.feature"
        if not (root / path).exists():
            continue
        for feature in [read_feature((root / path).read_text("utf-8"), path)[0]]:
            found += [
                {
                    "id": of.key,
                    "name": of.name,
                    "path": path,
                    "line": of.place.line,
                    "policy": slug[:5],
                    "interpretations": [],
                    "cases": [],
                    "passed": of.id not in failing,
                }
                for of in feature.scenarios
            ]
    record = {"schema": RECORD_SCHEMA, "sources": resting(snapshot(root)), "scenarios": found}
    put(root, RECORD, json.dumps(record))


def make_library(root: Path) -> None:
    """Two small policies, run once, with templates that print little of all that templates can."""
    put(root, "build/recipe.yaml", RECIPE)
    for name, text in TEMPLATES.items():
        put(root, f"build/{name}", text)
    for slug in SLUGS:
        shutil.copytree(STARTER / "policy" / SLUGS[0], root / "policy" / slug)
        put(root, f"features/{slug}/uses.feature", FEATURE)
        document = root / "policy" / slug / "policy.md"
        document.write_text(document.read_text("utf-8").replace("00001", slug[:5]), "utf-8")
    record_run(root)


def docs(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes() for path in (root / "docs").rglob("*") if path.is_file()
    }


def change(root: Path, path: str, old: str, new: str) -> None:
    file = root / path
    file.write_text(file.read_text("utf-8").replace(old, new), "utf-8")


def put(root: Path, path: str, text: str) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(text)


def lose(root: Path, path: str) -> None:
    if (root / path).is_dir():
        shutil.rmtree(root / path)
    else:
        (root / path).unlink()
