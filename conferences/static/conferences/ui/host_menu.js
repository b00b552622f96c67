/**
 * What a host may do with the conference as a whole.
 *
 * @import {Policy} from "conferences/core/messages.js"
 * @import {Meeting} from "conferences/ui/view.js"
 */

import { all, part } from "conferences/ui/parts.js";

/** @typedef {Policy["chat_files"]} ChatFiles */

/** @param {Meeting} meeting */
export function hostMenu(meeting) {
  const menu = part("menu-host", HTMLElement);
  menu.addEventListener("click", ({ target }) => {
    const item = target instanceof Element ? target.closest("button") : null;
    if (item?.dataset.hostDo) act(meeting, item.dataset.hostDo);
    if (item?.dataset.hostSwitch) turn(meeting, item.dataset.hostSwitch);
    const files = /** @type {ChatFiles | undefined} */ (item?.dataset.hostFiles);
    if (files) meeting.live.submit({ type: "policy.change", chat_files: files });
  });
  return () => {
    for (const item of all("[data-host-switch]", menu))
      item.setAttribute("aria-checked", String(isOn(meeting, item.dataset.hostSwitch ?? "")));
    for (const item of all("[data-host-files]", menu))
      item.setAttribute("aria-checked", String(item.dataset.hostFiles === meeting.live.picture?.policy.chat_files));
  };
}

/**
 * @param {Meeting} meeting
 * @param {string} what
 */
function isOn({ live }, what) {
  if (what === "locked") return Boolean(live.picture?.locked);
  return Boolean(live.picture?.policy[/** @type {"lobby" | "mute_on_entry" | "guests_share" | "tones" | "callers_allowed" | "callers_unmute"} */ (what)]);
}

/**
 * @param {Meeting} meeting
 * @param {string} what
 */
function turn(meeting, what) {
  const on = !isOn(meeting, what);
  if (what === "locked") meeting.live.submit({ type: on ? "conference.lock" : "conference.unlock" });
  else meeting.live.submit({ type: "policy.change", [what]: on });
}

/**
 * @param {Meeting} meeting
 * @param {string} what
 */
function act({ live }, what) {
  if (what === "mute_all") live.submit({ type: "microphone.mute_all" });
  if (what === "lower_hands") live.submit({ type: "hand.lower_all" });
  if (what === "end") live.submit({ type: "conference.end" });
}
