/** Lists whose rows are dragged by a handle, with mouse, pen or finger. The keyboard has its own way. */

import { all } from "conferences/ui/parts.js";

/**
 * @param {{list: HTMLElement, handle: string, drop: (places: {from: number, to: number}) => void}} wanted
 */
export function dragging({ list, handle, drop }) {
  list.addEventListener("pointerdown", (event) => {
    const grip = event.target instanceof Element ? event.target.closest(handle) : null;
    const row = grip?.closest("li");
    if (!(grip instanceof HTMLElement) || !row || event.button !== 0) return;
    grip.setPointerCapture(event.pointerId);
    row.toggleAttribute("data-dragged", true);
    const over = new AbortController();
    const { signal } = over;
    const end = () => {
      over.abort();
      row.removeAttribute("data-dragged");
      for (const other of rows(list)) other.removeAttribute("data-drop");
    };
    grip.addEventListener("pointermove", ({ clientY }) => mark(list, row, placeAt(list, row, clientY)), { signal });
    grip.addEventListener("pointercancel", end, { signal });
    grip.addEventListener(
      "pointerup",
      ({ clientY }) => {
        const [from, to] = [rows(list).indexOf(row), placeAt(list, row, clientY)];
        end();
        if (from !== to) drop({ from, to });
      },
      { signal },
    );
  });
}

/** @param {HTMLElement} list */
const rows = (list) => all(":scope > li", list);

/**
 * The place that a row would have if it were dropped there.
 *
 * @param {HTMLElement} list
 * @param {HTMLElement} row
 * @param {number} y
 */
function placeAt(list, row, y) {
  const others = rows(list).filter((other) => other !== row);
  return others.filter((other) => middle(other) < y).length;
}

/** @param {HTMLElement} row */
function middle(row) {
  const { top, height } = row.getBoundingClientRect();
  return top + height / 2;
}

/**
 * A line shows where it would go.
 *
 * @param {HTMLElement} list
 * @param {HTMLElement} row
 * @param {number} place
 */
function mark(list, row, place) {
  const others = rows(list).filter((other) => other !== row);
  for (const [index, other] of others.entries()) {
    if (index === place) other.dataset.drop = "before";
    else if (index === others.length - 1 && place === others.length) other.dataset.drop = "after";
    else other.removeAttribute("data-drop");
  }
}
