/** Recordings that are being made say how far they are; when all are settled, nothing is asked any more. */

import { all, part, the } from "conferences/ui/parts.js";
import { localTimes } from "conferences/ui/times.js";

const PAUSE_MS = 3_000;

/**
 * @typedef {{id: string, state: string, card: string, settled: boolean}} Told
 */

export function states() {
  const list = part("recordings", HTMLElement);
  let written = false;
  document.addEventListener("input", () => (written = true));
  const ask = async () => {
    const open = all("[data-unsettled]", list);
    if (!open.length) return;
    const told = document.hidden ? [] : await asked(list.dataset.stateUrl ?? "", open);
    for (const one of told) draw(one, { leave: !written });
    setTimeout(ask, PAUSE_MS);
  };
  setTimeout(ask, PAUSE_MS);
}

/**
 * @param {string} url
 * @param {HTMLElement[]} open
 * @returns {Promise<Told[]>}
 */
async function asked(url, open) {
  const ids = open.map((element) => element.dataset.recording).join(",");
  const answer = await fetch(`${url}?of=${encodeURIComponent(ids)}`, { redirect: "error" }).catch(() => null);
  return answer?.ok ? (await answer.json()).recordings : [];
}

/**
 * On its own page much changes when it is ready: that is loaded again, unless somebody is writing there.
 *
 * @param {Told} told
 * @param {{leave: boolean}} may
 */
function draw({ id, state, card, settled }, { leave }) {
  const element = the(`[data-recording="${CSS.escape(id)}"]`, HTMLElement);
  if (!settled) part("state", HTMLElement, element).innerHTML = state;
  else if (element.matches("li")) replace(element, card);
  else if (leave) location.reload();
  else {
    part("state", HTMLElement, element).innerHTML = state;
    delete element.dataset.unsettled;
  }
}

/**
 * @param {HTMLElement} element
 * @param {string} card
 */
function replace(element, card) {
  const had = element.contains(document.activeElement);
  const template = Object.assign(document.createElement("template"), { innerHTML: card });
  const made = the("li", HTMLElement, template.content);
  element.replaceWith(made);
  localTimes(made);
  if (had) the("a", HTMLElement, made).focus();
}
