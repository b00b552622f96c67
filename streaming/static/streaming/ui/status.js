/**
 * What keeps one from watching, in plain words; and the large button with which one begins.
 *
 * @import {Watching} from "streaming/main.js"
 */

import { all, part } from "conferences/ui/parts.js";

/** @param {Watching} watching */
export function status(watching) {
  const { bundle, player } = watching;
  part("status", HTMLElement).addEventListener("click", ({ target }) => {
    const button = target instanceof Element ? target.closest("[data-retry]") : null;
    if (!button) return;
    if (player.broken) return location.reload();
    player.retry();
    bundle.renew().catch(() => {}); // it says so itself
  });
  return () => {
    const what = stateOf(watching);
    document.body.dataset.state = what;
    const watched = what === "watching" || what === "failing" || what === "between";
    part("conference", HTMLElement).hidden = player.manifest === null;
    part("begin", HTMLElement).hidden = what !== "watching" || player.playing || player.t > 0;
    part("status", HTMLElement).hidden = what === "watching";
    part("status", HTMLElement).toggleAttribute("data-over", watched);
    for (const note of all("[data-status]")) note.hidden = note.dataset.status !== what;
    part("making-step", HTMLElement).textContent = bundle.state.step;
    for (const progress of all("progress[data-making]")) progress.setAttribute("value", String(bundle.state.percent));
    part("making-percent", HTMLElement).textContent = `${bundle.state.percent} %`;
  };
}

/** @param {Watching} watching */
function stateOf({ bundle, player }) {
  const { status } = bundle.state;
  if (status === "gone" || status === "failed") return status;
  if (player.broken) return "broken";
  if (!player.manifest) {
    if (bundle.failing) return "unreachable";
    return bundle.open ? "loading" : status;
  }
  if (status === "making") return "between";
  return bundle.failing ? "failing" : "watching";
}
