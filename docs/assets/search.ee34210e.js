"use strict";

// On the index: finds policies by the words of their titles, clauses, conditions, codes and definitions. What is
// searched stands in a script of its own, which is loaded when the search is first used: no server is needed, and
// nothing that is typed leaves the page. All text is set as text, so that no word of a policy can be markup.
(() => {
  const SHOWN = 50;
  const AROUND = 90;
  const WORD = /[\p{L}\p{N}\p{M}]+(?:[-\u2010\u2011][\p{L}\p{N}\p{M}]+)*/gu;
  const HYPHEN = /[-\u2010\u2011]/;

  // How well an entry answers: the first number of its rank.
  const TITLE = 0;
  const EXACT = 1;
  const CLAUSE = 2;
  const TEXT = 3;

  const form = document.getElementById("_search");
  if (!form) return;
  const field = document.getElementById("_query");
  const told = document.getElementById("_told");
  const found = document.getElementById("_found");
  const list = document.getElementById("_policies");

  // Folding: case, accents and hyphens make no difference.

  function foldWord(word) {
    return word.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  }

  /** Words between spaces, so that " fib" is found where a word begins with it; a compound stands there whole too. */
  function fold(text) {
    const words = [""];
    for (const word of foldWord(text).match(WORD) || []) {
      if (HYPHEN.test(word)) words.push(...word.split(HYPHEN), word.split(HYPHEN).join(""));
      else words.push(word);
    }
    return words.join(" ");
  }

  /** What is typed, as terms that must all be found: a compound by all its parts or as one word. */
  function termsOf(query) {
    return (foldWord(query).match(WORD) || []).map((word) => {
      const parts = word.split(HYPHEN);
      return { parts: parts.map((part) => ` ${part}`), whole: ` ${parts.join("")}` };
    });
  }

  function holds(folded, term) {
    return folded.includes(term.whole) || term.parts.every((part) => folded.includes(part));
  }

  // The index, made once from the data.

  function indexOf(data) {
    const policies = data.policies.map(([title, named, above, state, address, dates]) => ({
      title,
      above,
      state,
      address,
      dates,
      folded: fold(`${title} ${above} ${named}`),
      entries: [],
    }));
    let section = null;
    for (const [of, kind, label, anchor, text] of data.entries) {
      const policy = policies[of];
      const entry = { kind: data.kinds[kind], label, anchor, text, policy, order: policy.entries.length };
      entry.name = fold(label).trim();
      entry.folded = fold(`${label} ${text}`);
      // What a section says first is known of each clause in it: "expectation fibromyalgia" finds the condition.
      section = entry.kind === "section" ? entry : section;
      entry.above = section && section !== entry && section.policy === policy ? section.folded : "";
      policy.entries.push(entry);
    }
    return policies;
  }

  /** The rank of an entry, or null where it does not answer. */
  function rankOf(entry, terms, wanted) {
    const own = terms.map((term) => holds(entry.folded, term));
    if (!own.includes(true)) return null;
    const known = (term) => holds(entry.above, term) || holds(entry.policy.folded, term);
    if (!terms.every((term, n) => own[n] || known(term))) return null;
    if (entry.name === wanted) return EXACT;
    if (entry.kind !== "section") return CLAUSE;
    const title = fold(`${entry.label} ${titleOf(entry)}`);
    return terms.every((term) => holds(title, term)) ? CLAUSE : TEXT;
  }

  /** The policies that answer, best first, each with its entries, best first. */
  function search(policies, query) {
    const terms = termsOf(query);
    const wanted = fold(query).trim();
    const groups = [];
    if (!terms.length) return groups;
    for (const policy of policies) {
      const titled = terms.every((term) => holds(policy.folded, term));
      const hits = [];
      for (const entry of policy.entries) {
        const rank = rankOf(entry, terms, wanted);
        if (rank !== null) hits.push({ entry, rank });
      }
      hits.sort((one, other) => one.rank - other.rank || one.entry.order - other.entry.order);
      if (titled || hits.length) groups.push({ policy, hits, titled, rank: titled ? TITLE : hits[0].rank });
    }
    return groups.sort((one, other) => one.rank - other.rank);
  }

  // Showing.

  function titleOf(entry) {
    return entry.text.slice(0, entry.text.indexOf("\n"));
  }

  function element(name, className, ...content) {
    const made = document.createElement(name);
    if (className) made.className = className;
    made.append(...content);
    return made;
  }

  /** Where a text has words that a term begins: [start, end] of each. */
  function marksOf(text, term) {
    const folded = fold(text);
    const starts = (folded.includes(term.whole) ? [term.whole] : term.parts).map((part) => part.slice(1));
    const begins = (word) => starts.some((start) => foldWord(word).startsWith(start));
    const marks = [];
    for (const { 0: word, index } of text.matchAll(WORD)) {
      if (begins(word.split(HYPHEN).join(""))) {
        marks.push([index, index + word.length]);
        continue;
      }
      let at = index;
      for (const part of word.split(HYPHEN)) {
        if (begins(part)) marks.push([at, at + part.length]);
        at += part.length + 1;
      }
    }
    return marks;
  }

  /** The text around the word that is found most seldom, with all that is found marked. */
  function marked(text, terms) {
    const found = terms.map((term) => marksOf(text, term)).filter((marks) => marks.length);
    found.sort((one, other) => one.length - other.length);
    const marks = found.flat().sort((one, other) => one[0] - other[0]);
    const first = found.length ? found[0][0][0] : 0;
    let start = first > 2 * AROUND ? text.indexOf(" ", first - AROUND) + 1 : 0;
    if (start > first) start = first;
    let end = text.length > first + 3 * AROUND ? text.lastIndexOf(" ", first + 2 * AROUND) : text.length;
    if (end <= first) end = text.length;
    const pieces = [start > 0 ? "… " : ""];
    let at = start;
    for (const [from, to] of marks) {
      if (from < at || to > end) continue;
      pieces.push(text.slice(at, from), element("mark", "", text.slice(from, to)));
      at = to;
    }
    pieces.push(text.slice(at, end), end < text.length ? " …" : "");
    return pieces;
  }

  function hitItem({ entry }, terms) {
    const isSection = entry.kind === "section";
    const name = isSection ? titleOf(entry) : "";
    const text = isSection ? entry.text.slice(name.length + 1) : entry.text;
    const link = element("a", "", ...marked([entry.label, name].filter(Boolean).join(" "), terms));
    if (!link.textContent) link.textContent = entry.policy.title;
    link.href = entry.policy.address + (entry.anchor ? `#${entry.anchor}` : "");
    const kind = element("span", "kind", entry.kind);
    return element("li", "", link, " ", kind, element("br", ""), ...marked(text, terms));
  }

  /** From when the revisions of a policy are in effect, and what that means today. */
  function datesOf({ address, dates: [words, revisions, retired] }) {
    const made = element("p", "", `${words}.`);
    const folder = address.slice(0, address.lastIndexOf("/", address.lastIndexOf("/") - 1) + 1);
    Object.assign(made.dataset, { folder, revisions, retired });
    globalThis.cdispecToday.strengthenDates(made);
    return made;
  }

  function groupOf({ policy, hits }, terms, room) {
    const link = element("a", "", ...marked(policy.title, terms));
    link.href = policy.address;
    const heading = element("h2", "", link);
    if (policy.state) heading.append(" ", element("strong", "status", policy.state));
    const made = element("section", "", heading, element("p", "", ...marked(policy.above, terms)));
    if (policy.dates[0]) made.append(datesOf(policy));
    const items = hits.slice(0, room).map((hit) => hitItem(hit, terms));
    if (items.length) made.append(element("ul", "hits", ...items));
    return made;
  }

  function count(number, one, many) {
    return `${number} ${number === 1 ? one : many}`;
  }

  function show(policies) {
    const query = field.value.trim();
    const terms = termsOf(query);
    list.hidden = terms.length > 0;
    found.replaceChildren();
    if (!terms.length) {
      told.textContent = "";
      return;
    }
    const groups = search(policies, query);
    const total = groups.reduce((sum, group) => sum + group.hits.length, 0);
    let room = SHOWN;
    for (const group of groups) {
      // A policy whose title answers is named even where there is no more room for what it says.
      if (room <= 0 && !group.titled) continue;
      found.append(groupOf(group, terms, room));
      room -= group.hits.length;
    }
    const places = `${count(total, "place", "places")} in ${count(groups.length, "policy", "policies")}`;
    told.textContent = groups.length ? `Found ${places}.` : `Nothing found for “${query}”.`;
    if (total > SHOWN) found.append(element("p", "", `${total - SHOWN} more. Add a word to find fewer.`));
  }

  // Using: the data is loaded when it is first needed.

  let loading = null;

  function load() {
    loading =
      loading ||
      new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = form.dataset.index;
        script.onload = () => resolve(indexOf(globalThis.cdispecSearch));
        script.onerror = reject;
        document.head.append(script);
      });
    return loading;
  }

  /** The address keeps what is searched for, where a browser allows it, so that it can be sent and come back to. */
  function remember() {
    const address = new URL(location.href);
    if (field.value.trim()) address.searchParams.set("q", field.value.trim());
    else address.searchParams.delete("q");
    try {
      history.replaceState(null, "", address);
    } catch {
      // A page from disk has no address of its own to change.
    }
  }

  async function use() {
    remember();
    try {
      show(await load());
    } catch {
      loading = null;
      told.textContent = "The search cannot be loaded: search-data.js is missing beside this page.";
    }
  }

  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  field.addEventListener("focus", () => load().catch(() => {}), { once: true });
  field.addEventListener("input", use);
  const asked = new URLSearchParams(location.search).get("q");
  if (asked) field.value = asked;
  // A browser that comes back to the page fills the field itself, before this event.
  addEventListener("pageshow", () => field.value && use());
})();
