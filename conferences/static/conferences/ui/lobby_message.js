/**
 * What a host writes to those who wait.
 *
 * @import {Meeting} from "conferences/ui/view.js"
 */

import { all, part, the } from "conferences/ui/parts.js";

/** @param {Meeting} meeting */
export function lobbyMessage({ live }) {
  const dialog = part("lobby-message", HTMLDialogElement);
  the("[data-close]", HTMLElement, dialog).addEventListener("click", () => dialog.close());
  part("lobby-message-form", HTMLFormElement).addEventListener("submit", ({ submitter }) => {
    const clears = submitter instanceof HTMLButtonElement && submitter.value === "clear";
    live.submit({ type: "lobby.tell", text: clears ? "" : part("lobby-message-text", HTMLTextAreaElement).value.trim() });
  });
  return () => {
    const said = live.picture?.lobby_message ?? "";
    part("lobby-message-clear", HTMLElement).hidden = !said;
    for (const text of all('[data-part="lobby-said"]')) {
      text.hidden = !said;
      text.textContent = said;
    }
  };
}

/** @param {Meeting} meeting */
export function openLobbyMessage({ live }) {
  const text = part("lobby-message-text", HTMLTextAreaElement);
  text.value = live.picture?.lobby_message ?? "";
  part("lobby-message", HTMLDialogElement).showModal();
  text.focus();
}
