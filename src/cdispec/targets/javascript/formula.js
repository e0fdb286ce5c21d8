// What a request of one kind on one day depends on, as a formula over leaves: determine/formula.py.
//
// A leaf is one thing that is so or not: a fact compares by `test`, or, where that is null, its list includes `option`.
// A gate is "at least `count` of these"; an inverse is "not this". Equal leaves are one object, as are the formulas of
// one criterion, so that a formula can be told by its object. Leaves are numbered in document order.

// Rules in order of precedence, each a formula with its outcome, the outcome of all the rest, and the leaves.
function decision(request, day) {
  const byId = new Map();
  const byText = new Map();

  function formula(criterion) {
    if (!byId.has(criterion.id)) byId.set(criterion.id, guarded(criterion));
    return byId.get(criterion.id);
  }

  function guarded(criterion) {
    const logic = unguarded(criterion.logic);
    const guard = guardOf(criterion, day);
    if (guard === undefined) return logic;
    if (criterion.waivable) return { kind: "gate", count: 1, of: [logic, formula(guard)] };
    return { kind: "gate", count: 2, of: [logic, { kind: "inverse", of: [formula(guard)] }] };
  }

  function unguarded(logic) {
    const of = members(logic).filter((member) => inForce(member, day)).map(formula);
    switch (logic.kind) {
      case "all":
        return gate(of.length, of);
      case "any":
        return gate(1, of);
      case "at least":
        return gate(logic.count, of);
      case "not":
        return { kind: "inverse", of };
      case "meets":
        return formula(criteria.get(logic.to));
      case "fact": {
        const { fact, test } = logic;
        if (test.kind !== "includes") return leaf(fact, "", test);
        return gate(1, test.options.map((option) => leaf(fact, option, null)));
      }
      default:
        throw new Error(`no kind of logic: ${logic.kind}`);
    }
  }

  function leaf(fact, option, test) {
    const text = JSON.stringify([fact, option, test]);
    if (!byText.has(text)) {
      const anchored = test !== null && test.kind === "within" && test.anchor !== null && test.anchor !== fact;
      byText.set(text, { kind: "leaf", fact, option, test, facts: anchored ? [fact, test.anchor] : [fact], of: [] });
    }
    return byText.get(text);
  }

  const rules = rulesFor(request, day).map(({ criterion, outcome }) => {
    return { formula: formula(criteria.get(criterion)), outcome };
  });
  const leaves = leavesOf(rules.map((rule) => rule.formula));
  leaves.forEach((found, number) => {
    found.number = number;
  });
  return { rules, otherwise: outcomeOtherwise(request), leaves };
}

function gate(count, of) {
  return of.length === 1 && count === 1 ? of[0] : { kind: "gate", count, of };
}

// Every leaf below some formulas, once, in document order.
function leavesOf(formulas) {
  const seen = new Set();
  const visit = (formula) => {
    if (seen.has(formula)) return;
    seen.add(formula);
    formula.of.forEach(visit);
  };
  formulas.forEach(visit);
  return [...seen].filter((formula) => formula.kind === "leaf");
}

// The truth of a formula from those of the leaves, by number. `memo` serves one list of truths.
function evaluate(formula, known, memo) {
  if (formula.kind === "leaf") return known[formula.number];
  if (!memo.has(formula)) {
    const truths = formula.of.map((child) => evaluate(child, known, memo));
    memo.set(formula, formula.kind === "inverse" ? negation(truths[0]) : atLeast(formula.count, truths));
  }
  return memo.get(formula);
}
