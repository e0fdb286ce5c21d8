"""Where the words of a criterion do not name what its logic asks, or name something else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from cdispec.analysis.wording.claims import Found, joins_in
from cdispec.analysis.wording.disagreement import Disagreement, Topic, disagreement
from cdispec.analysis.wording.english import QUALIFYING, stems_of, words_of
from cdispec.analysis.wording.reading import Reading
from cdispec.analysis.wording.said import Asked, asked_in, words_of_fact
from cdispec.analysis.wording.statements import Statement
from cdispec.model.criteria import Reference, named_options
from cdispec.model.facts import Day, Number, OneOf, SetOf, YesNo, has_options
from cdispec.model.labels import Scheme, anchor_of
from cdispec.model.policy import Otherwise, Policy

_GRADES = stems_of("acute chronic severe mild moderate temporary durable complete incomplete total suspected bilateral")
_SHORT = re.compile(r"\b[A-Z]{2,6}\b")
_LOGIC, _OPTION = "its logic", "its option"


def names(statement: Statement, reading: Reading) -> Iterator[Disagreement]:
    """Facts that are asked and of which no word stands in the criterion, nor in those it stands in."""
    asked = [*asked_in(statement, reading.policy)]
    if not (statement.text or statement.led):
        return
    around = " ".join((statement.words, *reading.near(statement)))
    spoken = stems_of(around)
    stems = {one.stood.criterion.id: _stems(one) for one in asked}
    for one in asked:
        if isinstance(one.fact, Number | Day) or (isinstance(one.fact, SetOf) and one.fact.codes is not None):
            # What codes stand for no word says.
            continue
        own = stems[one.stood.criterion.id]
        siblings = (other for other in asked if other.comparison.fact != one.comparison.fact)
        telling = own.difference(reading.common, *(stems[other.stood.criterion.id] for other in siblings))
        if (line := reading.policy.asked_lines.get(one.fact.id)) is not None:
            telling = stems_of(f"{reading.policy.requests[line.kind].phrase} {line.outcome}")
        if telling and not telling & spoken and not _is_short(around, " ".join(_texts(one))):
            said = _texts(one)[0]
            yield disagreement(Topic.FACT, statement, statement.words, None, _LOGIC, said)


def questions(statement: Statement, reading: Reading) -> Iterator[Disagreement]:
    """A word that qualifies what a criterion and the sentence of its fact say, and that the question leaves out."""
    for one in asked_in(statement, reading.policy):
        fact = one.fact
        if not isinstance(fact, YesNo):
            continue
        missing = (stems_of(fact.phrase) & stems_of(statement.words) & QUALIFYING) - stems_of(fact.question)
        if missing:
            said = next(word.text for word in words_of(fact.phrase) if word.stem in missing)
            name, other = f"the question of `{fact.id}`", f"{statement.label} and its phrase"
            ids = (one.stood.criterion.id, statement.id)
            yield Disagreement(Topic.FACT, name, fact.question, other, said, ids, fact.place, fact.question, 0)


def _texts(one: Asked) -> list[str]:
    options = named_options(one.comparison.test)
    if has_options(one.fact) and options:
        return [" or ".join(one.fact.names[id] for id in sorted(options)), words_of_fact(one.fact)]
    return [one.fact.question, words_of_fact(one.fact)]


def _stems(one: Asked) -> frozenset[str]:
    return frozenset().union(*map(stems_of, _texts(one)))


def _is_short(one: str, other: str) -> bool:
    """Whether a short form in one text stands for words of the other: COPD."""
    shorts = ({short.lower() for short in _SHORT.findall(text)} for text in (one, other))
    return any(short & _initials(text) for short, text in zip(shorts, (other, one), strict=True))


def _initials(text: str) -> frozenset[str]:
    letters = [word.text[0] for word in words_of(text) if word.text[0].isalpha()]
    found = ("".join(letters[n : n + size]) for size in range(2, 7) for n in range(len(letters) - size + 1))
    return frozenset(found)


def options(statement: Statement, reading: Reading) -> Iterator[Disagreement]:
    """Items of a list that do not say what the option is called that they stand for."""
    asked = [*asked_in(statement, reading.policy)]
    if len(asked) != 1 or not statement.text or not has_options(fact := asked[0].fact):
        return
    named = named_options(asked[0].comparison.test)
    if len(named) != 1:
        return
    [option] = named
    name, text = fact.names[option], statement.text
    own, spoken = stems_of(name), stems_of(text)
    if not own or _is_short(text, name):
        return
    if other := next((o for o in fact.options if o.id != option and _is_named(stems_of(o.name), own, spoken)), None):
        yield disagreement(Topic.FACT, statement, text, None, _OPTION, f"{name}, as another's is {other.name}")
    elif (own - spoken and spoken - own) or (own ^ spoken) & _GRADES:
        yield disagreement(Topic.FACT, statement, text, None, _OPTION, name)


def _is_named(other: frozenset[str], own: frozenset[str], spoken: frozenset[str]) -> bool:
    """Whether words name another option, which is no part of the own one."""
    return bool(other - own) and other <= spoken


def other_facts(statement: Statement, reading: Reading) -> Iterator[Disagreement]:
    """Items that name what another fact asks, and not what their own does."""
    asked = [*asked_in(statement, reading.policy)]
    if len(asked) != 1 or not statement.text or isinstance(asked[0].fact, OneOf | SetOf):
        return
    spoken, own = stems_of(statement.text), _stems(asked[0])
    if not spoken or len(spoken & own) * 2 > len(spoken):
        return
    for fact in reading.policy.facts.values():
        if fact.id != asked[0].fact.id and spoken <= stems_of(words_of_fact(fact)):
            yield disagreement(Topic.FACT, statement, statement.text, None, _LOGIC, asked[0].fact.question)
            return


def joined_within(statement: Statement, reading: Reading) -> Iterator[Disagreement]:
    """One fact whose question joins by "or" what the words of its only criterion join by "and", or the reverse."""
    asked = [*asked_in(statement, reading.policy)]
    if len(asked) != 1 or not statement.text or statement.members or isinstance(asked[0].fact, Number):
        return
    question = asked[0].fact.question
    spoken, own = [*joins_in(statement.text)], [*joins_in(question)]
    if len(spoken) == len(own) and stems_of(question) & stems_of(statement.text):
        for (joint, at), (other, found) in zip(spoken, own, strict=True):
            if joint != other:
                said = question[max(found.start - 30, 0) : found.end + 30].strip()
                yield disagreement(Topic.LIST, statement, statement.text, at, "its question", said)
                return


def references(statement: Statement, reading: Reading) -> Iterator[Disagreement]:
    """References in words that lead to another clause than the logic does, or to none."""
    policy = reading.policy
    others = {str(one.reference): one.clause for one in policy.others}
    labels = frozenset((*policy.clauses.values(), *others.values()))
    wanted = [policy.clauses.get(id) or others.get(id, "") for id in _wanted(statement, policy)]
    for match in _labels(policy.family.labels).finditer(statement.words):
        label, found = match["label"] or match["whole"], Found(*match.span(match.lastgroup or 0))
        if label not in labels:
            yield disagreement(Topic.REFERENCE, statement, statement.words, found, "the document", "no such clause")
        elif wanted and not any(_is_within(label, other) for other in wanted):
            said = " and ".join(dict.fromkeys(wanted))
            yield disagreement(Topic.REFERENCE, statement, statement.words, found, _LOGIC, said)


def _wanted(statement: Statement, policy: Policy) -> Iterator[str]:
    """The clauses that the logic leads to: of what is said of the rest, those that decide its requests before."""
    if isinstance(statement.block, Otherwise):
        yield from (rule.criterion.id for kind in statement.block.requests for rule in policy.rules_for(kind))
    for stood in statement.logic:
        if isinstance(stood.criterion.logic, Reference):
            yield stood.criterion.logic.to


def _is_within(label: str, other: str) -> bool:
    """Whether one of two clauses is the other or stands in it."""
    one, two = anchor_of(label), anchor_of(other)
    return one == two or one.startswith(f"{two}.") or two.startswith(f"{one}.")


@cache
def _labels(scheme: Scheme) -> re.Pattern[str]:
    """Labels as words name them: of several numbers, or of one after "section"."""
    first = scheme.styles[0]
    after = r"(?!\w|\()" if first.within else r"(?!\w|[.(]\w)"
    return re.compile(rf"(?<!\w)(?P<label>{scheme.pattern})(?!\w)|\bsection\s+(?P<whole>{first.pattern}){after}")
