// Decision diagrams: functions of finitely many answers, equal functions being one object: determine/diagram.py.
//
// A function is a node or a value (an outcome, true or false). A node asks a variable, by its rank, and goes on with
// the branch of the answer. A function depends on a variable if and only if the variable stands in its diagram.

class Diagrams {
  constructor() {
    this.made = new Map();
    this.chosen = new Map();
  }

  node(variable, branches) {
    if (branches.every((branch) => branch === branches[0])) return branches[0];
    const key = [variable, ...branches.map(identity)].join();
    if (!this.made.has(key)) this.made.set(key, { variable, branches, number: this.made.size });
    return this.made.get(key);
  }

  // `then` where the condition holds, else `otherwise`.
  choose(condition, then, otherwise) {
    if (!isNode(condition)) return condition ? then : otherwise;
    if (then === otherwise) return then;
    const key = [condition, then, otherwise].map(identity).join();
    if (!this.chosen.has(key)) {
      const parts = [condition, then, otherwise];
      const first = parts.filter(isNode).reduce((one, other) => (other.variable < one.variable ? other : one));
      const branches = first.branches.map((_, answer) =>
        this.choose(...parts.map((part) => branchOf(part, first.variable, answer))),
      );
      this.chosen.set(key, this.node(first.variable, branches));
    }
    return this.chosen.get(key);
  }

  atLeast(count, functions) {
    // reached[k]: whether at least k of the functions from here to the end hold.
    let reached = [true, ...Array(count).fill(false)];
    for (const one of [...functions].reverse()) {
      reached = reached.map((same, k) => (k === 0 ? same : this.choose(one, reached[k - 1], same)));
    }
    return reached[count];
  }
}

function isNode(part) {
  return typeof part === "object";
}

function identity(part) {
  return isNode(part) ? part.number : `=${part}`;
}

function branchOf(part, variable, answer) {
  return isNode(part) && part.variable === variable ? part.branches[answer] : part;
}

// Every node of a diagram once.
function nodesOf(part, found = new Set()) {
  if (isNode(part) && !found.has(part)) {
    found.add(part);
    part.branches.forEach((branch) => nodesOf(branch, found));
  }
  return found;
}
