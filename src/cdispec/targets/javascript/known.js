// What is known of terms and atoms in a case: of a term an interval, of an atom a truth: core/known.py.

// What is `assumed` is known beside the answers of the case.
class Known {
  constructor(given, assumed = new Map()) {
    this.given = given;
    this.assumed = assumed;
  }

  // The same with an answer to a number, date or one-of fact.
  assuming(fact, at) {
    return new Known(this.given, new Map(this.assumed).set(fact, at));
  }

  // Whether a number, date, one-of or yes-no fact is answered, or a list whole.
  answered(fact) {
    const answer = this.given.facts.get(fact);
    return this.assumed.has(fact) || (answer !== undefined && answer.whole !== false);
  }

  // The least and the greatest answer to a fact that is possible in this case.
  domain(fact) {
    const answer = this.given.facts.get(fact);
    if (isRange(answer)) return { low: answer.low, high: answer.high };
    return reach(factsById.get(fact), this.given.day);
  }

  // Whether a fact that is not answered may have no value.
  mayHaveNone(fact) {
    return factsById.get(fact).none && !this.given.facts.has(fact);
  }

  // Whether a date is asked at or below a node that is known to a month: what is known of the program by its facts alone
  // is not known of it.
  isOfRange(node) {
    if (this.ofRanges === undefined) {
      const months = [...this.given.facts].filter(([, answer]) => isRange(answer)).map(([fact]) => fact);
      this.ofRanges = new Set();
      for (const each of months.length === 0 ? [] : policy.nodes) {
        const asks = each.kind === "lies" && factsOf(each).some((fact) => months.includes(fact));
        if (asks || children(each).some((child) => this.ofRanges.has(policy.nodes[child]))) this.ofRanges.add(each);
      }
    }
    return this.ofRanges.has(node);
  }

  // Whether a node shares nothing below it with the rest, so that it is one yes-or-no question to it.
  isAlone(node) {
    return node.alone && !this.isOfRange(node);
  }

  // What is known of a term.
  term(term) {
    switch (term.kind) {
      case "answer": {
        const at = this.assumed.get(term.fact) ?? this.given.facts.get(term.fact);
        if (at === undefined || isRange(at)) return { ...this.domain(term.fact), none: this.mayHaveNone(term.fact) };
        return at === NO_VALUE ? at : { low: at, high: at };
      }
      case "constant":
        return { low: term.value, high: term.value };
      case "request date":
        return { low: this.given.day, high: this.given.day };
      case "moved": {
        const moved = this.term(term.of);
        if (moved === NO_VALUE) return moved;
        const [low, high] = [moved.low, moved.high].map((day) => shifted(day, term.duration, term.sign));
        return { low, high, none: moved.none };
      }
      default:
        throw new Error(`no kind of term: ${term.kind}`);
    }
  }

  // Whether an atom is true.
  atom(atom) {
    switch (atom.kind) {
      case "yes": {
        const answer = this.given.facts.get(atom.fact);
        return answer === undefined ? UNKNOWN : truthOf(answer);
      }
      case "includes":
        return includes(this.given.facts.get(atom.fact), atom.options);
      case "lies": {
        const known = this.term(atom.term);
        if (known === NO_VALUE) return FALSE;
        const truth = Math.max(FALSE, ...atom.spans.map((span) => this.within(known, span)));
        return truth === UNKNOWN ? this.onEachDay(atom) : unlessNone(known, truth);
      }
      default:
        throw new Error(`no kind of atom: ${atom.kind}`);
    }
  }

  // What the days of a month agree on where its ends do not tell: edges can lie between them.
  onEachDay(atom) {
    const isKnownMonth = (fact) => factsById.get(fact).kind === "date" && isRange(this.given.facts.get(fact));
    const month = factsOf(atom).find((fact) => isKnownMonth(fact) && !this.assumed.has(fact));
    if (month === undefined) return UNKNOWN;
    const { low, high } = this.domain(month);
    const found = this.assuming(month, low).atom(atom);
    for (let day = low + 1; day <= high; day++) {
      if (found === UNKNOWN || this.assuming(month, day).atom(atom) !== found) return UNKNOWN;
    }
    return found;
  }

  within(known, { low, high }) {
    return Math.min(this.beyond(known, low, 1), this.beyond(known, high, -1));
  }

  // Whether a term lies on the inner side of an edge: above a low one (`side` 1), below a high one (-1).
  beyond(known, edge, side) {
    if (edge === null) return TRUE;
    const limit = this.term(edge.term);
    if (limit === NO_VALUE) return FALSE;
    const [worst, best] = side === 1 ? [known.low, known.high] : [known.high, known.low];
    const [nearest, farthest] = side === 1 ? [limit.low, limit.high] : [limit.high, limit.low];
    if (passes(worst, farthest, edge.included, side)) return unlessNone(limit, TRUE);
    return passes(best, nearest, edge.included, side) ? UNKNOWN : FALSE;
  }
}

function includes(answer, options) {
  if (answer === undefined) return UNKNOWN;
  if (options.some((option) => answer.members.has(option))) return TRUE;
  return answer.whole ? FALSE : UNKNOWN;
}

// What is true of every value of a term is not known where it may have none.
function unlessNone(known, truth) {
  return known.none ? Math.min(truth, UNKNOWN) : truth;
}

function passes(at, edge, included, side) {
  if (at === edge) return included;
  return side === 1 ? at > edge : at < edge;
}

// The least and the greatest point that an answer to a fact can have for a request on a day.
function reach(fact, day) {
  const high = fact.high ?? Infinity;
  return { low: fact.low ?? -Infinity, high: fact.latest_request ? Math.min(high, day) : high };
}
