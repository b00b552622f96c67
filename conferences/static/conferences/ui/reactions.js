/**
 * Reactions, which float up and are gone.
 *
 * @import {SendReaction} from "conferences/core/messages.js"
 * @import {Meeting} from "conferences/ui/view.js"
 */

/** @typedef {SendReaction["reaction"]} Reaction */

import { made, part, the } from "conferences/ui/parts.js";

const AT_ONCE = 24;
const LANES = 7;

/** @param {Meeting} meeting */
export function reactions({ live }) {
  const sky = part("reactions", HTMLElement);
  let lane = 0;
  document.addEventListener("click", ({ target }) => {
    const button = target instanceof Element ? target.closest("[data-reaction]") : null;
    if (button instanceof HTMLElement)
      live.submit({ type: "reaction.send", reaction: /** @type {Reaction} */ (button.dataset.reaction) });
  });
  live.subscribe((news) => {
    if (news.what !== "event" || news.event.type !== "reaction.sent" || sky.childElementCount >= AT_ONCE) return;
    const { participant, reaction } = news.event;
    lane = (lane + 3) % LANES;
    sky.append(flying({ reaction, name: live.picture?.participants[participant]?.name ?? "", lane }));
  });
  return () => {};
}

/** @param {{reaction: Reaction, name: string, lane: number}} sent */
function flying({ reaction, name, lane }) {
  const element = made("reaction");
  the("use", SVGUseElement, element).setAttribute("href", faceOf(reaction));
  the(".reaction-name", HTMLElement, element).textContent = name;
  element.style.setProperty("--lane", String(lane));
  element.style.setProperty("--drift", String((lane - LANES / 2) * 14));
  element.addEventListener("animationend", () => element.remove());
  return element;
}

/**
 * The address of its drawing.
 *
 * @param {Reaction} reaction
 */
export const faceOf = (reaction) => the(`[data-reaction="${reaction}"] use`, SVGUseElement).getAttribute("href") ?? "";
