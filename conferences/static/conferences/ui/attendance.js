/**
 * Who was there when, for hosts: the server knows it, by the journal.
 *
 * @import {Meeting} from "conferences/ui/view.js"
 */

import { download } from "conferences/ui/download.js";
import { part } from "conferences/ui/parts.js";
import { localTimes } from "conferences/ui/times.js";
import { toast } from "conferences/ui/toasts.js";
import { reason, words } from "conferences/ui/words.js";

/** @param {Meeting} meeting */
export function attendance(meeting) {
  const dialog = part("attendance", HTMLDialogElement);
  part("attendance-close", HTMLElement).addEventListener("click", () => dialog.close());
  part("attendance-again", HTMLElement).addEventListener("click", () => list(meeting));
  part("attendance-csv", HTMLElement).addEventListener("click", () => file(meeting));
  return () => {
    if (dialog.open && meeting.live.me?.role !== "host") dialog.close();
  };
}

/** @param {Meeting} meeting */
export function openAttendance(meeting) {
  part("attendance-list", HTMLElement).replaceChildren();
  part("attendance", HTMLDialogElement).showModal();
  list(meeting);
}

/** @param {Meeting} meeting */
async function list(meeting) {
  const answer = await asked(meeting, "");
  if (!answer) return;
  const found = new DOMParser().parseFromString(await answer.text(), "text/html");
  const place = part("attendance-list", HTMLElement);
  place.replaceChildren(...found.body.childNodes);
  localTimes(place);
}

/** @param {Meeting} meeting */
async function file(meeting) {
  const answer = await asked(meeting, "?csv");
  if (answer) download({ name: `${words("attendance_file")}.csv`, type: "text/csv;charset=utf-8", content: await answer.blob() });
}

/**
 * @param {Meeting} meeting
 * @param {string} how
 */
async function asked({ seat, live, page }, how) {
  const answer = await seat.get(page.attendance_url + how, live.conference);
  if (answer?.ok) return answer;
  const { refused } = answer ? await answer.json().catch(() => ({ refused: "other" })) : { refused: "unreachable" };
  toast({ text: reason(refused), icon: "alert" });
  part("attendance", HTMLDialogElement).close();
  return null;
}
