// What three-valued logic leaves open, worked out exactly: the decision itself, restricted to what is unknown, made into
// a diagram and asked what it depends on and what it can come to: core/exact.py.

const MOST_WORK = 40000; // steps on one question of one case
const OUTCOMES = ["medically necessary", "not medically necessary", "not indicated", "not addressed"];

// The truth of a "shown" on which all answers to the unknown facts agree; `truths` are those of the nodes before. In a
// complete record it is false where they do not, and unknown only beyond the limit of work.
function agreed(node, known, truths) {
  const [asked] = node.of;
  const found = withinLimit(() => {
    const restricted = new Restricted(known, truths, [asked]);
    return { restricted, decides: restricted.function(asked) };
  });
  if (found === undefined) return UNKNOWN;
  const { restricted, decides } = found;
  if (!isQuestion(decides)) return truthOf(decides);
  return known.given.complete && restricted.surelyFails(decides) ? FALSE : UNKNOWN;
}

// What an open case, which three-valued logic does not settle, can still come to: the possible outcomes, the facts that
// could change the outcome, those of them of which it is not certain, and the shortest way to each possible outcome.
function remaining({ rules, otherwise }, known, truths) {
  const tops = rules.map((rule) => rule.node);
  const found = withinLimit(() => {
    const restricted = new Restricted(known, truths, tops);
    const decides = rules.reduceRight(
      (rest, rule) => restricted.diagrams.choose(restricted.function(rule.node), rule.outcome, rest),
      otherwise,
    );
    return { restricted, decides };
  });
  if (found === undefined) {
    const outcomes = new Set([otherwise, ...rules.map((rule) => rule.outcome)]);
    const facts = unknownFacts(openAtoms(truths, tops), known);
    return { outcomes, needed: facts, may: new Set(facts), ways: [] };
  }
  const { restricted, decides } = found;
  const deciding = questionsOf(decides).map((question) => restricted.variables[question.variable].facts);
  const needed = new Set(deciding.flat());
  const outcomes = valuesOf(decides);
  return {
    outcomes,
    needed: unknownFacts(restricted.atoms, known).filter((fact) => needed.has(fact)),
    may: new Set(deciding.filter((facts) => facts.length > 1).flat()),
    ways: outcomes.size > 1 ? restricted.ways(decides, outcomes) : [],
  };
}

// The unknown atoms on which unknown nodes depend, in document order.
function openAtoms(truths, tops) {
  const found = [];
  const seen = new Set();
  const stack = [...tops].reverse();
  while (stack.length > 0) {
    const number = stack.pop();
    if (seen.has(number) || truths[number] !== UNKNOWN) continue;
    seen.add(number);
    const node = policy.nodes[number];
    if (children(node).length === 0) found.push(node);
    stack.push(...[...children(node)].reverse());
  }
  return found;
}

function unknownFacts(atoms, known) {
  return [...new Set(atoms.flatMap(factsOf).filter((fact) => !known.answered(fact)))];
}

// The unknown nodes below some others as functions of what is unknown in a case.
class Restricted {
  constructor(known, truths, tops) {
    this.atoms = openAtoms(truths, tops);
    this.diagrams = new Diagrams(MOST_WORK);
    const unknowns = new Unknowns(this.atoms, known, this.diagrams);
    this.variables = unknowns.variables;
    this.truths = truths;
    this.ofAtoms = unknowns.functions;
    this.functions = new Map();
  }

  // A node as a function to true and false.
  function(top) {
    const stack = [top];
    while (stack.length > 0) {
      const number = stack[stack.length - 1];
      const waiting = this.open(number).filter((child) => !this.functions.has(child));
      if (waiting.length > 0) stack.push(...waiting.reverse());
      else {
        if (!this.functions.has(number)) this.functions.set(number, this.made(number));
        stack.pop();
      }
    }
    return this.functions.get(top);
  }

  open(number) {
    if (this.truths[number] !== UNKNOWN) return [];
    return children(policy.nodes[number]).filter((child) => this.truths[child] === UNKNOWN);
  }

