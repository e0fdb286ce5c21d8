// Measures: worked out from the other numbers of a case before it is decided: model/measures.py, model/grid.py, model/formulas.py.
//
// Numbers are fractions of whole numbers of any size, [over, under] with what is under above 0, so that nothing is
// rounded on the way.

const measures = policy.facts.filter((fact) => fact.measure !== undefined);
// What a formula names stands before it.
const inOrder = [...measures].sort((one, other) => one.measure.intermediates.length - other.measure.intermediates.length);
const DIGITS = 15;

// Answers with each measure of which all operands are known, why some cannot be, by their ids, and those that are given
// `alone`, for they cannot be worked out: these count in the formulas that name them. A measure that cannot be has no answer.
function workedOut(facts) {
  const found = new Map(facts);
  const problems = new Map();
  const alone = new Set();
  for (const { id, low, high, measure } of inOrder) {
    // Nothing is worked out from what cannot be.
    if (measure.intermediates.some((named) => problems.has(named))) continue;
    const stated = facts.get(id);
    const operands = numbersOf(measure, alone);
    const asked = measure.beside ? measure.named.map((named) => found.get(named)) : operands.map((operand) => facts.get(operand));
    const all = operands.every((operand) => typeof facts.get(operand) === "number");
    if (asked.includes(NO_VALUE)) {
      if (stated === undefined && factsById.get(id).none) found.set(id, NO_VALUE);
    } else if (!all && stated !== NO_VALUE) {
      boundMeasure(id, measure, operands, facts, found, problems);
    }
    const follows = all || (stated === NO_VALUE && operands.some((operand) => facts.get(operand) === NO_VALUE));
    if (!follows && stated !== undefined && !problems.has(id)) alone.add(id);
    if (!all || asked.includes(NO_VALUE)) continue;
    const exact = resultOf(measure.formula, numbersAmong(operands, facts));
    found.delete(id);
    const answer = exact === null ? undefined : onGrid(exact);
    if (exact === null) problems.set(id, "divided by 0");
    else if (answer === undefined) problems.set(id, "not exact");
    else if ((low !== null && answer < low) || (high !== null && answer > high)) problems.set(id, "out of bounds");
    else if (stated === NO_VALUE) problems.set(id, "given otherwise");
    else if (stated !== undefined && stated !== answer && disagrees(stated, answer, measure)) problems.set(id, "given otherwise");
    else found.set(id, answer);
  }
  return { facts: found, problems, alone };
}

// The facts that a measure is worked out from where some measures are given alone.
function numbersOf({ formula, operands, intermediates }, alone) {
  return intermediates.some((id) => alone.has(id)) ? [...new Set(operandsBeside(formula, alone))] : operands;
}

function operandsBeside([kind, first, second], alone) {
  switch (kind) {
    case "literal":
      return [];
    case "fact":
      return [first];
    case "measure":
      return alone.has(first) ? [first] : operandsBeside(second, alone);
    case "round":
    case "^":
      return operandsBeside(first, alone);
    default:
      return [first, second].flatMap((part) => operandsBeside(part, alone));
  }
}

// The answers to some facts that are known numbers.
function numbersAmong(ids, facts) {
  return new Map(ids.filter((id) => typeof facts.get(id) === "number").map((id) => [id, facts.get(id)]));
}

// What a measure is while some of its numbers are unknown: what is given, if it can be that. Else, where the policy decides
// alike by all that it still can be, one of these.
function boundMeasure(id, measure, operands, facts, found, problems) {
  const numbers = numbersAmong(operands, facts);
  if (numbers.size === 0) return;
  if (operands.some((operand) => !numbers.has(operand) && factsById.get(operand).none)) return;
  const ends = (fact) => [fact.low === null ? -Infinity : fractionOf(fact.low), fact.high === null ? Infinity : fractionOf(fact.high)];
  const among = (fact) => (numbers.has(fact) ? Array(2).fill(fractionOf(numbers.get(fact))) : ends(factsById.get(fact)));
  const reached = reachOf(measure.formula, (fact) => (operands.includes(fact) ? among(fact) : undefined));
  const own = ends(factsById.get(id));
  const [low, high] = [greatest([reached[0], own[0]]), least([reached[1], own[1]])];
  const given = facts.get(id);
  found.delete(id);
  if (compared(low, high) > 0) {
    problems.set(id, "out of bounds");
  } else if (given !== undefined) {
    const exact = fractionOf(given);
    if (compared(exact, low) >= 0 && compared(exact, high) <= 0) found.set(id, given);
    else problems.set(id, "given otherwise");
  } else if (measure.edges.length > 0) {
    const edges = measure.edges.map(fractionOf);
    const end = isEndless(low) ? high : low;
    const answer = isEndless(end) ? undefined : onGrid(end);
    if (edges.every((edge) => compared(low, edge) === compared(high, edge))) {
      if (answer !== undefined) found.set(id, answer);
    } else if (compared(low, own[0]) !== 0 || compared(high, own[1]) !== 0) {
      // What it lies within, as a date that is known to a month.
      const first = (isEndless(low) ? undefined : onGrid(low)) ?? -Infinity;
      const last = (isEndless(high) ? undefined : onGrid(high)) ?? Infinity;
      if (first > -Infinity || last < Infinity) found.set(id, { low: first, high: last, whole: false });
    }
  }
}

