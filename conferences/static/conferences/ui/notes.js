/**
 * One's own notes: kept by the conference when their writer pauses, and shown to nobody else.
 *
 * @import {Meeting} from "conferences/ui/view.js"
 */

import { download } from "conferences/ui/download.js";
import { all, part, the } from "conferences/ui/parts.js";
import { words } from "conferences/ui/words.js";

const PAUSE_MS = 1_500;
/** Who never pauses is kept this often. */
const LONGEST_MS = 10_000;
const MOST = 20_000;

/** What the conference has, as far as we know, and since when it has less than we. */
const kept = { text: "", since: 0 };

/** @param {Meeting} meeting */
export function notes(meeting) {
  const { live, view } = meeting;
  const root = part("notes", HTMLElement);
  const text = part("notes-text", HTMLTextAreaElement);
  listen(meeting, text);
  return () => {
    const opened = root.hidden && view.panel === "notes";
    root.hidden = view.panel !== "notes";
    part("ended-notes", HTMLElement).hidden = !text.value.trim();
    if (root.hidden) return;
    drawState(text);
    if (opened) (live.phase === "live" ? the("h2", HTMLElement, root) : text).focus();
  };
}

/**
 * @param {Meeting} meeting
 * @param {HTMLTextAreaElement} text
 */
function listen(meeting, text) {
  const { live, view } = meeting;
  let timer = 0;
  const save = () => {
    clearTimeout(timer);
    const whole = wellFormed(text.value);
    if (whole !== text.value) text.value = whole;
    if (text.value === kept.text || !live.submit({ type: "notes.write", text: text.value })) return;
    Object.assign(kept, { text: text.value, since: 0 });
    view.changed();
  };
  const later = () => {
    kept.since ||= Date.now();
    clearTimeout(timer);
    timer = setTimeout(save, Math.min(PAUSE_MS, Math.max(0, kept.since + LONGEST_MS - Date.now())));
    view.changed();
  };
  text.addEventListener("input", later);
  text.addEventListener("change", save);
  addEventListener("pagehide", save);
  document.addEventListener("click", ({ target }) => void (goes(target) && save()), { capture: true });
  live.subscribe((news) => {
    if (news.what === "picture" || (news.what === "event" && news.event.type === "notes.written")) hear(meeting, text);
    if (news.what === "settled") save();
    if (news.what !== "refused" || news.command?.type !== "notes.write") return;
    kept.text = live.picture?.notes[live.you] ?? "";
    later();
  });
}

/**
 * Without halves of letters, which cannot be sent.
 *
 * @param {string} text
 */
const wellFormed = (text) => text.replace(/[\ud800-\udfff]/gu, "");

/** @param {EventTarget | null} target */
const goes = (target) => target instanceof Element && target.closest('[data-do="leave"], [data-host-do="end"]');

/**
 * What was written elsewhere, unless one is writing here.
 *
 * @param {Meeting} meeting
 * @param {HTMLTextAreaElement} text
 */
function hear({ live }, text) {
  if (!live.picture || live.me?.role === "waiting") return;
  const heard = live.picture.notes[live.you] ?? "";
  const writing = text.value !== kept.text;
  kept.text = heard;
  if (writing || text.value === heard) return;
  const { selectionStart, selectionEnd } = text;
  text.value = heard;
  if (text === document.activeElement) text.setSelectionRange(selectionStart, selectionEnd);
}

/** @param {HTMLTextAreaElement} text */
function drawState({ value }) {
  const full = value.length >= MOST;
  const is = { full, writing: !full && value !== kept.text, saved: !full && value !== "" && value === kept.text };
  for (const state of all("[data-notes]")) state.hidden = !is[/** @type {keyof typeof is} */ (state.dataset.notes)];
}

export function downloadNotes() {
  const content = part("notes-text", HTMLTextAreaElement).value;
  download({ name: `${words("notes_file")}.txt`, type: "text/plain;charset=utf-8", content });
}
