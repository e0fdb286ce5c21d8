// The shortest way to each outcome: the fewest facts of which some answers settle a case with it: core/ways.py.

// A part is what is asked as one in a case: its unknown facts, and for each answer the facts that it takes to give it.
// This is that of an unknown node that stands alone: it takes the fewest to make it false, and to make it true.
function partOf(truths, top) {
  const facts = [];
  const takes = new Map();
  const stack = [top];
  while (stack.length > 0) {
    const number = stack[stack.length - 1];
    const node = policy.nodes[number];
    const below = children(node).filter((child) => truths[child] === UNKNOWN);
    const waiting = below.filter((child) => !takes.has(child));
    if (waiting.length > 0) {
      stack.push(...waiting.reverse());
      continue;
    }
    if (below.length === 0) facts.push(...factsOf(node));
    takes.set(number, takenBy(node, below.map((child) => takes.get(child)), truths));
    stack.pop();
  }
  return { facts, takes: takes.get(top) };
}

// The fewest facts to make a node false and to make it true, by those of the unknown nodes below.
function takenBy(node, below, truths) {
  switch (node.kind) {
    case "yes":
    case "includes":
    case "lies":
      return [factsOf(node), factsOf(node)];
    case "gate": {
      const count = missing(node, truths);
      const [fails, meets] = [0, 1].map((answer) => below.map((takes) => takes[answer]));
      return [fewest(fails, below.length - count + 1), fewest(meets, count)];
    }
    case "inverse":
      return [...below[0]].reverse();
    case "shown":
      return below[0];
    default:
      throw new Error(`no kind of node: ${node.kind}`);
  }
}

// The facts of the shortest so many, in document order; of equals those that come first.
function fewest(each, count) {
  const chosen = new Set([...each].sort((one, other) => one.length - other.length).slice(0, count));
  return each.filter((facts) => chosen.has(facts)).flat();
}

// The facts of parts, by the ranks of their variables.
function factsOfParts(parts) {
  return [...new Set([...parts.values()].flatMap(({ facts }) => facts))];
}

// The fewest facts of which some answers make a function come to a value; of equals those that come first.
//
// Each question is answered, or left open: then all its branches must come to the value. Questions about the options of
// one list follow one another, and are answered together.
function shortest(top, wanted, parts, diagrams) {
  const order = factsOfParts(parts);
  const ranks = new Map(order.map((fact, rank) => [fact, rank]));
  const queue = new Queue();
  const seen = new Set();
  queue.push({ asked: [], part: comesTo(top, wanted, diagrams), answered: null });
  while (queue.entries.length > 0) {
    const { asked, part, answered } = queue.pop();
    if (part === true) return asked.map((rank) => order[rank]);
    if (part === false) continue;
    const { facts, takes } = parts.get(part.variable);
    const paid = answered === facts;
    const state = `${part.number} ${paid}`;
    if (seen.has(state)) continue;
    seen.add(state);
    diagrams.spend(1);
    const leftOpen = part.branches.reduceRight((rest, branch) => diagrams.choose(branch, rest, false), true);
    queue.push({ asked, part: leftOpen, answered });
    part.branches.forEach((branch, answer) => {
      const more = paid ? [] : takes[answer].map((fact) => ranks.get(fact));
      queue.push({ asked: [...asked, ...more], part: branch, answered: facts });
    });
  }
  return [];
}

// Whether a function comes to a value.
function comesTo(top, wanted, diagrams) {
  const made = new Map();
  const of = (branch) => (isQuestion(branch) ? made.get(branch) : branch === wanted);
  for (const question of questionsOf(top).sort((one, other) => other.variable - one.variable)) {
    made.set(question, diagrams.question(question.variable, question.branches.map(of)));
  }
  return of(top);
}

// States of a search, of which that with the fewest facts comes first; of equals the one whose facts come first (a binary
// heap).
class Queue {
  constructor() {
    this.entries = [];
    this.pushed = 0;
  }

  push(state) {
    const entry = { ...state, number: this.pushed++ };
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
  if (one.asked.length !== other.asked.length) return one.asked.length < other.asked.length;
  const place = one.asked.findIndex((rank, n) => rank !== other.asked[n]);
  return place < 0 ? one.number < other.number : one.asked[place] < other.asked[place];
}
