/** The page on which somebody manages a recording. */

import { copying } from "conferences/ui/copy.js";
import { part } from "conferences/ui/parts.js";
import { localTimes } from "conferences/ui/times.js";
import { states } from "recording/ui/states.js";
import { trim } from "recording/ui/trim.js";

copying();
localTimes();
states();
trim();
deleting();

function deleting() {
  const dialog = part("delete-dialog", HTMLDialogElement);
  document.querySelector('[data-part="delete"]')?.addEventListener("click", () => dialog.showModal());
  part("delete-cancel", HTMLElement).addEventListener("click", () => dialog.close());
}
