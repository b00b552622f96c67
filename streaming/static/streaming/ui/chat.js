/**
 * The conversation, as far as it has come; or all of it, of which what is still to come can be gone to.
 *
 * @import {Watching} from "streaming/main.js"
 */

import { drawLines } from "conferences/ui/chat_lines.js";
import { all, keep, made, part, the } from "conferences/ui/parts.js";
import { clockText } from "streaming/core/clock.js";

const NEAR_END = 60;

/** @param {Watching} watching */
export function chat({ playback, player, view, seek }) {
  const root = part("chat", HTMLElement);
  const body = part("chat-body", HTMLElement);
  const rest = part("chat-rest", HTMLElement);
  const whole = part("chat-all", HTMLInputElement);
  whole.addEventListener("change", () => view.changed());
  rest.addEventListener("click", ({ target }) => {
    const row = target instanceof Element ? target.closest("[data-t]") : null;
    if (row instanceof HTMLElement) seek(Number(row.dataset.t));
  });
  let known = 0;
  return () => {
    const opened = root.hidden && view.panel === "chat";
    root.hidden = view.panel !== "chat";
    if (root.hidden || !playback.picture) return;
    const lines = playback.picture.chat;
    const atEnd = opened || body.scrollHeight - body.scrollTop - body.clientHeight < NEAR_END;
    drawLines({ lines, me: null, participants: playback.picture.participants, unread: 0 });
    for (const tools of all(".line-tools, .line-reaction", body)) tools.inert = true;
    const coming = whole.checked ? (player.manifest?.search ?? []).filter(({ kind, t }) => kind === "chat" && t > player.t) : [];
    part("chat-empty", HTMLElement).hidden = lines.length > 0 || coming.length > 0;
    keep({
      list: rest,
      items: coming.map((line, index) => ({ ...line, key: `${line.t} ${index + lines.length}` })),
      key: ({ key }) => key,
      make: () => made("coming-line"),
      draw: (row, { t, text, participant }) => {
        the("button", HTMLElement, row).dataset.t = String(t);
        the(".coming-time", HTMLElement, row).textContent = clockText(t);
        the("bdi", HTMLElement, row).textContent = player.manifest?.people[participant ?? ""] ?? "";
        the(".coming-text", HTMLElement, row).textContent = text;
      },
    });
    if (atEnd && !whole.checked && lines.length !== known) body.scrollTop = body.scrollHeight;
    known = lines.length;
    if (opened) the("h2", HTMLElement, root).focus();
  };
}
