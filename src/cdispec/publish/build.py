"""The documents of a policy library: a pure function of its policies and the recipe."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from types import MappingProxyType

import orjson

from cdispec.model.policy import Policy, RequestKind
from cdispec.publish.assets import ENGINE_FILE
from cdispec.publish.data import compiled
from cdispec.publish.pages.checklist import checklist_of
from cdispec.publish.pages.codes import listed_codes
from cdispec.publish.pages.effects import EffectLines
from cdispec.publish.pages.evidence import Evidence
from cdispec.publish.pages.feed import library_feed, policy_feed
from cdispec.publish.pages.redline import redline_of, stated
from cdispec.publish.pages.revisions import dates_of, state_of
from cdispec.publish.pages.search import search_data
from cdispec.publish.recipe import DATA, SCRIPT, Recipe
from cdispec.publish.shelf import Shelf, Standing, standings
from cdispec.publish.words.document import document_of
from cdispec.publish.words.tree import Document
from cdispec.targets.javascript import data_script

_AUTHORED = b"the page links to the author's edition"


@dataclass(frozen=True, slots=True)
class Task:
    """Documents that are made together; `make` gives them by their paths below docs/.

    No two tasks have one name. `policies` and `more` are everything beside the recipe that the documents are made from:
    they are made again only when some of it has changed. Where all documents that it `keeps` already stand, they stay.
    """

    name: str
    make: Callable[[], dict[str, bytes]]
    policies: tuple[Policy, ...] = ()
    more: tuple[bytes, ...] = ()
    keeps: tuple[str, ...] = ()


_NONE: Mapping[str, Evidence] = MappingProxyType({})


def documents(shelves: Sequence[Shelf], recipe: Recipe, evidence: Mapping[str, Evidence] = _NONE) -> dict[str, bytes]:
    """Every document, by its path below `docs/`; the same policies give the same bytes."""
    return {path: content for task in tasks(shelves, recipe, evidence) for path, content in task.make().items()}


def tasks(shelves: Sequence[Shelf], recipe: Recipe, evidence: Mapping[str, Evidence] = _NONE) -> Iterator[Task]:
    """What is to be printed, folder by folder.

    `evidence` is what working states rest on, by number; a policy without it has no author's edition.
    """
    yield Task("assets", partial(_assets, recipe))
    yield Task(
        "library", partial(_library, shelves, recipe), tuple(state for shelf in shelves for state in _all(shelf))
    )
    for shelf in shelves:
        effects = EffectLines(shelf)
        printed = {standing.policy.revision: _Printed(standing, effects) for standing in standings(shelf)}
        yield Task(series_folder(shelf), partial(_series, shelf, recipe), _all(shelf))
        for standing in standings(shelf):
            state = printed[standing.policy.revision]
            folder = revision_folder(standing.policy)
            states = tuple(found.policy for found in _beside(standing, shelf))
            shown = evidence.get(standing.policy.number) if standing.since is None else None
            linked = (_AUTHORED,) if shown else ()
            authored = shown is not None
            before = printed[standing.compared.revision] if standing.compared else None
            yield Task(folder, partial(_revision, shelf, state, before, recipe, authored), states, linked)
            if shown:
                # All else that the evidence tells comes from the policy.
                told = repr((shown.scenarios, shown.missing)).encode()
                author = partial(_author, shelf, state, recipe, shown)
                # Without a run, as in a new checkout, what the last one showed cannot be told otherwise.
                keeps = tuple(f"{folder}{name}" for name in recipe.outputs["author"] if shown.missing)
                yield Task(f"{folder} author", author, states, (told,), keeps)


class _Printed:
    """A state of a policy with its document, which several pages print and which is made once."""

    def __init__(self, standing: Standing, effects: EffectLines) -> None:
        self.standing = standing
        self._effects = effects

    @cached_property
    def document(self) -> Document:
        return document_of(self.standing.policy, self._effects)


def _all(shelf: Shelf) -> tuple[Policy, ...]:
    return (*shelf.revisions, shelf.working)


def _beside(standing: Standing, shelf: Shelf) -> tuple[Standing, ...]:
    """The states that a page can tell of. A published one tells nothing of the working state, whose edits would else
    print it again."""
    return tuple(other for other in standings(shelf) if other.since or not standing.since)


def series_folder(shelf: Shelf) -> str:
    """Where the documents of a policy stand below `docs/`, whatever its revision."""
    return shelf.working.pages


def revision_folder(policy: Policy) -> str:
    """Where the documents of a state of a policy stand below `docs/`."""
    return f"{policy.pages}{policy.revision}/"


def _assets(recipe: Recipe) -> dict[str, bytes]:
    """The files that pages share; the engine where there are forms."""
    shared = [asset for name, asset in recipe.assets.items() if name != ENGINE_FILE or recipe.outputs["request"]]
    return {asset.path: asset.content for asset in shared}


def _library(shelves: Sequence[Shelf], recipe: Recipe) -> dict[str, bytes]:
    return recipe.print(
        "library",
        "",
        lambda: {
            "shelves": shelves,
            "series_folder": series_folder,
            "revision_folder": revision_folder,
            "state_of": state_of,
            "dates_of": dates_of,
            "codes": partial(listed_codes, shelves),
            "search": partial(search_data, shelves, revision_folder),
            "feed": partial(library_feed, shelves, recipe.address, "", revision_folder),
        },
    )


def _repeats(shelf: Shelf, recipe: Recipe) -> bool:
    """Whether the working state has one page that says so, since it prints nothing that its newest revision does not.

    What both are to other programs holds all that either prints, beside its own name.
    """
    own = {"revision": "", "fingerprint": "", "published": ""}
    last = shelf.released
    return bool(recipe.outputs["unchanged"] and last and compiled(shelf.working) | own == compiled(last) | own)


def _series(shelf: Shelf, recipe: Recipe) -> dict[str, bytes]:
    folder, states = series_folder(shelf), standings(shelf)
    return recipe.print(
        "policy",
        folder,
        lambda: {
            "policy": shelf.current,
            "standing": next(standing for standing in states if standing.policy is shelf.current),
            "standings": states,
            "document_page": f"{shelf.current.revision}/index.html",
            "repeats": _repeats(shelf, recipe),
            "feed": partial(policy_feed, shelf, folder, revision_folder),
        },
    )


def _revision(
    shelf: Shelf, state: _Printed, before: _Printed | None, recipe: Recipe, authored: bool
) -> dict[str, bytes]:
    """The documents of a state, with its redline where it is a revision that follows another one; one page of a working
    state that repeats its newest revision."""
    policy = state.standing.policy
    folder = revision_folder(policy)
    if policy is shelf.working and _repeats(shelf, recipe):
        return recipe.print("unchanged", folder, lambda: {**_context(shelf, state), **_of_revision(state, authored)})
    made = recipe.print("revision", folder, lambda: {**_context(shelf, state), **_of_revision(state, authored)})
    if recipe.outputs["revision"]:
        made[f"{folder}{DATA}"] = orjson.dumps(compiled(policy), option=orjson.OPT_APPEND_NEWLINE)
    if recipe.outputs["request"]:
        made[f"{folder}{SCRIPT}"] = data_script(policy).encode()
    for request in policy.requests.values():
        made |= recipe.print("request", f"{folder}{request.id}/", partial(_asked, shelf, state, request))
    if before:
        made |= recipe.print("redline", folder, partial(_compared, shelf, before, state))
    return made


def _of_revision(state: _Printed, authored: bool) -> dict[str, object]:
    """What the templates of a revision can print beside what those of any page can."""
    policy = state.standing.policy
    lists = partial(map, partial(checklist_of, policy), policy.requests.values())
    return {"authored": authored, "checklists": lists}


def _compared(shelf: Shelf, before: _Printed, state: _Printed) -> dict[str, object]:
    """What the templates of a redline can print."""
    states = before.standing.policy, state.standing.policy
    redline = redline_of(*states, state.standing.until, before.document, state.document)
    return {**_context(shelf, state), "redline": redline, "stated": stated, "document_page": "index.html"}


def _asked(shelf: Shelf, state: _Printed, request: RequestKind) -> dict[str, object]:
    """What the templates of a kind of request can print."""
    return {
        **_context(shelf, state),
        "checklist": checklist_of(state.standing.policy, request),
        "document_page": "../index.html",
    }


def _author(shelf: Shelf, state: _Printed, recipe: Recipe, evidence: Evidence) -> dict[str, bytes]:
    context = partial(_context, shelf, state)
    return recipe.print("author", revision_folder(state.standing.policy), lambda: {**context(), "evidence": evidence})


def _context(shelf: Shelf, state: _Printed) -> dict[str, object]:
    """What the templates of a revision can print."""
    return {
        "policy": state.standing.policy,
        "document": state.document,
        "standing": state.standing,
        "standings": _beside(state.standing, shelf),
    }
