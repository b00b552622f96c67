/**
 * Saying who on a page a caller is.
 *
 * @import {Meeting} from "conferences/ui/view.js"
 */

import { admitted } from "conferences/core/people.js";
import { drawAvatar } from "conferences/ui/avatar.js";
import { keep, made, part, the } from "conferences/ui/parts.js";
import { filled } from "conferences/ui/words.js";

let caller = "";

/** @param {Meeting} meeting */
export function merge({ live }) {
  const dialog = part("merge", HTMLDialogElement);
  the("[data-close]", HTMLElement, dialog).addEventListener("click", () => dialog.close());
  part("merge-list", HTMLElement).addEventListener("click", ({ target }) => {
    const chosen = target instanceof Element ? target.closest("[data-key]") : null;
    if (!(chosen instanceof HTMLElement) || !chosen.dataset.key) return;
    live.submit({ type: "call.merge", participant: caller, into: chosen.dataset.key });
    dialog.close();
  });
  return () => {
    if (!dialog.open) return;
    if (!live.picture?.participants[caller]) return dialog.close();
    const people = admitted(live.picture).filter(({ web, phone }) => web && !phone);
    part("merge-nobody", HTMLElement).hidden = people.length > 0;
    keep({
      list: part("merge-list", HTMLElement),
      items: people,
      key: ({ id }) => id,
      make: () => made("merge-person"),
      draw: (row, { id, name }) => {
        drawAvatar({ within: row, id, name });
        the(".person-name", HTMLElement, row).textContent = name;
      },
    });
  };
}

/**
 * @param {Meeting} meeting
 * @param {string} participant the caller
 */
export function openMerge({ live, view }, participant) {
  caller = participant;
  const heading = part("merge-heading", HTMLElement);
  heading.textContent = filled(heading.dataset.label ?? "", { name: live.picture?.participants[participant]?.name ?? "" });
  part("merge", HTMLDialogElement).showModal();
  view.changed();
}
