// Measures: worked out from the other numbers of a case before it is decided: model/measures.py, model/formulas.py.
//
// Numbers are fractions of whole numbers of any size, [over, under] with what is under above 0, so that nothing is
// rounded on the way.

const measures = policy.facts.filter((fact) => fact.measure !== undefined);
const DIGITS = 15;

// Answers with each measure of which all operands are known, and why some cannot be, by their ids. A measure that
// cannot be has no answer.
function workedOut(facts) {
  const found = new Map(facts);
  const problems = new Map();
  for (const { id, low, high, measure } of measures) {
    if (!measure.operands.every((operand) => facts.has(operand))) continue;
    const exact = resultOf(measure.formula, facts);
    const given = facts.get(id);
    found.delete(id);
    const answer = exact === null ? undefined : onGrid(exact);
    if (exact === null) problems.set(id, "divided by 0");
    else if (answer === undefined) problems.set(id, "not exact");
    else if ((low !== null && answer < low) || (high !== null && answer > high)) problems.set(id, "out of bounds");
    else if (given !== undefined && given !== answer && disagrees(given, answer, measure)) problems.set(id, "given otherwise");
    else found.set(id, answer);
  }
  return { facts: found, problems };
}

// The numbers from which a fact is worked out; none where it can only be given.
function operandsOf(id) {
  return factsById.get(id).measure?.operands ?? [];
}

// Facts that are needed, then the unknown numbers from which those that are measures are worked out.
function askedFor(needed, facts) {
  return [...new Set([...givenFor(needed, facts), ...needed.flatMap(operandsOf).filter((operand) => !facts.has(operand))])];
}

// Facts; in place of what only a criterion states, the unknown numbers of which it does. Where all are known it cannot
// be so, and each of them may have to be corrected.
function givenFor(asked, facts) {
  const numbers = (id) => {
    const unknown = operandsOf(id).filter((operand) => !facts.has(operand));
    return unknown.length > 0 ? unknown : operandsOf(id);
  };
  return [...new Set(asked.flatMap((id) => (factsById.get(id).measure?.beside ? numbers(id) : [id])))];
}

// The facts of which it is not certain that they could change the outcome, numbers of needed measures among them.
function uncertain(needed, may) {
  const asked = measures.filter(({ id }) => needed.includes(id));
  const operands = asked.flatMap(({ measure }) => measure.operands);
  const unsure = asked.filter(({ id, measure }) => may.has(id) || !measure.simple);
  const repeated = operands.filter((operand, n) => operands.indexOf(operand) < n || needed.includes(operand));
  const found = [...unsure.flatMap(({ measure }) => measure.operands), ...repeated];
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

// A number, rounded half up to so many digits after the point; one below 0 as it is above.
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
