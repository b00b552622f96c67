/**
 * Menus: opened beside their button, gone through by arrow keys, closed by Esc or a click elsewhere (the browser does that).
 */

import { all, part } from "conferences/ui/parts.js";

const EDGE = 8;

/**
 * @param {{name: string, button: HTMLElement}} wanted
 */
export function openMenu({ name, button }) {
  const menu = part(`menu-${name}`, HTMLElement);
  if (menu.matches(":popover-open")) return menu.hidePopover();
  menu.showPopover();
  place(menu, button.getBoundingClientRect());
  button.setAttribute("aria-expanded", "true");
  menu.addEventListener("toggle", () => closed(menu, button), { once: true });
  items(menu)[0]?.focus();
}

/** Every menu of the page learns to be used by keys. */
export function menus() {
  for (const menu of all("[popover][role=menu]")) {
    menu.addEventListener("keydown", (event) => step(menu, event));
    menu.addEventListener("click", (event) => chosen(menu, event));
  }
  document.addEventListener("pointerdown", remember, { capture: true });
  document.addEventListener("click", ({ target }) => {
    const button = target instanceof Element ? target.closest("[data-menu]") : null;
    if (button instanceof HTMLElement && !wasOpen.has(button)) openMenu({ name: button.dataset.menu ?? "", button });
  });
}

/** Buttons whose menu this very press has closed: the click that follows must not open it again. */
const wasOpen = new WeakSet();

/** @param {PointerEvent} event */
function remember({ target }) {
  const button = target instanceof Element ? target.closest("[data-menu]") : null;
  if (!button) return;
  if (button.getAttribute("aria-expanded") === "true") wasOpen.add(button);
  else wasOpen.delete(button);
}

/**
 * @param {HTMLElement} menu
 * @param {HTMLElement} button
 */
function closed(menu, button) {
  if (menu.matches(":popover-open")) return void menu.addEventListener("toggle", () => closed(menu, button), { once: true });
  if (menu.contains(document.activeElement) || document.activeElement === document.body) button.focus();
  button.removeAttribute("aria-expanded"); // only now: some buttons are to be seen but while their menu is open
}

/**
 * Above or below the button, inside the window.
 *
 * @param {HTMLElement} menu
 * @param {DOMRect} beside
 */
function place(menu, beside) {
  const { width, height } = menu.getBoundingClientRect();
  const above = beside.top - height - EDGE;
  const top = above > EDGE ? above : Math.min(beside.bottom + EDGE, innerHeight - height - EDGE);
  const middle = beside.left + beside.width / 2 - width / 2;
  menu.style.setProperty("--top", String(Math.max(EDGE, top)));
  menu.style.setProperty("--left", String(Math.max(EDGE, Math.min(middle, innerWidth - width - EDGE))));
}

/** @param {HTMLElement} menu */
const items = (menu) => all("[role^=menuitem]", menu).filter((item) => item.checkVisibility());

/**
 * @param {HTMLElement} menu
 * @param {KeyboardEvent} event
 */
function step(menu, event) {
  const choices = items(menu);
  const at = choices.indexOf(/** @type {HTMLElement} */ (document.activeElement));
  const { length } = choices;
  const to = { ArrowDown: at + 1, ArrowRight: at + 1, ArrowUp: at - 1, ArrowLeft: at - 1, Home: 0, End: length - 1 }[event.key];
  if (event.key === "Tab") menu.hidePopover();
  if (to === undefined) return;
  event.preventDefault();
  choices[(to + length) % length]?.focus();
}

/**
 * @param {HTMLElement} menu
 * @param {Event} event
 */
function chosen(menu, { target }) {
  const item = target instanceof Element ? target.closest("[role^=menuitem]") : null;
  if (item && item.getAttribute("role") !== "menuitemcheckbox") menu.hidePopover();
}
