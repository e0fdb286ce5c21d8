// The form of a checklist: reads the answers, has the engine determine them by the data of the policy, and tells what it says.
//
// Nothing is sent or stored. Words reach the page as text only. An answer that is missing or can be none stays unknown,
// which is never "no".

"use strict";

(() => {
  const form = document.querySelector("form[data-request]");
  const { cdispec, cdispecPolicy } = globalThis;
  if (form === null || cdispec === undefined || cdispecPolicy === undefined) return;

  const { policy, determine } = cdispec.load(cdispecPolicy);
  const facts = new Map(policy.facts.map((fact) => [fact.id, fact]));
  const questions = [...form.querySelectorAll("[data-fact]")];
  const part = (name, within = form) => within.querySelector(`[data-${name}]`);
  const status = part("outcome");
  const dateInput = form.elements.date;

  // Why an input holds no answer, or "". A browser gives no value at all for what it cannot read.
  function problemOf(input) {
    const { validity, min, max, type } = input;
    const edge = (bound) => (type === "date" ? bound : `${bound} ${input.dataset.unit.replace(bound === "1" ? /s$/ : /$/, "")}`);
    if (validity.badInput) return type === "date" ? "This is no whole date" : "This is no number";
    if (validity.rangeUnderflow) return `The answer is at least ${edge(min)}`;
    if (validity.rangeOverflow) return `The answer is at most ${edge(max)}`;
    return "";
  }

  function tellProblem(input, place, problem) {
    input.setAttribute("aria-invalid", problem === "" ? "false" : "true");
    tell(place, problem === "" ? "" : `${problem}; what stands here counts as not known.`);
  }

  // Text is set where it changes only, so that it is not read aloud again.
  function tell(element, text) {
    if (element.textContent !== text) element.textContent = text;
  }

  // The answer to a question as a case states it, or undefined where it is not known.
  function answerTo(question) {
    const { id, kind } = facts.get(question.dataset.fact);
    switch (kind) {
      case "yes-no": {
        const { value } = question.querySelector("input:checked");
        return value === "" ? undefined : value === "yes";
      }
      case "one of":
        return question.querySelector("input:checked").value || undefined;
      case "set of":
        return listIn(question);
      case "number":
      case "date": {
        const input = question.querySelector("input");
        const problem = problemOf(input);
        tellProblem(input, document.getElementById(`problem-${id}`), problem);
        if (problem !== "" || input.value === "") return undefined;
        return kind === "number" ? input.valueAsNumber : input.value;
      }
      default:
        throw new Error(`no kind of fact: ${kind}`);
    }
  }

  // The options that are ticked: the whole list where it is said to be complete, otherwise members of it.
  function listIn(question) {
    const ticked = [...question.querySelectorAll(".options input:checked")].map((input) => input.value);
    if (part("whole", question).checked) return ticked;
    return ticked.length > 0 ? { including: ticked } : undefined;
  }

  // The case that the form states, without its date.
  function stated() {
    const answers = questions.map((question) => [question.dataset.fact, answerTo(question)]);
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
    const given = stated();
    const problem = problemOf(dateInput);
    tellProblem(dateInput, document.getElementById("problem.date"), problem);
    const date = problem === "" ? dateInput.value : "";
    const instead = date === "" ? "" : elsewhere(date);
    for (const sentence of form.querySelectorAll("[data-when]")) sentence.hidden = sentence.dataset.when !== instead;
    const decides = date !== "" && instead === "";
    part("found").hidden = !decides;
    if (decides) {
      const found = determine({ ...given, date });
      tellFound(found);
      tellMarks(given, found);
    } else {
      tell(status, date === "" ? "Give the date of the request." : "No determination on this date");
      for (const question of questions) mark(question, "", false);
    }
  }

  function tellFound({ outcome, clauses, classifications, needed, settled_by: settledBy }) {
    const isOpen = outcome === "more information needed";
    const words = sentence(outcome);
    // Links within a status that is told anew would lose the focus that a reader has put on them.
    if (status.textContent !== textUnder(words, isOpen ? [] : clauses)) {
      status.replaceChildren(words, ...(isOpen ? [] : under(", under ", clauses)));
    }
    const open = part("open");
    open.replaceChildren(...(isOpen ? under("Still open: ", clauses) : []));
    open.hidden = open.childNodes.length === 0;
    part("classes").replaceChildren(...Object.entries(classifications).map(([name, truth]) => element("li", classified(name, truth))));
    const box = part("needed");
    box.hidden = needed.length === 0;
    tell(box.querySelector("summary"), `Still needed: ${needed.length} ${needed.length === 1 ? "answer" : "answers"}`);
    box.querySelector("ul").replaceChildren(...needed.map((fact) => neededItem(fact, settledBy)));
  }

  function textUnder(words, clauses) {
    return clauses.length === 0 ? words : `${words}, under ${clauses.join(", ")}`;
  }

  function under(opening, clauses) {
    if (clauses.length === 0) return [];
    return [opening, ...clauses.flatMap((label, n) => (n === 0 ? [clauseLink(label)] : [", ", clauseLink(label)]))];
  }

  function clauseLink(label) {
    const link = element("a", label);
    link.href = `../index.html#${label}`;
    return link;
  }

  function classified(name, truth) {
    return `Classified as ${name}: ${{ true: "yes", false: "no", unknown: "not known" }[truth]}`;
  }

  function neededItem(fact, settledBy) {
    const link = element("a", facts.get(fact).question);
    link.href = `#question-${fact}`;
    const item = element("li");
    item.append(link);
    if (settledBy.includes(fact)) item.append(element("span", " (on the shortest way to an outcome)"));
    return item;
  }

  function element(name, text = "") {
    const made = document.createElement(name);
    made.textContent = text;
    return made;
  }

  function sentence(words) {
    return words.charAt(0).toUpperCase() + words.slice(1);
  }

  // Beside each question whether an answer to it could still change the outcome. One that a classification alone asks
  // never could, and has its own heading that says so.
  function tellMarks(given, { needed, settled_by: settledBy }) {
    for (const question of questions) {
      const { fact } = question.dataset;
      if (question.closest(".classifying") !== null) continue;
      if (needed.includes(fact)) {
        const way = settledBy.includes(fact) ? "; it is on the shortest way to one" : "";
        mark(question, `could still change the outcome${way}`, false);
      } else if (Object.hasOwn(given.facts, fact)) {
        mark(question, "", false);
      } else {
        mark(question, given.record === "complete" ? "counts as not documented" : "no longer matters", true);
      }
    }
  }

  function mark(question, text, isIdle) {
    tell(question.querySelector(".mark"), text);
    question.classList.toggle("idle", isIdle);
  }

  function forget(question) {
    for (const input of question.querySelectorAll("input")) {
      input.checked = false;
      if (input.type === "number" || input.type === "date") input.value = "";
    }
  }

  // Today by the clock of the reader's device, in its own time zone.
  function setToday() {
    const now = new Date();
    const two = (number) => String(number).padStart(2, "0");
    dateInput.value = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  }

  function focusOn(question) {
    (question.querySelector("input:checked") || question.querySelector("input")).focus();
  }

  form.addEventListener("input", update);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("click", (event) => {
    const forgetting = event.target.closest("[data-forget]");
    const leading = event.target.closest('a[href^="#question-"]');
    if (forgetting !== null) {
      forget(forgetting.closest("[data-fact]"));
      update();
    } else if (leading !== null) {
      event.preventDefault();
      focusOn(document.getElementById(leading.getAttribute("href").slice(1)));
    } else if (event.target.closest("[data-reset]") !== null) {
      form.reset();
      setToday();
      update();
    }
  });

  for (const sentenceWithout of document.querySelectorAll("[data-without-script]")) sentenceWithout.hidden = true;
  form.hidden = false;
  // Where the determination stands over the questions, the long list waits until it is asked for.
  part("needed").open = globalThis.matchMedia("(min-width: 60rem)").matches;
  setToday();
  update();
})();
