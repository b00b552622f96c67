/**
 * The chat as a text: to the clipboard, or as a file. Made here, of what this page shows.
 *
 * @import {Meeting} from "conferences/ui/view.js"
 */

import { asText } from "conferences/core/chat.js";
import { copyText } from "conferences/ui/copy.js";
import { download } from "conferences/ui/download.js";
import { locale } from "conferences/ui/locale.js";
import { say } from "conferences/ui/toasts.js";
import { words } from "conferences/ui/words.js";

const moment = new Intl.DateTimeFormat(locale, { dateStyle: "short", timeStyle: "short" });

/** @param {Meeting} meeting */
function textOf({ live }) {
  return asText(live.picture?.chat ?? [], {
    time: (at) => moment.format(at),
    text: (name, values) => words(`export_${name}`, values),
    nameOf: (id) => live.picture?.participants[id]?.name ?? "…",
  });
}

/** @param {Meeting} meeting */
export async function copyChat(meeting) {
  await copyText(textOf(meeting));
  say("chat_copied");
}

/** @param {Meeting} meeting */
export function exportChat(meeting) {
  const date = new Date(meeting.live.now()).toISOString().slice(0, 10);
  download({ name: `${words("chat_file")}-${date}.txt`, type: "text/plain;charset=utf-8", content: `\uFEFF${textOf(meeting)}\n` });
}
