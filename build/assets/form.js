// The form of a checklist: asks what the page names, reads the answers, has the engine determine them by the data of the
// policy, and tells what it says.
//
// Nothing is sent or stored. Words reach the page as text only. An answer that is missing or can be none stays unknown,
// which is never "no".

"use strict";

(() => {
  // Why a measure cannot be what the other answers make of it.
  const PROBLEMS = {
    "divided by 0": "It cannot be worked out, for it would be divided by 0",
    "not exact": "Worked out, it has more digits than can be compared exactly",
    "out of bounds": "Worked out from the other answers, it is out of its bounds",
    "given otherwise": "Worked out from the other answers, it is another number",
  };

  const MONTHS = "January February March April May June July August September October November December".split(" ");

  const form = document.querySelector("form[data-request]");
  const { cdispec, cdispecPolicy } = globalThis;
  if (form === null || cdispec === undefined || cdispecPolicy === undefined) return;

  const { policy, determine } = cdispec.load(cdispecPolicy);
  const facts = new Map(policy.facts.map((fact) => [fact.id, fact]));
  const lists = new Map((policy.lists ?? []).map((list) => [list.id, list]));
  const containers = [...form.querySelectorAll("[data-list]")];
  // Rows of lists come and go, and with them the questions of their fields.
  const questions = () => [...form.querySelectorAll("[data-fact]")];
  const part = (name, within = form) => within.querySelector(`[data-${name}]`);
  const status = part("outcome");
  const dateInput = form.elements.date;

  // The page says which facts are asked, and in which order; how each is asked follows from its kind.
  function ask(question) {
    const { id, question: words, ...fact } = facts.get(question.dataset.fact);
    question.id = `question-${id}`;
    question.setAttribute("aria-describedby", `mark-${id} problem-${id}`);
    question.append(
      element("legend", words, { id: `legend-${id}` }),
      ...(fact.decided_by ? [decidedBy(fact.decided_by)] : []),
      ...(fact.measure?.beside ? [] : inputs(id, fact)),
      ...(fact.measure ? [element("p", "", { class: "hint", id: `measure-${id}`, "aria-live": "polite" })] : []),
      element("p", "", { class: "mark", id: `mark-${id}` }),
      element("p", "", { class: "problem", id: `problem-${id}`, "aria-live": "polite" }),
    );
  }

  // A list is asked row by row: a row is added, filled in and removed, and keeps its number.
  function askList(container) {
    const { id, question: words } = lists.get(container.dataset.list);
    container.id = `question-${id}`;
    container.setAttribute("aria-describedby", `mark-${id}`);
    const whole = choice("checkbox", "These are all: there are no others", { "data-whole": "" });
    whole.className = "whole";
    container.append(
      element("legend", words, { id: `legend-${id}` }),
      element("div", "", { class: "rows", "data-rows": "" }),
      element("button", "Add a row", { type: "button", "data-add": "" }),
      whole,
      element("p", "", { class: "mark", id: `mark-${id}` }),
      element("p", "", { class: "problem", id: `problem-${id}`, "aria-live": "polite" }),
    );
  }

  function rowsOf(container) {
    return [...part("rows", container).children];
  }

  function addRow(container) {
    const { id, slots, fields } = lists.get(container.dataset.list);
    const taken = rowsOf(container).map((row) => Number(row.dataset.row));
    const slot = Array.from({ length: slots }, (_, n) => n + 1).find((number) => !taken.includes(number));
    tell(document.getElementById(`problem-${id}`), slot === undefined ? `This form takes ${slots} rows.` : "");
    if (slot === undefined) return;
    const row = element("fieldset", "", { class: "row", "data-row": slot });
    row.append(element("legend", `Number ${slot}`));
    for (const name of fields) {
      const question = element("fieldset", "", { class: "question", "data-fact": `${id}#${slot}.${name}` });
      row.append(question);
      ask(question);
    }
    row.append(element("button", `Remove number ${slot}`, { type: "button", "data-remove": "" }));
    part("rows", container).append(row);
    focusOn(row.querySelector("[data-fact]"));
  }

  function removeRow(row) {
    const container = row.closest("[data-list]");
    row.remove();
    tell(document.getElementById(`problem-${container.dataset.list}`), "");
    container.querySelector("[data-add]").focus();
  }

  // The rows of a list as a case states them, each at its number; undefined where nothing is known of the list.
  function rowsIn(container) {
    const { fields } = lists.get(container.dataset.list);
    const rows = [];
    for (const row of rowsOf(container)) {
      const asked = [...row.querySelectorAll("[data-fact]")];
      const answers = asked.map((question, n) => [fields[n], answerTo(question)]);
      rows[row.dataset.row - 1] = Object.fromEntries(answers.filter(([, answer]) => answer !== undefined));
    }
    const listed = Array.from(rows, (row) => row ?? null);
    if (part("whole", container).checked) return listed;
    return listed.length > 0 ? { including: listed } : undefined;
  }

  // Under which document a question is decided elsewhere.
  function decidedBy({ name, link }) {
    const hint = element("p", "As decided under ", { class: "hint" });
    hint.append(link === "" ? name : element("a", name, { href: link }));
    return hint;
  }

  function inputs(id, { kind, options, names, unit, low, high, whole, none }) {
    const told = { "aria-labelledby": `legend-${id}`, "aria-describedby": `problem-${id}` };
    const one = (value, name) => choice("radio", name, { name: `fact.${id}`, value, ...(value === "" && { checked: "" }) });
    const lacking = (type, beside) => (none ? [choice(type, sentence(none), { ...beside, "data-none": "" })] : []);
    switch (kind) {
      case "yes-no":
        return [one("yes", "yes"), one("no", "no"), one("", "not known")];
      case "one of":
        return [...options.map((option, n) => one(option, names[n])), ...lacking("radio", { name: `fact.${id}` }), one("", "not known")];
      case "number": {
        const bounds = { ...(low !== null && { min: low }), ...(high !== null && { max: high }) };
        const named = { ...told, "aria-labelledby": `legend-${id} unit-${id}` };
        const label = element("label");
        label.append(
          element("input", "", { type: "number", step: whole ? 1 : "any", ...bounds, "data-unit": unit, ...named }),
          " ",
          element("span", unit, { id: `unit-${id}` }),
        );
        return [label, ...lacking("checkbox"), forgetting()];
      }
      case "date": {
        const label = element("label", "or only its month, such as June 2024: ", { id: `month-${id}` });
        const named = { ...told, "aria-labelledby": `legend-${id} month-${id}` };
        label.append(element("input", "", { type: "text", size: 16, "data-month": "", ...named }));
        return [element("input", "", { type: "date", min: dateInput.min, max: dateInput.max, ...told }), label, ...lacking("checkbox"), forgetting()];
      }
      case "set of": {
        const box = element("div", "", { class: "options" });
        box.append(...options.map((value, n) => choice("checkbox", names[n], { value })));
        const whole = choice("checkbox", "The list is complete: there are no others", { "data-whole": "" });
        whole.className = "whole";
        return [box, whole, forgetting()];
      }
      default:
        throw new Error(`no kind of fact: ${kind}`);
    }
  }

  function choice(type, name, attributes) {
    const label = element("label");
    label.append(element("input", "", { type, ...attributes }), ` ${name}`);
    return label;
  }

  function forgetting() {
    return element("button", "Not known", { type: "button", "data-forget": "" });
  }

  // Why an input holds no answer, or "". A browser gives no value at all for what it cannot read.
  function problemOf(input) {
    const { validity, min, max, type } = input;
    const edge = (bound) => (type === "date" ? bound : `${bound} ${input.dataset.unit.replace(bound === "1" ? /s$/ : /$/, "")}`);
    if (validity.badInput) return type === "date" ? "This is not a complete date" : "This is not a number";
    if (validity.rangeUnderflow) return `The answer is at least ${edge(min)}`;
    if (validity.stepMismatch) return "The answer is a whole number";
    if (validity.rangeOverflow) return `The answer is at most ${edge(max)}`;
    return type === "number" && !isExact(input) ? "This number has more digits than can be compared exactly" : "";
  }

  // The month that a text states, as in June 2024, as a case states it; undefined where it states none.
  function monthIn(text) {
    const parts = /^\s*([a-z]+)\s+(\d{4})\s*$/i.exec(text);
    const number = parts === null ? 0 : MONTHS.findIndex((name) => name.toLowerCase() === parts[1].toLowerCase()) + 1;
    return number === 0 || parts[2] === "0000" ? undefined : `${parts[2]}-${String(number).padStart(2, "0")}`;
  }

  // Why the place for a month holds none, or "". Of a date that is not after `max` its month does not begin after it.
  function problemOfMonth({ value }, { max }) {
    const month = monthIn(value);
    if (month === undefined) return "This is not a month such as June 2024";
    return `${month}-01` > max ? `The answer is at most ${max}` : "";
  }

  // Whether a number has no more digits than are compared exactly: 15, or those of a whole number up to 2^53.
  function isExact({ value, valueAsNumber }) {
    if (value === "") return true;
    const size = Math.abs(valueAsNumber);
    const digits = value.replace(/e.*$/i, "").replace(/\D/g, "").replace(/^0+|0+$/g, "");
    return size <= 2 ** 53 && digits.length <= Math.max(15, String(Math.trunc(size)).length);
  }

  function tellProblem(input, place, problem) {
    input.setAttribute("aria-invalid", problem === "" ? "false" : "true");
    tell(place, problem === "" ? "" : `${problem}; this entry counts as not known.`);
  }

  // Text is set where it changes only, so that it is not read aloud again.
  function tell(element, text) {
    if (element.textContent !== text) element.textContent = text;
  }

  // The answer to a question as a case states it, or undefined where it is not known.
  function answerTo(question) {
    const { id, kind } = facts.get(question.dataset.fact);
    if (part("none", question)?.checked) return { none: true };
    switch (kind) {
      case "yes-no": {
        const { value } = question.querySelector("input:checked");
        return value === "" ? undefined : value === "yes";
      }
      case "one of":
        return question.querySelector("input:checked").value || undefined;
      case "set of":
        return listIn(question);
      case "number": {
        const input = question.querySelector("input");
        return input !== null && isUsable(input, id, problemOf(input)) ? input.valueAsNumber : undefined;
      }
      case "date": {
        const [input, month] = [question.querySelector("input"), part("month", question)];
        const [said, other] = month.value === "" ? [input, month] : [month, input];
        other.setAttribute("aria-invalid", "false");
        if (!isUsable(said, id, said === month ? problemOfMonth(month, input) : problemOf(input))) return undefined;
        return said === month ? monthIn(month.value) : input.value;
      }
      default:
        throw new Error(`no kind of fact: ${kind}`);
    }
  }

  // Whether an input holds an answer; a problem with it is told.
  function isUsable(input, id, problem) {
    tellProblem(input, document.getElementById(`problem-${id}`), problem);
    return problem === "" && input.value !== "";
  }

  // The options that are ticked: the whole list where it is said to be complete, otherwise members of it.
  function listIn(question) {
    const ticked = [...question.querySelectorAll(".options input:checked")].map((input) => input.value);
    if (part("whole", question).checked) return ticked;
    return ticked.length > 0 ? { including: ticked } : undefined;
  }

  // The case that the form states, without its date.
  function stated() {
    const alone = questions().filter((question) => question.closest("[data-list]") === null);
    const answers = alone.map((question) => [question.dataset.fact, answerTo(question)]);
    answers.push(...containers.map((container) => [container.dataset.list, rowsIn(container)]));
    return {
      request: form.dataset.request,
      record: form.elements.complete.checked ? "complete" : "open",
      facts: Object.fromEntries(answers.filter(([, answer]) => answer !== undefined)),
    };
  }

  // Which sentence of the page stands in the place of an outcome on a date, or "" where this state decides.
  function elsewhere(date) {
    const { effective, since, until } = form.dataset;
    if (date < effective) return "before-effective";
    if (date < since) return "before";
    return until !== "" && date > until ? "after" : "";
  }

  function update() {
    const problem = problemOf(dateInput);
    tellProblem(dateInput, document.getElementById("problem.date"), problem);
    const date = problem === "" ? dateInput.value : "";
    for (const question of questions()) {
      const { latest_request: isEarly } = facts.get(question.dataset.fact);
      if (isEarly) question.querySelector("input").max = date || dateInput.max;
    }
    const given = stated();
    const instead = date === "" ? "" : elsewhere(date);
    for (const sentence of form.querySelectorAll("[data-when]")) sentence.hidden = sentence.dataset.when !== instead;
    const decides = date !== "" && instead === "";
    part("found").hidden = !decides;
    if (decides) {
      const found = determine({ ...given, date });
      tellFound(found, given);
      tellMeasures(found);
      tellMarks(given, found);
    } else {
      tell(status, date === "" ? "Give the date of the request." : "No determination on this date");
      for (const question of [...questions(), ...containers]) mark(question, "", false);
    }
  }

  function tellFound(found, given) {
    const { outcome, clauses, alternatives, classifications } = found;
    const isOpen = outcome === "more information needed" || outcome === "not decided";
    const words = under(sentence(outcome), ", under ", isOpen ? [] : clauses, alternatives ? "or" : "and");
    // Links within a status that is told anew would lose the focus that a reader has put on them.
    if (status.textContent !== textOf(words)) status.replaceChildren(...words);
    const open = part("open");
    open.replaceChildren(...under("", "Still open: ", isOpen ? clauses : [], "and"));
    open.hidden = open.childNodes.length === 0;
    part("undecided").hidden = outcome !== "not decided";
    const limits = found.granted.map((one) => element("li", `Granted under ${one.clause}: ${one.words.join("; ")}.`));
    part("limits")?.replaceChildren(...limits);
    part("classes").replaceChildren(...Object.entries(classifications).map(([name, truth]) => element("li", classified(name, truth))));
    tellNeeded(found, given);
  }

  // Beside each measure what it is worked out as, or from what.
  function tellMeasures({ measures }) {
    for (const question of questions()) {
      const { id, unit, measure } = facts.get(question.dataset.fact);
      if (measure === undefined) continue;
      const { value, problem } = measures[id];
      const given = answerTo(question);
      const worked = value !== null && value !== given ? `: ${shortened(value, measure.edges)} ${unit}` : measure.beside ? "" : " where it is not given";
      tell(document.getElementById(`measure-${id}`), `Worked out as ${measure.how}${worked}`);
      if (problem !== null && !measure.beside) tellProblem(question.querySelector("input"), document.getElementById(`problem-${id}`), PROBLEMS[problem]);
    }
  }

  // A number as a reader wants it, on its own side of each number with which the policy compares it.
  function shortened(value, edges) {
    for (let digits = 1; digits < 16; digits += 1) {
      const short = Number(value.toFixed(digits));
      const sameSide = edges.every((edge) => Math.sign(short - edge) === Math.sign(value - edge));
      if (sameSide && (short !== 0 || value === 0)) return short === value ? String(value) : `about ${short}`;
    }
    return String(value);
  }

  // The facts of which it is not certain that they could change the outcome have a list of their own.
  function tellNeeded({ needed, may_matter: mayMatter, ways }, given) {
    part("needed").hidden = needed.length === 0;
    tell(part("needed").querySelector("summary"), `Still needed: ${answers(needed.length)}`);
    const shortest = ways.map(({ outcome, facts: asked }) => `${answers(asked.length)} to “${outcome}”`);
    tell(part("ways"), shortest.length === 0 ? "" : `The shortest ways: ${listed(shortest, "and").join("")}.`);
    const list = (name, asked) => {
      part(name).hidden = asked.length === 0;
      part(name).querySelector("ul").replaceChildren(...asked.map((fact) => neededItem(fact, ways, given)));
    };
    list("certain", needed.filter((fact) => !mayMatter.includes(fact)));
    list("uncertain", mayMatter);
  }

  function answers(count) {
    return `${count} ${count === 1 ? "answer" : "answers"}`;
  }

  // Words, and clauses that follow them, as links.
  function under(words, opening, clauses, word) {
    if (clauses.length === 0) return words === "" ? [] : [words];
    return [words + opening, ...listed(clauses.map(clauseLink), word)];
  }

  function textOf(pieces) {
    return pieces.map((piece) => piece.textContent ?? piece).join("");
  }

  // Pieces as a sentence lists them: "a, b and c".
  function listed(pieces, word) {
    return pieces.flatMap((piece, n) => {
      if (n === 0) return [piece];
      return [n === pieces.length - 1 ? ` ${word} ` : ", ", piece];
    });
  }

  // The place of a clause on the page of its policy, as `anchor_of` of the tool names it.
  function anchorOf(label) {
    return label.replace(/[^\p{L}\p{N}_-]+/gu, ".").replace(/^\.+|\.+$/g, "");
  }

  function clauseLink(label) {
    const link = element("a", label);
    link.href = `../index.html#${anchorOf(label)}`;
    return link;
  }

  function classified(name, truth) {
    return `Classified as ${name}: ${{ true: "yes", false: "no", unknown: "not known" }[truth]}`;
  }

  function neededItem(fact, ways, given) {
    const link = element("a", questionOf(fact));
    link.href = `#question-${fact}`;
    const item = element("li");
    const document = facts.get(fact)?.decided_by;
    const elsewhere = document ? `, as decided under ${document.name}` : "";
    item.append(link, elsewhere, lists.has(fact) ? "" : dayWanted(facts.get(fact), answerIn(given, fact)));
    const way = onWays(fact, ways);
    if (way !== "") item.append(element("span", ` (${way})`));
    return item;
  }

  // What is asked of a list, of a fact, or of a field of a row.
  function questionOf(fact) {
    if (lists.has(fact)) return lists.get(fact).question;
    const row = /^.+#(\d+)\./.exec(fact);
    return row === null ? facts.get(fact).question : `Number ${row[1]}: ${facts.get(fact).question}`;
  }

  function answerIn(given, fact) {
    const [, list, slot, name] = /^(.+)#(\d+)\.(.+)$/.exec(fact) ?? [];
    if (list === undefined) return given.facts[fact];
    const rows = given.facts[list];
    return (Array.isArray(rows) ? rows : rows?.including)?.[slot - 1]?.[name];
  }

  // Of a date that is known to a month, that its day is what is wanted.
  function dayWanted({ kind }, answer) {
    if (kind !== "date" || typeof answer !== "string") return "";
    const [year, month] = answer.split("-");
    return ` The day in ${MONTHS[Number(month) - 1]} ${year}`;
  }

  // Of which outcomes a fact is on the shortest way, or "".
  function onWays(fact, ways) {
    const outcomes = ways.filter((way) => way.facts.includes(fact)).map(({ outcome }) => `“${outcome}”`);
    return outcomes.length === 0 ? "" : `on the shortest way to ${listed(outcomes, "and").join("")}`;
  }

  function element(name, text = "", attributes = {}) {
    const made = document.createElement(name);
    made.textContent = text;
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  }

  function sentence(words) {
    return words.charAt(0).toUpperCase() + words.slice(1);
  }

  // Beside each question whether an answer to it could still change the outcome. One that a classification alone asks
  // never could, and has its own heading that says so.
  function tellMarks(given, { needed, may_matter: mayMatter, ways, measures }) {
    for (const question of [...questions(), ...containers]) {
      const fact = question.dataset.fact ?? question.dataset.list;
      if (question.closest(".classifying") !== null) continue;
      if (needed.includes(fact)) {
        const way = onWays(fact, ways);
        const can = mayMatter.includes(fact) ? "may" : "could";
        mark(question, `${can} still change the outcome${way === "" ? "" : `; it is ${way}`}`, false);
      } else if (answerIn(given, fact) !== undefined || measures[fact]?.settled || facts.get(fact)?.measure?.beside) {
        mark(question, "", false);
      } else {
        mark(question, given.record === "complete" ? "is not shown" : "no longer matters", true);
      }
    }
  }

  function mark(question, text, isIdle) {
    tell(document.getElementById(`mark-${question.dataset.fact ?? question.dataset.list}`), text);
    question.classList.toggle("idle", isIdle);
  }

  function forget(question) {
    for (const input of question.querySelectorAll("input")) {
      if (input.type === "checkbox" || input.type === "radio") input.checked = false;
      else input.value = "";
    }
  }

  // Today by the clock of the reader's device, in its own time zone.
  function setToday() {
    const now = new Date();
    const two = (number) => String(number).padStart(2, "0");
    dateInput.value = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  }

  function focusOn(question) {
    (question.querySelector("[data-add]") || question.querySelector("input:checked") || question.querySelector("input")).focus();
  }

  // What is said last holds: a value, a month or that there is none.
  function settle({ target }) {
    const question = target.closest("[data-fact]");
    if (question === null || !["number", "date"].includes(facts.get(question.dataset.fact).kind)) return;
    const none = part("none", question);
    if (target === none && !none.checked) return;
    for (const input of question.querySelectorAll("input")) {
      if (input === target) continue;
      if (input === none) input.checked = false;
      else input.value = "";
    }
  }

  form.addEventListener("input", (event) => {
    settle(event);
    update();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("click", (event) => {
    const forgetting = event.target.closest("[data-forget]");
    const adding = event.target.closest("[data-add]");
    const removing = event.target.closest("[data-remove]");
    const leading = event.target.closest('a[href^="#question-"]');
    if (forgetting !== null) {
      forget(forgetting.closest("[data-fact]"));
      update();
    } else if (adding !== null) {
      addRow(adding.closest("[data-list]"));
      update();
    } else if (removing !== null) {
      removeRow(removing.closest("[data-row]"));
      update();
    } else if (leading !== null) {
      event.preventDefault();
      focusOn(document.getElementById(leading.getAttribute("href").slice(1)));
    } else if (event.target.closest("[data-reset]") !== null) {
      form.reset();
      for (const container of containers) part("rows", container).replaceChildren();
      setToday();
      update();
    }
  });

  for (const question of questions()) ask(question);
  for (const container of containers) askList(container);
  for (const sentenceWithout of document.querySelectorAll("[data-without-script]")) sentenceWithout.hidden = true;
  form.hidden = false;
  // Where the determination stands over the questions, the long list waits until it is asked for.
  part("needed").open = globalThis.matchMedia("(min-width: 60rem)").matches;
  setToday();
  update();
})();
