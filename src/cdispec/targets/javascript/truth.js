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
