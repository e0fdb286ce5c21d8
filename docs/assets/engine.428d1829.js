(() => {
"use strict";

function load(policy) {


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
  let year = Math.floor((number - 1) / 365.25) + 1;
  while (daysBefore(year + 1) < number) year++;
  let day = number - daysBefore(year);
  let month = 1;
  while (day > daysInMonth(year, month)) day -= daysInMonth(year, month++);
  return { year, month, day };
}

function dayStated(text) {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (parts === null) return undefined;
  const [year, month, day] = parts.slice(1).map(Number);
  const real = year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
  return real ? dayNumber(year, month, day) : undefined;
}

function monthStated(text) {
  const first = dayStated(`${text}-01`);
  if (first === undefined) return undefined;
  const { year, month } = calendarDate(first);
  return { first, last: first + daysInMonth(year, month) - 1 };
}

function inCalendar(day) {
  return Math.min(Math.max(day, 1), LAST_DAY);
}

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

const CYCLE = 4800; // months after which the calendar repeats itself
const CYCLE_DAYS = 146097;
const monthEnds = [];
const lengthsOf = new Map();

function lengths({ count, unit }, sign) {
  if (unit === "days" || unit === "weeks") return Array(2).fill(count * (unit === "weeks" ? 7 : 1));
  const months = count * (unit === "years" ? 12 : 1);
  const key = months * sign;
  if (!lengthsOf.has(key)) {
    if (monthEnds.length === 0) {
      for (let month = 0; month < CYCLE; month++) {
        const first = dayNumber(2000 + Math.floor(month / 12), (month % 12) + 1, 1);
        monthEnds.push(first, shifted(first, { count: 1, unit: "months" }, 1) - 1);
      }
    }
    const part = { count: months % CYCLE, unit: "months" };
    const found = monthEnds.map((day) => sign * (shifted(day, part, sign) - day));
    const whole = Math.floor(months / CYCLE) * CYCLE_DAYS;
    lengthsOf.set(key, [Math.min(...found) + whole, Math.max(...found) + whole]);
  }
  return lengthsOf.get(key);
}


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

function atLeast(count, truths) {
  if (truths.filter((truth) => truth === TRUE).length >= count) return TRUE;
  return truths.filter((truth) => truth !== FALSE).length < count ? FALSE : UNKNOWN;
}


const factsById = new Map(policy.facts.map((fact) => [fact.id, fact]));
const decisions = new Map(policy.decisions.map((decision) => [decision.request, decision]));

function children(node) {
  return node.of ?? [];
}

function missing(gate, truths) {
  return gate.count - gate.of.filter((child) => truths[child] === TRUE).length;
}

function factsOf(atom) {
  return atom.kind === "lies" ? [...new Set([atom.term, ...edgesOf(atom)].flatMap(factsIn))] : [atom.fact];
}

function edgesOf({ spans }) {
  return spans.flatMap(({ low, high }) => [low, high]).flatMap((edge) => (edge === null ? [] : [edge.term]));
}

function factsIn(term) {
  switch (term.kind) {
    case "answer":
      return [term.fact];
    case "constant":
    case "request date":
      return [];
    case "moved":
      return factsIn(term.of);
    default:
      throw new Error(`no kind of term: ${term.kind}`);
  }
}


const measures = policy.facts.filter((fact) => fact.measure !== undefined);
const inOrder = [...measures].sort((one, other) => one.measure.intermediates.length - other.measure.intermediates.length);
const DIGITS = 15;

function workedOut(facts) {
  const found = new Map(facts);
  const problems = new Map();
  const alone = new Set();
  for (const { id, low, high, measure } of inOrder) {
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

function numbersAmong(ids, facts) {
  return new Map(ids.filter((id) => typeof facts.get(id) === "number").map((id) => [id, facts.get(id)]));
}

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
      const first = (isEndless(low) ? undefined : onGrid(low)) ?? -Infinity;
      const last = (isEndless(high) ? undefined : onGrid(high)) ?? Infinity;
      if (first > -Infinity || last < Infinity) found.set(id, { low: first, high: last, whole: false });
    }
  }
}

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

function askedFor(needed, given) {
  return [...new Set([...givenFor(needed, given), ...needed.flatMap((id) => unknownNumbers(id, given))])];
}

function isKnown(id, { facts, alone }) {
  const { measure } = factsById.get(id);
  if (measure === undefined || alone.has(id) || facts.get(id) === NO_VALUE) return facts.has(id);
  return numbersOf(measure, alone).every((operand) => facts.has(operand));
}

function unknownNumbers(id, given) {
  const unknown = namedIn(id).filter((named) => !isKnown(named, given));
  return unknown.flatMap((named) => [named, ...unknownNumbers(named, given)]);
}

function namedIn(id) {
  return factsById.get(id).measure?.named ?? [];
}

function givenFor(asked, given) {
  const numbers = (id) => {
    const unknown = namedIn(id).filter((named) => !isKnown(named, given));
    return unknown.length > 0 ? unknown : namedIn(id);
  };
  return [...new Set(asked.flatMap((id) => (factsById.get(id).measure?.beside ? numbers(id) : [id])))];
}

function uncertain(needed, may) {
  const asked = measures.filter(({ id }) => needed.includes(id));
  const behind = ({ measure }) => [...measure.operands, ...measure.intermediates];
  const operands = asked.flatMap(behind);
  const unsure = asked.filter(({ id, measure }) => may.has(id) || !measure.simple);
  const repeated = operands.filter((operand, n) => operands.indexOf(operand) < n || needed.includes(operand));
  const found = [...unsure.flatMap(behind), ...repeated];
  return new Set([...found.filter((operand) => !needed.includes(operand)), ...may]);
}

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

function fractionOf(number) {
  const [, sign, whole, after = "", power = "0"] = /^(-?)(\d+)(?:\.(\d+))?(?:e([-+]\d+))?$/.exec(String(number));
  const shift = Number(power) - after.length;
  const digits = BigInt(whole + after) * (sign === "-" ? -1n : 1n);
  return shift < 0 ? [digits, 10n ** BigInt(-shift)] : [digits * 10n ** BigInt(shift), 1n];
}

function size(number) {
  return number < 0n ? -number : number;
}

function roundedTo([over, under], digits) {
  const scale = 10n ** BigInt(digits);
  const whole = (size(over) * scale * 2n + under) / (2n * under);
  return [over < 0n ? -whole : whole, scale];
}

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

function disagrees(given, answer, { edges }) {
  const [over, under] = fractionOf(given);
  const [digits, scale] = roundedTo(fractionOf(answer), String(under).length - 1);
  if (digits * under !== over * scale) return true;
  return edges.some((edge) => Math.sign(given - edge) !== Math.sign(answer - edge));
}


const codeLists = new Map(policy.facts.filter(({ kind }) => kind === "codes").map((fact) => [fact.id, codeListOf(fact)]));

function codeListOf({ form, system, rows, cells }) {
  const single = new Map();
  const beginning = new Map();
  const ranges = [];
  const put = (map, key, row) => map.set(key, [...(map.get(key) ?? []), row]);
  for (const row of rows) {
    for (const pattern of row.patterns.split(" ")) {
      const [first, last] = pattern.split("-");
      if (pattern.endsWith("*")) put(beginning, pattern.slice(0, -1), row);
      else if (last === undefined) put(single, pattern, row);
      else ranges.push({ first, last, row });
    }
  }
  const cellOf = new Map(cells.map(([cell, sets]) => [sets.join(" "), cell]));
  return { form: new RegExp(`^(?:${form})$`), system, single, beginning, ranges, cellOf };
}

function codeRowsFor({ single, beginning, ranges }, code) {
  const found = [...(single.get(code) ?? [])];
  for (let end = 1; end <= code.length; end += 1) found.push(...(beginning.get(code.slice(0, end)) ?? []));
  for (const { first, last, row } of ranges) {
    if (code >= first && code.slice(0, last.length) <= last) found.push(row);
  }
  return found;
}

function codeStated(fact, text) {
  if (typeof text !== "string") return undefined;
  const list = codeLists.get(fact.id);
  let code = text.trim().toUpperCase();
  if (list.system === "ICD-10-CM" && /^[A-Z][0-9][0-9A-Z]{2,5}$/.test(code)) code = `${code.slice(0, 3)}.${code.slice(3)}`;
  if (!list.form.test(code)) return undefined;
  const turned = code.length > 3 ? `${code.slice(0, 3)}.${code.slice(3)}` : code;
  const other = code.includes(".") ? code.replaceAll(".", "") : turned;
  const meant = list.form.test(other) && codeRowsFor(list, other).length > 0;
  return meant && codeRowsFor(list, code).length === 0 ? undefined : code;
}

function misreadCodes(facts) {
  const found = {};
  for (const fact of policy.facts.filter(({ id }) => codeLists.has(id))) {
    const stated = facts[fact.id]?.including ?? facts[fact.id] ?? [];
    const wrong = Array.isArray(stated) ? stated.filter((text) => codeStated(fact, text) === undefined) : [];
    if (wrong.length > 0) found[fact.id] = wrong.map(String);
  }
  return found;
}

function readCodes(fact, stated, day, whole) {
  const codes = Array.isArray(stated) ? stated.map((text) => codeStated(fact, text)) : [undefined];
  if (codes.includes(undefined)) return undefined;
  const list = codeLists.get(fact.id);
  const cells = codes.map((code) => {
    const rows = codeRowsFor(list, code).filter(({ from, until }) => from <= day && day <= until);
    return list.cellOf.get([...new Set(rows.map(({ set }) => set))].sort((one, other) => one - other).join(" "));
  });
  return { members: new Set(cells.filter((cell) => cell !== undefined)), whole };
}


const NO_VALUE = Symbol("no value");

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

function isRounded({ whole, measure }, answer) {
  const digits = whole ? 0 : (measure?.digits ?? null);
  if (digits === null) return true;
  const [over, under] = fractionOf(answer);
  return (over * 10n ** BigInt(digits)) % under === 0n;
}

function within({ low, high }, point) {
  return low <= point && point <= high ? point : undefined;
}

function monthWithin({ low, high }, month) {
  const first = month === undefined ? Infinity : Math.max(low, month.first);
  return first <= high ? { low: first, high: Math.min(high, month.last), whole: false } : undefined;
}

function isRange(answer) {
  return answer?.low !== undefined;
}

function isExact(number) {
  if (!Number.isFinite(number) || Math.abs(number) > 2 ** 53) return false;
  const exact = Number.isInteger(number) || Number(number.toPrecision(15)) === number;
  return exact && (number === 0 || Math.abs(number) >= 1e-300);
}

function readList(fact, members, whole) {
  const known = Array.isArray(members) && members.every((id) => fact.options.includes(id));
  return known ? { members: new Set(members), whole } : undefined;
}


class Known {
  constructor(given, assumed = new Map()) {
    this.given = given;
    this.assumed = assumed;
  }

  assuming(fact, at) {
    return new Known(this.given, new Map(this.assumed).set(fact, at));
  }

  answered(fact) {
    const answer = this.given.facts.get(fact);
    return this.assumed.has(fact) || (answer !== undefined && answer.whole !== false);
  }

  domain(fact) {
    const answer = this.given.facts.get(fact);
    if (isRange(answer)) return { low: answer.low, high: answer.high };
    return reach(factsById.get(fact), this.given.day);
  }

  mayHaveNone(fact) {
    return factsById.get(fact).none && !this.given.facts.has(fact);
  }

  isOfRange(node) {
    if (this.ofRanges === undefined) {
      const months = [...this.given.facts].filter(([, answer]) => isRange(answer)).map(([fact]) => fact);
      this.ofRanges = new Set();
      for (const each of months.length === 0 ? [] : policy.nodes) {
        const asks = each.kind === "lies" && factsOf(each).some((fact) => months.includes(fact));
        if (asks || children(each).some((child) => this.ofRanges.has(policy.nodes[child]))) this.ofRanges.add(each);
      }
    }
    return this.ofRanges.has(node);
  }

  isAlone(node) {
    return node.alone && !this.isOfRange(node);
  }

  term(term) {
    switch (term.kind) {
      case "answer": {
        const at = this.assumed.get(term.fact) ?? this.given.facts.get(term.fact);
        if (at === undefined || isRange(at)) return { ...this.domain(term.fact), none: this.mayHaveNone(term.fact) };
        return at === NO_VALUE ? at : { low: at, high: at };
      }
      case "constant":
        return { low: term.value, high: term.value };
      case "request date":
        return { low: this.given.day, high: this.given.day };
      case "moved": {
        const moved = this.term(term.of);
        if (moved === NO_VALUE) return moved;
        const [low, high] = [moved.low, moved.high].map((day) => shifted(day, term.duration, term.sign));
        return { low, high, none: moved.none };
      }
      default:
        throw new Error(`no kind of term: ${term.kind}`);
    }
  }

  atom(atom) {
    switch (atom.kind) {
      case "yes": {
        const answer = this.given.facts.get(atom.fact);
        return answer === undefined ? UNKNOWN : truthOf(answer);
      }
      case "includes":
        return includes(this.given.facts.get(atom.fact), atom.options);
      case "lies": {
        const known = this.term(atom.term);
        if (known === NO_VALUE) return FALSE;
        const truth = Math.max(FALSE, ...atom.spans.map((span) => this.within(known, span)));
        return truth === UNKNOWN ? this.onEachDay(atom) : unlessNone(known, truth);
      }
      default:
        throw new Error(`no kind of atom: ${atom.kind}`);
    }
  }

  onEachDay(atom) {
    const isKnownMonth = (fact) => factsById.get(fact).kind === "date" && isRange(this.given.facts.get(fact));
    const month = factsOf(atom).find((fact) => isKnownMonth(fact) && !this.assumed.has(fact));
    if (month === undefined) return UNKNOWN;
    const { low, high } = this.domain(month);
    const found = this.assuming(month, low).atom(atom);
    for (let day = low + 1; day <= high; day++) {
      if (found === UNKNOWN || this.assuming(month, day).atom(atom) !== found) return UNKNOWN;
    }
    return found;
  }

  within(known, { low, high }) {
    return Math.min(this.beyond(known, low, 1), this.beyond(known, high, -1));
  }

  beyond(known, edge, side) {
    if (edge === null) return TRUE;
    const limit = this.term(edge.term);
    if (limit === NO_VALUE) return FALSE;
    const [worst, best] = side === 1 ? [known.low, known.high] : [known.high, known.low];
    const [nearest, farthest] = side === 1 ? [limit.low, limit.high] : [limit.high, limit.low];
    if (passes(worst, farthest, edge.included, side)) return unlessNone(limit, TRUE);
    return passes(best, nearest, edge.included, side) ? UNKNOWN : FALSE;
  }
}

function includes(answer, options) {
  if (answer === undefined) return UNKNOWN;
  if (options.some((option) => answer.members.has(option))) return TRUE;
  return answer.whole ? FALSE : UNKNOWN;
}

function unlessNone(known, truth) {
  return known.none ? Math.min(truth, UNKNOWN) : truth;
}

function passes(at, edge, included, side) {
  if (at === edge) return included;
  return side === 1 ? at > edge : at < edge;
}

function reach(fact, day) {
  const high = fact.high ?? Infinity;
  return { low: fact.low ?? -Infinity, high: fact.latest_request ? Math.min(high, day) : high };
}


function evaluate(known) {
  const truths = [];
  for (const node of policy.nodes) truths.push(nodeTruth(node, known, truths));
  return truths;
}

function nodeTruth(node, known, truths) {
  switch (node.kind) {
    case "yes":
    case "includes":
    case "lies":
      return known.atom(node);
    case "gate":
      return atLeast(node.count, node.of.map((child) => truths[child]));
    case "inverse":
      return negation(truths[node.of[0]]);
    case "shown": {
      const truth = truths[node.of[0]];
      return truth === UNKNOWN ? shown(node, known, truths) : truth;
    }
    default:
      throw new Error(`no kind of node: ${node.kind}`);
  }
}

function shown(node, known, truths) {
  if (!node.exact || known.isOfRange(node)) return agreed(node, known, truths);
  return known.given.complete ? FALSE : UNKNOWN;
}


class TooMuchWork extends Error {}

class Diagrams {
  constructor(work) {
    this.work = work;
    this.questions = new Map();
    this.choices = new Map();
  }

  question(variable, branches) {
    if (branches.every((branch) => branch === branches[0])) return branches[0];
    const key = `${variable}:${branches.map(identity).join()}`;
    if (!this.questions.has(key)) {
      this.spend(branches.length);
      this.questions.set(key, { variable, branches, number: this.questions.size });
    }
    return this.questions.get(key);
  }

  choose(condition, then, otherwise) {
    const made = [];
    const stack = [{ parts: [condition, then, otherwise] }];
    while (stack.length > 0) {
      const { parts, key, first } = stack.pop();
      if (first !== undefined) {
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

  atLeast(count, functions) {
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

  spend(steps) {
    this.work -= steps;
    if (this.work < 0) throw new TooMuchWork();
  }
}

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

function valuesOf(part) {
  if (!isQuestion(part)) return new Set([part]);
  return new Set(questionsOf(part).flatMap((question) => question.branches.filter((branch) => !isQuestion(branch))));
}


const UNBOUNDED = 10 ** 9; // more days than the calendar has

function combinations(facts, atoms, known, diagrams) {
  const optional = facts.filter((fact) => known.mayHaveNone(fact));
  const rows = new Map();
  for (const none of subsetsOf(optional)) {
    const fails = atoms.map((atom) => factsOf(atom).some((fact) => none.includes(fact)));
    const asked = atoms.filter((_, place) => !fails[place]);
    const valued = facts.filter((fact) => !none.includes(fact));
    for (const [row, sure] of ofValues(valued, asked, known, diagrams)) {
      const truths = [...row];
      const whole = fails.map((failing) => (failing ? "0" : truths.shift())).join("");
      rows.set(whole, rows.get(whole) || sure);
    }
  }
  const inOrder = [...rows].sort(([one], [other]) => (one < other ? -1 : 1));
  return inOrder.map(([row, sure]) => ({ truths: [...row].map((truth) => truth === "1"), sure }));
}

function subsetsOf(things) {
  const found = [];
  for (let size = 0; size <= things.length; size++) found.push(...ofSize(things, size));
  return found;
}

function ofSize(things, size) {
  if (size === 0) return [[]];
  return things.flatMap((thing, place) => ofSize(things.slice(place + 1), size - 1).map((rest) => [thing, ...rest]));
}

function ofValues(facts, atoms, known, diagrams) {
  const search = new Search(facts, known);
  const rows = new Map();
  const start = search.start();
  const stack = [{ row: "", clauses: [], loose: start, tight: start }];
  while (stack.length > 0) {
    const { row, clauses, loose, tight } = stack.pop();
    diagrams.spend(facts.length ** 2);
    const atom = atoms[row.length];
    if (clauses.length > 0) {
      for (const bounds of clauses[0]) {
        const still = bounded(loose, bounds, "loose");
        const certain = still === null || tight === null ? null : bounded(tight, bounds, "tight");
        if (still !== null) stack.push({ row, clauses: clauses.slice(1), loose: still, tight: certain });
      }
    } else if (atom === undefined) {
      rows.set(row, rows.get(row) || tight !== null);
    } else {
      stack.push({ row: `${row}0`, clauses: search.clauses(atom, false), loose, tight });
      stack.push({ row: `${row}1`, clauses: search.clauses(atom, true), loose, tight });
    }
  }
  return rows;
}

class Search {
  constructor(facts, known) {
    this.known = known;
    this.variables = new Map(facts.map((fact, place) => [fact, place + 1]));
  }

  start() {
    const numbers = [0, ...this.variables.values()];
    const matrix = numbers.map((row) => numbers.map((column) => (row === column ? 0 : UNBOUNDED)));
    for (const [fact, number] of this.variables) {
      const { low, high } = this.known.domain(fact);
      matrix[number][0] = high;
      matrix[0][number] = -low;
    }
    const bounds = numbers.slice(1).map((number) => ({ later: number, earlier: 0, most: matrix[number][0] }));
    return bounded(matrix, bounds, "most");
  }

  clauses({ term, spans }, truth) {
    const ofSpans = spans.map((span) => sidesOf(span).map(([edge, side]) => this.bound(term, edge, side, truth)));
    return truth ? [ofSpans] : ofSpans.map((outside) => outside.map((bound) => [bound]));
  }

  bound(term, edge, side, inside) {
    const dates = [this.date(edge.term), this.date(term)];
    const [later, earlier] = (side === 1) === inside ? dates : dates.reverse();
    const apart = edge.included === inside ? 0 : 1;
    return {
      later: later.variable,
      earlier: earlier.variable,
      loose: earlier.most - later.least - apart,
      tight: earlier.least - later.most - apart,
    };
  }

  date(term) {
    if (term.kind === "answer" && this.variables.has(term.fact)) {
      return { variable: this.variables.get(term.fact), least: 0, most: 0 };
    }
    if (term.kind === "moved") {
      const { variable, least, most } = this.date(term.of);
      if (variable !== 0) {
        const moved = lengths(term.duration, term.sign).map((days) => term.sign * days);
        return { variable, least: least + Math.min(...moved), most: most + Math.max(...moved) };
      }
    }
    const { low, high } = this.known.term(term);
    return { variable: 0, least: low, most: high };
  }
}

function sidesOf({ low, high }) {
  return [[low, 1], [high, -1]].filter(([edge]) => edge !== null);
}

function bounded(matrix, bounds, most) {
  const closed = matrix.map((row) => [...row]);
  for (const { later, earlier, [most]: days } of bounds) {
    if (days >= closed[later][earlier] && later !== earlier) continue;
    for (const row of closed) {
      const through = row[later] + days;
      closed[earlier].forEach((beyond, column) => {
        if (through + beyond < row[column]) row[column] = through + beyond;
      });
    }
    if (closed.some((row, number) => row[number] < 0)) return null;
  }
  return closed;
}


class Unknowns {
  constructor(numbers, known, diagrams) {
    this.variables = [];
    this.functions = new Map();
    this.known = known;
    this.diagrams = diagrams;
    const isAlone = (number) => known.isAlone(policy.nodes[number]);
    const groups = groupsOf(numbers.filter((number) => !isAlone(number)), known);
    for (const number of numbers) {
      if (isAlone(number)) this.functions.set(number, this.yesOrNo([], number));
      else if (groups.has(number)) this.group(groups.get(number));
    }
  }

  group({ facts, numbers }) {
    const functions = this.ofAtoms(facts, numbers.map((number) => policy.nodes[number]));
    numbers.forEach((number, position) => this.functions.set(number, functions[position]));
  }

  ofAtoms(facts, atoms) {
    switch (atoms[0].kind) {
      case "yes":
        return Array(atoms.length).fill(this.yesOrNo(facts));
      case "includes":
        return this.list(facts, atoms);
      case "lies":
        return this.points(facts, atoms);
      default:
        throw new Error(`no kind of atom: ${atoms[0].kind}`);
    }
  }

  ask(facts, sure, node) {
    return this.variables.push({ facts, sure, node }) - 1;
  }

  yesOrNo(facts, node) {
    return this.diagrams.question(this.ask(facts, [true, true], node), [false, true]);
  }

  list(facts, atoms) {
    const asking = new Map();
    atoms.forEach((atom, position) => {
      for (const option of atom.options) {
        if (!asking.has(option)) asking.set(option, []);
        asking.get(option).push(position);
      }
    });
    this.diagrams.spend(asking.size);
    const parts = atoms.map(() => []);
    for (const positions of new Map([...asking.values()].map((places) => [places.join(), places])).values()) {
      const included = this.yesOrNo(facts);
      for (const position of positions) parts[position].push(included);
    }
    return parts.map((functions) => this.diagrams.atLeast(1, functions));
  }

  points(facts, atoms) {
    const byItself = facts.length === 1 && !atoms.some((atom) => isLinked(atom, facts[0]));
    const rows = byItself ? this.rows(facts[0], atoms) : combinations(facts, atoms, this.known, this.diagrams);
    const variable = this.ask(facts, rows.map(({ sure }) => sure));
    return atoms.map((_, position) => this.diagrams.question(variable, rows.map(({ truths }) => truths[position])));
  }

  rows(fact, atoms) {
    const turns = atoms.flatMap((atom) => this.turns(fact, atom));
    const { whole } = factsById.get(fact);
    const none = this.known.mayHaveNone(fact) ? [NO_VALUE] : [];
    const points = [...samples(turns, this.known.domain(fact), whole), ...none];
    this.diagrams.spend(points.length * atoms.length);
    const rows = new Map();
    for (const point of points) {
      const answered = this.known.assuming(fact, point);
      const truths = atoms.map((atom) => answered.atom(atom) === TRUE);
      const key = truths.map(Number).join("");
      if (!rows.has(key)) rows.set(key, { truths, sure: true });
    }
    return [...rows.values()];
  }

  turns(fact, atom) {
    return edgesOf(atom).flatMap((edge) => {
      const [asked, other] = factsIn(atom.term).includes(fact) ? [atom.term, edge] : [edge, atom.term];
      return factsIn(asked).includes(fact) ? this.reaching(fact, asked, this.known.term(other).low) : [];
    });
  }

  reaching(fact, term, value) {
    if (term.kind === "answer") return [value];
    const { low, high } = this.known.domain(fact);
    const at = (day) => this.known.assuming(fact, day).term(term).low;
    return [firstFrom(low, high + 1, (day) => at(day) >= value), firstFrom(low, high + 1, (day) => at(day) > value)];
  }
}

function firstFrom(low, end, isSo) {
  while (low < end) {
    const middle = Math.floor((low + end) / 2);
    if (isSo(middle)) end = middle;
    else low = middle + 1;
  }
  return low;
}

function samples(turns, { low, high }, whole) {
  const inside = sortedNumbers(turns.filter((turn) => low <= turn && turn <= high));
  if (whole) {
    const near = [low, high, ...inside.flatMap((turn) => [-1, 0, 1].map((step) => Math.floor(turn) + step))];
    const points = near.filter((point) => Number.isFinite(point) && low <= point && point <= high);
    return points.length === 0 ? [0] : sortedNumbers(points);
  }
  const finite = [low, ...inside, high].filter(Number.isFinite);
  const between = finite.slice(1).flatMap((high, place) => answerBetween(finite[place], high));
  return [...new Set([...finite, ...between, ...[low, high].filter((end) => !Number.isFinite(end))])];
}

function sortedNumbers(numbers) {
  return [...new Set(numbers)].sort((one, other) => one - other);
}

function isLinked(atom, fact) {
  return factsIn(atom.term).includes(fact) && edgesOf(atom).some((edge) => factsIn(edge).includes(fact));
}

function groupsOf(numbers, known) {
  const groupOf = new Map();
  numbers.forEach((number, grown) => {
    const own = factsOf(policy.nodes[number]).filter((fact) => !known.answered(fact));
    const before = [...new Set(own.flatMap((fact) => groupOf.get(fact) ?? []))];
    before.sort((one, other) => one.grown - other.grown);
    const facts = [...new Set([...before.flatMap((group) => group.facts), ...own])];
    const group = { facts, numbers: [...before.flatMap((joined) => joined.numbers), number], grown };
    facts.forEach((fact) => groupOf.set(fact, group));
  });
  return new Map([...groupOf.values()].map((group) => [group.numbers[0], group]));
}

function answerBetween(low, high) {
  const middle = low + (high - low) / 2;
  const between = [Number(middle.toPrecision(15)), Math.floor(middle)].filter((point) => low < point && point < high);
  return between.slice(0, 1);
}


function partOf(truths, top) {
  const facts = [];
  const takes = new Map();
  const stack = [top];
  while (stack.length > 0) {
    const number = stack[stack.length - 1];
    const node = policy.nodes[number];
    const below = children(node).filter((child) => truths[child] === UNKNOWN);
    const waiting = below.filter((child) => !takes.has(child));
    if (waiting.length > 0) {
      stack.push(...waiting.reverse());
      continue;
    }
    if (below.length === 0) facts.push(...factsOf(node));
    takes.set(number, takenBy(node, below.map((child) => takes.get(child)), truths));
    stack.pop();
  }
  return { facts, takes: takes.get(top) };
}

function takenBy(node, below, truths) {
  switch (node.kind) {
    case "yes":
    case "includes":
    case "lies":
      return [factsOf(node), factsOf(node)];
    case "gate": {
      const count = missing(node, truths);
      const [fails, meets] = [0, 1].map((answer) => below.map((takes) => takes[answer]));
      return [fewest(fails, below.length - count + 1), fewest(meets, count)];
    }
    case "inverse":
      return [...below[0]].reverse();
    case "shown":
      return below[0];
    default:
      throw new Error(`no kind of node: ${node.kind}`);
  }
}

function fewest(each, count) {
  const chosen = new Set([...each].sort((one, other) => one.length - other.length).slice(0, count));
  return each.filter((facts) => chosen.has(facts)).flat();
}

function factsOfParts(parts) {
  return [...new Set([...parts.values()].flatMap(({ facts }) => facts))];
}

function shortest(top, wanted, parts, diagrams) {
  const order = factsOfParts(parts);
  const ranks = new Map(order.map((fact, rank) => [fact, rank]));
  const queue = new Queue();
  const seen = new Set();
  queue.push({ asked: [], part: comesTo(top, wanted, diagrams), answered: null });
  while (queue.entries.length > 0) {
    const { asked, part, answered } = queue.pop();
    if (part === true) return asked.map((rank) => order[rank]);
    if (part === false) continue;
    const { facts, takes } = parts.get(part.variable);
    const paid = answered === facts;
    const state = `${part.number} ${paid}`;
    if (seen.has(state)) continue;
    seen.add(state);
    diagrams.spend(1);
    const leftOpen = part.branches.reduceRight((rest, branch) => diagrams.choose(branch, rest, false), true);
    queue.push({ asked, part: leftOpen, answered });
    part.branches.forEach((branch, answer) => {
      const more = paid ? [] : takes[answer].map((fact) => ranks.get(fact));
      queue.push({ asked: [...asked, ...more], part: branch, answered: facts });
    });
  }
  return [];
}

function comesTo(top, wanted, diagrams) {
  const made = new Map();
  const of = (branch) => (isQuestion(branch) ? made.get(branch) : branch === wanted);
  for (const question of questionsOf(top).sort((one, other) => other.variable - one.variable)) {
    made.set(question, diagrams.question(question.variable, question.branches.map(of)));
  }
  return of(top);
}

class Queue {
  constructor() {
    this.entries = [];
    this.pushed = 0;
  }

  push(state) {
    const entry = { ...state, number: this.pushed++ };
    let place = this.entries.push(entry) - 1;
    for (; place > 0; place = (place - 1) >> 1) {
      const above = this.entries[(place - 1) >> 1];
      if (!isBefore(entry, above)) break;
      this.entries[place] = above;
    }
    this.entries[place] = entry;
  }

  pop() {
    const [first] = this.entries;
    const last = this.entries.pop();
    if (last === first) return first;
    let place = 0;
    for (;;) {
      let below = 2 * place + 1;
      if (below + 1 < this.entries.length && isBefore(this.entries[below + 1], this.entries[below])) below++;
      if (below >= this.entries.length || !isBefore(this.entries[below], last)) break;
      this.entries[place] = this.entries[below];
      place = below;
    }
    this.entries[place] = last;
    return first;
  }
}

function isBefore(one, other) {
  if (one.asked.length !== other.asked.length) return one.asked.length < other.asked.length;
  const place = one.asked.findIndex((rank, n) => rank !== other.asked[n]);
  return place < 0 ? one.number < other.number : one.asked[place] < other.asked[place];
}


const MOST_WORK = 40000; // steps on one question of one case

function agreed(node, known, truths) {
  const [asked] = node.of;
  const found = withinLimit(() => {
    const restricting = new Restricting(known, truths, [asked]);
    return { restricting, decides: restricting.function(asked) };
  });
  if (found === undefined) return UNKNOWN;
  const { restricting, decides } = found;
  if (!isQuestion(decides)) return truthOf(decides);
  return known.given.complete && restricting.surelyFails(decides) ? FALSE : UNKNOWN;
}

function remaining({ rules, otherwise }, known, truths) {
  const tops = rules.map((rule) => rule.node);
  const found = withinLimit(() => {
    const restricting = new Restricting(known, truths, tops);
    const decides = rules.reduceRight(
      (rest, rule) => restricting.diagrams.choose(restricting.function(rule.node), rule.outcome, rest),
      otherwise,
    );
    return { variables: restricting.variables, decides };
  });
  if (found === undefined) {
    const outcomes = new Set([otherwise, ...rules.map((rule) => rule.outcome)]);
    const asked = openLeaves(truths, tops, () => false).flatMap((number) => factsOf(policy.nodes[number]));
    const facts = [...new Set(asked.filter((fact) => !known.answered(fact)))];
    return { outcomes, needed: facts, may: new Set(facts), ways: [], workedOut: false };
  }
  const { variables, decides } = found;
  const ranks = sortedNumbers(questionsOf(decides).map((question) => question.variable));
  const parts = new Map(ranks.map((rank) => [rank, partOfVariable(variables[rank], truths)]));
  return {
    outcomes: valuesOf(decides),
    needed: factsOfParts(parts),
    may: new Set(ranks.map((rank) => variables[rank].facts).filter((facts) => facts.length > 1).flat()),
    ways: waysOf(decides, parts),
    workedOut: true,
  };
}

function partOfVariable({ facts, sure, node }, truths) {
  return node === undefined ? { facts, takes: sure.map(() => facts) } : partOf(truths, node);
}

function waysOf(decides, parts) {
  const possible = valuesOf(decides);
  if (possible.size === 1) return [];
  return policy.outcomes.filter((outcome) => possible.has(outcome)).flatMap((outcome) => {
    const facts = withinLimit(() => shortest(decides, outcome, parts, new Diagrams(MOST_WORK)));
    return facts === undefined ? [] : [{ outcome, facts }];
  });
}

function openLeaves(truths, tops, standsForAll) {
  const found = [];
  const seen = new Set();
  const stack = [...tops].reverse();
  while (stack.length > 0) {
    const number = stack.pop();
    if (seen.has(number) || truths[number] !== UNKNOWN) continue;
    seen.add(number);
    const node = policy.nodes[number];
    const below = standsForAll(node) ? [] : children(node);
    if (below.length === 0) found.push(number);
    stack.push(...[...below].reverse());
  }
  return found;
}

class Restricting {
  constructor(known, truths, tops) {
    this.diagrams = new Diagrams(MOST_WORK);
    const unknowns = new Unknowns(openLeaves(truths, tops, (node) => known.isAlone(node)), known, this.diagrams);
    this.variables = unknowns.variables;
    this.functions = unknowns.functions;
    this.truths = truths;
  }

  function(top) {
    const stack = [top];
    while (stack.length > 0) {
      const number = stack[stack.length - 1];
      const below = this.functions.has(number) ? [] : this.open(number);
      const waiting = below.filter((child) => !this.functions.has(child));
      if (waiting.length > 0) stack.push(...waiting.reverse());
      else {
        if (!this.functions.has(number)) this.functions.set(number, this.made(number));
        stack.pop();
      }
    }
    return this.functions.get(top);
  }

  open(number) {
    if (this.truths[number] !== UNKNOWN) return [];
    return children(policy.nodes[number]).filter((child) => this.truths[child] === UNKNOWN);
  }

  made(number) {
    const node = policy.nodes[number];
    if (this.truths[number] !== UNKNOWN) return this.truths[number] === TRUE;
    switch (node.kind) {
      case "gate": {
        const functions = this.open(number).map((child) => this.functions.get(child));
        return this.diagrams.atLeast(missing(node, this.truths), functions);
      }
      case "inverse":
        return this.diagrams.negation(this.functions.get(node.of[0]));
      case "shown":
        return this.functions.get(node.of[0]);
      default:
        throw new Error(`no function of a node: ${node.kind}`);
    }
  }

  surelyFails(top) {
    const seen = new Set();
    const stack = [top];
    while (stack.length > 0) {
      const part = stack.pop();
      if (part === false) return true;
      if (!isQuestion(part) || seen.has(part)) continue;
      seen.add(part);
      stack.push(...part.branches.filter((_, answer) => this.variables[part.variable].sure[answer]));
    }
    return false;
  }
}


const lists = policy.lists ?? [];
const furtherRows = new Map(lists.flatMap(({ id, further }) => further.map((one) => [one.fact, { ...one, list: id }])));

function unrolledCase(stated) {
  const facts = { ...stated.facts };
  for (const { id, slots, further } of lists) {
    const answer = facts[id];
    const none = answer?.none === true;
    const rows = none ? [] : Array.isArray(answer) ? answer : (answer?.including ?? []);
    if (rows.length > slots) throw new RangeError(`more than ${slots} rows of ${id}`);
    delete facts[id];
    for (let slot = 1; slot <= slots; slot += 1) {
      const row = rows[slot - 1] ?? null;
      facts[`${id}#${slot}`] = row !== null;
      for (const [name, value] of Object.entries(row ?? {})) facts[`${id}#${slot}.${name}`] = value;
    }
    if (none || Array.isArray(answer)) for (const { fact } of further) facts[fact] = false;
  }
  return { ...stated, facts };
}

function toldOfRows(found, flat, decideFlat) {
  if (lists.length === 0) return found;
  const given = readCase(flat);
  const further = found.needed.filter((fact) => furtherRows.has(fact));
  const asked = further.flatMap((fact) => furtherRows.get(fact).beside).flatMap((fact) => inRows(fact, given));
  const beside = [...new Set(asked)].filter((fact) => isOpen(given.facts.get(fact)));
  const needed = reported([...found.needed, ...askedFor(beside, given)]);
  const unsure = further.filter((fact) => isUnsure(fact, further));
  const may = new Set([...found.may_matter, ...unsure]);
  if (unsure.length > 0) {
    const closed = Object.fromEntries([...furtherRows.keys()].map((fact) => [fact, false]));
    const certain = decideFlat({ ...flat, facts: { ...flat.facts, ...closed } }).needed;
    for (const fact of found.needed) if (!certain.includes(fact)) may.add(fact);
  }
  const certainly = new Set(reported(found.needed.filter((fact) => !may.has(fact))));
  return {
    ...found,
    needed,
    may_matter: needed.filter((fact) => !certainly.has(fact)),
    ways: found.ways.map((way) => ({ ...way, facts: reported(way.facts) })),
  };
}

function inRows(fact, { facts }) {
  const [of, name] = fact.split(".");
  if (name === undefined) return [fact];
  const rows = Array.from({ length: lists.find(({ id }) => id === of).slots }, (_, at) => `${of}#${at + 1}`);
  return rows.filter((row) => facts.get(row) === true).map((row) => `${row}.${name}`);
}

function reported(facts) {
  return [...new Set(facts.map((fact) => furtherRows.get(fact)?.list ?? fact))];
}

function isUnsure(fact, further) {
  const { list, criterion, free } = furtherRows.get(fact);
  return !free || further.some((other) => furtherRows.get(other).list === list && furtherRows.get(other).criterion !== criterion);
}

function isOpen(answer) {
  return answer === undefined || answer?.whole === false;
}


const MORE_INFORMATION = "more information needed";
const NOT_DECIDED = "not decided";

function determine(stated) {
  const flat = unrolledCase(stated);
  return toldOfRows(determineFlat(flat), flat, determineFlat);
}

function determineFlat(stated) {
  const given = readCase(stated);
  const shown = evaluate(new Known(given));
  const decision = decisions.get(given.request);
  const { outcome, truths, needed, may, ways } = outcomeOf(decision, given, shown);
  const { labels, alternatives } = restingOn(decision, outcome, truths);
  const standing = policy.criteria.filter((criterion) => truths[criterion.in_force] === TRUE);
  return {
    outcome,
    clauses: labels,
    alternatives,
    classifications: Object.fromEntries(policy.classifications.map(({ name, node }) => [name, WORDS[shown[node]]])),
    needed: askedFor(needed, given),
    may_matter: askedFor(needed, given).filter((fact) => uncertain(needed, may).has(fact)),
    ways: ways.map((way) => ({ ...way, facts: givenFor(way.facts, given) })),
    measures: Object.fromEntries(measures.map(({ id }) => [id, measured(given, id)])),
    granted: grantedUnder(decision, outcome, truths),
    codes: listedCodes(given),
    misread: misreadCodes(stated.facts || {}),
    criteria: Object.fromEntries(standing.map((criterion) => [criterion.id, WORDS[truths[criterion.truth]]])),
  };
}

function measured({ facts, problems, alone }, id) {
  const value = alone.has(id) || !isKnown(id, { facts, alone }) ? undefined : facts.get(id);
  return { value: typeof value === "number" ? value : null, problem: problems.get(id) ?? null, settled: facts.has(id) && !isRange(facts.get(id)) };
}

function outcomeOf(decision, given, shown) {
  const decided = { ...decide(decision, new Known(given), shown), truths: shown };
  const isExact = decision.exact && ![...given.facts.values()].some(isRange);
  if (!given.complete || isExact) return decided;
  const open = new Known({ ...given, complete: false });
  const truths = evaluate(open);
  const opened = decide(decision, open, truths);
  if (!opened.workedOut) return { ...decided, outcome: NOT_DECIDED };
  const otherwise = opened.outcome !== MORE_INFORMATION && opened.outcome !== decided.outcome;
  return otherwise ? { ...opened, truths } : decided;
}

function decide(decision, known, truths) {
  const settled = (outcome) => ({ outcome, needed: [], may: new Set(), ways: [], workedOut: true });
  const possible = possibleOutcomes(decision, truths);
  if (possible.length === 1) return settled(possible[0]);
  if (known.given.complete) return settled(NOT_DECIDED);
  const { outcomes, needed, may, ways, workedOut } = remaining(decision, known, truths);
  if (outcomes.size === 1) return settled([...outcomes][0]);
  const first = ways.length > 0 ? ways[0].facts : [];
  return { outcome: MORE_INFORMATION, needed: [...new Set([...first, ...needed])], may, ways, workedOut };
}

function possibleOutcomes({ rules, otherwise }, truths) {
  const before = untilMet(rules, truths);
  const open = before.filter((rule) => truths[rule.node] === UNKNOWN).map((rule) => rule.outcome);
  return [...new Set([...open, before.length < rules.length ? rules[before.length].outcome : otherwise])];
}

function untilMet(rules, truths) {
  const met = rules.findIndex((rule) => truths[rule.node] === TRUE);
  return met < 0 ? rules : rules.slice(0, met);
}

function restingOn({ rules, otherwise, unmet, label }, outcome, truths) {
  const cited = (asked, wanted) =>
    asked.filter((rule) => truths[rule.node] === wanted).flatMap((rule) => cite(rule.cited, wanted, truths));
  if (outcome === MORE_INFORMATION || outcome === NOT_DECIDED) {
    return { labels: [...new Set(cited(untilMet(rules, truths), UNKNOWN))], alternatives: false };
  }
  const same = rules.filter((rule) => rule.outcome === outcome);
  const met = [...new Set(cited(same, TRUE))];
  if (met.length > 0) return { labels: met, alternatives: false };
  const rest = otherwise === outcome && truths[unmet] !== FALSE && label !== "" ? [label] : [];
  const labels = [...new Set([...cited(same, UNKNOWN), ...rest])];
  return { labels, alternatives: labels.length > 1 };
}

function grantedUnder({ rules }, outcome, truths) {
  const same = rules.filter((rule) => rule.outcome === outcome && truths[rule.node] !== FALSE);
  const met = same.filter((rule) => truths[rule.node] === TRUE);
  const resting = met.length > 0 ? met : same;
  if (resting.every((rule) => rule.granted === undefined)) return [];
  return resting.map(({ cited, granted }) => ({ clause: cited.label, words: granted ?? ["without limits"] }));
}

function cite({ label, below }, wanted, truths) {
  const found = below.filter(({ node }) => truths[node] === wanted).flatMap((one) => cite(one, wanted, truths));
  return found.length > 0 ? found : [label];
}

function listedCodes(given) {
  const labels = new Map(policy.codes.map((listed) => [listed.code, listed.label]));
  return Object.fromEntries(given.codes.map((code) => [code, labels.has(code) ? labels.get(code) : null]));
}

return { policy, determine };
}

globalThis.cdispec = { load };
})();
