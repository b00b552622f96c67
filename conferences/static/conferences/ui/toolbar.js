/**
 * The bar below the stage, and whatever elsewhere shows the same switches.
 *
 * @import {Meeting} from "conferences/ui/view.js"
 */

import { canShareScreen } from "conferences/media/devices.js";
import { admitted, presents, waiting } from "conferences/core/people.js";
import { all, part, show } from "conferences/ui/parts.js";
import { words } from "conferences/ui/words.js";

/** @param {Meeting} meeting */
export function toolbar(meeting) {
  const title = document.title;
  setInterval(() => tick(meeting), 1_000);
  return () => {
    drawSwitches(meeting);
    drawPanels(meeting);
    drawMine(meeting);
    document.title = meeting.view.unread ? words("page_title", { unread: meeting.view.unread, name: title }) : title;
  };
}

/** @param {Meeting} meeting */
function drawSwitches({ live, session, local, wishes }) {
  const inside = live.phase === "live" || live.phase === "reconnecting";
  for (const element of all('[data-switch="microphone"]'))
    drawMicrophone(element, inside ? session.speaking : wishes.on.microphone && local.tracks.microphone !== null, session.phoning);
  for (const element of all('[data-switch="camera"]'))
    show(element, inside ? session.showing : wishes.on.camera && local.tracks.camera !== null);
}

/**
 * The same switch for whatever one speaks by.
 *
 * @param {HTMLElement} element
 * @param {boolean} on
 * @param {boolean} phoning
 */
function drawMicrophone(element, on, phoning) {
  const { phoneOn, phoneOff } = element.dataset;
  if (!phoneOn || !phoneOff) return show(element, on);
  if (element.hasAttribute("data-phoning") !== phoning) delete element.dataset.on;
  show(element, on);
  element.toggleAttribute("data-phoning", phoning);
  if (phoning) element.setAttribute("aria-label", on ? phoneOn : phoneOff);
}

/** @param {Meeting} meeting */
function drawMine({ live }) {
  const me = live.me;
  for (const element of all('[data-do="hand"]')) show(element, Boolean(me?.hand));
  const policy = live.picture?.policy;
  const may = canShareScreen() && policy?.sharing && (me?.role !== "guest" || policy.guests_share);
  for (const element of all('[data-do="screen"]')) drawShare(element, Boolean(me?.screen), Boolean(may));
  for (const element of all("[data-host]")) element.hidden = me?.role !== "host";
  for (const element of all("[data-presents]")) element.hidden = !presents(me);
  part("locked", HTMLElement).hidden = !live.picture?.locked;
}

/**
 * @param {HTMLElement} button
 * @param {boolean} on
 * @param {boolean} may
 */
function drawShare(button, on, may) {
  show(button, on);
  if (button instanceof HTMLButtonElement) button.disabled = !on && !may;
  const text = button.querySelector("[data-part=text]");
  if (text) text.textContent = (on ? button.dataset.textOn : button.dataset.textOff) ?? "";
}

/** @param {Meeting} meeting */
function drawPanels({ live, view }) {
  const present = live.picture ? admitted(live.picture).length : 0;
  const queue = live.picture ? waiting(live.picture).length : 0;
  for (const button of all("[data-panel-button]")) {
    const { panelButton } = button.dataset;
    button.setAttribute("aria-expanded", String(view.panel === panelButton));
    if (panelButton === "people") button.setAttribute("aria-description", words("present", { count: present }));
    else if (view.unread) button.setAttribute("aria-description", words("unread", { count: view.unread }));
    else button.removeAttribute("aria-description");
  }
  for (const badge of all('[data-part="unread"]')) {
    badge.hidden = !view.unread;
    badge.dataset.count = String(view.unread);
  }
  part("present", HTMLElement).dataset.count = String(present);
  part("lobby-dot", HTMLElement).hidden = live.me?.role !== "host" || !queue;
}

/** @param {Meeting} meeting */
function tick({ live }) {
  const since = live.picture?.opened_at;
  const clock = part("clock", HTMLElement);
  clock.textContent = since ? lasting(live.now() - since) : "";
}

/**
 * @param {number} ms
 * @returns {string} h:mm:ss
 */
export function lasting(ms) {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  const parts = [Math.floor(seconds / 60) % 60, seconds % 60].map((part) => String(part).padStart(2, "0"));
  const hours = Math.floor(seconds / 3_600);
  return hours ? `${hours}:${parts.join(":")}` : parts.join(":");
}
