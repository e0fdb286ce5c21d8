"use strict";

// On the page of codes: only those that begin with what is typed; `?code=97124` does it at once.
(() => {
  const form = document.getElementById("_filter");
  const field = document.getElementById("_code");
  const told = document.getElementById("_told");
  const groups = [...document.querySelectorAll("tbody[data-code]")];

  function filter() {
    const wanted = field.value.trim().toUpperCase();
    let shown = 0;
    for (const group of groups) {
      group.hidden = !group.dataset.code.toUpperCase().startsWith(wanted);
      if (!group.hidden) shown += 1;
    }
    told.textContent = wanted ? `${shown} of ${groups.length} codes begin with ${wanted}.` : "";
  }

  form.hidden = false;
  field.value = new URLSearchParams(location.search).get("code") || field.value;
  field.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  filter();
})();
