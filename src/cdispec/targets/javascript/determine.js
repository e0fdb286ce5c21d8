// The determination of a case: determine/determination.py.

const MORE_INFORMATION = "more information needed";
const NOT_DECIDED = "not decided";

// What the policy says of a case, as `cdispec schema case` describes one. A fact that the policy does not have, or an
// answer that can be none, is left out; a request that it does not have and a date that is none are a RangeError.
function determine(stated) {
  const flat = unrolledCase(stated);
  return toldOfRows(determineFlat(flat), flat, determineFlat);
}

// The same of a case without rows.
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

// What is known of a measure: the `value` that it is worked out as, or the `problem` with it, else null; and whether it is
// `settled`, for it is given or no number that is still unknown could make a difference.
function measured({ facts, problems, alone }, id) {
  const value = alone.has(id) || !isKnown(id, { facts, alone }) ? undefined : facts.get(id);
  return { value: typeof value === "number" ? value : null, problem: problems.get(id) ?? null, settled: facts.has(id) && !isRange(facts.get(id)) };
}

// The outcome of a case with what it rests on. A complete record is decided by what it shows, unless every answer to its
// unknown facts gives one outcome.
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

// The outcome: that of the first rule that is met, where nothing unknown could decide otherwise. What is needed begins
// with the facts of the first way and goes on in the order of the document.
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

// The outcomes that three-valued logic leaves open.
function possibleOutcomes({ rules, otherwise }, truths) {
  const before = untilMet(rules, truths);
  const open = before.filter((rule) => truths[rule.node] === UNKNOWN).map((rule) => rule.outcome);
  return [...new Set([...open, before.length < rules.length ? rules[before.length].outcome : otherwise])];
}

// The rules before the first that is met.
function untilMet(rules, truths) {
  const met = rules.findIndex((rule) => truths[rule.node] === TRUE);
  return met < 0 ? rules : rules.slice(0, met);
}

// The labels of the clauses an outcome rests on, or of alternatives of which one is so; while it is open, of the clauses
// that leave it open.
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

// The limits in words of each clause that an outcome rests on, or may rest on, where the policy states some. Days are not
// worked out here.
function grantedUnder({ rules }, outcome, truths) {
  const same = rules.filter((rule) => rule.outcome === outcome && truths[rule.node] !== FALSE);
  const met = same.filter((rule) => truths[rule.node] === TRUE);
  const resting = met.length > 0 ? met : same;
  if (resting.every((rule) => rule.granted === undefined)) return [];
  return resting.map(({ cited, granted }) => ({ clause: cited.label, words: granted ?? ["without limits"] }));
}

// What is cited of a rule: its printed alternatives of the wanted truth, or else its own label.
function cite({ label, below }, wanted, truths) {
  const found = below.filter(({ node }) => truths[node] === wanted).flatMap((one) => cite(one, wanted, truths));
  return found.length > 0 ? found : [label];
}

// For each code that the request names, the label of the section that lists it, or null. They decide nothing.
function listedCodes(given) {
  const labels = new Map(policy.codes.map((listed) => [listed.code, listed.label]));
  return Object.fromEntries(given.codes.map((code) => [code, labels.has(code) ? labels.get(code) : null]));
}
