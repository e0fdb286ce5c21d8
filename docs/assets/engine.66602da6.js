(() => {
"use strict";

function load(policy) {

// The calendar. A day is a whole number, 1 for 1 January of the year 1, so that no clock or time zone has a say.

const LAST_YEAR = 9999;
const LAST_DAY = 3652059; // 9999-12-31
const MONTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function isLeap(year) {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

function daysInMonth(year, month) {
  return month === 2 && isLeap(year) ? 29 : MONTHS[month - 1];
}

function daysBefore(year) {
  const past = year - 1;
  return past * 365 + Math.floor(past / 4) - Math.floor(past / 100) + Math.floor(past / 400);
}

function dayNumber(year, month, day) {
  let number = daysBefore(year) + day;
  for (let earlier = 1; earlier < month; earlier++) number += daysInMonth(year, earlier);
  return number;
}

function calendarDate(number) {
  // The years so far are no longer than 365.25 days on average, so that this is never too late.
  let year = Math.floor((number - 1) / 365.25) + 1;
  while (daysBefore(year + 1) < number) year++;
  let day = number - daysBefore(year);
  let month = 1;
  while (day > daysInMonth(year, month)) day -= daysInMonth(year, month++);
  return { year, month, day };
}

// The number of a day written as 2025-06-01, or undefined where the text is no day of the calendar.
function dayStated(text) {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (parts === null) return undefined;
  const [year, month, day] = parts.slice(1).map(Number);
  const real = year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
  return real ? dayNumber(year, month, day) : undefined;
}

function inCalendar(day) {
  return Math.min(Math.max(day, 1), LAST_DAY);
}

// The day so long after (`sign` 1) or before (-1) a day, held within the calendar. Weeks are seven days, years twelve
// months; a month that lacks the day ends on its last day.
function shifted(day, { count, unit }, sign) {
  if (unit === "days" || unit === "weeks") return inCalendar(day + sign * count * (unit === "weeks" ? 7 : 1));
  const from = calendarDate(day);
  const months = from.year * 12 + from.month - 1 + sign * count * (unit === "years" ? 12 : 1);
  const year = Math.floor(months / 12);
  const month = months - year * 12 + 1;
  if (year < 1) return 1;
  if (year > LAST_YEAR) return LAST_DAY;
  return dayNumber(year, month, Math.min(from.day, daysInMonth(year, month)));
}

// A case as the form states it, read into what the criteria compare.

const factsById = new Map(policy.facts.map((fact) => [fact.id, fact]));

// Facts stand in a Map: an object would find an answer to a fact named "constructor". `truths` remembers those of
// criteria, to which several others may refer.
function readCase(stated) {
  const day = dayStated(stated.date);
  if (day === undefined) throw new RangeError(`no date of a request: ${stated.date}`);
  if (!policy.requests.includes(stated.request)) {
    throw new RangeError(`no kind of request: ${stated.request}`);
  }
  const facts = new Map();
  for (const [id, answer] of Object.entries(stated.facts || {})) {
    const read = factsById.has(id) ? readAnswer(factsById.get(id), answer) : undefined;
    if (read !== undefined) facts.set(id, read);
  }
  const codes = (stated.codes || []).map((code) => String(code).toUpperCase());
  return { request: stated.request, day, complete: stated.record === "complete", facts, codes, truths: new Map() };
}

// An answer where its fact orders it: the number itself, a day's number, an option's rank. What can be no answer to the
// fact is undefined and so leaves it unknown, which is never "no".
function readAnswer(fact, answer) {
  switch (fact.kind) {
    case "yes-no":
      return typeof answer === "boolean" ? answer : undefined;
    case "number": {
      // Beyond these whole numbers are not told apart.
      const low = fact.minimum === null ? -(2 ** 53) : fact.minimum;
      const high = fact.maximum === null ? 2 ** 53 : fact.maximum;
      return Number.isFinite(answer) && low <= answer && answer <= high ? answer : undefined;
    }
    case "date":
      return dayStated(answer);
    case "one of": {
      const rank = fact.options.indexOf(answer);
      return rank < 0 ? undefined : rank;
    }
    case "set of":
      return Array.isArray(answer) ? readList(fact, answer, true) : readList(fact, answer?.including, false);
    default:
      throw new Error(`no kind of fact: ${fact.kind}`);
  }
}

// The members of a list; `whole` where there are no others.
function readList(fact, members, whole) {
  const known = Array.isArray(members) && members.every((id) => fact.options.includes(id));
  return known ? { members, whole } : undefined;
}

// The semantics of criteria in Kleene's three-valued logic, function by function those of determine/truth.py.

const FALSE = 0;
const UNKNOWN = 1;
const TRUE = 2;
const WORDS = ["false", "unknown", "true"];

function truthOf(value) {
  return value ? TRUE : FALSE;
}

function negation(truth) {
  return TRUE - truth;
}

function conjunction(truths) {
  return Math.min(TRUE, ...truths);
}

function disjunction(truths) {
  return Math.max(FALSE, ...truths);
}

function atLeast(count, truths) {
  if (truths.filter((truth) => truth === TRUE).length >= count) return TRUE;
  return truths.filter((truth) => truth !== FALSE).length < count ? FALSE : UNKNOWN;
}

const criteria = new Map(policy.criteria.map((criterion) => [criterion.id, criterion]));

// The criteria directly below a node; none below a comparison or a reference.
function members(logic) {
  return (logic.of || []).map((id) => criteria.get(id));
}

// The guard of a criterion, where it has one that is in force.
function guardOf(criterion, day) {
  const guard = criteria.get(criterion.unless);
  return guard !== undefined && inForce(guard, day) ? guard : undefined;
}

// Whether the case meets a criterion that is in force.
function truth(criterion, given) {
  if (!given.truths.has(criterion.id)) given.truths.set(criterion.id, guardedTruth(criterion, given));
  return given.truths.get(criterion.id);
}

function guardedTruth(criterion, given) {
  const guard = guardOf(criterion, given.day);
  const logic = logicTruth(criterion.logic, given);
  if (guard === undefined) return logic;
  if (criterion.waivable) return disjunction([logic, truth(guard, given)]);
  return conjunction([logic, negation(truth(guard, given))]);
}

function logicTruth(logic, given) {
  const standing = members(logic).filter((member) => inForce(member, given.day));
  const truths = standing.map((member) => truth(member, given));
  switch (logic.kind) {
    case "all":
      return conjunction(truths);
    case "any":
      return disjunction(truths);
    case "at least":
      return atLeast(logic.count, truths);
    case "not":
      return negation(truths[0]);
    case "meets":
      return truth(criteria.get(logic.to), given);
    case "fact":
      return compare(logic.fact, logic.test, given);
    default:
      throw new Error(`no kind of logic: ${logic.kind}`);
  }
}

// Whether a criterion stands on a day. What is out of its dates drops out of its list; so does a list of such.
function inForce(criterion, day) {
  if (day < criterion.from || day > criterion.until) return false; // an absent edge compares as undefined: false
  if (criterion.logic.kind === "meets") return inForce(criteria.get(criterion.logic.to), day);
  return criterion.logic.kind === "fact" || members(criterion.logic).some((member) => inForce(member, day));
}

// Whether the answer compares. Without one it is unknown; in a complete record it is not documented, so false.
function compare(fact, test, given) {
  const absent = given.complete ? FALSE : UNKNOWN;
  const answer = given.facts.get(fact);
  if (answer === undefined) return absent;
  if (test.kind === "includes") {
    if (answer.members.some((option) => test.options.includes(option))) return TRUE;
    return answer.whole ? FALSE : absent;
  }
  if (test.kind === "within" && test.anchor !== null && !given.facts.has(test.anchor)) return absent;
  return truthOf(holds(test, answer, given));
}

// Whether a known answer passes a test.
function holds(test, answer, given) {
  switch (test.kind) {
    case "is":
      return test.values.includes(answer);
    case "range":
      return isAbove(answer, test.low) && isBelow(answer, test.high);
    case "within": {
      const anchor = test.anchor === null ? given.day : given.facts.get(test.anchor);
      if (test.direction === "before") return shifted(anchor, test, -1) <= answer && answer <= anchor;
      return anchor <= answer && answer <= shifted(anchor, test, 1);
    }
    default:
      throw new Error(`no kind of test: ${test.kind}`);
  }
}

function isAbove(answer, low) {
  return low === null || (low.included ? answer >= low.value : answer > low.value);
}

function isBelow(answer, high) {
  return high === null || (high.included ? answer <= high.value : answer < high.value);
}

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

// Answers to facts, as far as a decision can tell them apart: determine/answers.py.

function leafTruth(leaf, given) {
  return compare(leaf.fact, leaf.test || { kind: "includes", options: [leaf.option] }, given);
}

// Answers to a fact, one at least of each kind that these leaves can tell apart, the plainest first. Numbers and dates
// are told apart by their edges, so an edge, its neighbours and what lies between are enough.
function representatives(fact, leaves, given) {
  const declared = factsById.get(fact);
  switch (declared.kind) {
    case "yes-no":
      return [true, false];
    case "one of":
      return declared.options.map((_, rank) => rank);
    case "number":
      return numbers(declared, leaves);
    case "date":
      return days(fact, leaves, given);
    default:
      throw new Error("the members of a list are told apart one by one");
  }
}

function sortedNumbers(numbers) {
  return [...new Set(numbers)].sort((one, other) => one - other);
}

function numbers(declared, leaves) {
  const { id, minimum, maximum } = declared;
  const edges = sortedNumbers(leaves.filter((leaf) => leaf.fact === id).flatMap(edgesOf));
  const between = edges.slice(1).map((high, n) => edges[n] + (high - edges[n]) / 2);
  const bounds = [minimum, maximum].filter((bound) => bound !== null);
  const points = [edges[0] - 1, ...edges, edges[edges.length - 1] + 1, ...between, ...bounds];
  return sortedNumbers(points).filter(
    (point) => (minimum === null || point >= minimum) && (maximum === null || point <= maximum),
  );
}

function edgesOf({ test }) {
  if (test === null) return [];
  if (test.kind === "is") return test.values;
  return test.kind === "range" ? [test.low, test.high].flatMap((bound) => (bound === null ? [] : [bound.value])) : [];
}

// Days around every edge that a fact's comparisons can reach from the request and the known dates. A date that counts
// from another unknown date has its edges at a distance from the other's; so many steps as there are date facts reach
// every combination. Each step may pass its edge by a day, and the way back over a month end is inexact by up to three.
function days(fact, leaves, given) {
  const related = relatedTo(fact, leaves);
  const ofRelated = leaves.filter((leaf) => related.includes(leaf.fact));
  const edges = new Map(related.map((name) => [name, new Set([given.facts.get(name) ?? given.day])]));
  const add = (name, found) => found.forEach((day) => edges.get(name).add(day));
  for (const leaf of ofRelated) {
    if (!given.facts.has(leaf.fact)) add(leaf.fact, edgesOf(leaf));
  }
  related.forEach(() => {
    for (const { fact: name, test } of ofRelated) {
      if (test.kind === "within") spread(name, test, edges, given);
    }
  });
  const around = related.length === 1 ? 1 : related.length + 3;
  const found = new Set();
  for (const edge of edges.get(fact)) {
    for (let day = edge - around; day <= edge + around; day++) found.add(inCalendar(day));
  }
  return sortedNumbers(found);
}

// Add the days at which a comparison between two dates turns, as seen from each of them.
function spread(fact, test, edges, given) {
  const turn = (day, sign) => shifted(inCalendar(day), test, sign);
  const sign = test.direction === "before" ? -1 : 1;
  const anchors = test.anchor === null ? [given.day] : [...edges.get(test.anchor)];
  const own = [...edges.get(fact)];
  const add = (name, from, direction) => {
    if (!given.facts.has(name)) from.forEach((day) => edges.get(name).add(day).add(turn(day, direction)));
  };
  add(fact, anchors, sign);
  if (test.anchor !== null) add(test.anchor, own, -sign);
}

// The date facts that a fact's comparisons lead to, itself included.
function relatedTo(fact, leaves) {
  const found = new Set([fact]);
  for (const name of found) {
    // A set goes on to what is added while it is gone through.
    for (const leaf of leaves) if (leaf.facts.includes(name)) leaf.facts.forEach((other) => found.add(other));
  }
  return [...found];
}

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

// The determination of a case: determine/determine.py.

const MORE_INFORMATION = "more information needed";
const NOT_ADDRESSED = "not addressed";

// What the policy says of a case, as `cdispec schema case` describes one. A fact that the policy does not have, or an
// answer that can be none, is left out; a request that it does not have and a date that is none are a RangeError.
function determine(stated) {
  const given = readCase(stated);
  const outcome = decide(given);
  const { needed, settledBy } = stillNeeded(given, outcome);
  const standing = policy.criteria.filter((criterion) => inForce(criterion, given.day));
  return {
    outcome,
    clauses: restingOn(given, outcome),
    classifications: Object.fromEntries(policy.classifications.map((named) => [named.name, classified(named, given)])),
    needed,
    settled_by: settledBy,
    codes: listedCodes(given),
    truths: Object.fromEntries(standing.map((criterion) => [criterion.id, WORDS[truth(criterion, given)]])),
  };
}

// The rules of a request kind that are in force on a day, in order of precedence.
function rulesFor(request, day) {
  return policy.rules.filter((rule) => rule.requests.includes(request) && inForce(criteria.get(rule.criterion), day));
}

function otherwiseFor(request) {
  return policy.otherwise.find((rest) => rest.requests.includes(request));
}

function outcomeOtherwise(request) {
  const rest = otherwiseFor(request);
  return rest ? rest.outcome : NOT_ADDRESSED;
}

// The outcome: that of the first rule that is met, where no unknown rule before it could decide otherwise.
function decide(given) {
  const possible = new Set();
  const metOne = rulesFor(given.request, given.day).some((rule) => {
    const met = truth(criteria.get(rule.criterion), given);
    if (met !== FALSE) possible.add(rule.outcome);
    return met === TRUE;
  });
  if (!metOne) possible.add(outcomeOtherwise(given.request));
  return possible.size === 1 ? [...possible][0] : MORE_INFORMATION;
}

// The labels of the clauses an outcome rests on; while more information is needed, of those still open. A rule that is
// met is such a clause, or those of its printed alternatives that are met. Where no rule is met, the outcome rests on
// what the policy says otherwise, and on unknown rules that would come to the same.
function restingOn(given, outcome) {
  const rules = rulesFor(given.request, given.day).map((rule) => {
    const criterion = criteria.get(rule.criterion);
    return { criterion, outcome: rule.outcome, met: truth(criterion, given) };
  });
  const labelled = (chosen, wanted) => chosen.flatMap(({ criterion }) => alternatives(criterion, given, wanted));
  if (outcome === MORE_INFORMATION) {
    const metAt = rules.findIndex((rule) => rule.met === TRUE);
    const before = metAt < 0 ? rules : rules.slice(0, metAt);
    return [...new Set(labelled(before.filter((rule) => rule.met === UNKNOWN), UNKNOWN))];
  }
  const same = rules.filter((rule) => rule.outcome === outcome);
  const met = labelled(same.filter((rule) => rule.met === TRUE), TRUE);
  if (met.length > 0) return [...new Set(met)];
  const open = labelled(same.filter((rule) => rule.met === UNKNOWN), UNKNOWN);
  const rest = otherwiseFor(given.request);
  return [...new Set(rest ? [...open, rest.label] : open)];
}

// The labels of a criterion's printed alternatives of the wanted truth, or its own where it has none.
function alternatives(criterion, given, wanted) {
  const lists = criterion.logic.kind === "any" && criterion.unless === undefined;
  const found = (lists ? members(criterion.logic) : [])
    .filter((member) => member.printed && inForce(member, given.day) && truth(member, given) === wanted)
    .flatMap((member) => alternatives(member, given, wanted));
  return found.length > 0 ? found : [criterion.label];
}

function classified(named, given) {
  const criterion = criteria.get(named.criterion);
  return WORDS[inForce(criterion, given.day) ? truth(criterion, given) : FALSE];
}

// The facts of which some answer could still change the outcome, and the fewest that would settle it. The first begins
// with the second and goes on in the order of the document.
function stillNeeded(given, outcome) {
  if (outcome !== MORE_INFORMATION) return { needed: [], settledBy: [] };
  const decided = decision(given.request, given.day);
  const known = decided.leaves.map((leaf) => leafTruth(leaf, given));
  const relevant = relevantFacts(decided, known, given);
  const shortest = relevant.size > 0 ? shortestSettlingSet(decided, known, given, relevant.size) : [];
  // Only where three-valued logic leaves a case open that nothing could change does the way out ask too much.
  const settledBy = shortest.every((fact) => relevant.has(fact)) ? shortest : [];
  const inOrder = decided.leaves.flatMap((leaf) => leaf.facts).filter((fact) => relevant.has(fact));
  return { needed: [...new Set([...settledBy, ...inOrder])], settledBy };
}

// For each code that the request names, the label of the section that lists it, or null. They decide nothing.
function listedCodes(given) {
  const labels = new Map(policy.codes.map((listed) => [listed.code, listed.label]));
  return Object.fromEntries(given.codes.map((code) => [code, labels.has(code) ? labels.get(code) : null]));
}

return { policy, determine };
}

globalThis.cdispec = { load };
})();
