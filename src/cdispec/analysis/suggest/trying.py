"""Trying suggestions as they are written: read back, they hold, and do what they are for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cdispec.analysis.adequacy.adequacy import Cell
from cdispec.analysis.adequacy.forcing import Forcing
from cdispec.analysis.adequacy.shown import Showing
from cdispec.analysis.mutation.run import Run
from cdispec.analysis.replay.replay import Replay
from cdispec.analysis.suggest.closing import Target
from cdispec.analysis.suggest.suggestion import Suggestion, feature_text
from cdispec.model.policy import Policy
from cdispec.scenario.feature import read_feature
from cdispec.scenario.story import Story, read_story
from cdispec.scenario.vocabulary import Vocabulary
from cdispec.source import has_errors
from cdispec.targets.columns import mask


def closed_as_written(policy: Policy, suggestions: Sequence[Suggestion]) -> list[Suggestion]:
    """Those suggestions that read without an error, hold, and close all that each is for."""
    told = _told(policy, suggestions)
    tellings = [telling for stories in told.values() for story in stories for telling in story.tellings]
    owners = [id for id, stories in told.items() for story in stories for _ in story.tellings]
    if not tellings:
        return []
    replay = Replay(policy, [telling.case for telling in tellings])
    run, showing = Run(replay, tellings), Showing(Forcing(replay))

    def good(one: Suggestion) -> Iterator[bool]:
        own = mask(number for number, owner in enumerate(owners) if owner == one.id)
        yield bool(own) and not own & ~run.hold
        for target in one.closes:
            yield bool(own & _closing(target, run, showing))

    return [one for one in suggestions if all(good(one))]


def _closing(target: Target, run: Run, showing: Showing) -> int:
    if isinstance(target, Cell):
        return showing.cases(target.aspect) & run.hold
    return run.noticing(target.mutant.slip, run.side(target.mutant.slip))


def _told(policy: Policy, suggestions: Sequence[Suggestion]) -> dict[str, list[Story]]:
    """The suggestions that are read without an error, by their ids: of an outline a story for each row."""
    vocabulary = Vocabulary(policy)
    found: dict[str, list[Story]] = {}
    for one in suggestions:
        feature, issues = read_feature(feature_text("Suggested", [one]), f"features/{policy.slug}/suggested.feature")
        read = [read_story(scenario, vocabulary) for scenario in feature.scenarios]
        if not has_errors([*issues, *(issue for _, more in read for issue in more)]):
            found[one.id] = [story for story, _ in read]
    return found
