"""The sources of this library fit the schemas that editors and other programs use."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest

from cdispec.parse.yamltree import Mapping, Scalar, Sequence, YamlNode, read_yaml

ROOT = Path(__file__).parents[2]
POLICIES = sorted(ROOT.glob("policy/*/policy.md"))


def plain(node: YamlNode) -> object:
    """A node as the JSON value that an editor's YAML reader would see."""
    match node:
        case Scalar():
            return node.boolean if node.boolean is not None else node.number if node.number is not None else node.text
        case Sequence(items):
            return [plain(item) for item in items]
        case Mapping(pairs):
            return {key.text: plain(value) for key, value in pairs}


def criteria_blocks(text: str) -> Iterator[object]:
    """The YAML of every criteria block."""
    for part in text.split("~~~criteria\n")[1:]:
        documents, issues = read_yaml(part.split("\n~~~")[0], "policy.md")
        assert issues == []
        yield plain(documents[0])


def schema(name: str) -> jsonschema.Draft202012Validator:
    """A validator of one of the schemas that `cdispec schema` prints."""
    text = (files("cdispec") / "schemas" / f"{name}.json").read_text("utf-8")
    return jsonschema.Draft202012Validator(json.loads(text))


@pytest.mark.parametrize("path", POLICIES, ids=lambda path: path.parent.name)
def test_every_criteria_block_fits_the_schema_of_criteria(path: Path) -> None:
    found = list(criteria_blocks(path.read_text("utf-8")))
    assert found
    for block in found:
        schema("criteria").validate(block)


@pytest.mark.parametrize("path", sorted(ROOT.glob("policy/*/facts.yaml")), ids=lambda path: path.parent.name)
def test_every_facts_file_fits_the_schema_of_facts(path: Path) -> None:
    documents, issues = read_yaml(path.read_text("utf-8"), "facts.yaml")
    assert issues == []
    schema("facts").validate(plain(documents[0]))
