// A case as the form states it, read into what a program compares.

// It is known that a fact has no value: every comparison of it fails.
const NO_VALUE = Symbol("no value");

// Facts stand in a Map: an object would find an answer to a fact named "constructor".
function readCase(stated) {
  const day = dayStated(stated.date);
  if (day === undefined) throw new RangeError(`no date of a request: ${stated.date}`);
  if (!decisions.has(stated.request)) throw new RangeError(`no kind of request: ${stated.request}`);
  const facts = new Map();
  for (const [id, answer] of Object.entries(stated.facts || {})) {
    const asked = factsById.get(id);
    const read = asked && !asked.measure?.beside ? readAnswer(asked, answer, day) : undefined;
    if (read !== undefined) facts.set(id, read);
  }
  const codes = (stated.codes || []).map((code) => String(code).toUpperCase());
  return { request: stated.request, day, complete: stated.record === "complete", codes, ...workedOut(facts) };
}

// An answer where its fact orders it: the number itself, a day's number, an option's rank. What can be no answer to the
// fact is undefined and so leaves it unknown, which is never "no".
function readAnswer(fact, answer, day) {
  if (fact.none && answer?.none === true) return NO_VALUE;
  switch (fact.kind) {
    case "yes-no":
      return typeof answer === "boolean" ? answer : undefined;
    case "number":
      return isExact(answer) && isRounded(fact, answer) ? within(reach(fact, day), answer) : undefined;
    case "date":
      return within(reach(fact, day), dayStated(answer)) ?? monthWithin(reach(fact, day), monthStated(answer));
    case "one of": {
      const rank = fact.options.indexOf(answer);
      return rank < 0 ? undefined : rank;
    }
    case "codes":
      return Array.isArray(answer) ? readCodes(fact, answer, day, true) : readCodes(fact, answer?.including, day, false);
    case "set of":
      return Array.isArray(answer) ? readList(fact, answer, true) : readList(fact, answer?.including, false);
    default:
      throw new Error(`no kind of fact: ${fact.kind}`);
  }
}

// Whether a number has no more digits after the point than its fact can have.
function isRounded({ whole, measure }, answer) {
  const digits = whole ? 0 : (measure?.digits ?? null);
  if (digits === null) return true;
  const [over, under] = fractionOf(answer);
  return (over * 10n ** BigInt(digits)) % under === 0n;
}

function within({ low, high }, point) {
  return low <= point && point <= high ? point : undefined;
}

// The days of a month that are possible; `whole` is false, for which of them it was is not known.
function monthWithin({ low, high }, month) {
  const first = month === undefined ? Infinity : Math.max(low, month.first);
  return first <= high ? { low: first, high: Math.min(high, month.last), whole: false } : undefined;
}

// Whether only the ends of an answer are known: of a date in a month, or of a measure that is worked out in part.
function isRange(answer) {
  return answer?.low !== undefined;
}

// Whether comparing a number is exact: it has at most 15 significant digits, or is whole and at most 2^53.
function isExact(number) {
  if (!Number.isFinite(number) || Math.abs(number) > 2 ** 53) return false;
  const exact = Number.isInteger(number) || Number(number.toPrecision(15)) === number;
  return exact && (number === 0 || Math.abs(number) >= 1e-300);
}

// The members of a list; `whole` where there are no others.
function readList(fact, members, whole) {
  const known = Array.isArray(members) && members.every((id) => fact.options.includes(id));
  return known ? { members: new Set(members), whole } : undefined;
}
