/**
 * The panels beside the stage, and the buttons that open them.
 *
 * @import {Panel} from "conferences/ui/view.js"
 * @import {Watching} from "streaming/main.js"
 */

import { all } from "conferences/ui/parts.js";

/** @param {Watching} watching */
export function panels({ view, player, playback }) {
  document.addEventListener("click", ({ target }) => {
    const button = target instanceof Element ? target.closest("[data-panel-button], [data-do=close-panel], [data-do=people]") : null;
    if (!(button instanceof HTMLElement)) return;
    const { panelButton } = button.dataset;
    if (panelButton) view.toggle(/** @type {Panel} */ (panelButton));
    else if (button.dataset.do === "people") view.set({ panel: "people" });
    else close(view);
  });
  return () => {
    /** @type {Record<string, boolean>} */
    const has = {
      chat: player.manifest?.parts.includes("chat") ?? false,
      transcript: player.manifest?.search.some(({ kind }) => kind === "caption") ?? false,
      polls: (playback.picture?.polls.length ?? 0) > 0,
      questions: (playback.picture?.questions.length ?? 0) > 0,
    };
    for (const button of all("[data-panel-button]")) {
      const name = button.dataset.panelButton ?? "";
      button.hidden = !(has[name] ?? true);
      button.setAttribute("aria-expanded", String(view.panel === name));
    }
  };
}

/** @param {Watching["view"]} view */
function close(view) {
  const { panel } = view;
  view.set({ panel: "" });
  const [button] = all(`[data-panel-button="${panel}"]`);
  queueMicrotask(() => button?.focus());
}
