/**
 * Where hosts and presenters write a poll.
 *
 * @import {OpenPoll} from "conferences/core/messages.js"
 * @import {Meeting} from "conferences/ui/view.js"
 */

import { all, made, part, the } from "conferences/ui/parts.js";
import { filled } from "conferences/ui/words.js";

const MOST = 20;

/** @param {Meeting} meeting */
export function newPoll({ live }) {
  const dialog = part("new-poll", HTMLDialogElement);
  the("[data-close]", HTMLElement, dialog).addEventListener("click", () => dialog.close());
  part("new-poll-add", HTMLElement).addEventListener("click", () => add().focus());
  part("new-poll-kind", HTMLSelectElement).addEventListener("change", drawKind);
  part("new-poll-options", HTMLElement).addEventListener("click", ({ target }) => {
    const button = target instanceof Element ? target.closest("[data-part=remove]") : null;
    button?.closest("li")?.remove();
    if (button) number();
  });
  part("new-poll-form", HTMLFormElement).addEventListener("submit", () => void live.submit(written()));
  return () => {};
}

export function openNewPoll() {
  part("new-poll-form", HTMLFormElement).reset();
  part("new-poll-options", HTMLElement).replaceChildren();
  for (let option = 0; option < 3; option += 1) add();
  drawKind();
  part("new-poll", HTMLDialogElement).showModal();
  part("new-poll-question", HTMLElement).focus();
}

/** @returns {HTMLElement} where the option is written */
function add() {
  const row = made("new-poll-option");
  part("new-poll-options", HTMLElement).append(row);
  number();
  return part("option", HTMLElement, row);
}

/** Every option is called by its place. */
function number() {
  const rows = all("li", part("new-poll-options", HTMLElement));
  for (const [index, row] of rows.entries())
    for (const element of all("[data-label]", row))
      element.setAttribute("aria-label", filled(element.dataset.label ?? "", { number: index + 1 }));
  part("new-poll-add", HTMLElement).hidden = rows.length >= MOST;
}

function drawKind() {
  const { value } = part("new-poll-kind", HTMLSelectElement);
  part("new-poll-choices", HTMLElement).hidden = value !== "single" && value !== "multiple";
}

/** @returns {OpenPoll} */
function written() {
  const kind = /** @type {OpenPoll["kind"]} */ (part("new-poll-kind", HTMLSelectElement).value);
  const question = part("new-poll-question", HTMLInputElement).value.trim();
  const anonymous = part("new-poll-anonymous", HTMLInputElement).checked;
  const shared = part("new-poll-shared", HTMLInputElement).checked;
  const rows = kind === "single" || kind === "multiple" ? optionRows() : [];
  const options = rows.map(({ text }) => text);
  const right = rows.flatMap((row, index) => (row.right ? [index] : []));
  return { type: "poll.open", kind, question, options, right, anonymous, shared };
}

/** Those that say something. */
function optionRows() {
  return all("li", part("new-poll-options", HTMLElement))
    .map((row) => ({ text: part("option", HTMLInputElement, row).value.trim(), right: part("right", HTMLInputElement, row).checked }))
    .filter(({ text }) => text);
}