// The least and the greatest number that a formula can come to, each a fraction or endless: model/reach.py.
function reachOf(formula, bounds) {
  const [kind, first, second] = formula;
  switch (kind) {
    case "literal":
      return Array(2).fill([BigInt(first), BigInt(second)]);
    case "fact":
      return bounds(first);
    case "measure":
      return bounds(first) ?? reachOf(second, bounds);
    case "round":
      return reachOf(first, bounds).map((end) => (isEndless(end) ? end : roundedTo(end, second)));
    case "^": {
      const inner = reachOf(first, bounds);
      const ends = inner.map((end) => (isEndless(end) ? end ** second : [end[0] ** BigInt(second), end[1] ** BigInt(second)]));
      const around = second % 2 === 0 && compared(inner[0], NOTHING) < 0 && compared(inner[1], NOTHING) > 0;
      return spanOf(around ? [...ends, NOTHING] : ends);
    }
    default:
      return combinedReach(kind, reachOf(first, bounds), reachOf(second, bounds));
  }
}

const NOTHING = [0n, 1n];

function combinedReach(sign, left, right) {
  switch (sign) {
    case "+":
      return [sum(left[0], right[0]), sum(left[1], right[1])];
    case "-":
      return [sum(left[0], opposite(right[1])), sum(left[1], opposite(right[0]))];
    case "*":
      return spanOf(left.flatMap((one) => right.map((other) => product(one, other))));
    default: {
      const [below, above] = right.map((end) => compared(end, NOTHING));
      if ((below < 0 && above > 0) || (below === 0 && above === 0)) return [-Infinity, Infinity];
      const ends = [inverse(right[0], 1), inverse(right[1], -1)];
      return spanOf(left.flatMap((one) => ends.map((other) => product(one, other))));
    }
  }
}

function isEndless(end) {
  return typeof end === "number";
}

function sum(one, other) {
  if (isEndless(one)) return one;
  return isEndless(other) ? other : combined("+", one, other);
}

function opposite(end) {
  return isEndless(end) ? -end : [-end[0], end[1]];
}

function product(one, other) {
  const signs = compared(one, NOTHING) * compared(other, NOTHING);
  if (signs === 0) return NOTHING;
  return isEndless(one) || isEndless(other) ? signs * Infinity : combined("*", one, other);
}

function inverse(end, side) {
  if (isEndless(end)) return NOTHING;
  return end[0] === 0n ? side * Infinity : combined("/", [1n, 1n], end);
}

// Below 0 where one end lies below another, above 0 where it lies above.
function compared(one, other) {
  if (isEndless(one) || isEndless(other)) return Math.sign((isEndless(one) ? one : 0) - (isEndless(other) ? other : 0)) || 0;
  const difference = one[0] * other[1] - other[0] * one[1];
  return difference < 0n ? -1 : Number(difference > 0n);
}

function least(ends) {
  return ends.reduce((one, other) => (compared(other, one) < 0 ? other : one));
}

function greatest(ends) {
  return ends.reduce((one, other) => (compared(other, one) > 0 ? other : one));
}

function spanOf(ends) {
  return [least(ends), greatest(ends)];
}

// Facts that are needed, then the unknown numbers from which those that are measures are worked out.
function askedFor(needed, given) {
  return [...new Set([...givenFor(needed, given), ...needed.flatMap((id) => unknownNumbers(id, given))])];
}

// Whether a fact is given, or a measure worked out from numbers that all are.
function isKnown(id, { facts, alone }) {
  const { measure } = factsById.get(id);
  if (measure === undefined || alone.has(id) || facts.get(id) === NO_VALUE) return facts.has(id);
  return numbersOf(measure, alone).every((operand) => facts.has(operand));
}

// The unknown numbers and measures that a measure can be worked out from.
function unknownNumbers(id, given) {
  const unknown = namedIn(id).filter((named) => !isKnown(named, given));
  return unknown.flatMap((named) => [named, ...unknownNumbers(named, given)]);
}

