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
