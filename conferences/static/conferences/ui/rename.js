/**
 * Changing one's own name, or as a host somebody else's.
 *
 * @import {Meeting} from "conferences/ui/view.js"
 */

import { part, the } from "conferences/ui/parts.js";

let renamed = "";

/** @param {Meeting} meeting */
export function rename({ live }) {
  const dialog = part("rename", HTMLDialogElement);
  the("[data-close]", HTMLElement, dialog).addEventListener("click", () => dialog.close());
  part("rename-form", HTMLFormElement).addEventListener("submit", () => {
    const name = part("rename-name", HTMLInputElement).value.trim();
    const whom = renamed ? { participant: renamed } : {};
    if (name) live.submit({ type: "participant.rename", name, ...whom });
  });
  return () => {};
}

/** @param {{participant: string, name: string}} whom */
export function openRename({ participant, name }) {
  renamed = participant;
  part("rename-name", HTMLInputElement).value = name;
  part("rename", HTMLDialogElement).showModal();
  part("rename-name", HTMLInputElement).select();
}
