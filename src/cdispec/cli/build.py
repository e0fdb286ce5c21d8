"""`cdispec build`: the documents of every policy."""

from __future__ import annotations

import argparse
import sys

from cdispec.cli.commands import DONE, FAILED, USAGE
from cdispec.cli.common import open_library, tell
from cdispec.publish.build import documents
from cdispec.publish.folder import Difference, Kind, differences, write
from cdispec.publish.recipe import RecipeError, load_recipe
from cdispec.source import has_errors


def run(arguments: argparse.Namespace) -> int:
    """Print the documents, or with `--check` tell what printing would change. Policies with errors are not printed."""
    library = open_library(arguments.library)
    if library is None:
        return USAGE
    errors = [issue for issue in library.issues if has_errors([issue])]
    if errors:
        tell(errors, library.root)
        print("nothing was printed", file=sys.stderr)
        return FAILED
    docs = library.root / "docs"
    try:
        made = documents(list(library.policies.values()), load_recipe(library.root / "build"))
        if arguments.check:
            return _told(differences(made, docs))
        changes = write(made, docs)
    except RecipeError as error:
        print(f"{error}\n    hint: mend build/; nothing was printed", file=sys.stderr)
        return FAILED
    except OSError as error:
        print(f"cdispec: docs/ cannot be written: {(error.strerror or str(error)).lower()}", file=sys.stderr)
        return FAILED
    for change in changes:
        print(f"{'removed' if change.kind is Kind.LEFT_OVER else 'printed'} docs/{change.path}")
    print(f"docs/ is current: {len(made)} documents of {len(library.policies)} policies, {len(changes)} changed")
    return DONE


def _told(found: list[Difference]) -> int:
    for difference in found:
        print(f"docs/{difference.path}: {difference.kind}", file=sys.stderr)
        for number, now, then in difference.lines:
            print(f"  {number:>5} - {'(no line)' if now is None else now}", file=sys.stderr)
            print(f"  {number:>5} + {'(no line)' if then is None else then}", file=sys.stderr)
    if found:
        print(f"docs/ is not current: {len(found)} files differ\n    hint: run `cdispec build`", file=sys.stderr)
        return FAILED
    print("docs/ is current")
    return DONE
