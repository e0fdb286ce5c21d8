"""What a policy with so many rows says of a case, told of the lists that the case has."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import assert_never

from cdispec.core.alike import conjuncts_of_rows, is_beside
from cdispec.core.tally import Tallied
from cdispec.core.unroll import Part, Unrolled
from cdispec.determine.reasons import words
from cdispec.logic import Truth
from cdispec.model.case import Case, StatedCase
from cdispec.model.criteria import Comparison, Criterion, OfRows, Quantity, asked_facts, parts_of_rows, walk
from cdispec.model.determination import Explanation
from cdispec.model.facts import is_field, is_whole, list_of
from cdispec.model.policy import Policy
from cdispec.model.records import field_in_row, row_id, row_of, rows_in
from cdispec.model.row_phrases import row_words


class Told:
    """One case of an unrolled policy, in the words of its lists."""

    def __init__(self, of: Unrolled, case: StatedCase) -> None:
        self.of, self.case = of, case

    @cached_property
    def flat(self) -> Case:
        """The case of the unrolled policy."""
        return self.of.with_counted(self.case, self._tallied)

    @cached_property
    def _tallied(self) -> Mapping[str, Tallied]:
        return self.of.tallies.known(self.case)

    def closed(self) -> Case:
        """The case of the unrolled policy, without further rows of any list."""
        return replace(self.flat, facts={**self.flat.facts, **dict.fromkeys(self.of.further, False)})

    def reported(self, facts: Iterable[str]) -> tuple[str, ...]:
        """Facts of the unrolled policy as results name them, each once."""
        return tuple(dict.fromkeys(self.of.reported.get(fact, fact) for fact in facts))

    def counted(self, needed: Iterable[str]) -> tuple[str, ...]:
        """What is not known of rows over which needed numbers are counted."""
        found = self._tallied
        return tuple(dict.fromkeys(one for fact in needed if fact in found for one in found[fact].unknown))

    def numbers(self, needed: Iterable[str], joined: Container[str]) -> tuple[str, ...]:
        """The numbers of rows that would do in the place of what is needed of the rows."""
        needed = {*needed}
        rows = (row_of(fact) for fact in needed if fact not in self.of.further)
        fields = {f"{row[0]}.{row[2]}" for row in rows if row is not None}
        tallies = (
            (id, tally) for of in self.of.surface.lists.values() for id, tally in of.tallies.items() if id in joined
        )
        asked = ((id, tally.fields & fields or needed.intersection(self.of.counted[id])) for id, tally in tallies)
        return tuple(id for id, unknown in asked if unknown)

    def certainly_counted(self, needed: Sequence[str], may: Container[str]) -> Iterator[str]:
        """What of rows certainly matters, for a number does that is counted over them, and nothing else of them."""
        found = self._tallied
        lists = [found[fact].of if fact in found else self._list_of(fact) for fact in needed]
        for fact in needed:
            if fact in found and fact not in may and found[fact].certain and lists.count(found[fact].of) == 1:
                yield from found[fact].unknown

    def _list_of(self, fact: str) -> str:
        further = self.of.further.get(fact)
        return list_of(fact).partition("#")[0] if further is None else further.list

    def rows(self, reported: Iterable[str]) -> dict[str, str]:
        """The words for the rows of which a field is reported, by their ids."""
        rows = {row[:2] for fact in reported if (row := row_of(fact)) is not None}
        return {row_id(*row): self._row(*row) for row in sorted(rows)}

    def _row(self, of: str, number: int) -> str:
        return row_words(self.of.surface.lists[of], rows_in(self.case, of), number)

    def uncertain(self, needed: Iterable[str]) -> set[str]:
        """Those of the needed facts that stand for further rows of which it is not certain what they can be.

        That is certain where one criterion alone asks for them, by each of their own fields once, and not for the
        latest.
        """
        asked = {fact: self.of.further[fact] for fact in needed if fact in self.of.further}
        found: set[str] = set()
        for fact, one in asked.items():
            others = {other.criterion for other in asked.values() if other.list == one.list}
            if len(others) > 1 or not is_free(self.of.surface.criteria[one.criterion], self.of.surface):
                found.add(fact)
        return found

    def beside(self, needed: Iterable[str]) -> tuple[str, ...]:
        """What is not wholly known and would be asked together with further rows, in the rows that there are."""
        further = (self.of.further[fact].criterion for fact in needed if fact in self.of.further)
        surface, known = self.of.surface, self.flat.facts
        asked = (fact for id in further for fact in asked_beside(surface.criteria[id], surface))
        facts = dict.fromkeys(one for fact in asked for one in self._in_rows(fact))
        return tuple(fact for fact in facts if not is_whole(known.get(fact)))

    def _in_rows(self, fact: str) -> list[str]:
        """A field in each row of the case; any other fact."""
        of = list_of(fact)
        numbers = range(1, len(rows_in(self.case, of).rows) + 1) if of else (0,)
        return [field_in_row(fact, number) for number in numbers]

    def explained(self, found: Explanation) -> Iterator[Explanation]:
        """An explanation of the unrolled policy in the words of the surface."""
        below = tuple(dict.fromkeys(one for part in found.because for one in self.explained(part)))
        origin = self.of.origins.get(found.id)
        if origin is None:
            yield found._replace(because=below)
            return
        rows = rows_in(self.case, origin.list)
        match origin.part:
            case Part.OWN:
                text = words(self.of.surface.criteria[found.id], self.of.surface)
                is_empty = rows.whole and not rows.rows
                answered = self.of.surface.lists[origin.list].none if is_empty else found.answered
                yield found._replace(text=text, answered=answered, because=below)
            case Part.ROW if origin.row <= len(rows.rows):
                yield found._replace(text=self._row(origin.list, origin.row), because=below)
            case Part.FURTHER if found.truth is Truth.UNKNOWN:
                of = self.of.surface.lists[origin.list]
                if rows.rows:
                    text = f"it is not known whether there are others of {of.name}"
                else:
                    text = f"{of.name} are not known"
                # Several are asked where at least two are: that is said once.
                yield found._replace(id=origin.list, text=text, asked="", because=())
            case Part.THROUGH:
                yield from below
            case Part.ROW | Part.FURTHER | Part.HIDDEN:
                return
            case _:
                assert_never(origin.part)


def is_free(criterion: Criterion, policy: Policy) -> bool:
    """Whether a further row can be as a criterion asks, and can be otherwise, whatever else is known.

    What is asked of no field is asked beside it.
    """
    logic = criterion.logic
    assert isinstance(logic, OfRows)
    asked = [one for one, _ in conjuncts_of_rows(logic) if not is_beside(one, policy.facts)]
    compared = [part.logic for one in asked for part in walk(one) if isinstance(part.logic, Comparison)]
    facts = [fact for one in compared for fact in one.facts]
    own = all(is_field(policy.facts[fact]) for fact in facts)
    return logic.quantity is not Quantity.LATEST and own and len(facts) == len(set(facts))


def asked_beside(criterion: Criterion, policy: Policy) -> list[str]:
    """What is asked of other rows together with further ones: facts beside fields, and for the latest fields as well.

    A row that stands alone is the latest whatever its day is; beside a further one its day counts.
    """
    logic = criterion.logic
    assert isinstance(logic, OfRows)
    if logic.quantity is Quantity.LATEST:
        asked = [fact for part in parts_of_rows(criterion) for fact in sorted(asked_facts([part]))]
        return list(dict.fromkeys([*asked, logic.by]))
    mixed = [one for one, _ in conjuncts_of_rows(logic) if not is_beside(one, policy.facts)]
    facts = (fact for one in mixed for part in walk(one) for fact in sorted(asked_facts([part])))
    return list(dict.fromkeys(fact for fact in facts if not is_field(policy.facts[fact])))
