"""The record of a run of a library's scenarios: what was determined of each, and whether that is stale.

A result is stale when a file that it rests on is no longer the one that was read. Files are compared by their
digests, so that nothing depends on clocks.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import orjson

from cdispec.library.sources import (
    CODES,
    DOCUMENT,
    FACTS,
    RECORD,
    TOOL,
    asking,
    is_common,
    resting,
    snapshot,
    state_folder,
)
from cdispec.scenario.feature import Scenario, feature_folder

_Kind = TypeVar("_Kind")

RECORD_SCHEMA = "cdispec-record-3"


@dataclass(frozen=True, slots=True)
class Determined:
    """One case of a scenario, and its determination, as JSON."""

    line: int
    case: Mapping[str, Any]
    determination: Mapping[str, Any]

    @property
    def clauses(self) -> tuple[str, ...]:
        """The labels of the clauses that the determination rests on."""
        return tuple(self.determination["clauses"])


@dataclass(frozen=True, slots=True)
class Result:
    """What a run found of one scenario; `id` has the row in brackets for one of an outline."""

    id: str
    name: str
    path: str
    line: int
    policy: str
    interpretations: tuple[str, ...]
    cases: tuple[Determined, ...]
    passed: bool
    stale: bool


@dataclass(frozen=True, slots=True)
class Record:
    """The results by the ids of their scenarios, which stay the same in the revisions of a policy, and of which a
    library with an error may give one to several.

    `missing` says why there is none to read, and is "" where there is.
    """

    results: Mapping[str, tuple[Result, ...]] = field(default_factory=dict)
    missing: str = ""

    def of(self, scenario: Scenario) -> Result | None:
        """The result of a scenario: no other speaks for it that has its id.

        One that has moved since, within its state, is still found by its id, and is stale.
        """
        state = state_folder(scenario.place.path)
        found = [result for result in self.results.get(scenario.key, ()) if state_folder(result.path) == state]
        for result in found:
            if (result.path, result.line) == (scenario.place.path, scenario.place.line):
                return result
        return found[0] if len(found) == 1 and found[0].stale else None


def read_record(root: Path, taken: Mapping[str, str] | None = None) -> Record:
    """The record of a library; of one that is not there, damaged or of another form, only why.

    `taken` is a snapshot of the library, where one was taken.
    """
    try:
        text = (root / RECORD).read_bytes()
    except FileNotFoundError:
        return Record(missing="the scenarios have not been run")
    except OSError as error:
        return Record(missing=f"the record of the run cannot be read: {(error.strerror or 'an error').lower()}")
    try:
        raw = orjson.loads(text)
        if raw["schema"] != RECORD_SCHEMA:
            return Record(missing="the record of the run is of another version")
        then = {_of(str, path): _of(str, digest) for path, digest in raw["sources"].items()}
        now = resting(snapshot(root) if taken is None else taken)
        scenarios = _of(list, raw["scenarios"])
        paths = {_of(str, found["path"]) for found in scenarios}
        asks = asking(root)
        stale = {path for path in paths if _resting(path, then, asks) != _resting(path, now, asks)}
        results: dict[str, list[Result]] = defaultdict(list)
        for found in scenarios:
            result = _result(found, stale)
            results[result.id].append(result)
    except (ValueError, TypeError, LookupError, AttributeError):
        return Record(missing="the record of the run is damaged")
    return Record({id: tuple(found) for id, found in results.items()})


def _result(raw: Any, stale: set[str]) -> Result:
    path = _of(str, raw["path"])
    return Result(
        id=_of(str, raw["id"]),
        name=_of(str, raw["name"]),
        path=path,
        line=_of(int, raw["line"]),
        policy=_of(str, raw["policy"]),
        interpretations=tuple(_of(str, id) for id in _of(list, raw["interpretations"])),
        cases=tuple(_determined(case) for case in _of(list, raw["cases"])),
        passed=raw["passed"] is True,
        stale=path in stale,
    )


def _resting(path: str, digests: Mapping[str, str], asks: Mapping[str, frozenset[str]]) -> dict[str, str]:
    """Those of the digests that are of files which the scenarios of a feature file rest on.

    `asks` are the folders of the policies that each policy asks.
    """
    state, folder = state_folder(path), feature_folder(path)
    others = tuple(f"policy/{slug}/" for slug in asks.get(state.split("/")[1] if state else folder, ()))
    own = {path, f"policy/{folder}/{DOCUMENT}", f"policy/{folder}/{FACTS}"}
    sets = f"policy/{folder}/{CODES}/"
    return {
        name: of
        for name, of in digests.items()
        if name == TOOL
        or name.startswith("steps/")
        or name.startswith(others)
        or (name.startswith(f"{state}/") if state else name in own or is_common(name) or name.startswith(sets))
    }


def _determined(raw: Any) -> Determined:
    determination = raw["determination"]
    _of(str, determination["outcome"])
    for label in _of(list, determination["clauses"]):
        _of(str, label)
    return Determined(_of(int, raw["line"]), dict(raw["case"].items()), dict(determination.items()))


def _of(kind: type[_Kind], value: Any) -> _Kind:
    """A value of the record, which is damaged where it is of another kind."""
    if type(value) is not kind:
        raise TypeError(kind)
    return value
