"""Adding scenarios to a feature of a library, which takes its place whole or not at all."""

from __future__ import annotations

import os
import re
from pathlib import Path

from cdispec.library.files import read_text, replace_file
from cdispec.library.sources import feature_paths
from cdispec.scenario.feature import read_feature
from cdispec.source import Refused, errors_of

SUGGESTED = "suggested.feature"
_NUMBERED = re.compile(r"(\d+)-")


def suggested_path(root: Path, slug: str) -> str:
    """The feature of a policy for what is suggested: the one there is, or the next in the order of its features."""
    own = [path for path in feature_paths(root) if path.startswith(f"features/{slug}/")]
    for path in own:
        if path.endswith(f"-{SUGGESTED}"):
            return path
    numbers = [int(found[1]) for path in own if (found := _NUMBERED.match(path.rsplit("/", 1)[1]))]
    return f"features/{slug}/{max(numbers, default=0) + 1:02}-{SUGGESTED}"


def add_to_feature(root: Path, path: str, new: str, more: str) -> None:
    """Add the scenarios of `more` to a feature, or make the feature `new` where there is none.

    Refused where the feature could not be read afterwards, or would read them otherwise than they are written. Raises
    OSError where it cannot be written; the file is then as it was.
    """
    text = _known_text(root, path)
    whole = new if text is None else f"{text.rstrip()}\n{more}"
    feature, issues = read_feature(whole, path)
    if errors := errors_of(issues):
        raise Refused(root=root, issues=errors)
    alone, _ = read_feature(f"Feature: Added\n{more}", path)
    added = [[step.text for step in scenario.steps] for scenario in alone.scenarios]
    if [[step.text for step in scenario.steps] for scenario in feature.scenarios[-len(added) :]] != added:
        raise Refused(
            f"{path} has a background, which would be part of every scenario that is added",
            "name a feature without one, or leave out its name",
        )
    replace_file(root / path, whole.encode())


def _known_text(root: Path, path: str) -> str | None:
    """The text of a feature; None where there is none."""
    if not os.path.lexists(root / path):
        return None
    text, issues = read_text(root, path)
    if text is None:
        raise Refused(root=root, issues=issues)
    return text
