// What is unknown in a case, as variables: facts with the answers that can be told apart: core/unknown.py.

// The variables of some atoms that are unknown in a case, and each atom as a function of them. A variable has the facts
// that are answered together, and says of each answer whether it is certainly possible, and not only not ruled out.
class Unknowns {
  constructor(atoms, known, diagrams) {
    this.variables = [];
    this.functions = new Map();
    this.known = known;
    this.diagrams = diagrams;
    for (const { facts, joined } of groupsOf(atoms, known)) {
      if (joined[0].kind === "yes") this.functions.set(joined[0], this.yesOrNo(facts));
      else if (joined[0].kind === "includes") this.list(facts, joined);
      else this.points(facts, joined);
    }
  }

  ask(facts, sure) {
    return this.variables.push({ facts, sure }) - 1;
  }

  yesOrNo(facts) {
    return this.diagrams.question(this.ask(facts, [true, true]), [false, true]);
  }

  // Options that the same atoms ask for are one variable: that the list includes one of them.
  list(facts, atoms) {
    const asking = new Map();
    atoms.forEach((atom, position) => {
      for (const option of atom.options) {
        if (!asking.has(option)) asking.set(option, []);
        asking.get(option).push(position);
      }
    });
    this.diagrams.spend(asking.size);
    const parts = atoms.map(() => []);
    for (const positions of new Map([...asking.values()].map((places) => [places.join(), places])).values()) {
      const included = this.yesOrNo(facts);
      for (const position of positions) parts[position].push(included);
    }
    atoms.forEach((atom, position) => this.functions.set(atom, this.diagrams.atLeast(1, parts[position])));
  }

  points(facts, atoms) {
    const alone = facts.length === 1 && !atoms.some((atom) => isLinked(atom, facts[0]));
    const rows = alone ? this.rows(facts[0], atoms) : combinations(facts, atoms, this.known, this.diagrams);
    const variable = this.ask(facts, rows.map(({ sure }) => sure));
    atoms.forEach((atom, position) => {
      this.functions.set(atom, this.diagrams.question(variable, rows.map(({ truths }) => truths[position])));
    });
  }

  // What the answers to one fact make of each atom, all else being known; each combination once.
  rows(fact, atoms) {
    const turns = atoms.flatMap((atom) => this.turns(fact, atom));
    const points = samples(turns, this.known.domain(fact), factsById.get(fact).whole);
    this.diagrams.spend(points.length * atoms.length);
    const rows = new Map();
    for (const point of points) {
      const answered = this.known.assuming(fact, point);
      const truths = atoms.map((atom) => answered.atom(atom) === TRUE);
      const key = truths.map(Number).join("");
      if (!rows.has(key)) rows.set(key, { truths, sure: true });
    }
    return [...rows.values()];
  }

  // The points at which an atom may turn from true to false or back, or next to which it may.
  turns(fact, atom) {
    return edgesOf(atom).flatMap((edge) => {
      const [asked, other] = factsIn(atom.term).includes(fact) ? [atom.term, edge] : [edge, atom.term];
      return factsIn(asked).includes(fact) ? this.reaching(fact, asked, this.known.term(other).low) : [];
    });
  }

  // Where a term, which grows with its fact, reaches and passes a value.
  reaching(fact, term, value) {
    if (term.kind === "answer") return [value];
    const { low, high } = this.known.domain(fact);
    const at = (day) => this.known.assuming(fact, day).term(term).low;
    return [firstFrom(low, high + 1, (day) => at(day) >= value), firstFrom(low, high + 1, (day) => at(day) > value)];
  }
}

// The first whole number, of those from `low` until before `end`, from which on something is so; `end` where none is.
function firstFrom(low, end, isSo) {
  while (low < end) {
    const middle = Math.floor((low + end) / 2);
    if (isSo(middle)) end = middle;
    else low = middle + 1;
  }
  return low;
}

// Points between two ends, one at least of each kind that some turning points tell apart. Between two of at most 15
// digits there is always another number; of whole ones beyond 2^52 that is not so, nor is there an answer between them.
function samples(turns, { low, high }, whole) {
  const inside = sortedNumbers(turns.filter((turn) => low <= turn && turn <= high));
  if (whole) {
    const near = [low, high, ...inside.flatMap((turn) => [turn - 1, turn, turn + 1])];
    return sortedNumbers(near.filter((point) => low <= point && point <= high));
  }
  const finite = [low, ...inside, high].filter(Number.isFinite);
  const between = finite.slice(1).map((point, place) => finite[place] + (point - finite[place]) / 2);
  return [...new Set([...finite, ...between, ...[low, high].filter((end) => !Number.isFinite(end))])];
}

function sortedNumbers(numbers) {
  return [...new Set(numbers)].sort((one, other) => one - other);
}

// Whether a fact is compared with what is counted from itself.
function isLinked(atom, fact) {
  return factsIn(atom.term).includes(fact) && edgesOf(atom).some((edge) => factsIn(edge).includes(fact));
}

// The atoms that share unknown facts, with these facts, in the order of their first atoms.
function groupsOf(atoms, known) {
  const groups = new Map();
  const groupOf = new Map();
  atoms.forEach((atom, number) => {
    const own = factsOf(atom).filter((fact) => !known.answered(fact));
    const earlier = sortedNumbers(own.filter((fact) => groupOf.has(fact)).map((fact) => groupOf.get(fact)));
    const before = earlier.map((place) => groups.get(place));
    earlier.forEach((place) => groups.delete(place));
    const facts = [...new Set([...before.flatMap((group) => group.facts), ...own])];
    const place = earlier.length > 0 ? earlier[0] : number;
    groups.set(place, { facts, joined: [...before.flatMap((group) => group.joined), atom] });
    facts.forEach((fact) => groupOf.set(fact, place));
  });
  return [...groups].sort(([one], [other]) => one - other).map(([, group]) => group);
}
