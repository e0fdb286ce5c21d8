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