  made(number) {
    const node = policy.nodes[number];
    if (this.truths[number] !== UNKNOWN) return this.truths[number] === TRUE;
    switch (node.kind) {
      case "yes":
      case "includes":
      case "lies":
        return this.ofAtoms.get(node);
      case "gate": {
        const missing = node.count - node.of.filter((child) => this.truths[child] === TRUE).length;
        return this.diagrams.atLeast(missing, this.open(number).map((child) => this.functions.get(child)));
      }
      case "inverse":
        return this.diagrams.negation(this.functions.get(node.of[0]));
      case "shown":
        return this.functions.get(node.of[0]);
      default:
        throw new Error(`no kind of node: ${node.kind}`);
    }
  }

  // Whether answers that are certainly possible make a function false.
  surelyFails(top) {
    const seen = new Set();
    const stack = [top];
    while (stack.length > 0) {
      const part = stack.pop();
      if (part === false) return true;
      if (!isQuestion(part) || seen.has(part)) continue;
      seen.add(part);
      stack.push(...part.branches.filter((_, answer) => this.variables[part.variable].sure[answer]));
    }
    return false;
  }

  // The shortest way to each outcome, the granting one first; none where finding it takes too much work.
  ways(decides, outcomes) {
    return OUTCOMES.filter((outcome) => outcomes.has(outcome)).flatMap((outcome) => {
      this.diagrams.work = MOST_WORK;
      const facts = withinLimit(() => this.shortest(this.comesTo(decides, outcome)));
      return facts === undefined ? [] : [{ outcome, facts }];
    });
  }

  // Whether a function to outcomes comes to this one.
  comesTo(decides, outcome) {
    const made = new Map();
    const of = (branch) => (isQuestion(branch) ? made.get(branch) : branch === outcome);
    for (const question of questionsOf(decides).sort((one, other) => other.variable - one.variable)) {
      made.set(question, this.diagrams.question(question.variable, question.branches.map(of)));
    }
    return of(decides);
  }

  // The fewest facts of which some answers make a function true; of equals those that come first.
  //
  // Each question is answered, or left open: then all its branches must come to true. Facts of a list are answered
  // together, and their questions follow one another.
  shortest(top) {
    const queue = new Queue();
    const seen = new Set();
    queue.push(0, [], top);
    while (queue.entries.length > 0) {
      const { cost, asked, part } = queue.pop();
      if (part === true) return [...new Set(asked.flatMap((rank) => this.variables[rank].facts))];
      if (part === false) continue;
      const { facts } = this.variables[part.variable];
      const paid = asked.length > 0 && this.variables[asked[asked.length - 1]].facts === facts;
      const state = `${part.number} ${paid}`;
      if (seen.has(state)) continue;
      seen.add(state);
      this.diagrams.spend(1);
      const leftOpen = part.branches.reduceRight((rest, branch) => this.diagrams.choose(branch, rest, false), true);
      queue.push(cost, asked, leftOpen);
      for (const branch of part.branches) {
        if (paid) queue.push(cost, asked, branch);
        else queue.push(cost + facts.length, [...asked, part.variable], branch);
      }
    }
    return [];
  }
}

// States of a search, of which the cheapest comes first; of equals the one whose questions come first (a binary heap).
class Queue {
  constructor() {
    this.entries = [];
    this.pushed = 0;
  }

  push(cost, asked, part) {
    const entry = { cost, asked, part, number: this.pushed++ };
    let place = this.entries.push(entry) - 1;
    for (; place > 0; place = (place - 1) >> 1) {
      const above = this.entries[(place - 1) >> 1];
      if (!isBefore(entry, above)) break;
      this.entries[place] = above;
    }
    this.entries[place] = entry;
  }

  pop() {
    const [first] = this.entries;
    const last = this.entries.pop();
    if (last === first) return first;
    let place = 0;
    for (;;) {
      let below = 2 * place + 1;
      if (below + 1 < this.entries.length && isBefore(this.entries[below + 1], this.entries[below])) below++;
      if (below >= this.entries.length || !isBefore(this.entries[below], last)) break;
      this.entries[place] = this.entries[below];
      place = below;
    }
    this.entries[place] = last;
    return first;
  }
}

function isBefore(one, other) {
  if (one.cost !== other.cost) return one.cost < other.cost;
  const place = one.asked.findIndex((rank, n) => rank !== other.asked[n]);
  if (place >= 0) return one.asked[place] < other.asked[place]; // false where the other has ended: it is shorter
  return one.asked.length === other.asked.length ? one.number < other.number : true;
}
