"use strict";

// On the page of a policy: which of its revisions is in effect on a day. `?as-of=2025-07-01` leads there at once, and the
// address of a clause to that clause in the revision of today, or in the newest one where none is in effect.
(() => {
  const asked = new URLSearchParams(location.search).get("as-of");
  const namesClause = location.hash.length > 1 && !location.hash.startsWith("#_");
  const newest = document.querySelector("[data-newest]");
  const form = document.getElementById("_as-of");
  if (!form) {
    if (namesClause) lead(newest);
    return;
  }
  const field = document.getElementById("_day");
  const answer = document.getElementById("_answer");
  const { day: today, longDay } = globalThis.cdispecToday;
  const rows = [...document.querySelectorAll(".revisions tr[data-since]")];

  /** Whether a text is a day of the calendar, written as year-month-day. */
  function isDay(text) {
    const day = new Date(`${text}T00:00:00Z`);
    return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
  }

  function lead(link) {
    location.replace(link.href + location.hash);
  }

  function rowOf(day) {
    return rows.find((row) => row.dataset.since <= day && (!row.dataset.until || day <= row.dataset.until));
  }

  function show(day) {
    const row = rowOf(day);
    if (!row) {
      answer.textContent = `No revision was in effect on ${longDay(day)}.`;
      return;
    }
    const link = document.createElement("a");
    link.href = row.querySelector("th a").href + location.hash;
    link.textContent = `revision of ${longDay(row.dataset.since)}`;
    const status = row.querySelector("[data-status]").textContent;
    answer.replaceChildren(`On ${longDay(day)} the `, link, ` is in effect (${status}).`);
  }

  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (isDay(field.value)) show(field.value);
  });

  if (asked === null) {
    field.value = today;
    if (namesClause) lead(rowOf(today)?.querySelector("th a") || newest);
    else show(today);
    return;
  }
  if (!isDay(asked)) {
    answer.textContent = `“${asked}” is not a date such as 2025-07-01.`;
    return;
  }
  const row = rowOf(asked);
  field.value = asked;
  if (row) lead(row.querySelector("th a"));
  else show(asked);
})();
