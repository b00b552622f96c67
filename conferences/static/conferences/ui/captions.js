/**
 * What is said, to be read over the stage, by whoever wishes it.
 *
 * @import {Meeting} from "conferences/ui/view.js"
 */

import { captionText, isGoing, shownLines } from "conferences/core/captions.js";
import { all, keep, made, part } from "conferences/ui/parts.js";
import { say } from "conferences/ui/toasts.js";

const TICK_MS = 500;

/** @param {Meeting} meeting */
export function captions(meeting) {
  const { live } = meeting;
  live.subscribe((news) => {
    if (news.what !== "event" || news.event.type !== "captions.assigned" || news.event.participant !== live.you) return;
    const { by } = news.event;
    if (by !== live.you) say("captions_asked", { name: live.picture?.participants[by]?.name ?? "" });
  });
  setInterval(() => drawLines(meeting), TICK_MS);
  return () => {
    drawLines(meeting);
    for (const item of all('[role=menuitemcheckbox][data-do="captions"]')) item.setAttribute("aria-checked", String(meeting.wishes.captions));
  };
}

/** @param {Meeting} meeting */
function drawLines({ live, wishes }) {
  const list = part("captions", HTMLElement);
  const lines = live.picture && live.within && wishes.captions ? shownLines(live.picture.captions.lines, live.now()) : [];
  if (list.hidden === wishes.captions) list.hidden = !wishes.captions;
  keep({
    list,
    items: lines,
    key: ({ id }) => String(id),
    make: () => made("caption"),
    draw: (row, line) => {
      if (!row.textContent) row.textContent = captionText(line);
      row.toggleAttribute("data-going", isGoing(line, live.now()));
    },
  });
}

/** @param {Meeting} meeting */
export function toggleCaptions({ wishes, view }) {
  wishes.wantCaptions(!wishes.captions);
  view.changed();
}
