"use strict";

// On every page: banners know the day they are read on, and the clause that an address leads to can be copied.
(() => {
  /** A day in the reader's own calendar, as pages write it: 2025-06-01. */
  function isoDay(day) {
    const two = (number) => String(number).padStart(2, "0");
    return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
  }

  // The words that a page states are true on any day; these only say what they mean on this one.
  function strengthenBanners(today) {
    for (const banner of document.querySelectorAll(".banner[data-since], .banner[data-until]")) {
      const words = wordsOn(today, banner.dataset);
      if (words) {
        const stressed = document.createElement("strong");
        stressed.textContent = words;
        // A sheet of paper is read on other days.
        stressed.className = "today";
        banner.prepend(stressed, " ");
        banner.classList.remove("quiet");
      }
    }
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

  /** The citation line of the clause that the address names, by its id or by its label. */
  function citationOf(target) {
    const clause = target && target.matches(".label") ? target.parentElement : target;
    const next = clause && clause.nextElementSibling;
    if (next && /^H[1-6]$/.test(clause.tagName) && next.matches(".citation")) return next;
    return clause && clause.querySelector(":scope > .citation");
  }

  /** The address of a clause for good: on the page of a policy, whose text changes, that of its revision. */
  function addressOf(citation) {
    const canonical = document.querySelector('link[rel="canonical"]');
    const address = new URL(canonical ? canonical.href : location.href);
    address.search = "";
    address.hash = citation.querySelector("a").hash;
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
    const citation = citationOf(targetOf(location.hash));
    if (!citation || citation.querySelector("button")) return;
    const cite = citation.querySelector(".cite");
    const status = document.createElement("span");
    status.setAttribute("role", "status");
    citation.append(
      button("Copy link", () => copy(addressOf(citation), status, null)),
      button("Copy citation", () => copy(cite.textContent, status, cite)),
      status,
    );
  }

  strengthenBanners(isoDay(new Date()));
  offerCopies();
  addEventListener("hashchange", offerCopies);
})();
