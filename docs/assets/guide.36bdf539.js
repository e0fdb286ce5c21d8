"use strict";

// In the author's guide: what is to be typed or saved can be copied without what stands around it.
(() => {
  function offerCopy(block) {
    const code = block.querySelector("pre code");
    const path = block.querySelector("figcaption code");
    const status = document.createElement("span");
    status.className = "status-of-copy";
    status.setAttribute("role", "status");
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "Copy";
    button.setAttribute("aria-label", path ? `Copy the block for ${path.textContent}` : `Copy ${code.textContent}`);
    button.addEventListener("click", () => globalThis.cdispecCopy(code.textContent, status, code));
    (block.querySelector("figcaption") || block).append(button, status);
  }

  for (const block of document.querySelectorAll("[data-copy]")) offerCopy(block);
})();
