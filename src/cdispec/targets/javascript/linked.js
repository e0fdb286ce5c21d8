// Dates that are counted from one another: which truths of the atoms between them can go together: core/linked.py.

const UNBOUNDED = 10 ** 9; // more days than the calendar has

// The combinations of truths of atoms that are not ruled out, in order, and whether some dates surely have them. Of dates
// that may have no value each choice is tried: what asks them then fails, whatever the others are.
function combinations(facts, atoms, known, diagrams) {
  const optional = facts.filter((fact) => known.mayHaveNone(fact));
  const rows = new Map();
  for (const none of subsetsOf(optional)) {
    const fails = atoms.map((atom) => factsOf(atom).some((fact) => none.includes(fact)));
    const asked = atoms.filter((_, place) => !fails[place]);
    const valued = facts.filter((fact) => !none.includes(fact));
    for (const [row, sure] of ofValues(valued, asked, known, diagrams)) {
      const truths = [...row];
      const whole = fails.map((failing) => (failing ? "0" : truths.shift())).join("");
      rows.set(whole, rows.get(whole) || sure);
    }
  }
  const inOrder = [...rows].sort(([one], [other]) => (one < other ? -1 : 1));
  return inOrder.map(([row, sure]) => ({ truths: [...row].map((truth) => truth === "1"), sure }));
}

// Every choice among some things, the smaller ones first.
function subsetsOf(things) {
  const found = [];
  for (let size = 0; size <= things.length; size++) found.push(...ofSize(things, size));
  return found;
}

function ofSize(things, size) {
  if (size === 0) return [[]];
  return things.flatMap((thing, place) => ofSize(things.slice(place + 1), size - 1).map((rest) => [thing, ...rest]));
}

// The combinations where each date has a value, a row of 0 and 1 with whether some dates surely have it. A state
// is a row of truths of the first atoms, the clauses of the last one that must still hold, and for each two dates the most
// days that the first can lie after the second: with the loosest lengths of months nothing that is possible is ruled out,
// with the tightest nothing else let through.
function ofValues(facts, atoms, known, diagrams) {
  const search = new Search(facts, known);
  const rows = new Map();
  const start = search.start();
  const stack = [{ row: "", clauses: [], loose: start, tight: start }];
  while (stack.length > 0) {
    const { row, clauses, loose, tight } = stack.pop();
    diagrams.spend(facts.length ** 2);
    const atom = atoms[row.length];
    if (clauses.length > 0) {
      for (const bounds of clauses[0]) {
        const still = bounded(loose, bounds, "loose");
        const certain = still === null || tight === null ? null : bounded(tight, bounds, "tight");
        if (still !== null) stack.push({ row, clauses: clauses.slice(1), loose: still, tight: certain });
      }
    } else if (atom === undefined) {
      rows.set(row, rows.get(row) || tight !== null);
    } else {
      stack.push({ row: `${row}0`, clauses: search.clauses(atom, false), loose, tight });
      stack.push({ row: `${row}1`, clauses: search.clauses(atom, true), loose, tight });
    }
  }
  return rows;
}

// The dates of some facts as variables, numbered from 1; 0 is the calendar's beginning.
class Search {
  constructor(facts, known) {
    this.known = known;
    this.variables = new Map(facts.map((fact, place) => [fact, place + 1]));
  }

  // What is true of the dates before anything is asked of them.
  start() {
    const numbers = [0, ...this.variables.values()];
    const matrix = numbers.map((row) => numbers.map((column) => (row === column ? 0 : UNBOUNDED)));
    for (const [fact, number] of this.variables) {
      const { low, high } = this.known.domain(fact);
      matrix[number][0] = high;
      matrix[0][number] = -low;
    }
    const bounds = numbers.slice(1).map((number) => ({ later: number, earlier: 0, most: matrix[number][0] }));
    return bounded(matrix, bounds, "most");
  }

  // What brings an atom to a truth: of each clause one of its alternatives must hold, each so many bounds.
  clauses({ term, spans }, truth) {
    const ofSpans = spans.map((span) => sidesOf(span).map(([edge, side]) => this.bound(term, edge, side, truth)));
    return truth ? [ofSpans] : ofSpans.map((outside) => outside.map((bound) => [bound]));
  }

  // That a term lies on the inner (or outer) side of an edge: above a low one (`side` 1), below a high one. One date then
  // lies at most so many days after another, whatever the length of the months, and in any case.
  bound(term, edge, side, inside) {
    const dates = [this.date(edge.term), this.date(term)];
    const [later, earlier] = (side === 1) === inside ? dates : dates.reverse();
    const apart = edge.included === inside ? 0 : 1;
    return {
      later: later.variable,
      earlier: earlier.variable,
      loose: earlier.most - later.least - apart,
      tight: earlier.least - later.most - apart,
    };
  }

  // A date as a variable, and the fewest and most days that it lies after it.
  date(term) {
    if (term.kind === "answer" && this.variables.has(term.fact)) {
      return { variable: this.variables.get(term.fact), least: 0, most: 0 };
    }
    if (term.kind === "moved") {
      const { variable, least, most } = this.date(term.of);
      if (variable !== 0) {
        const moved = lengths(term.duration, term.sign).map((days) => term.sign * days);
        return { variable, least: least + Math.min(...moved), most: most + Math.max(...moved) };
      }
    }
    const { low, high } = this.known.term(term);
    return { variable: 0, least: low, most: high };
  }
}

function sidesOf({ low, high }) {
  return [[low, 1], [high, -1]].filter(([edge]) => edge !== null);
}

// The matrix with further bounds, closed under going from date to date; null where they cannot all be met. `most` names
// the number of days that a bound allows.
function bounded(matrix, bounds, most) {
  const closed = matrix.map((row) => [...row]);
  for (const { later, earlier, [most]: days } of bounds) {
    if (days >= closed[later][earlier] && later !== earlier) continue;
    for (const row of closed) {
      const through = row[later] + days;
      closed[earlier].forEach((beyond, column) => {
        if (through + beyond < row[column]) row[column] = through + beyond;
      });
    }
    if (closed.some((row, number) => row[number] < 0)) return null;
  }
  return closed;
}
