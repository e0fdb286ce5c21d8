// Codes of a case, read into the cells of the sets that they are in on its day.

// What lists of codes are compared with, by fact: single codes, beginnings and ranges, each with its set and days.
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

// The rows that stand for a code, on whatever days.
function codeRowsFor({ single, beginning, ranges }, code) {
  const found = [...(single.get(code) ?? [])];
  for (let end = 1; end <= code.length; end += 1) found.push(...(beginning.get(code.slice(0, end)) ?? []));
  for (const { first, last, row } of ranges) {
    if (code >= first && code.slice(0, last.length) <= last) found.push(row);
  }
  return found;
}

// The code that an answer states, or undefined where it states none: as `read_code` says it.
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

// For each fact of codes what is stated and is no code, so that its answer counts as not known.
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
