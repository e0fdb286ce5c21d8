"use strict";

// In the author's guide: what is to be typed or saved can be copied without what stands around it.
(() => {
  function select(node) {
    const range = document.createRange();
    range.selectNodeContents(node);
    const selection = getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
  }

  // A browser may have no clipboard for a page, or refuse it; then the reader copies what is selected.
  async function copy(code, status) {
    try {
      await navigator.clipboard.writeText(code.textContent);
      status.textContent = "Copied.";
    } catch {
      select(code);
      status.textContent = "Selected: copy it with your keyboard or menu.";
    }
  }

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
    button.addEventListener("click", () => copy(code, status));
    (block.querySelector("figcaption") || block).append(button, status);
  }

  for (const block of document.querySelectorAll("[data-copy]")) offerCopy(block);
})();
