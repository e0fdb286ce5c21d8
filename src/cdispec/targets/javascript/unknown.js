// What is unknown in a case, as variables: facts with the answers that can be told apart: core/unknown.py.

// The variables of some unknown nodes, which stand alone or are atoms, and each node as a function of them. A variable
// is what is asked as one: facts that are answered together, or a node that stands alone. It says of each answer whether
// it is certainly possible, and not only not ruled out.
class Unknowns {
  constructor(numbers, known, diagrams) {
    this.variables = [];
    this.functions = new Map();
    this.known = known;
    this.diagrams = diagrams;
    const isAlone = (number) => known.isAlone(policy.nodes[number]);
    const groups = groupsOf(numbers.filter((number) => !isAlone(number)), known);
    for (const number of numbers) {
      if (isAlone(number)) this.functions.set(number, this.yesOrNo([], number));
      else if (groups.has(number)) this.group(groups.get(number));
    }
  }

  group({ facts, numbers }) {
    const functions = this.ofAtoms(facts, numbers.map((number) => policy.nodes[number]));
    numbers.forEach((number, position) => this.functions.set(number, functions[position]));
  }

  ofAtoms(facts, atoms) {
    switch (atoms[0].kind) {
      case "yes":
        return Array(atoms.length).fill(this.yesOrNo(facts));
      case "includes":
        return this.list(facts, atoms);
      case "lies":
        return this.points(facts, atoms);
      default:
        throw new Error(`no kind of atom: ${atoms[0].kind}`);
    }
  }

  ask(facts, sure, node) {
    return this.variables.push({ facts, sure, node }) - 1;
  }

  yesOrNo(facts, node) {
    return this.diagrams.question(this.ask(facts, [true, true], node), [false, true]);
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
    return parts.map((functions) => this.diagrams.atLeast(1, functions));
  }

  points(facts, atoms) {
    const byItself = facts.length === 1 && !atoms.some((atom) => isLinked(atom, facts[0]));
    const rows = byItself ? this.rows(facts[0], atoms) : combinations(facts, atoms, this.known, this.diagrams);
    const variable = this.ask(facts, rows.map(({ sure }) => sure));
    return atoms.map((_, position) => this.diagrams.question(variable, rows.map(({ truths }) => truths[position])));
  }

  // What the answers to one fact make of each atom, all else being known; each combination once.
  rows(fact, atoms) {
    const turns = atoms.flatMap((atom) => this.turns(fact, atom));
    const { whole } = factsById.get(fact);
    const none = this.known.mayHaveNone(fact) ? [NO_VALUE] : [];
    const points = [...samples(turns, this.known.domain(fact), whole), ...none];
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
    const near = [low, high, ...inside.flatMap((turn) => [-1, 0, 1].map((step) => Math.floor(turn) + step))];
    const points = near.filter((point) => Number.isFinite(point) && low <= point && point <= high);
    return points.length === 0 ? [0] : sortedNumbers(points);
  }
  const finite = [low, ...inside, high].filter(Number.isFinite);
  const between = finite.slice(1).flatMap((high, place) => answerBetween(finite[place], high));
  return [...new Set([...finite, ...between, ...[low, high].filter((end) => !Number.isFinite(end))])];
}

function sortedNumbers(numbers) {
  return [...new Set(numbers)].sort((one, other) => one - other);
}

// Whether a fact is compared with what is counted from itself.
function isLinked(atom, fact) {
  return factsIn(atom.term).includes(fact) && edgesOf(atom).some((edge) => factsIn(edge).includes(fact));
}

// The atoms that share unknown facts, by number, with these facts; each group by its first atom. Groups that an atom
// joins come in the order in which they last grew.
function groupsOf(numbers, known) {
  const groupOf = new Map();
  numbers.forEach((number, grown) => {
    const own = factsOf(policy.nodes[number]).filter((fact) => !known.answered(fact));
    const before = [...new Set(own.flatMap((fact) => groupOf.get(fact) ?? []))];
    before.sort((one, other) => one.grown - other.grown);
    const facts = [...new Set([...before.flatMap((group) => group.facts), ...own])];
    const group = { facts, numbers: [...before.flatMap((joined) => joined.numbers), number], grown };
    facts.forEach((fact) => groupOf.set(fact, group));
  });
  return new Map([...groupOf.values()].map((group) => [group.numbers[0], group]));
}

// A number between two others that can be an answer, if there is one.
function answerBetween(low, high) {
  const middle = low + (high - low) / 2;
  const between = [Number(middle.toPrecision(15)), Math.floor(middle)].filter((point) => low < point && point < high);
  return between.slice(0, 1);
}
