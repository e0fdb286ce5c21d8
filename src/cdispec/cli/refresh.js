// Keeps a page that `cdispec build --watch` serves current. No page in docs/ holds this script.
(() => {
  "use strict";

  const PLACE = "cdispec watch: place";
  const shown = document.currentScript.dataset.build;
  let source = null;

  // A page may grow or shrink by a reload; the browser alone would not always come back to the place.
  const returnToPlace = () => {
    const kept = JSON.parse(sessionStorage.getItem(PLACE) ?? "null");
    sessionStorage.removeItem(PLACE);
    if (kept !== null && kept.page === location.pathname) {
      window.scrollTo(kept.x, kept.y);
    }
  };

  const reload = () => {
    sessionStorage.setItem(PLACE, JSON.stringify({ page: location.pathname, x: scrollX, y: scrollY }));
    location.reload();
  };

  const line = (name, text) => {
    const element = document.createElement(name);
    element.textContent = text;
    element.style.cssText = "display: block; margin: 0; overflow-wrap: anywhere";
    return element;
  };

  const notice = document.createElement("div");
  notice.setAttribute("role", "status");

  const tell = (problems) => {
    notice.replaceChildren();
    notice.style.cssText =
      problems.length === 0
        ? "position: fixed"
        : "position: fixed; inset: auto 1rem 1rem auto; z-index: 2147483647; max-width: min(40rem, calc(100vw - 2rem));" +
          "box-sizing: border-box; padding: 0.75rem 1rem; border-radius: 0.25rem; background: #5c1313; color: #fff;" +
          "font: 0.875rem/1.4 system-ui, sans-serif; box-shadow: 0 0.25rem 1rem #0008";
    if (problems.length > 0) {
      notice.append(line("strong", "Not built: this page is as it was."), ...problems.map((text) => line("span", text)));
    }
  };

  const listen = () => {
    source = new EventSource("/_watch/events");
    source.addEventListener("message", (event) => {
      const { build, problems } = JSON.parse(event.data);
      if (build === shown) {
        tell(problems);
      } else {
        source.close();
        reload();
      }
    });
  };

  // A browser opens few connections to one server: pages that nobody looks at leave theirs to others.
  const listenWhileVisible = () => {
    if (document.visibilityState === "hidden") {
      source?.close();
      source = null;
    } else if (source === null) {
      listen();
    }
  };

  document.body.append(notice);
  window.addEventListener("load", returnToPlace);
  document.addEventListener("visibilitychange", listenWhileVisible);
  listenWhileVisible();
})();
