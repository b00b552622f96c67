/**
 * All captions, in order; the list goes along with the sound, and each line leads to its moment.
 *
 * @import {Watching} from "streaming/main.js"
 */

import { keep, made, part, the } from "conferences/ui/parts.js";
import { clockText } from "streaming/core/clock.js";

/** @param {Watching} watching */
export function transcript({ player, view, seek }) {
  const root = part("transcript", HTMLElement);
  const list = part("transcript-lines", HTMLElement);
  list.addEventListener("click", ({ target }) => {
    const row = target instanceof Element ? target.closest("[data-t]") : null;
    if (row instanceof HTMLElement) seek(Number(row.dataset.t));
  });
  let current = "";
  return () => {
    const opened = root.hidden && view.panel === "transcript";
    root.hidden = view.panel !== "transcript";
    if (root.hidden) return;
    const lines = (player.manifest?.search ?? []).filter(({ kind }) => kind === "caption").map((line, index) => ({ ...line, key: `${index} ${line.t}` }));
    const now = lines.findLast(({ t }) => t <= player.t)?.key ?? "";
    keep({
      list,
      items: lines,
      key: ({ key }) => key,
      make: () => made("transcript-line"),
      draw: (row, { key, t, text }) => {
        const button = the("button", HTMLElement, row);
        if (button.dataset.t !== String(t)) {
          button.dataset.t = String(t);
          the("time", HTMLElement, row).textContent = clockText(t);
          the(".moment-text", HTMLElement, row).textContent = text;
        }
        if (key === now) button.setAttribute("aria-current", "true");
        else button.removeAttribute("aria-current");
      },
    });
    if (opened || now !== current) list.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" });
    current = now;
    if (opened) the("h2", HTMLElement, root).focus();
  };
}
