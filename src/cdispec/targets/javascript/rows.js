// Lists of rows: core/unroll.py and determine/rows.py. The policy has as many rows of each list as a form takes; a row
// that was removed is null, so that the others keep their numbers.

const lists = policy.lists ?? [];
const furtherRows = new Map(lists.flatMap(({ id, further }) => further.map((one) => [one.fact, { ...one, list: id }])));

// A case with rows as one of the policy with so many rows.
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

// The determination of the policy with so many rows, told of the lists that the case has.
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

// A field in each row that there is; any other fact.
function inRows(fact, { facts }) {
  const [of, name] = fact.split(".");
  if (name === undefined) return [fact];
  const rows = Array.from({ length: lists.find(({ id }) => id === of).slots }, (_, at) => `${of}#${at + 1}`);
  return rows.filter((row) => facts.get(row) === true).map((row) => `${row}.${name}`);
}

// Facts as results name them, each once: a field of a row, or the list of which there may be further rows.
function reported(facts) {
  return [...new Set(facts.map((fact) => furtherRows.get(fact)?.list ?? fact))];
}

// Whether it is not certain what further rows can be: several criteria ask for them, or one by more than its own fields.
function isUnsure(fact, further) {
  const { list, criterion, free } = furtherRows.get(fact);
  return !free || further.some((other) => furtherRows.get(other).list === list && furtherRows.get(other).criterion !== criterion);
}

function isOpen(answer) {
  return answer === undefined || answer?.whole === false;
}
