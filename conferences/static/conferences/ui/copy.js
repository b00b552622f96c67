/** Buttons that copy an address (`data-copy`). */

import { all } from "conferences/ui/parts.js";

const SHOWN_MS = 2_000;

export function copying() {
  document.addEventListener("click", ({ target }) => {
    const button = target instanceof Element ? target.closest("[data-copy]") : null;
    if (button instanceof HTMLElement) copy(button);
  });
}

/** @param {HTMLElement} button */
async function copy(button) {
  const text = button.dataset.copy ?? "";
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    select(button);
  }
  done(button, true);
  setTimeout(() => done(button, false), SHOWN_MS);
}

/**
 * Where the clipboard may not be written, what is selected can be copied by hand.
 *
 * @param {HTMLElement} button
 */
function select(button) {
  const field = button.parentElement?.parentElement?.querySelector("textarea, input");
  if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) field.select();
  document.execCommand("copy");
}

/**
 * @param {HTMLElement} button
 * @param {boolean} copied
 */
function done(button, copied) {
  for (const text of all(".copy-idle", button)) text.hidden = copied;
  for (const text of all(".copy-done", button)) text.hidden = !copied;
}
