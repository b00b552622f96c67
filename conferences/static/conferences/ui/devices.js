/**
 * Choosing devices, and help when one cannot be used: on the join page and in the settings alike.
 *
 * @import {Device, Kind} from "conferences/media/devices.js"
 * @import {Meeting} from "conferences/ui/view.js"
 */

import { canChooseSpeaker, list, watch } from "conferences/media/devices.js";
import { meter } from "conferences/media/meter.js";
import { all, copied, part, the } from "conferences/ui/parts.js";
import { words } from "conferences/ui/words.js";

const METER_MS = 60;

/** @type {Record<Kind, Device[]>} */
let found = { microphone: [], camera: [], speaker: [] };

/** @param {Meeting} meeting */
export function devices(meeting) {
  const { local } = meeting;
  const look = async () => {
    found = await list();
    for (const select of all("select[data-device]")) drawChoices(meeting, /** @type {HTMLSelectElement} */ (select));
  };
  watch(look);
  look();
  let known = "";
  for (const select of all("select[data-device]"))
    select.addEventListener("change", () => choose(meeting, /** @type {HTMLSelectElement} */ (select)));
  return () => {
    const now = `${local.tracks.microphone?.id} ${local.tracks.camera?.id}`;
    if (now !== known) look(); // names are told only once a device was allowed
    known = now;
  };
}

/**
 * @param {Meeting} meeting
 * @param {HTMLSelectElement} select
 */
function choose({ local }, select) {
  local.choose(/** @type {Kind} */ (select.dataset.device), select.value);
}

/**
 * @param {Meeting} meeting
 * @param {HTMLSelectElement} select
 */
function drawChoices({ wishes }, select) {
  const kind = /** @type {Kind} */ (select.dataset.device);
  const usual = new Option(words(found[kind].length ? "any_device" : "no_device"), "");
  const named = found[kind].filter(({ id }) => id !== "default" && id !== "communications");
  const options = named.map(({ id, label }, index) => new Option(label || words("device", { number: index + 1 }), id));
  select.replaceChildren(usual, ...options);
  select.value = wishes.devices[kind];
  if (select.selectedIndex < 0) select.value = "";
  select.disabled = kind === "speaker" ? !canChooseSpeaker() : !found[kind].length;
}

/**
 * In plain words, for this browser, what is wrong with the devices; nothing if all is well.
 *
 * @param {Meeting} meeting
 * @param {HTMLElement} help
 */
export function drawHelp({ local }, help) {
  const problem = local.problems.microphone || local.problems.camera;
  if (help.dataset.problem === problem) return;
  help.dataset.problem = problem;
  help.hidden = !problem;
  if (!problem) return help.replaceChildren();
  const again = copied(the('template[data-help="again"]', HTMLTemplateElement));
  help.replaceChildren(helpFor(problem).content.cloneNode(true), again);
}

/** @param {string} problem */
function helpFor(problem) {
  const here = document.querySelector(`template[data-help="${problem}"][data-browser="${browser()}"]`);
  if (here instanceof HTMLTemplateElement) return here;
  return the(`template[data-help="${problem}"]:not([data-browser])`, HTMLTemplateElement);
}

function browser() {
  const { userAgent } = navigator;
  if (/iPhone|iPad/.test(userAgent)) return "ios";
  if (/Android/.test(userAgent)) return "android";
  if (/Firefox/.test(userAgent)) return "firefox";
  return /Chrome/.test(userAgent) ? "chrome" : "safari";
}

/**
 * Shows the level of a microphone on an element, for as long as it may.
 *
 * @param {string} name the element's part
 * @returns {(track: MediaStreamTrack | null) => void}
 */
export function levelOn(name) {
  const element = part(name, HTMLElement);
  /** @type {MediaStreamTrack | null} */
  let shown = null;
  let stop = () => {};
  return (track) => {
    if (track === shown) return;
    stop();
    shown = track;
    element.style.setProperty("--level", "0");
    if (!track) return;
    const heard = meter(track);
    const timer = setInterval(() => element.style.setProperty("--level", heard.level().toFixed(2)), METER_MS);
    stop = () => (clearInterval(timer), heard.stop());
  };
}
