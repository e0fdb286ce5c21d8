"""One build of a library's documents, as `cdispec build` does it once and `--watch` at each change."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from cdispec.cli.common import tell
from cdispec.library import Library, Memory, read_library, read_suite, sorted_issues, source_digests
from cdispec.library.record import FILE as RECORD
from cdispec.library.record import Record, read_record
from cdispec.library.record import sources as features
from cdispec.model.policy import Policy
from cdispec.publish.build import AUTHOR, Task, tasks
from cdispec.publish.output.folder import Difference, differences, withdrawn, write
from cdispec.publish.output.lock import alone
from cdispec.publish.output.state import Printed, State, everything, print_changed, read_state, stands, write_state
from cdispec.publish.pages.evidence import Evidence, evidence_of
from cdispec.publish.recipe import Problem, Recipe, RecipeError, load_recipe
from cdispec.publish.shelf import Shelf
from cdispec.source import Issue, has_errors

_STATE = ".cdispec/build.json"
_LOCK = ".cdispec/build.lock"


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did: the files it changed, how much there is, and the published revisions without a source."""

    changes: list[Difference]
    documents: int
    policies: int
    withdrawn: list[str]


class Unbuildable(Exception):  # noqa: N818 - it tells what an author has to mend
    """Why nothing was printed: errors of the library, problems of the recipe, or what hindered the writing."""

    def __init__(self, issues: list[Issue], problems: tuple[Problem, ...] = (), hindrance: str = "") -> None:
        self.issues, self.problems, self.hindrance = sorted_issues(issues), problems, hindrance
        super().__init__("\n".join(self.briefly()))

    def tell(self, root: Path) -> None:
        """Print all of it for people on standard error."""
        if self.issues:
            tell(self.issues, root)
        for problem in self.problems:
            print(f"{problem}\n    hint: {problem.hint}", file=sys.stderr)
        if self.hindrance:
            print(f"cdispec: {self.hindrance}", file=sys.stderr)
        print("nothing was printed", file=sys.stderr)

    def briefly(self) -> Iterator[str]:
        """Each reason on a line."""
        for issue in self.issues:
            yield f"{issue.place.path}:{issue.place.line}: {issue.message}"
        for problem in self.problems:
            yield f"{problem.place.path}:{problem.place.line}: {problem.message}"
        if self.hindrance:
            yield self.hindrance


class Builder:
    """Builds a library. A `memory` keeps what was read from one build to the next."""

    def __init__(self, root: Path, memory: Memory | None = None) -> None:
        self.root, self.docs = root, root / "docs"
        self._memory = memory
        self._recipe: Recipe | None = None
        self._evidence: dict[str, tuple[Policy, Evidence]] = {}
        self._shown: dict[str, str] = {}

    def check(self) -> tuple[list[Difference], list[str]]:
        """What a build would change, and the published revisions without a source. It trusts no state."""
        recipe, library = self._usable(*self._load())
        record = read_record(self.root)
        try:
            made: dict[str, bytes] = {}
            standing: set[str] = set()
            for task in tasks(self._shelves(library, recipe), recipe):
                found = task.make()
                # Without a run, as in a new checkout, what the last one showed cannot be told otherwise.
                untold = {path for path in found if (self.docs / path).is_file()} if _rests_on(record, task) else set()
                standing |= untold
                made |= {path: content for path, content in found.items() if path not in untold}
            return differences(made, self.docs, standing), withdrawn({*made, *standing}, self.docs)
        except RecipeError as error:
            raise Unbuildable([], error.problems) from error
        except OSError as error:
            raise Unbuildable([], hindrance=f"docs/ cannot be read: {_why(error)}") from error

    def build(self) -> Built:
        """Print what has changed. Raises Unbuildable where nothing can be; docs/ is then as it was."""
        try:
            with alone(self.root / _LOCK):
                return self._build()
        except RecipeError as error:
            raise Unbuildable([], error.problems) from error
        except OSError as error:
            raise Unbuildable([], hindrance=f"docs/ cannot be written: {_why(error)}") from error

    def _build(self) -> Built:
        state, before = read_state(self.root / _STATE), source_digests(self.root)
        recipe, problems = self._load()
        whole = self._everything(recipe, before)
        if whole and whole == state.everything and all(stands(made, self.docs) for made in state.tasks.values()):
            standing = frozenset(path for made in state.tasks.values() for path in made.documents)
            printed, policies = Printed({}, standing, state.tasks), state.policies
        else:
            recipe, library = self._usable(recipe, problems)
            # What was saved while it was read may be printed as it was before or after: it is not remembered.
            after = source_digests(self.root)
            sources = {folder: digest for folder, digest in before.items() if after.get(folder) == digest}
            shelves = self._shelves(library, recipe)
            whole = whole if whole == self._everything(recipe, after) else ""
            printed = print_changed(tasks(shelves, recipe), recipe, sources, state, self.docs)
            policies = len(library.policies)
        changes = write(printed.documents, self.docs, printed.standing)
        write_state(State(printed.tasks, whole, policies), self.root / _STATE)
        return Built(changes, len(printed.paths), policies, withdrawn(printed.paths, self.docs))

    def _everything(self, recipe: Recipe | None, sources: dict[str, str]) -> str:
        """The digest of all that documents are made from; the features and the record are for the author's edition."""
        if recipe is None:
            return ""
        return everything(recipe, sources | self._shows())

    def _shows(self) -> dict[str, str]:
        """The digests of the features and of the record of their last run."""
        record = self.root / RECORD
        found = {path: digest for path, digest in features(self.root).items() if path.startswith("features/")}
        return found | ({RECORD: sha256(record.read_bytes()).hexdigest()} if record.is_file() else {})

    def _shelves(self, library: Library, recipe: Recipe) -> list[Shelf]:
        """Each policy with what it rests on, which is found again only where something of it has changed."""
        if not recipe.outputs["author"]:
            return [Shelf(policy, library.revisions.get(n, ())) for n, policy in library.policies.items()]
        shown = self._shows()
        if shown != self._shown:
            self._evidence, self._shown = {}, shown
        readings, record = read_suite(library).readings, read_record(self.root)
        shelves = []
        for number, policy in library.policies.items():
            known = self._evidence.get(number)
            if known is None or known[0] is not policy:
                known = self._evidence[number] = policy, evidence_of(policy, readings, record)
            shelves.append(Shelf(policy, library.revisions.get(number, ()), known[1]))
        return shelves

    def _load(self) -> tuple[Recipe | None, tuple[Problem, ...]]:
        try:
            self._recipe = load_recipe(self.root / "build", self._recipe)
        except RecipeError as error:
            return None, error.problems
        return self._recipe, ()

    def _usable(self, recipe: Recipe | None, problems: tuple[Problem, ...]) -> tuple[Recipe, Library]:
        """The recipe and the library, when both can be printed; else all that is wrong with either."""
        if not (self.root / "policy").is_dir():
            # It may be on its way to another state; what was printed of it is not to vanish meanwhile.
            raise Unbuildable([], problems, "policy/ is not there")
        library = read_library(self.root, self._memory)
        errors = [issue for issue in library.issues if has_errors([issue])]
        if errors or recipe is None:
            raise Unbuildable(errors, problems)
        return recipe, library


def _rests_on(record: Record, task: Task) -> bool:
    """Whether documents would tell of a run of which there is no record."""
    return bool(record.missing) and task.name.endswith(AUTHOR)


def _why(error: OSError) -> str:
    named = f"{Path(error.filename).name}: " if isinstance(error.filename, str) else ""
    return named + (error.strerror or str(error)).lower()
