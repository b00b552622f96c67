/**
 * The conference's documents: bringing, showing, releasing and removing them.
 *
 * @import {Document} from "conferences/core/messages.js"
 * @import {Upload} from "conferences/uploads.js"
 * @import {Meeting} from "conferences/ui/view.js"
 */

import { presents } from "conferences/core/people.js";
import { documents as documentsOf, presented, thumbUrl } from "conferences/core/slides.js";
import { keep, made, part, the } from "conferences/ui/parts.js";
import { say } from "conferences/ui/toasts.js";
import { filled, reason, words } from "conferences/ui/words.js";

/** @param {Meeting} meeting */
export function documents(meeting) {
  const { live, view } = meeting;
  const root = part("documents", HTMLElement);
  listenToFiles(meeting, root);
  listenToDeeds(meeting);
  live.subscribe((news) => news.what === "event" && tell(meeting, news.event));
  let opened = false;
  return () => {
    root.hidden = view.panel !== "documents";
    if (!root.hidden) drawLists(meeting);
    if (!root.hidden && !opened) the("h2", HTMLElement, root).focus();
    opened = !root.hidden;
  };
}

/**
 * @param {Meeting} meeting
 * @param {HTMLElement} root
 */
function listenToFiles(meeting, root) {
  const chosen = part("documents-file", HTMLInputElement);
  const send = (/** @type {FileList | null | undefined} */ files) => {
    for (const file of presents(meeting.live.me) ? (files ?? []) : []) meeting.uploads.send(file);
  };
  chosen.addEventListener("change", () => {
    send(chosen.files);
    chosen.value = "";
  });
  for (const name of /** @type {const} */ (["dragover", "drop"]))
    window.addEventListener(name, (event) => {
      if (event.dataTransfer?.types.includes("Files")) event.preventDefault(); // else the browser leaves the meeting for the file
    });
  for (const place of [root, part("stage", HTMLElement)]) {
    place.addEventListener("drop", (event) => {
      if (!event.dataTransfer?.files.length) return;
      if (presents(meeting.live.me)) meeting.view.set({ panel: "documents" });
      send(event.dataTransfer.files);
    });
  }
}

/** @param {Meeting} meeting */
function listenToDeeds({ live, uploads }) {
  part("documents-list", HTMLElement).addEventListener("click", ({ target }) => {
    const button = target instanceof Element ? target.closest("[data-deed]") : null;
    const row = button?.closest("[data-key]");
    if (!(button instanceof HTMLElement) || !(row instanceof HTMLElement)) return;
    const found = live.picture?.documents[row.dataset.key ?? ""];
    if (!found) return;
    const { id: document, download } = found;
    if (button.dataset.deed === "remove") live.submit({ type: "document.remove", document });
    if (button.dataset.deed === "release") live.submit({ type: "document.release", document, allowed: !download });
    if (button.dataset.deed !== "show") return;
    const isShown = live.picture?.shown?.document === document;
    live.submit({ type: isShown ? "document.dismiss" : "document.present", document });
  });
  part("uploads-list", HTMLElement).addEventListener("click", ({ target }) => {
    const row = target instanceof Element && target.closest("[data-cancel]") ? target.closest("[data-key]") : null;
    if (row instanceof HTMLElement) uploads.running.find(({ key }) => key === row.dataset.key)?.cancel();
  });
}

/**
 * @param {Meeting} meeting
 * @param {import("conferences/core/messages.js").AnyEvent} event
 */
function tell({ live }, event) {
  if (event.type === "document.presented" && event.by !== live.you) {
    const [name, document] = [live.picture?.participants[event.by]?.name, live.picture?.documents[event.document]?.name];
    if (name && document) say("document_shown", { name, document });
  }
  if (event.type !== "document.failed") return;
  const failed = live.picture?.documents[event.document];
  if (failed?.owner === live.you) say("document_failed", { document: failed.name, reason: reason(event.failure) });
}

