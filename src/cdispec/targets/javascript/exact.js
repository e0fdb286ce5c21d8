// What three-valued logic leaves open, worked out exactly: the decision itself, restricted to what is unknown, made into
// a diagram and asked what it depends on and what it can come to: core/exact.py.

const MOST_WORK = 40000; // steps on one question of one case

// The truth of a "shown" on which all answers to the unknown facts agree; `truths` are those of the nodes before. In a
// complete record it is false where they do not, and unknown only beyond the limit of work.
function agreed(node, known, truths) {
  const [asked] = node.of;
  const found = withinLimit(() => {
    const restricting = new Restricting(known, truths, [asked]);
    return { restricting, decides: restricting.function(asked) };
  });
  if (found === undefined) return UNKNOWN;
  const { restricting, decides } = found;
  if (!isQuestion(decides)) return truthOf(decides);
  return known.given.complete && restricting.surelyFails(decides) ? FALSE : UNKNOWN;
}

// What an open case, which three-valued logic does not settle, can still come to: the possible outcomes, the facts that
// could change the outcome, those of them of which it is not certain, and the shortest way to each possible outcome.
function remaining({ rules, otherwise }, known, truths) {
  const tops = rules.map((rule) => rule.node);
  const found = withinLimit(() => {
    const restricting = new Restricting(known, truths, tops);
    const decides = rules.reduceRight(
      (rest, rule) => restricting.diagrams.choose(restricting.function(rule.node), rule.outcome, rest),
      otherwise,
    );
    return { variables: restricting.variables, decides };
  });
  if (found === undefined) {
    const outcomes = new Set([otherwise, ...rules.map((rule) => rule.outcome)]);
    const asked = openLeaves(truths, tops, () => false).flatMap((number) => factsOf(policy.nodes[number]));
    const facts = [...new Set(asked.filter((fact) => !known.answered(fact)))];
    return { outcomes, needed: facts, may: new Set(facts), ways: [], workedOut: false };
  }
  const { variables, decides } = found;
  const ranks = sortedNumbers(questionsOf(decides).map((question) => question.variable));
  const parts = new Map(ranks.map((rank) => [rank, partOfVariable(variables[rank], truths)]));
  return {
    outcomes: valuesOf(decides),
    needed: factsOfParts(parts),
    may: new Set(ranks.map((rank) => variables[rank].facts).filter((facts) => facts.length > 1).flat()),
    ways: waysOf(decides, parts),
    workedOut: true,
  };
}

function partOfVariable({ facts, sure, node }, truths) {
  return node === undefined ? { facts, takes: sure.map(() => facts) } : partOf(truths, node);
}

// The shortest way to each outcome, the granting one first; none where finding it takes too much work.
function waysOf(decides, parts) {
  const possible = valuesOf(decides);
  if (possible.size === 1) return [];
  return policy.outcomes.filter((outcome) => possible.has(outcome)).flatMap((outcome) => {
    const facts = withinLimit(() => shortest(decides, outcome, parts, new Diagrams(MOST_WORK)));
    return facts === undefined ? [] : [{ outcome, facts }];
  });
}

// The unknown atoms, and nodes that stand for all below them, on which unknown nodes depend, in document order.
function openLeaves(truths, tops, standsForAll) {
  const found = [];
  const seen = new Set();
  const stack = [...tops].reverse();
  while (stack.length > 0) {
    const number = stack.pop();
    if (seen.has(number) || truths[number] !== UNKNOWN) continue;
    seen.add(number);
    const node = policy.nodes[number];
    const below = standsForAll(node) ? [] : children(node);
    if (below.length === 0) found.push(number);
    stack.push(...[...below].reverse());
  }
  return found;
}

// The unknown nodes below some others as functions of what is unknown in a case.
class Restricting {
  constructor(known, truths, tops) {
    this.diagrams = new Diagrams(MOST_WORK);
    const unknowns = new Unknowns(openLeaves(truths, tops, (node) => known.isAlone(node)), known, this.diagrams);
    this.variables = unknowns.variables;
    this.functions = unknowns.functions;
    this.truths = truths;
  }

  // A node as a function to true and false.
  function(top) {
    const stack = [top];
    while (stack.length > 0) {
      const number = stack[stack.length - 1];
      const below = this.functions.has(number) ? [] : this.open(number);
      const waiting = below.filter((child) => !this.functions.has(child));
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

  // Unknown atoms, and nodes that stand alone, are functions already.
  made(number) {
    const node = policy.nodes[number];
    if (this.truths[number] !== UNKNOWN) return this.truths[number] === TRUE;
    switch (node.kind) {
      case "gate": {
        const functions = this.open(number).map((child) => this.functions.get(child));
        return this.diagrams.atLeast(missing(node, this.truths), functions);
      }
      case "inverse":
        return this.diagrams.negation(this.functions.get(node.of[0]));
      case "shown":
        return this.functions.get(node.of[0]);
      default:
        throw new Error(`no function of a node: ${node.kind}`);
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
}
