"""One build of a library's documents, as `cdispec build` does it once and `--watch` at each change."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from cdispec.analysis.scenarios import failures
from cdispec.check import judge_policies
from cdispec.library import Memory, PolicyLibrary, read_library, read_suite, source_lines
from cdispec.library.lock import alone
from cdispec.library.record import read_record
from cdispec.library.sources import policy_snapshot, snapshot, state_digests
from cdispec.model.policy import Policy
from cdispec.publish.build import revision_folder, tasks
from cdispec.publish.output.folder import FileDifference, differences, withdrawn, write
from cdispec.publish.output.state import (
    Printed,
    State,
    everything,
    kept_by,
    print_changed,
    read_state,
    stands,
    write_state,
)
from cdispec.publish.pages.evidence import Evidence, evidence_of
from cdispec.publish.problems import Problem, RecipeError
from cdispec.publish.recipe import DATA, Recipe, load_recipe
from cdispec.publish.shelf import Shelf
from cdispec.source import Issue, Place, errors_of, sorted_issues
from cdispec.targets.python import Compiled, compile_policy

if TYPE_CHECKING:
    from cdispec.analysis.adequacy.adequacy import Score


_STATE = ".cdispec/build.json"
_LOCK = ".cdispec/build.lock"
_FINGERPRINT = re.compile(rb'"fingerprint": ?"([0-9a-f]{64})"')
_HEAD = 2000
"""So many bytes of a policy's data hold its first keys."""


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did: the files it changed, how much there is, and the published revisions without a source.

    `kept` says that author's editions stay as they stood, because there is no record of a run. `tested` is how well
    policies are tested, by number, where that is known: nothing is proved to tell it.
    """

    changes: list[FileDifference]
    documents: int
    policies: int
    withdrawn: list[str]
    kept: bool
    tested: Mapping[str, Score]


class Unbuildable(Exception):  # noqa: N818 - what an author wrote is at fault, not the program
    """Why nothing was printed: errors of the library, problems of the recipe, or what hindered the writing."""

    def __init__(self, issues: list[Issue], problems: tuple[Problem, ...] = (), hindrance: str = "") -> None:
        self.issues, self.problems, self.hindrance = sorted_issues(issues), problems, hindrance
        super().__init__("\n".join(self.briefly()))

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
        self._evidence: dict[str, Evidence] = {}
        self._shown: dict[str, str] = {}
        self._library: PolicyLibrary | None = None

    def failing(self) -> Iterator[tuple[Place, str]]:
        """Where scenarios of what was built last cannot be read or do not hold, and why."""
        suite = read_suite(self._library or read_library(self.root), self._memory)
        unread = errors_of([*suite.issues, *(issue for reading in suite.readings for issue in reading.issues)])
        yield from ((issue.place, issue.message) for issue in sorted_issues(unread))
        compiled: dict[str, Compiled] = {}
        for reading in suite.readings:
            if not errors_of([*reading.issues]):
                policy = reading.policy
                if policy.path not in compiled:
                    compiled[policy.path] = compile_policy(policy)
                yield from failures(reading, compiled[policy.path])

    def check(self) -> tuple[list[FileDifference], list[str]]:
        """What a build would change, and the published revisions without a source. It trusts no state."""
        taken, recipe, problems = self._look()
        recipe, library, shelves = self._usable(recipe, problems)
        evidence = self._rested(library, taken) if recipe.outputs["author"] else {}
        with _hindrances("read"):
            made: dict[str, bytes] = {}
            standing: set[str] = set()
            for task in tasks(shelves, recipe, evidence):
                found, kept = task.make(), kept_by(task, self.docs)
                standing |= kept
                made |= {path: content for path, content in found.items() if path not in kept}
            return differences(made, self.docs, standing), withdrawn({*made, *standing}, self.docs)

    def build(self) -> Built:
        """Print what has changed. Raises Unbuildable where nothing can be; docs/ is then as it was."""
        with _hindrances("written"), alone(self.root / _LOCK):
            return self._build()

    def _build(self) -> Built:
        state = read_state(self.root / _STATE)
        before, recipe, problems = self._look()
        whole = everything(recipe, before) if recipe else ""
        if whole and whole == state.everything and all(stands(made, self.docs) for made in state.tasks.values()):
            standing = frozenset(path for made in state.tasks.values() for path in made.documents)
            printed, policies = Printed({}, standing, state.tasks), state.policies
        else:
            printed, policies, unchanged = self._print(before, recipe, problems, state)
            whole = whole if unchanged else ""
        changes = write(printed.documents, self.docs, printed.standing)
        write_state(State(printed.tasks, whole, policies), self.root / _STATE)
        gone = withdrawn(printed.paths, self.docs)
        scores = ((number, evidence.assessed.known) for number, evidence in self._evidence.items())
        tested = {number: score for number, score in scores if score}
        return Built(changes, len(printed.paths), policies, gone, printed.kept, tested)

    def _print(
        self, before: Mapping[str, str], recipe: Recipe | None, problems: tuple[Problem, ...], state: State
    ) -> tuple[Printed, int, bool]:
        """What there is to print, of how many policies, and whether nothing was saved while it was read."""
        states = state_digests(before)
        if self._memory:
            self._memory.expect(states)
        try:
            recipe, library, shelves = self._usable(recipe, problems)
            evidence = self._rested(library, before) if recipe.outputs["author"] else {}
        finally:
            after = self._snapshot(recipe)
            states_after = state_digests(after)
            if self._memory:
                self._memory.keep(states_after)
            if after != before:
                self._shown = {}
        # What was saved while it was read may be printed as it was before or after: it is not remembered.
        sources = {folder: digest for folder, digest in states.items() if states_after.get(folder) == digest}
        printed = print_changed(tasks(shelves, recipe, evidence), recipe, sources, state, self.docs)
        return printed, len(library.policies), after == before

    def _look(self) -> tuple[dict[str, str], Recipe | None, tuple[Problem, ...]]:
        """The digests of what the library holds, and the recipe, or what is wrong with it."""
        problems: tuple[Problem, ...] = ()
        recipe = None
        try:
            recipe = self._recipe = load_recipe(self.root / "build", self._recipe)
        except RecipeError as error:
            problems = error.problems
        return self._snapshot(recipe), recipe, problems

    def _snapshot(self, recipe: Recipe | None) -> dict[str, str]:
        """The digests of what the recipe prints: scenarios and the record of their run are for the author's edition."""
        return snapshot(self.root) if recipe and recipe.outputs["author"] else policy_snapshot(self.root)

    def _rested(self, library: PolicyLibrary, taken: Mapping[str, str]) -> dict[str, Evidence]:
        """What each policy rests on, which is found again only where something of it has changed."""
        shown = {path: digest for path, digest in taken.items() if not path.startswith("policy/")}
        policies, former = library.policies, self._evidence
        kept = {
            number: one for number, one in former.items() if shown == self._shown and one.policy is policies.get(number)
        }
        if kept.keys() != policies.keys():
            readings, record = read_suite(library, self._memory).readings, read_record(self.root, taken)
            lines_of = partial(source_lines, self.root)
            for number, policy in policies.items():
                if number not in kept:
                    kept[number] = evidence_of(policy, readings, record, lines_of, former.get(number))
        self._evidence, self._shown = kept, shown
        return kept

    def _usable(
        self, recipe: Recipe | None, problems: tuple[Problem, ...]
    ) -> tuple[Recipe, PolicyLibrary, list[Shelf]]:
        """The recipe and the library, when both can be printed; else all that is wrong with either."""
        if not (self.root / "policy").is_dir():
            # It may be on its way to another state; what was printed of it is not to vanish meanwhile.
            raise Unbuildable([], problems, "policy/ is not there")
        library = read_library(self.root, self._memory)
        errors = errors_of(judge_policies(library, self._memory).issues)
        self._library = library
        if errors or recipe is None:
            raise Unbuildable(errors, problems)
        shelves = [Shelf(of, library.revisions.get(number, ())) for number, of in library.policies.items()]
        altered = [problem for shelf in shelves for of in shelf.revisions for problem in self._altered(of)]
        if altered:
            raise Unbuildable([], tuple(altered))
        return recipe, library, shelves

    def _altered(self, revision: Policy) -> Iterator[Problem]:
        """Tell a revision that was printed from another source: what was published is not printed anew in silence."""
        folder = f"docs/{revision_folder(revision)}"
        with suppress(OSError), (self.root / folder / DATA).open("rb") as printed:
            found = _FINGERPRINT.search(printed.read(_HEAD))
            if found and found[1].decode() != revision.fingerprint:
                said = f"was printed from another source of the revision {revision.revision} than stands in policy/"
                hint = f"restore the revision from version control; to print it anew all the same, remove {folder}"
                yield Problem(Place(f"{folder}{DATA}"), said, hint)


@contextmanager
def _hindrances(done: str) -> Iterator[None]:
    """Say of whatever hinders a build that nothing is printed for it."""
    try:
        yield
    except RecipeError as error:
        raise Unbuildable([], error.problems) from error
    except OSError as error:
        named = f"{Path(error.filename).name}: " if isinstance(error.filename, str) else ""
        why = (error.strerror or str(error)).lower()
        raise Unbuildable([], hindrance=f"docs/ cannot be {done}: {named}{why}") from error
