/**
 * Who was there at this moment.
 *
 * @import {Watching} from "streaming/main.js"
 */

import { admitted, roster } from "conferences/core/people.js";
import { drawAvatar } from "conferences/ui/avatar.js";
import { keep, made, part, the } from "conferences/ui/parts.js";

/** @param {Watching} watching */
export function people({ playback, view }) {
  const root = part("people", HTMLElement);
  return () => {
    const opened = root.hidden && view.panel === "people";
    root.hidden = view.panel !== "people";
    const { picture } = playback;
    if (root.hidden || !picture) return;
    part("people-count", HTMLElement).textContent = String(admitted(picture).length);
    keep({
      list: part("people-list", HTMLElement),
      items: roster(picture),
      key: ({ id }) => id,
      make: () => made("person"),
      draw: (row, { id, name, role, web, phone, microphone, hand }) => {
        drawAvatar({ within: row, id, name, web });
        the(".person-name", HTMLElement, row).textContent = name;
        const is = /** @type {Record<string, boolean>} */ ({ host: role === "host", presenter: role === "presenter", phone });
        for (const [note, shown] of Object.entries(is)) the(`[data-note=${note}]`, HTMLElement, row).hidden = !shown;
        part("muted", HTMLElement, row).hidden = microphone;
        part("heard", HTMLElement, row).hidden = !microphone;
        part("hand", HTMLElement, row).hidden = !hand;
      },
    });
    if (opened) the("h2", HTMLElement, root).focus();
  };
}
