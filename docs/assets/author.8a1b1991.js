"use strict";

// On an author's edition: only the clauses with gaps, only the scenarios with an outcome or of a state of the last run.
(() => {
  /** Show of `each` those that a form asks for, and tell how many. */
  function filtered(form, each, noun, isWanted) {
    const told = form.querySelector("[role=status]");
    const filter = () => {
      const wanted = new FormData(form);
      for (const one of each) one.hidden = !isWanted(one, wanted);
      const shown = each.filter((one) => !one.hidden).length;
      told.textContent = shown < each.length ? `${shown} of ${each.length} ${noun} are shown.` : "";
      for (const group of document.querySelectorAll(".group")) {
        group.hidden = !group.querySelector("[data-run]:not([hidden])");
      }
    };
    form.hidden = false;
    form.addEventListener("input", filter);
    form.addEventListener("submit", (event) => event.preventDefault());
    // A browser that comes back to the page keeps what was chosen.
    filter();
  }

  filtered(
    document.getElementById("_filter-clauses"),
    [...document.querySelectorAll("section[aria-labelledby=_clauses] > details")],
    "clauses and requests",
    (clause, wanted) => !wanted.has("gap") || "gap" in clause.dataset,
  );
  filtered(
    document.getElementById("_filter-scenarios"),
    [...document.querySelectorAll("[data-run]")],
    "scenarios",
    ({ dataset: { run, outcome } }, wanted) =>
      [run, ""].includes(wanted.get("run")) && ["", ...outcome.split("|")].includes(wanted.get("outcome")),
  );
})();
