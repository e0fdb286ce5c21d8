"""A program: what a policy decides, as numbered nodes that name their children by number, children first.

All that authors write for their convenience ends here: lists, open lists, guards, dates of service, references, ordered
options. Each target is one fold over the nodes.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from cdispec.model.criteria import Duration
from cdispec.model.outcomes import Outcome

Point = int | Decimal
"""Where an answer stands in the order of its fact: a number itself, a date's day number, an option's rank."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a number, date or one-of fact."""

    fact: str


@dataclass(frozen=True, slots=True)
class Constant:
    """A value that the policy states."""

    value: Point


@dataclass(frozen=True, slots=True)
class RequestDate:
    """The day number of the request."""


@dataclass(frozen=True, slots=True)
class Moved:
    """A date moved by calendar time, later (`sign` 1) or earlier (-1)."""

    of: Term
    duration: Duration
    sign: int


Term = Answer | Constant | RequestDate | Moved


@dataclass(frozen=True, slots=True)
class Edge:
    """One end of a span, itself included or not."""

    term: Term
    included: bool


@dataclass(frozen=True, slots=True)
class Span:
    """What lies between two edges; an absent edge does not limit."""

    low: Edge | None
    high: Edge | None


@dataclass(frozen=True, slots=True)
class Yes:
    """A yes-no fact is answered with yes."""

    fact: str


@dataclass(frozen=True, slots=True)
class Includes:
    """A list includes at least one of these options."""

    fact: str
    options: frozenset[str]


@dataclass(frozen=True, slots=True)
class Lies:
    """A term lies in one of these spans."""

    term: Term
    spans: tuple[Span, ...]


Atom = Yes | Includes | Lies


@dataclass(frozen=True, slots=True)
class Gate:
    """At least `count` of these nodes: all of them, or any of them, are the extremes."""

    count: int
    of: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Inverse:
    """Not this node."""

    of: int


@dataclass(frozen=True, slots=True)
class Shown:
    """Where the policy asks whether something is met: a rule, an exception, a reference, a classification.

    It is what every answer to the unknown facts agrees on; in a complete record what is not so shown is not met.
    """

    of: int


Node = Atom | Gate | Inverse | Shown


@dataclass(frozen=True, slots=True)
class Domain:
    """Which answers a fact can have, as points; `whole` points are days, ranks or whole numbers.

    `latest_request` says that a date cannot lie after the request. `ranks` are those of the options of a one-of fact.
    `none` says that the fact may have no value. Yes-no facts and lists have no points.
    """

    low: Point | None = None
    high: Point | None = None
    whole: bool = False
    latest_request: bool = False
    ranks: Mapping[str, int] | None = None
    none: bool = False


@dataclass(frozen=True, slots=True)
class Lowered:
    """The nodes of a criterion: its truth where it is in force, whether it is, and what it says where it is asked.

    `met` is its truth as a rule, an exception, a reference or a classification asks it; None where nothing asks so.
    """

    truth: int
    in_force: int
    met: int | None


@dataclass(frozen=True, slots=True)
class Cited:
    """What is cited of a rule that is met: its printed alternatives that are met too, or else its own label."""

    node: int
    label: str
    below: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class DecisionRule:
    """A rule: where its node is true, the outcome is this."""

    node: int
    outcome: Outcome
    cited: Cited


@dataclass(frozen=True, slots=True)
class Decision:
    """How one kind of request is decided: rules in order of precedence, then what the policy says otherwise.

    `unmet` is the node that no rule is met; `label` that of the clause which says what is otherwise so, or "".
    """

    rules: tuple[DecisionRule, ...]
    otherwise: Outcome
    unmet: int
    label: str

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """What it can decide, in order of precedence."""
        return tuple(dict.fromkeys([*(rule.outcome for rule in self.rules), self.otherwise]))


@dataclass(frozen=True, slots=True)
class Program:
    """A policy, lowered. Its nodes may stand among those of its edits, of which there may come to be more.

    `exact` are the nodes of `Shown` at which three-valued logic is exact: where one is unknown, both can still be;
    `exact_requests` are those for which it is exact for the outcome, too: rules together settle nothing that none does.
    `alone` are the nodes that share nothing below them with the rest, so that each is one yes-or-no question to it.
    `domains` are those of the facts, `criteria` the nodes of each criterion by its id, `decisions` keyed by request,
    `always` is the node that is true.
    """

    nodes: list[Node]
    exact: Container[int]
    exact_requests: frozenset[str]
    alone: frozenset[int]
    domains: Mapping[str, Domain]
    criteria: Mapping[str, Lowered]
    decisions: Mapping[str, Decision]
    classifications: Mapping[str, int]
    always: int

    @classmethod
    def of_nodes(cls, nodes: list[Node], domains: Mapping[str, Domain]) -> Program:
        """A program that decides nothing: some nodes over facts, all of three-valued logic alone."""
        return cls(nodes, frozenset(), frozenset(), frozenset(), domains, {}, {}, {}, 0)


def children(node: Node) -> tuple[int, ...]:
    """The nodes directly below."""
    match node:
        case Yes() | Includes() | Lies():
            return ()
        case Gate(_, of):
            return of
        case Inverse(of) | Shown(of):
            return (of,)


def nodes_below(nodes: Sequence[Node], tops: Iterable[int], not_below: Container[int] = ()) -> list[int]:
    """Some nodes and all that they depend on, each once, in document order; nothing `not_below` others."""
    found: dict[int, None] = {}
    stack = [*tops][::-1]
    while stack:
        number = stack.pop()
        if number not in found:
            found[number] = None
            stack.extend(() if number in not_below else reversed(children(nodes[number])))
    return list(found)


def cited_nodes(cited: Cited) -> Iterator[int]:
    """The node of a rule and those of its printed alternatives."""
    yield cited.node
    for part in cited.below:
        yield from cited_nodes(part)


def cited_labels(cited: Cited) -> Iterator[str]:
    """The label of a rule and those of its printed alternatives."""
    yield cited.label
    for part in cited.below:
        yield from cited_labels(part)


def facts_of(atom: Atom) -> tuple[str, ...]:
    """The facts that an atom asks, its own first."""
    match atom:
        case Yes(fact) | Includes(fact):
            return (fact,)
        case Lies(term, spans):
            return tuple(dict.fromkeys(fact for part in (term, *edges_of(spans)) for fact in facts_in(part)))


def is_dated(atom: Atom, domains: Mapping[str, Domain]) -> bool:
    """Whether what is known of an atom depends on the date of the request, which it counts from or is bounded by."""
    if not isinstance(atom, Lies):
        return False
    terms = (atom.term, *edges_of(atom.spans))
    counted = any(not facts_in(term) and not isinstance(term, Constant) for term in terms)
    return counted or any(domains[fact].latest_request for fact in facts_of(atom))


def edges_of(spans: tuple[Span, ...]) -> list[Term]:
    """The terms at the edges of spans."""
    return [edge.term for span in spans for edge in (span.low, span.high) if edge is not None]


def facts_in(term: Term) -> tuple[str, ...]:
    """The facts that a term asks."""
    match term:
        case Answer(fact):
            return (fact,)
        case Constant() | RequestDate():
            return ()
        case Moved(of):
            return facts_in(of)
