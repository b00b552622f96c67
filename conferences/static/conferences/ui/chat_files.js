/**
 * Files of the chat: chosen, pasted or dropped, on their way, and pictures shown large.
 *
 * @import {ChatFile} from "conferences/core/messages.js"
 * @import {Upload} from "conferences/uploads.js"
 * @import {Meeting} from "conferences/ui/view.js"
 */

import { maySendFiles } from "conferences/core/chat.js";
import { keep, made, part, the } from "conferences/ui/parts.js";
import { reason, words } from "conferences/ui/words.js";

/** @param {Meeting} meeting */
export function chatFiles(meeting) {
  const { live, files } = meeting;
  const chosen = part("chat-file", HTMLInputElement);
  chosen.addEventListener("change", () => {
    send(meeting, chosen.files);
    chosen.value = "";
  });
  part("chat-text", HTMLElement).addEventListener("paste", (event) => {
    if (!(event instanceof ClipboardEvent) || !event.clipboardData?.files.length) return;
    event.preventDefault();
    send(meeting, event.clipboardData.files);
  });
  drop(meeting, part("chat", HTMLElement));
  const list = part("chat-uploads", HTMLElement);
  list.addEventListener("click", ({ target }) => {
    const row = target instanceof Element && target.closest("[data-cancel]") ? target.closest("[data-key]") : null;
    if (!(row instanceof HTMLElement)) return;
    files.running.find(({ key }) => key === row.dataset.key)?.cancel();
    part("chat-text", HTMLElement).focus();
  });
  picture();
  return () => {
    const may = maySendFiles(live.picture?.policy, live.me);
    part("chat-attach", HTMLElement).hidden = !may;
    chosen.disabled = !may;
    keep({ list, items: files.running, key: ({ key }) => key, make: () => made("chat-upload"), draw: drawUpload });
  };
}

/**
 * @param {Meeting} meeting
 * @param {FileList | null} chosen
 */
function send({ live, view, files }, chosen) {
  if (!maySendFiles(live.picture?.policy, live.me) || !chosen?.length) return;
  for (const file of chosen) files.send(file, { "X-To": view.to, "X-Reply": String(view.reply) });
  view.set({ reply: 0 });
}

/**
 * @param {Meeting} meeting
 * @param {HTMLElement} place
 */
function drop(meeting, place) {
  const over = (/** @type {boolean} */ is) => place.toggleAttribute("data-dropping", is);
  place.addEventListener("dragover", (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    over(maySendFiles(meeting.live.picture?.policy, meeting.live.me));
  });
  place.addEventListener("dragleave", ({ relatedTarget }) => {
    if (!(relatedTarget instanceof Node && place.contains(relatedTarget))) over(false);
  });
  place.addEventListener("drop", (event) => {
    over(false);
    if (event.dataTransfer?.files.length) send(meeting, event.dataTransfer.files);
  });
}

/**
 * @param {HTMLElement} row
 * @param {Upload} upload
 */
function drawUpload(row, { name, percent, refused }) {
  the(".document-name", HTMLElement, row).textContent = name;
  const note = part("note", HTMLElement, row);
  note.textContent = refused ? reason(refused) : words("uploading", { percent: `${percent}%` });
  note.toggleAttribute("data-bad", refused !== "");
  note.setAttribute("role", refused ? "alert" : "none");
  const progress = the("progress", HTMLProgressElement, row);
  progress.hidden = refused !== "";
  progress.value = percent;
}

/** @param {ChatFile} file */
export function openPicture({ url, name, width, height }) {
  const image = part("picture-large", HTMLImageElement);
  Object.assign(image, { src: `${url}large.webp`, alt: name, width, height });
  part("picture-name", HTMLElement).textContent = name;
  part("picture-download", HTMLAnchorElement).href = `${url}original`;
  part("picture", HTMLDialogElement).showModal();
}

/** A click beside the picture closes it. */
function picture() {
  const dialog = part("picture", HTMLDialogElement);
  dialog.addEventListener("click", ({ target }) => {
    if (target === dialog) dialog.close();
  });
  dialog.addEventListener("close", () => part("picture-large", HTMLImageElement).removeAttribute("src"));
}
