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