/** @param {Meeting} meeting */
function drawLists(meeting) {
  const { live, uploads } = meeting;
  const ready = documentsOf(live.picture).filter((document) => presents(live.me) || document.status === "ready");
  keep({
    list: part("uploads-list", HTMLElement),
    items: uploads.running,
    key: ({ key }) => key,
    make: () => made("upload"),
    draw: drawUpload,
  });
  keep({
    list: part("documents-list", HTMLElement),
    items: ready,
    key: ({ id }) => id,
    make: () => made("document"),
    draw: (row, document) => drawDocument(meeting, row, document),
  });
  part("documents-empty", HTMLElement).hidden = ready.length + uploads.running.length > 0;
}

/**
 * @param {HTMLElement} row
 * @param {Upload} upload
 */
function drawUpload(row, { name, percent, refused }) {
  the(".document-name", HTMLElement, row).textContent = name;
  drawNote(row, refused ? reason(refused) : words("uploading", { percent: `${percent}%` }), refused !== "");
  const progress = the("progress", HTMLProgressElement, row);
  progress.hidden = refused !== "";
  progress.value = percent;
}

/**
 * @param {Meeting} meeting
 * @param {HTMLElement} row
 * @param {Document} document
 */
function drawDocument(meeting, row, document) {
  const { live } = meeting;
  const { name, status, pages, done } = document;
  const shown = presented(live.picture)?.document.id === document.id;
  row.toggleAttribute("data-shown", shown);
  the(".document-name", HTMLElement, row).textContent = name;
  drawNote(row, noteOf(document, shown), status === "failed");
  const progress = the("progress", HTMLProgressElement, row);
  progress.hidden = status !== "converting";
  if (pages) progress.value = (100 * done) / pages;
  drawThumb(row, document);
  drawDeeds(meeting, row, document, shown);
}

/**
 * @param {Document} document
 * @param {boolean} shown
 */
function noteOf({ status, failure, pages, done, page }, shown) {
  if (status === "failed") return reason(failure ?? "other");
  if (status === "converting") return pages ? words("document_converting", { done, pages }) : words("document_waiting");
  if (shown) return words("document_on_stage", { page, pages });
  return pages === 1 ? words("document_page") : words("document_pages", { pages });
}

/**
 * @param {HTMLElement} row
 * @param {string} text
 * @param {boolean} bad
 */
function drawNote(row, text, bad) {
  const note = part("note", HTMLElement, row);
  note.textContent = text;
  note.toggleAttribute("data-bad", bad);
}

/**
 * @param {HTMLElement} row
 * @param {Document} document
 */
function drawThumb(row, document) {
  const image = the("img", HTMLImageElement, row);
  if (document.status !== "ready" || document.kind === "board" || image.src) return;
  image.src = thumbUrl(document, 1);
  image.hidden = false;
}

/**
 * @param {Meeting} meeting
 * @param {HTMLElement} row
 * @param {Document} document
 * @param {boolean} shown
 */
function drawDeeds(meeting, row, { name, owner, url, kind, status, download }, shown) {
  const { live } = meeting;
  const owned = presents(live.me) && (owner === live.you || live.me?.role === "host");
  const ready = status === "ready";
  drawDeed(row, { deed: "show", on: shown, may: ready && presents(live.me) });
  drawDeed(row, { deed: "release", on: download, may: ready && owned && kind === "file" });
  const remove = drawDeed(row, { deed: "remove", on: true, may: owned });
  remove.setAttribute("aria-label", filled(remove.dataset.labelOn ?? "", { name }));
  const link = part("download", HTMLAnchorElement, row);
  link.hidden = !(ready && download);
  link.href = `${url}original`;
}

/**
 * @param {HTMLElement} row
 * @param {{deed: string, on: boolean, may: boolean}} wanted
 */
function drawDeed(row, { deed, on, may }) {
  const button = the(`[data-deed="${deed}"]`, HTMLButtonElement, row);
  const text = on ? button.dataset.textOn : button.dataset.textOff;
  if (text) button.textContent = text;
  button.hidden = !may;
  return button;
}
