// What is still needed: exactly the facts of which some answer could still change the outcome: determine/needed.py.
//
// The reference makes one variable of parts that share no fact with the rest, for decisions much larger than a page's.

// The unknown facts on which the outcome still depends. `known` holds the truth of every leaf in the case.
function relevantFacts(decided, known, given) {
  const variables = unknowns(decided, known, given);
  const ranks = new Map();
  variables.forEach((variable, rank) => variable.leaves.forEach((leaf) => ranks.set(leaf, rank)));
  const diagrams = new Diagrams();
  const functions = new Map();

  function functionOf(formula) {
    if (!functions.has(formula)) functions.set(formula, made(formula));
    return functions.get(formula);
  }

  function made(formula) {
    if (formula.kind === "gate") return diagrams.atLeast(formula.count, formula.of.map(functionOf));
    if (formula.kind === "inverse") return diagrams.choose(functionOf(formula.of[0]), false, true);
    if (known[formula.number] !== UNKNOWN) return known[formula.number] === TRUE;
    const rank = ranks.get(formula);
    const place = variables[rank].leaves.indexOf(formula);
    return diagrams.node(rank, variables[rank].branches.map((truths) => truths[place] === TRUE));
  }

  let outcome = decided.otherwise;
  for (const rule of [...decided.rules].reverse()) {
    outcome = diagrams.choose(functionOf(rule.formula), rule.outcome, outcome);
  }
  const found = new Set();
  for (const { variable, branches } of nodesOf(outcome)) {
    variables[variable].facts.forEach((fact, position) => {
      if (!found.has(fact) && decides(variables[variable], position, branches)) found.add(fact);
    });
  }
  return found;
}

// The variables of the decision: unknown facts joined where they share a leaf, with the leaves that depend on them. The
// members of a list are free of one another, so each of them is a variable of its own.
function unknowns(decided, known, given) {
  let groups = [];
  for (const leaf of decided.leaves.filter((one) => known[one.number] === UNKNOWN)) {
    const member = leaf.test === null;
    const facts = member ? [leaf.fact] : leaf.facts.filter((fact) => !given.facts.has(fact));
    const joined = member ? [] : groups.filter((group) => facts.some((fact) => group.facts.includes(fact)));
    const merged = {
      facts: [...new Set([...joined.flatMap((group) => group.facts), ...facts])],
      leaves: [...joined.flatMap((group) => group.leaves), leaf],
    };
    // It takes the place of the first it joins, which keeps the variables in document order and the diagrams small.
    groups = joined.length === 0 ? [...groups, merged] : groups.map((group) => (group === joined[0] ? merged : group));
    groups = groups.filter((group) => !joined.includes(group));
  }
  return groups.map((group) => combined(group, given));
}

// A variable with its combinations of answers: `answers` gives of each the branch, `branches` the truths of the leaves.
function combined({ facts, leaves }, given) {
  if (leaves[0].test === null) return { facts, leaves, sizes: [2], answers: [0, 1], branches: [[FALSE], [TRUE]] };
  const choices = facts.map((fact) => representatives(fact, leaves, given));
  const filled = { ...given, complete: false, facts: new Map(given.facts) };
  const branchOfTruths = new Map();
  const branches = [];
  const answers = [];
  const fill = (position) => {
    if (position < facts.length) {
      for (const answer of choices[position]) {
        filled.facts.set(facts[position], answer);
        fill(position + 1);
      }
      return;
    }
    const truths = leaves.map((leaf) => leafTruth(leaf, filled));
    const key = truths.join();
    if (!branchOfTruths.has(key)) branchOfTruths.set(key, branches.push(truths) - 1);
    answers.push(branchOfTruths.get(key));
  };
  fill(0);
  return { facts, leaves, sizes: choices.map((choice) => choice.length), answers, branches };
}

// Whether some answer to the fact at a position, the others kept, leads to another branch. Answers stand as the digits
// of a number count up, the last fact's turning fastest.
function decides({ sizes, answers }, position, branches) {
  const stride = sizes.slice(position + 1).reduce((product, size) => product * size, 1);
  return answers.some((branch, row) => {
    const digit = Math.floor(row / stride) % sizes[position];
    return branches[branch] !== branches[answers[row - digit * stride]];
  });
}
