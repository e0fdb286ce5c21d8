"""`cdispec build`: the documents of every policy."""

from __future__ import annotations

import argparse
import sys

from cdispec.cli.build_output import EDITIONS_KEPT, report_unbuildable, report_withdrawn
from cdispec.cli.common import library_folder
from cdispec.cli.status import DONE, FAILED
from cdispec.publish.building import Builder, Unbuildable
from cdispec.publish.output.folder import FileDifference, Kind


def run(arguments: argparse.Namespace) -> int:
    """Print the documents, or with `--check` tell what printing would change. Policies with errors are not printed."""
    root = library_folder(arguments.library)
    if arguments.watch:
        from cdispec.cli.watch import watch

        return watch(root, arguments.port)
    builder = Builder(root)
    try:
        if arguments.check:
            return _told(*builder.check())
        built = builder.build()
    except Unbuildable as failed:
        report_unbuildable(failed, root)
        return FAILED
    for change in built.changes:
        print(f"{'removed' if change.kind is Kind.LEFT_OVER else 'printed'} docs/{change.path}")
    for folder in built.withdrawn:
        report_withdrawn(folder)
    if built.kept:
        print(EDITIONS_KEPT)
    policies = f"{built.policies} {'policy' if built.policies == 1 else 'policies'}"
    print(f"docs/ is current: {built.documents} documents of {policies}, {len(built.changes)} changed")
    return DONE


def _told(found: list[FileDifference], withdrawn: list[str]) -> int:
    for difference in found:
        print(f"docs/{difference.path}: {difference.kind}", file=sys.stderr)
        for number, now, then in difference.lines:
            print(f"  {number:>5} - {'(no line)' if now is None else now}", file=sys.stderr)
            print(f"  {number:>5} + {'(no line)' if then is None else then}", file=sys.stderr)
    for folder in withdrawn:
        report_withdrawn(folder)
    if found:
        files = "1 file differs" if len(found) == 1 else f"{len(found)} files differ"
        print(f"docs/ is not current: {files}\n    hint: run `cdispec build`", file=sys.stderr)
    if found or withdrawn:
        return FAILED
    print("docs/ is current")
    return DONE
