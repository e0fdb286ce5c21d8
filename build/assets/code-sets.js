"use strict";

// On the page of codes: finds rows of code sets by a code, by how it begins, or by words of what it is. The sets stand in a
// script of their own, which is loaded when the look-up is first used; of what is found the page holds a few rows only.
(() => {
  const SHOWN = 50;

  const form = document.getElementById("_lookup");
  if (form === null) return;
  const field = document.getElementById("_wanted");
  const told = document.getElementById("_matches");
  const list = document.getElementById("_rows");
  let rows = null;
  let asked = false;

  // Each row once, with all in lower case that is searched.
  function read(sets) {
    return sets.flatMap((set) =>
      set.rows.split("\n").map((line) => {
        const [pattern, words, from, until] = line.split("\t");
        const [first, last] = pattern.split("-");
        return { set, pattern, first, last, words, from, until, folded: words.toLowerCase() };
      }),
    );
  }

  // How well a row answers what is typed: the code itself, a pattern that stands for it, a code that begins so, words.
  function rank(row, code, words) {
    if (row.pattern === code) return 0;
    if (stands(row, code)) return 1;
    if (row.pattern.startsWith(code)) return 2;
    return words.length > 0 && words.every((word) => row.folded.includes(word)) ? 3 : -1;
  }

  function stands({ pattern, first, last }, code) {
    if (pattern.endsWith("*")) return code.startsWith(pattern.slice(0, -1));
    return last !== undefined && code >= first && code.slice(0, last.length) <= last;
  }

  function find() {
    const code = field.value.trim().toUpperCase();
    if (code === "" || rows === null) {
      told.textContent = code === "" ? "" : "The codes are being loaded.";
      list.replaceChildren();
      return;
    }
    // One letter stands in nearly all words.
    const words = field.value.toLowerCase().split(/\s+/).filter((word) => word.length > 2);
    const found = [[], [], [], []];
    for (const row of rows) {
      const place = rank(row, code, words);
      if (place >= 0) found[place].push(row);
    }
    const all = found.flat();
    const more = all.length > SHOWN ? `; the first ${SHOWN} are shown` : "";
    told.textContent = all.length === 0 ? `No code set has ${code}.` : `${all.length} ${all.length === 1 ? "row" : "rows"} found${more}.`;
    list.replaceChildren(...all.slice(0, SHOWN).map(item));
  }

  function item({ set, pattern, words, from, until }) {
    const made = element("li");
    const days = [from && `from ${from}`, until && `until ${until}`].filter(Boolean).join(" ");
    made.append(element("strong", pattern), words === "" ? "" : ` ${words}`, days === "" ? "" : ` (${days})`);
    for (const policy of set.policies) {
      const place = element("p");
      place.append(link(policy.title, policy.page), ` ${[policy.number, policy.state].filter(Boolean).join(", ")}`);
      for (const [label, address] of policy.clauses) place.append(", ", link(label, address));
      place.append(`, set ${set.name}`);
      made.append(place);
    }
    return made;
  }

  // Text is set as text, so that no word of a file can be markup.
  function element(name, text = "") {
    const made = document.createElement(name);
    made.textContent = text;
    return made;
  }

  function link(text, address) {
    const made = element("a", text);
    made.href = address;
    return made;
  }

  function load() {
    if (asked) return;
    asked = true;
    const script = document.createElement("script");
    script.src = form.dataset.index;
    script.addEventListener("load", () => {
      rows = read(globalThis.cdispecCodes);
      find();
    });
    script.addEventListener("error", () => {
      told.textContent = "The codes could not be loaded.";
    });
    document.head.append(script);
  }

  form.hidden = false;
  field.addEventListener("focus", load);
  field.addEventListener("input", () => {
    load();
    find();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
})();
