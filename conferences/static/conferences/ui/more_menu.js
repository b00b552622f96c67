/**
 * The layouts; the menu's other items are actions like those of any button.
 *
 * @import {Mode} from "conferences/core/layout.js"
 * @import {Meeting} from "conferences/ui/view.js"
 */

import { choose, lookOf } from "conferences/ui/lead.js";
import { all, part } from "conferences/ui/parts.js";

/** @param {Meeting} meeting */
export function moreMenu(meeting) {
  const menu = part("menu-more", HTMLElement);
  menu.addEventListener("click", ({ target }) => {
    const item = target instanceof Element ? target.closest("[data-mode]") : null;
    if (item instanceof HTMLElement) choose(meeting, { mode: /** @type {Mode} */ (item.dataset.mode), pinned: "" });
  });
  return () => {
    for (const item of all("[data-mode]", menu)) item.setAttribute("aria-checked", String(item.dataset.mode === lookOf(meeting).mode));
  };
}
