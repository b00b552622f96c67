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
  await copyText(button.dataset.copy ?? "");
  done(button, true);
  setTimeout(() => done(button, false), SHOWN_MS);
}

/**
 * Where the clipboard may not be written, what is selected can still be copied.
 *
 * @param {string} text
 */
export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    copySelected(text);
  }
}

/** @param {string} text */
function copySelected(text) {
  const field = Object.assign(document.createElement("textarea"), { value: text, className: "sr" });
  const focused = document.activeElement;
  (focused?.closest("dialog") ?? document.body).append(field);
  field.select();
  document.execCommand("copy");
  field.remove();
  if (focused instanceof HTMLElement) focused.focus();
}

/**
 * @param {HTMLElement} button
 * @param {boolean} copied
 */
function done(button, copied) {
  for (const text of all(".copy-idle", button)) text.hidden = copied;
  for (const text of all(".copy-done", button)) text.hidden = !copied;
}
