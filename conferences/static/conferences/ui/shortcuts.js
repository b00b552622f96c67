/**
 * Keys: each presses the button that carries it (`data-key`); not while one writes, nor over a dialog.
 *
 * @import {Meeting} from "conferences/ui/view.js"
 */

import { choose, lookOf } from "conferences/ui/lead.js";
import { all, part } from "conferences/ui/parts.js";
import { say } from "conferences/ui/toasts.js";

/** @param {Meeting} meeting */
export function shortcuts(meeting) {
  let talking = false;
  document.addEventListener("keydown", (event) => {
    if (!isForUs(meeting, event)) return;
    const talk = event.key === " ";
    if (talk || (!event.repeat && press(meeting, event.key.toLowerCase()))) event.preventDefault();
    if (!talk || talking || event.repeat || meeting.session.speaking) return;
    talking = true;
    say("talking");
    meeting.session.turn("microphone", true);
  });
  const hush = () => {
    if (talking) meeting.session.turn("microphone", false);
    talking = false;
  };
  document.addEventListener("keyup", (event) => {
    if (event.key !== " " || !talking) return;
    event.preventDefault(); // of a button that was clicked before
    hush();
  });
  window.addEventListener("blur", hush);
  return () => {};
}

/**
 * @param {Meeting} meeting
 * @param {KeyboardEvent} event
 */
export function isForUs({ live }, event) {
  const { target, ctrlKey, metaKey, altKey, key } = event;
  if (live.phase !== "live" || ctrlKey || metaKey || altKey || event.isComposing) return false;
  if (document.querySelector("dialog[open], :popover-open")) return false;
  if (!(target instanceof HTMLElement)) return true;
  if (target.closest("input, textarea, select, [contenteditable]")) return key === "Escape";
  return key !== " " || !target.matches("button:focus-visible, a:focus-visible, summary:focus-visible, [role=log]");
}

/**
 * @param {Meeting} meeting
 * @param {string} key
 * @returns {boolean} whether the key means something
 */
function press(meeting, key) {
  const { view } = meeting;
  if (key === "escape" && view.panel) return click(`[data-panel="${view.panel}"] [data-do=close-panel]`);
  if (key === "?") return click("[data-part=menu-more] [data-do=shortcuts]");
  if (key === "t") return click("[data-part=menu-more] [data-do=captions]");
  if (key === "f") return click("[data-part=menu-more] [data-do=fullscreen]");
  if (key === "g") return choose(meeting, { mode: lookOf(meeting).mode === "grid" ? "speaker" : "grid", pinned: "" }), true;
  return /^[a-z]$/.test(key) && click(`[data-part=toolbar] [data-key="${key}"]`);
}

/** @param {string} selector */
function click(selector) {
  const [button] = all(selector, part("conference", HTMLElement));
  if (button instanceof HTMLButtonElement && !button.disabled) button.click();
  return button !== undefined;
}
