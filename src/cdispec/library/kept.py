"""What was found of a policy and its scenarios, kept while both are the same, and the tool that found it.

It is a help and never a truth: without it, or when it is damaged, everything is looked for again.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from cdispec.library.files import replace_file
from cdispec.library.sources import digest_of, feature_paths, policy_snapshot, state_digests, tool_digest
from cdispec.model.policy import Policy
from cdispec.source import Fix, Issue, Place, Severity

FILE = ".cdispec/adequacy.json"


class KeptIssues:
    """The issues of policies by the folders of these, with the digest of all that they were found in."""

    def __init__(self, root: Path, asked: object) -> None:
        self._root, self._asked = root, asked
        self._states = state_digests(policy_snapshot(root))
        self._features = {path: digest_of((root / path).read_bytes()) for path in feature_paths(root)}
        self._before = _read(root / FILE)
        self._now: dict[str, Any] = {}

    def found(self, policy: Policy, look: Callable[[], list[Issue]]) -> list[Issue]:
        """What is wrong with a policy: as it was found, or looked for."""
        slug, digest = policy.slug, self._digest(policy)
        known = self._before.get(slug)
        if known is not None and known["digest"] == digest:
            self._now[slug] = known
            return [_issue(raw) for raw in known["issues"]]
        issues = look()
        self._now[slug] = {"digest": digest, "issues": [_raw(issue) for issue in issues]}
        return issues

    def save(self) -> None:
        """Keep what was found; where that cannot be written, it is looked for again."""
        with suppress(OSError):
            replace_file(self._root / FILE, json.dumps(self._now).encode())

    def _digest(self, policy: Policy) -> str:
        own = {path: of for path, of in self._features.items() if path.startswith(f"features/{policy.slug}/")}
        states = [self._states.get(folder, "") for folder in (policy.folder, *policy.asked_folders)]
        parts = [tool_digest(), self._asked, states, own]
        return digest_of(json.dumps(parts).encode())


def _read(file: Path) -> dict[str, Any]:
    """What was kept; nothing of what is not as it was written."""
    try:
        raw = json.loads(file.read_text("utf-8"))
        return {slug: known for slug, known in raw.items() if [known["digest"], *map(_issue, known["issues"])]}
    except (OSError, ValueError, TypeError, LookupError, AttributeError):
        return {}


def _raw(issue: Issue) -> list[Any]:
    return [issue.code, issue.severity.value, list(issue.place), issue.message, issue.hint, issue.fix]


def _issue(raw: Any) -> Issue:
    code, severity, place, message, hint, fix = raw
    return Issue(str(code), Severity(severity), Place(*place), str(message), str(hint), fix and Fix(*fix))
