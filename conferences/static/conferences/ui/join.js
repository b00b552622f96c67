/**
 * Before the conference: who one is, how one looks and sounds.
 *
 * @import {Meeting} from "conferences/ui/view.js"
 */

import { drawAvatar } from "conferences/ui/avatar.js";
import { drawHelp, levelOn } from "conferences/ui/devices.js";
import { part, play, streamOf, the } from "conferences/ui/parts.js";
import { reason, words } from "conferences/ui/words.js";

const ASKED_OF_HOSTS = new Set(["pin_wrong", "billing_code_needed", "billing_code_wrong", "billing_code_tries"]);

/** @param {Meeting} meeting */
export function join(meeting) {
  const { seat, view } = meeting;
  const root = part("join", HTMLElement);
  const name = the("#name", HTMLInputElement, root);
  const level = levelOn("preview-meter");
  name.value ||= seat.name; // who was quicker than this script has written one
  part("join-button", HTMLButtonElement).disabled = false;
  name.addEventListener("input", () => view.changed());
  part("join-form", HTMLFormElement).addEventListener("submit", (event) => {
    event.preventDefault();
    enter(meeting, name.value.trim());
  });
  return () => draw(meeting, { root, name: name.value, level });
}

/**
 * @param {Meeting} meeting
 * @param {string} name
 */
async function enter({ live, seat, view }, name) {
  if (view.joining) return;
  view.set({ joining: true, refusal: "" });
  const { refused } = await seat.take({ name, pin: typed("#pin"), billing_code: typed("#billing-code") });
  if (refused) view.set({ joining: false, refusal: refused });
  else live.start({});
  if (refused?.startsWith("billing_code")) document.querySelector("#billing-code")?.scrollIntoView({ block: "nearest" });
}

/** @param {string} field one that is not on every page */
function typed(field) {
  const input = document.querySelector(field);
  return input instanceof HTMLInputElement ? input.value.trim() : "";
}

/**
 * @param {Meeting} meeting
 * @param {{root: HTMLElement, name: string, level: (track: MediaStreamTrack | null) => void}} shown
 */
function draw(meeting, { root, name, level }) {
  const { live, local, wishes, view } = meeting;
  root.hidden = live.phase !== "joining";
  level(root.hidden || !wishes.on.microphone ? null : local.tracks.microphone);
  if (root.hidden) return;
  drawPreview(meeting, name);
  drawHelp(meeting, part("device-help", HTMLElement));
  const refusal = view.refusal || (live.closing?.why === "refused" ? live.closing.reason : "");
  drawRefusal(view.joining ? "" : refusal);
  const button = part("join-button", HTMLButtonElement);
  button.setAttribute("aria-busy", String(view.joining));
  const bare = !local.asking && !(wishes.on.microphone && local.tracks.microphone) && !(wishes.on.camera && local.tracks.camera);
  part("join-muted", HTMLElement).hidden = !bare;
}

/**
 * @param {Meeting} meeting
 * @param {string} name
 */
function drawPreview({ local, wishes }, name) {
  const video = part("preview-video", HTMLVideoElement);
  const track = wishes.on.camera ? local.tracks.camera : null;
  play(video, streamOf(track));
  video.hidden = !track;
  const off = part("preview-off", HTMLElement);
  off.hidden = track !== null;
  drawAvatar({ within: off, id: name, name });
  part("preview-avatar", HTMLElement).hidden = !name.trim();
  const fails = local.problems.camera && wishes.on.camera;
  part("preview-note", HTMLElement).textContent = words(local.asking ? "camera_asks" : fails ? "camera_fails" : "camera_is_off");
}

/** @param {string} refusal */
function drawRefusal(refusal) {
  const note = part("join-refusal", HTMLElement);
  note.hidden = !refusal;
  const text = refusal ? reason(refusal) : "";
  if (note.textContent !== text) note.textContent = text;
  const details = document.querySelector('[data-part="host-pin"]');
  if (ASKED_OF_HOSTS.has(refusal) && details instanceof HTMLDetailsElement) details.open = true;
  document.querySelector("#billing-code")?.setAttribute("aria-invalid", String(refusal.startsWith("billing_code")));
}