// The numbers and measures that the formula of a measure names itself.
function namedIn(id) {
  return factsById.get(id).measure?.named ?? [];
}

// Facts; in place of what only a criterion states, the unknown numbers of which it does. Where all are known it cannot
// be so, and each of them may have to be corrected.
function givenFor(asked, given) {
  const numbers = (id) => {
    const unknown = namedIn(id).filter((named) => !isKnown(named, given));
    return unknown.length > 0 ? unknown : namedIn(id);
  };
  return [...new Set(asked.flatMap((id) => (factsById.get(id).measure?.beside ? numbers(id) : [id])))];
}

// The facts of which it is not certain that they could change the outcome, numbers of needed measures among them.
function uncertain(needed, may) {
  const asked = measures.filter(({ id }) => needed.includes(id));
  const behind = ({ measure }) => [...measure.operands, ...measure.intermediates];
  const operands = asked.flatMap(behind);
  const unsure = asked.filter(({ id, measure }) => may.has(id) || !measure.simple);
  const repeated = operands.filter((operand, n) => operands.indexOf(operand) < n || needed.includes(operand));
  const found = [...unsure.flatMap(behind), ...repeated];
  return new Set([...found.filter((operand) => !needed.includes(operand)), ...may]);
}

// What a formula comes to, or null where it divides by 0.
function resultOf(formula, facts) {
  const [kind, first, second] = formula;
  switch (kind) {
    case "literal":
      return [BigInt(first), BigInt(second)];
    case "fact":
      return fractionOf(facts.get(first));
    case "measure":
      return facts.has(first) ? fractionOf(facts.get(first)) : resultOf(second, facts);
    case "round": {
      const inner = resultOf(first, facts);
      return inner && roundedTo(inner, second);
    }
    case "^": {
      const inner = resultOf(first, facts);
      return inner && [inner[0] ** BigInt(second), inner[1] ** BigInt(second)];
    }
    default:
      return combined(kind, resultOf(first, facts), resultOf(second, facts));
  }
}

function combined(sign, left, right) {
  if (left === null || right === null) return null;
  const [[a, b], [c, d]] = [left, right];
  switch (sign) {
    case "+":
      return [a * d + c * b, b * d];
    case "-":
      return [a * d - c * b, b * d];
    case "*":
      return [a * c, b * d];
    case "/":
      if (c === 0n) return null;
      return c < 0n ? [-a * d, b * -c] : [a * d, b * c];
    default:
      throw new Error(`no sign of a formula: ${sign}`);
  }
}

// A number as it is written.
function fractionOf(number) {
  const [, sign, whole, after = "", power = "0"] = /^(-?)(\d+)(?:\.(\d+))?(?:e([-+]\d+))?$/.exec(String(number));
  const shift = Number(power) - after.length;
  const digits = BigInt(whole + after) * (sign === "-" ? -1n : 1n);
  return shift < 0 ? [digits, 10n ** BigInt(-shift)] : [digits * 10n ** BigInt(shift), 1n];
}

function size(number) {
  return number < 0n ? -number : number;
}

// A number, rounded to so many digits after the point, a half away from 0.
function roundedTo([over, under], digits) {
  const scale = 10n ** BigInt(digits);
  const whole = (size(over) * scale * 2n + under) / (2n * under);
  return [over < 0n ? -whole : whole, scale];
}

// A number where it is told from those that are written with 15 digits: itself where it is one, else midway between its
// neighbours. Undefined where it is too large or too small for that.
function onGrid([over, under]) {
  if (over === 0n) return 0;
  const exact = size(over);
  if (exact >= under * 10n ** BigInt(DIGITS) || exact * 10n ** 300n < under) return undefined;
  let first = String(exact).length - String(under).length;
  const [above, below] = first < 0 ? [exact * 10n ** BigInt(-first), under] : [exact, under * 10n ** BigInt(first)];
  if (above < below) first -= 1;
  const shift = DIGITS - 1 - first;
  const scaled = exact * 10n ** BigInt(shift);
  const whole = scaled / under;
  const text = scaled % under === 0n ? `${whole}e${-shift}` : `${whole}5e${-shift - 1}`;
  return Number(over < 0n ? `-${text}` : text);
}

// Whether a measure that is given is not the one that is worked out: it is another number when that is rounded as it is
// given, or the policy could decide otherwise by it.
function disagrees(given, answer, { edges }) {
  const [over, under] = fractionOf(given);
  const [digits, scale] = roundedTo(fractionOf(answer), String(under).length - 1);
  if (digits * under !== over * scale) return true;
  return edges.some((edge) => Math.sign(given - edge) !== Math.sign(answer - edge));
}
