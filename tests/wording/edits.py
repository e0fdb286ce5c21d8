"""Edits of CDI 00036 by hand, in `edits/`, and what notices each: scenarios that fail, and issues of `cdispec check`.

An edit is the name of a file, what is removed from it and what takes its place; the removed text stands there once.
The line after it says what notices it. The edits were written before there was any rule for words.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from cdispec.analysis.effects.logic import logic_of
from cdispec.analysis.scenarios import failures
from cdispec.check import judge_policies, judge_scenarios, judge_words
from cdispec.library import Memory, PolicyFolder, PolicyLibrary, Suite, read_library, read_suite
from cdispec.library.state import policy_of
from cdispec.model.facts import YesNo
from cdispec.model.policy import Policy
from cdispec.parse.facts import read_facts
from cdispec.scenario.vocabulary import phrases_of
from cdispec.targets.python import compile_policy

FOLDER = Path(__file__).with_name("edits")
KINDS = ("words", "logic", "facts", "questions")
ROOT = Path(__file__).parents[2]
SLUG = "00036-medical-massage-therapy"
SILENT = "nothing"
FILES = ("policy.md", "facts.yaml")
_SCENARIO = "scenario"


@dataclass(frozen=True)
class Edit:
    """One edit: the text of a file that is removed, the text in its place, and what is expected to notice it."""

    kind: str
    file: str
    old: str
    new: str
    noticed: tuple[str, ...] = ()

    def __str__(self) -> str:
        texts = (("-", self.old), ("+", self.new))
        removed, added = ("".join(f"{sign} {line}\n" for line in text.split("\n")) for sign, text in texts)
        return f"{self.file}\n{removed}{added}= {', '.join(self.noticed)}\n"


def read_edits(kind: str) -> tuple[str, list[Edit]]:
    """The first line of the edits of a kind, which says what they are, and the edits."""
    head, *blocks = (FOLDER / f"{kind}.edits").read_text("utf-8").split("\n\n")
    return head, [_edit(kind, block.rstrip("\n")) for block in blocks]


def _edit(kind: str, block: str) -> Edit:
    file, *lines = block.split("\n")
    said = {sign: [line[2:] for line in lines if line[:1] == sign] for sign in "-+="}
    assert file in FILES, block
    assert len(lines) == sum(map(len, said.values())), block
    noticed = said["="][0].split(", ") if said["="] else []
    return Edit(kind, file, "\n".join(said["-"]), "\n".join(said["+"]), tuple(noticed))


def write_edits(kind: str, head: str, edits: list[Edit]) -> None:
    """Write the edits of a kind with what notices them."""
    (FOLDER / f"{kind}.edits").write_text(f"{head}\n\n" + "\n".join(map(str, edits)), "utf-8")


def spelled_out(facts: str) -> str:
    """The text of facts with the sentences that follow from their phrases written out."""
    for fact in read_facts(facts, "facts.yaml")[0].values():
        if isinstance(fact, YesNo):
            phrase = f"  phrase: {fact.phrase}\n"
            assert facts.count(phrase) == 1, phrase
            question = f"  question: {fact.question}\n" if "question" in fact.derived else ""
            negative = f"  negative: {fact.negative}\n" if "negative" in fact.derived else ""
            facts = facts.replace(phrase, f"{question}{phrase}{negative}")
    return facts


class Reviewer:
    """Says what notices an edit of CDI 00036, reading what is not edited once."""

    def __init__(self, released: bool = True) -> None:
        """Without `released`, as if no revision of the policy had been published."""
        self.memory = Memory()
        self.released = released
        whole = read_library(ROOT)
        [folder] = [folder for folder in whole.folders if folder.slug == SLUG]
        self.folder = folder
        self.texts = {name: (ROOT / "policy" / SLUG / name).read_text("utf-8") for name in FILES}
        # An author who edits a sentence that follows from its phrase writes it first.
        self.texts["facts.yaml"] = spelled_out(self.texts["facts.yaml"])
        self.before = self._policy(self.texts)[0]
        assert self.before is not None
        self.issues = self._issues(self.texts)

    def noticed(self, edit: Edit) -> tuple[str, ...]:
        """What notices an edit: `scenario`, and the codes of issues that were not there before it."""
        text = self.texts[edit.file]
        assert text.count(edit.old) == 1, f"{text.count(edit.old)} times in {edit.file}: {edit.old}"
        found = self._issues({**self.texts, edit.file: text.replace(edit.old, edit.new)})
        new = list(found)
        for issue in self.issues:
            if issue in new:
                new.remove(issue)
        codes = dict.fromkeys(code for code, _ in new)
        return tuple(sorted(codes, key=lambda code: (code != _SCENARIO, code))) or (SILENT,)

    def _policy(self, texts: dict[str, str]) -> tuple[Policy | None, PolicyFolder]:
        policy, issues = policy_of(texts, f"policy/{SLUG}", SLUG)
        folder = self.folder if self.released else replace(self.folder, released=False, revisions=())
        return policy, replace(folder, working=policy, issues=issues)

    def _issues(self, texts: dict[str, str]) -> list[tuple[str, str]]:
        """The codes and messages of all issues but those that take a solver, and of scenarios that fail."""
        library = PolicyLibrary(ROOT)
        policy, folder = self._policy(texts)
        library.add(folder)
        judged = judge_policies(library)
        found = [(issue.code, issue.message) for issue in judged.issues + judge_words(judged)]
        if policy is None or judged.broken or self._same_for_scenarios(policy):
            return found
        suite = read_suite(library, self.memory)
        found += [(issue.code, issue.message) for issue in judge_scenarios(judged, suite, Suite())]
        compiled = compile_policy(policy)
        for reading in judged.readings(suite):
            if not any(issue.severity == "error" for issue in reading.issues):
                found += [(_SCENARIO, f"{place}: {why}") for place, why in failures(reading, compiled)]
        return found

    def _same_for_scenarios(self, policy: Policy) -> bool:
        """Whether no scenario can be read or decided otherwise than before any edit, when all held."""
        return policy is not self.before and _for_scenarios(policy) == _for_scenarios(self.before)


def _for_scenarios(policy: Policy | None) -> object:
    assert policy is not None
    return (
        logic_of(policy),
        policy.clauses,
        policy.effective,
        {id: phrases_of(fact) for id, fact in policy.facts.items()},
        {id: kind.phrase for id, kind in policy.requests.items()},
        [entry.id for entry in policy.interpretations if entry.shown],
        [code.code for code in policy.codes],
    )


@cache
def reviewer() -> Reviewer:
    """The one reviewer that tests share."""
    return Reviewer()


def every_edit() -> Iterator[Edit]:
    """All edits of all kinds."""
    for kind in KINDS:
        yield from read_edits(kind)[1]
