"""`cdispec fix`: slips of which one thing alone can be meant, shown as they should be, or written so."""

from __future__ import annotations

import argparse
import sys
from difflib import unified_diff

from cdispec.check import every_issue
from cdispec.check.states import only_of
from cdispec.cli.common import library_folder
from cdispec.cli.status import DONE, FAILED
from cdispec.library import read_library, source_lines
from cdispec.library.fixes import certain_fixes, with_fixes, write_fixed
from cdispec.report.terminal import style_for


def run(arguments: argparse.Namespace) -> int:
    """Show what is certain as a diff, and write it where that is asked; 1 when something was found and not written."""
    root, style = library_folder(arguments.library), style_for(sys.stdout)
    library = read_library(root)
    found = certain_fixes(only_of(library, arguments.policy, every_issue(library, None)))
    for path, fixes in found.items():
        lines = source_lines(root, path)
        fixed = with_fixes(lines, fixes)
        for line in unified_diff(lines, fixed, path, path, n=1, lineterm=""):
            paint = {"+": style.green, "-": style.red}.get(line[0], str)
            print(paint(line))
        if arguments.write:
            write_fixed(root, path, fixed)
    count = sum(map(len, found.values()))
    if not found:
        print("nothing is certain enough to be written: see `cdispec check`")
        return DONE
    slips = f"{count} slip{'s' if count > 1 else ''} in {len(found)} file{'s' if len(found) > 1 else ''}"
    print(
        f"\nwrote {slips}; see `cdispec check`" if arguments.write else f"\n{slips}; `cdispec fix --write` writes this"
    )
    return DONE if arguments.write else FAILED
