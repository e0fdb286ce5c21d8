"use strict";

// On every page: banners know the day they are read on, and the clause that an address leads to can be copied.
(() => {
  /** A day in the reader's own calendar, as pages write it: 2025-06-01. */
  function isoDay(day) {
    const two = (number) => String(number).padStart(2, "0");
    return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
  }

  // The words that a page states are true on any day; what follows only says what they mean on this one.

  function strengthenBanners(today) {
    for (const banner of document.querySelectorAll(".banner[data-since]")) {
      const words = wordsOn(today, banner.dataset);
      if (!words) continue;
      const { since, until } = banner.dataset;
      const shown = since <= today && (!until || today <= until);
      banner.prepend(forToday("strong", words), " ", ...(shown ? [] : [revisionOn(today, banner.dataset), " "]));
      banner.classList.remove("quiet");
    }
  }

  /** What a list says of a policy, where its newest revision is not yet in effect. */
  function strengthenDates(today, dates) {
    if (dayOf(dates.dataset.revisions.split(" ").pop()) <= today) return;
    const tag = forToday("strong", "Not yet in effect today.");
    tag.classList.add("status");
    dates.append(" ", tag, " ", revisionOn(today, dates.dataset));
  }

  /** The day from which a revision is in effect: the beginning of its name, for there may be several of one day. */
  function dayOf(revision) {
    return revision.slice(0, 10);
  }

  /** The revision in effect on a day, as a link: the last of the days on which they begin that is not after it. */
  function revisionOn(day, { folder, revisions, retired }) {
    const revision = revisions.split(" ").filter((name) => dayOf(name) <= day).pop();
    if (!revision) return forToday("span", "No revision is in effect today.");
    const isRetired = retired.split(" ").includes(revision);
    const link = document.createElement("a");
    link.href = `${folder}${revision}/index.html`;
    link.textContent = `the revision of ${longDay(dayOf(revision))}`;
    return forToday("span", isRetired ? "Retired today, by " : "In effect today: ", link, ".");
  }

  /** A sheet of paper is read on other days: it does not show what is said of this one. */
  function forToday(name, ...content) {
    const made = document.createElement(name);
    made.className = "today";
    made.append(...content);
    return made;
  }

  function longDay(text) {
    const day = new Date(`${text}T00:00:00Z`);
    return day.toLocaleDateString("en-US", { year: "numeric", month: "long", day: "numeric", timeZone: "UTC" });
  }

  function wordsOn(today, { since, until }) {
    if (since && today < since) return "Not yet in effect today.";
    if (until && today > until) return "No longer in effect today.";
    // Superseded, but from a day that is still to come.
    return until ? "Still in effect today." : "";
  }

  function targetOf(hash) {
    try {
      return document.getElementById(decodeURIComponent(hash.slice(1)));
    } catch {
      return null;
    }
  }

  /** The clause that the address names, by its id or by its label. */
  function clauseOf(target) {
    return target && target.matches(".label") ? target.parentElement : target;
  }

  function citationOf(clause) {
    const next = clause.nextElementSibling;
    if (next && /^H[1-6]$/.test(clause.tagName) && next.matches(".citation")) return next;
    return clause.querySelector(":scope > .citation");
  }

  /** The address of a clause for good: its label leads there. */
  function addressOf(clause) {
    const address = new URL(location.href);
    address.search = "";
    address.hash = clause.querySelector(":scope > .label").hash;
    return address.href;
  }

  function select(node) {
    const range = document.createRange();
    range.selectNodeContents(node);
    const selection = getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
  }

  // A browser may have no clipboard for a page, or refuse it; then the reader copies what is selected.
  async function copy(text, status, shown) {
    try {
      await navigator.clipboard.writeText(text);
      status.textContent = "Copied.";
    } catch {
      const words = shown || document.createElement("span");
      if (!shown) {
        words.textContent = text;
        status.replaceChildren(words, " ");
      } else {
        status.textContent = "";
      }
      select(words);
      status.append("Selected: copy it with your keyboard or menu.");
    }
  }

  function button(words, act) {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = words;
    made.addEventListener("click", act);
    return made;
  }

  function offerCopies() {
    const clause = clauseOf(targetOf(location.hash));
    const citation = clause && citationOf(clause);
    if (!citation || citation.querySelector("button")) return;
    const cited = citation.firstChild;
    const status = document.createElement("span");
    status.setAttribute("role", "status");
    citation.append(
      button("Copy link", () => copy(addressOf(clause), status, null)),
      button("Copy citation", () => copy(cited.textContent, status, cited)),
      status,
    );
  }

  const today = isoDay(new Date());
  // For the scripts of single pages, which run after this one.
  globalThis.cdispecCopy = copy;
  globalThis.cdispecToday = { day: today, longDay, strengthenDates: (dates) => strengthenDates(today, dates) };
  strengthenBanners(today);
  for (const dates of document.querySelectorAll("[data-revisions]:not(.banner)")) strengthenDates(today, dates);
  offerCopies();
  addEventListener("hashchange", offerCopies);
})();
