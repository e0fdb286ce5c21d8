"""What `cdispec build` says of a build, once or at each change."""

from __future__ import annotations

import sys
from pathlib import Path

from cdispec.cli.common import tell
from cdispec.publish.building import Unbuildable

EDITIONS_KEPT = "the author's editions were kept: there is no record of a run; run `cdispec test`"


def report_unbuildable(failed: Unbuildable, root: Path) -> None:
    """Say on standard error why nothing was printed."""
    if failed.issues:
        tell(failed.issues, root)
    for problem in failed.problems:
        print(f"{problem}\n    hint: {problem.hint}", file=sys.stderr)
    if failed.hindrance:
        print(f"cdispec: {failed.hindrance}", file=sys.stderr)
    print("nothing was printed", file=sys.stderr)


def report_withdrawn(folder: str) -> None:
    """Say that a published revision has lost its source."""
    source = "policy/{}/revisions/{}".format(*folder.split("/")[1:])
    print(f"docs/{folder}/ is a published revision, and {source}/ is not there; it was left as it is", file=sys.stderr)
    print(f"    hint: bring back {source}/; to withdraw the revision, remove docs/{folder}/ yourself", file=sys.stderr)
