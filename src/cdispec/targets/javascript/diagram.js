// Decision diagrams: functions of finitely many answers, equal functions being one object: core/diagram.py.
//
// A function is a question or a value (an outcome, true or false). A question asks a variable, by its rank, and goes on
// with the branch of the answer. A function depends on a variable if and only if the variable stands in its diagram.

class TooMuchWork extends Error {}

class Diagrams {
  constructor(work) {
    this.work = work;
    this.questions = new Map();
    this.choices = new Map();
  }

  // The function that asks a variable and goes on with the branch of the answer.
  question(variable, branches) {
    if (branches.every((branch) => branch === branches[0])) return branches[0];
    const key = `${variable}:${branches.map(identity).join()}`;
    if (!this.questions.has(key)) {
      this.spend(branches.length);
      this.questions.set(key, { variable, branches, number: this.questions.size });
    }
    return this.questions.get(key);
  }

  // `then` where the condition (a function to true or false) holds, else `otherwise`.
  choose(condition, then, otherwise) {
    const made = [];
    const stack = [{ parts: [condition, then, otherwise] }];
    while (stack.length > 0) {
      const { parts, key, first } = stack.pop();
      if (first !== undefined) {
        // Its branches are made: they are the last so many.
        const choice = this.question(first.variable, made.splice(-first.branches.length));
        this.choices.set(key, choice);
        made.push(choice);
        continue;
      }
      if (!isQuestion(parts[0])) {
        made.push(parts[0] ? parts[1] : parts[2]);
        continue;
      }
      if (parts[1] === parts[2]) {
        made.push(parts[1]);
        continue;
      }
      const asked = parts.map(identity).join();
      if (this.choices.has(asked)) {
        made.push(this.choices.get(asked));
        continue;
      }
      this.spend(1);
      const least = parts.filter(isQuestion).reduce((one, other) => (other.variable < one.variable ? other : one));
      stack.push({ parts, key: asked, first: least });
      for (let answer = least.branches.length - 1; answer >= 0; answer--) {
        stack.push({ parts: parts.map((part) => branchOf(part, least.variable, answer)) });
      }
    }
    return made[0];
  }

  negation(part) {
    return this.choose(part, false, true);
  }

  // Whether at least `count` of the functions are true.
  atLeast(count, functions) {
    // reached.get(k): whether at least k of the functions from here to the end are true, as far as that still matters.
    let reached = new Map([[0, true]]);
    for (let left = functions.length - 1; left >= 0; left--) {
      const after = reached;
      reached = new Map([[0, true]]);
      const most = Math.min(count, functions.length - left);
      for (let k = Math.max(count - left, 1); k <= most; k++) {
        reached.set(k, this.choose(functions[left], after.get(k - 1), after.get(k) ?? false));
      }
    }
    return reached.get(count) ?? false;
  }

  // Count work; past the limit, stop.
  spend(steps) {
    this.work -= steps;
    if (this.work < 0) throw new TooMuchWork();
  }
}

// What comes of work that may pass the limit, or undefined where it does.
function withinLimit(work) {
  try {
    return work();
  } catch (error) {
    if (error instanceof TooMuchWork) return undefined;
    throw error;
  }
}

function isQuestion(part) {
  return typeof part === "object";
}

function identity(part) {
  return isQuestion(part) ? part.number : `=${part}`;
}

function branchOf(part, variable, answer) {
  return isQuestion(part) && part.variable === variable ? part.branches[answer] : part;
}

// Every question of a diagram once.
function questionsOf(top) {
  const found = new Set();
  const stack = [top];
  while (stack.length > 0) {
    const part = stack.pop();
    if (!isQuestion(part) || found.has(part)) continue;
    found.add(part);
    stack.push(...[...part.branches].reverse());
  }
  return [...found];
}

// Every value that a function can come to.
function valuesOf(part) {
  if (!isQuestion(part)) return new Set([part]);
  return new Set(questionsOf(part).flatMap((question) => question.branches.filter((branch) => !isQuestion(branch))));
}
