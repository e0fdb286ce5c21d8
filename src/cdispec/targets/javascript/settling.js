// The shortest way to an outcome: the fewest facts of which some answers would settle a case: determine/settling.py.
//
// The order in which it tries, and where it stops, are those of the reference, since of equal ways the first is told.

const MOST_STEPS = 20000;

// The fewest facts, of at most `most`, of which some answers settle the case; of equals the first found.
function shortestSettlingSet(decided, known, given, most) {
  const search = new Search(decided, given);
  const start = { known, facts: [], answers: new Map() };
  const ways = waysToAnOutcome(decided);
  const firstWay = () => {
    for (const goals of ways) {
      const found = search.first(goals, start);
      if (found !== null) return found.facts;
    }
    return null;
  };
  for (search.budget = 1; search.budget <= most; search.budget++) {
    const found = firstWay();
    if (found !== null) return found;
    if (search.steps > MOST_STEPS) {
      search.budget = most;
      search.bounded = false;
      return firstWay() || [];
    }
  }
  return [];
}

// What must come out for each outcome: a rule is met and every rule before it with another outcome is not. A goal is a
// formula and the truth it must come to.
function waysToAnOutcome({ rules, otherwise }) {
  const notMet = (before, outcome) =>
    before.filter((rule) => rule.outcome !== outcome).map((rule) => ({ formula: rule.formula, want: FALSE }));
  const met = rules.map(({ formula, outcome }, position) => [
    { formula, want: TRUE },
    ...notMet(rules.slice(0, position), outcome),
  ]);
  return [...met, notMet(rules, otherwise)];
}

// Depth-first search for answers that reach goals with at most `budget` facts. A state is the answers tried so far: the
// truth of each leaf they decide, and the facts they answer.
class Search {
  constructor(decided, given) {
    this.given = given;
    this.leaves = decided.leaves;
    this.budget = 0;
    this.steps = 0;
    this.bounded = true;
    this.weight = weights(decided);
  }

  // The first state that reaches every goal, or null.
  first(goals, state) {
    this.steps++;
    if (this.bounded && this.steps > MOST_STEPS) return null;
    const memo = new Map();
    const ahead = [];
    for (const goal of goals) {
      const found = evaluate(goal.formula, state.known, memo);
      if (found === UNKNOWN) ahead.push(goal);
      else if (found !== goal.want) return null;
    }
    if (ahead.length === 0) return state;
    const least = sum(ahead.map((goal) => this.least(goal.formula, goal.want, state, memo)));
    if (BigInt(state.facts.length) * this.weight.whole + least > BigInt(this.budget) * this.weight.whole) return null;
    return this.reach(ahead[0], ahead.slice(1), state, memo);
  }

  reach({ formula, want }, rest, state, memo) {
    if (formula.kind === "inverse") {
      return this.first([{ formula: formula.of[0], want: negation(want) }, ...rest], state);
    }
    if (formula.kind === "leaf") {
      for (const answered of this.answers(formula, want, state)) {
        const found = this.first(rest, answered);
        if (found !== null) return found;
      }
      return null;
    }
    const open = openChildren(formula, state, memo)
      .map((child) => ({ formula: child, want, least: this.least(child, want, state, memo) }))
      .sort((one, other) => compareWeights(one.least, other.least));
    for (const chosen of combinations(open, missing(formula, want, state, memo))) {
      const found = this.first([...chosen, ...rest], state);
      if (found !== null) return found;
    }
    return null;
  }

  // A lower bound of the facts it takes: a fact asked in several places counts as its share in each.
  least(formula, want, state, memo) {
    if (evaluate(formula, state.known, memo) !== UNKNOWN) return 0n;
    if (formula.kind === "leaf") return sum(this.openFacts(formula, state).map((fact) => this.weight.of.get(fact)));
    if (formula.kind === "inverse") return this.least(formula.of[0], negation(want), state, memo);
    const each = openChildren(formula, state, memo).map((child) => this.least(child, want, state, memo));
    return sum(each.sort(compareWeights).slice(0, missing(formula, want, state, memo)));
  }

  openFacts(leaf, state) {
    if (leaf.test === null) return state.facts.includes(leaf.fact) ? [] : [leaf.fact];
    return leaf.facts.filter((fact) => !this.given.facts.has(fact) && !state.answers.has(fact));
  }

  // The states after each answer that brings a leaf to a truth.
  *answers(leaf, want, state) {
    if (leaf.test === null) {
      const facts = state.facts.includes(leaf.fact) ? state.facts : [...state.facts, leaf.fact];
      const known = state.known.slice();
      known[leaf.number] = want;
      yield { known, facts, answers: state.answers };
      return;
    }
    if (state.facts.length >= this.budget) return;
    const fact = this.openFacts(leaf, state)[0];
    for (const answer of representatives(fact, this.leaves, this.given)) {
      const answered = this.answered(fact, answer, state);
      const found = answered.known[leaf.number];
      if (found === want) yield answered;
      else if (found === UNKNOWN) yield* this.answers(leaf, want, answered);
    }
  }

  answered(fact, answer, state) {
    const answers = new Map([...state.answers, [fact, answer]]);
    const filled = { ...this.given, complete: false, facts: new Map([...this.given.facts, ...answers]) };
    const known = state.known.slice();
    for (const leaf of this.leaves) {
      if (leaf.test !== null && leaf.facts.includes(fact)) known[leaf.number] = leafTruth(leaf, filled);
    }
    return { known, facts: [...state.facts, fact], answers };
  }
}

function openChildren(formula, state, memo) {
  return formula.of.filter((child) => evaluate(child, state.known, memo) === UNKNOWN);
}

// How many more children must come to the wanted truth for the gate to come to it.
function missing({ count, of }, want, state, memo) {
  const enough = want === TRUE ? count : of.length - count + 1;
  return enough - of.filter((child) => evaluate(child, state.known, memo) === want).length;
}

// Every choice of so many of the items, in their order.
function* combinations(items, size, from = 0) {
  if (size === 0) {
    yield [];
    return;
  }
  for (let n = from; n <= items.length - size; n++) {
    for (const others of combinations(items, size - 1, n + 1)) yield [items[n], ...others];
  }
}

// Each fact's share of one fact on each of the paths on which the decision asks it, in parts of a whole: `of` gives
// those of a fact. They are exact, as in the reference, and so whole numbers of any size.
function weights({ rules }) {
  const order = [];
  const paths = new Map();
  const visit = (formula) => {
    if (paths.has(formula)) return;
    paths.set(formula, 0n);
    formula.of.forEach(visit);
    order.push(formula);
  };
  const pass = (formula, count) => paths.set(formula, paths.get(formula) + count);
  for (const { formula } of rules) {
    visit(formula);
    pass(formula, 1n);
  }
  const asked = new Map();
  for (const formula of order.reverse()) {
    formula.of.forEach((child) => pass(child, paths.get(formula)));
    for (const fact of formula.facts || []) asked.set(fact, (asked.get(fact) || 0n) + paths.get(formula));
  }
  const whole = [...asked.values()].reduce((one, other) => (one / commonDivisor(one, other)) * other, 1n);
  return { whole, of: new Map([...asked].map(([fact, count]) => [fact, whole / count])) };
}

function commonDivisor(one, other) {
  return other === 0n ? one : commonDivisor(other, one % other);
}

function sum(weights) {
  return weights.reduce((total, weight) => total + weight, 0n);
}

function compareWeights(one, other) {
  return one < other ? -1 : one > other ? 1 : 0;
}
