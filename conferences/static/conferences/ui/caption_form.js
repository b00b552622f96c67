/**
 * Where somebody types what is said, whom a host asked to: a line goes out at its end, or when it is long.
 *
 * @import {Meeting} from "conferences/ui/view.js"
 */

import { split } from "conferences/core/captions.js";
import { all, part } from "conferences/ui/parts.js";

/** @param {Meeting} meeting */
export function captionForm(meeting) {
  const { live } = meeting;
  const form = part("caption-form", HTMLFormElement);
  const text = part("caption-text", HTMLInputElement);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (send(meeting, text.value)) text.value = "";
  });
  text.addEventListener("input", (event) => {
    const { ready, rest } = split(text.value);
    if (ready && !(/** @type {InputEvent} */ (event).isComposing) && send(meeting, ready)) text.value = rest;
  });
  live.subscribe((news) => {
    if (news.what !== "event" || news.event.type !== "captions.assigned") return;
    if (news.event.participant === live.you && news.event.by === live.you) queueMicrotask(() => text.focus());
  });
  return () => {
    const writes = isWriting(meeting);
    form.hidden = !writes;
    for (const item of all('[role=menuitemcheckbox][data-do="write-captions"]')) item.setAttribute("aria-checked", String(writes));
  };
}

/** @param {Meeting} meeting */
const isWriting = ({ live }) => live.within && Boolean(live.picture?.captions.writers.includes(live.you));

/**
 * @param {Meeting} meeting
 * @param {string} text
 */
const send = ({ live }, text) => text.trim() !== "" && live.submit({ type: "captions.write", text: text.trim() });

/** @param {Meeting} meeting */
export function toggleWriting(meeting) {
  meeting.live.submit({ type: isWriting(meeting) ? "captions.unassign" : "captions.assign" });
}
