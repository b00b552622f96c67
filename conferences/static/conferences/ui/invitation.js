/** Invitations to the room of this page: a text to send, a file for calendars, a code for cameras. */

import { download } from "conferences/ui/download.js";
import { all, part } from "conferences/ui/parts.js";

const PAUSE_MS = 300;

/** Where there is a room. */
export function invitation() {
  if (!document.querySelector('[data-part="invitation"]')) return;
  const box = part("invitation", HTMLDetailsElement);
  const form = part("invitation-form", HTMLFormElement);
  box.addEventListener("toggle", () => box.open && opened(box));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    file(box);
  });
  let timer = 0;
  form.addEventListener("input", () => {
    part("invitation-when", HTMLElement).hidden = part("invitation-file", HTMLElement).hidden = !dated();
    clearTimeout(timer);
    timer = setTimeout(() => write(box), PAUSE_MS);
  });
  codes();
}

const dated = () => part("invitation-dated", HTMLInputElement).checked;

/** @param {HTMLDetailsElement} box */
function opened(box) {
  const zones = part("invitation-zone", HTMLSelectElement);
  if (!zones.options.length) propose(zones);
  write(box);
}

/**
 * The next full hour, here.
 *
 * @param {HTMLSelectElement} zones
 */
function propose(zones) {
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const known = new Set(["UTC", here, ...Intl.supportedValuesOf("timeZone")]);
  zones.append(...[...known].sort().map((zone) => new Option(zone.replaceAll("_", " "), zone, zone === here, zone === here)));
  const next = new Date();
  next.setHours(next.getHours() + 1, 0, 0, 0);
  field("date").value = [next.getFullYear(), next.getMonth() + 1, next.getDate()].map(twoDigits).join("-");
  field("time").value = `${twoDigits(next.getHours())}:00`;
}

/** @param {number} number */
const twoDigits = (number) => String(number).padStart(2, "0");

/** @param {string} name */
function field(name) {
  const found = part("invitation-form", HTMLFormElement).elements.namedItem(name);
  if (found instanceof HTMLInputElement) return found;
  throw new TypeError(name);
}

/** @param {HTMLDetailsElement} box */
async function write({ dataset }) {
  const answer = await asked(dataset.textUrl ?? "");
  if (!answer) return;
  const text = await answer.text();
  part("invitation-text", HTMLTextAreaElement).value = text;
  part("invitation-copy", HTMLElement).dataset.copy = text;
}

/** @param {HTMLDetailsElement} box */
async function file({ dataset }) {
  const answer = dated() && (await asked(dataset.fileUrl ?? ""));
  if (!answer) return;
  const [, name] = /filename="?([^";]+)/.exec(answer.headers.get("Content-Disposition") ?? "") ?? [];
  download({ name: name ?? "invitation.ics", type: "text/calendar;charset=utf-8", content: await answer.blob() });
}

/**
 * What is wrong with the date, the server says.
 *
 * @param {string} url
 * @returns {Promise<Response | null>}
 */
async function asked(url) {
  const wish = new URLSearchParams();
  if (dated()) for (const [name, value] of new FormData(part("invitation-form", HTMLFormElement))) wish.set(name, String(value));
  const answer = await fetch(`${url}?${wish}`).catch(() => null);
  const error = part("invitation-error", HTMLElement);
  const wrong = answer?.status === 400 ? (await answer.text()).trim() : "";
  error.hidden = !wrong;
  if (error.textContent !== wrong) error.textContent = wrong;
  return answer?.ok ? answer : null;
}

/** The code, large enough for the other end of a hall. Dialogs themselves cannot fill a screen, their content can. */
function codes() {
  const [dialog, sheet] = [part("qr", HTMLDialogElement), part("qr-sheet", HTMLElement)];
  const leave = () => document.fullscreenElement === sheet && document.exitFullscreen();
  for (const button of all('[data-part="show-qr"]')) button.addEventListener("click", () => dialog.showModal());
  part("qr-close", HTMLElement).addEventListener("click", () => dialog.close());
  part("qr-fullscreen", HTMLElement).addEventListener("click", () => leave() || sheet.requestFullscreen());
  dialog.addEventListener("close", leave);
}
