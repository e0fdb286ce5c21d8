"""What the policies of a library share: facts, and clauses that several of them include."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from cdispec.issues.files import malformed_id, unknown_file
from cdispec.library.files import names, read_words
from cdispec.library.sources import CLAUSES, SHARED, clause_path
from cdispec.model.facts import ID
from cdispec.model.records import Declared
from cdispec.parse.facts import read_facts
from cdispec.parse.included import Clause, Clauses
from cdispec.source import Issue, Place

SUFFIX = ".md"


@dataclass(frozen=True, slots=True)
class Common:
    """The facts and clauses that a policy can use beside its own, by their ids."""

    facts: Mapping[str, Declared] = field(default_factory=dict)
    clauses: Clauses = field(default_factory=dict)


def read_common(root: Path, issues: list[Issue]) -> Common:
    """What the working states of a library share; what is wrong with the files is added to `issues`."""
    facts: dict[str, Declared] = {}
    if os.path.lexists(root / SHARED):
        text, found = read_words(root, SHARED)
        issues += found
        if text is not None:
            facts, found = read_facts(text, SHARED)
            issues += found
    clauses = {}
    for name in names(root / CLAUSES):
        id, path = name.removesuffix(SUFFIX), f"{CLAUSES}/{name}"
        if not name.endswith(SUFFIX):
            issues.append(unknown_file(Place(path), name, ()))
        elif not ID.fullmatch(id):
            issues.append(malformed_id(Place(path), id))
        else:
            text, found = read_words(root, path)
            issues += found
            clauses[id] = Clause(clause_path(id), text, tuple(found))
    return Common(facts, clauses)
