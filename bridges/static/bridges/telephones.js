// Simulated telephones: the keyboard is the keypad of the one that was used last, and what they say is heard.

const TOGETHER_MS = 1000;

const sound = new Audio();
/** @type {{ form: HTMLFormElement, timer: number } | null} */
let star = null;
/** @type {string[]} */
let waiting = [];
/** @type {Set<string>} */
const known = new Set();
let used = "";
let playing = "";

const aloud = () => document.querySelector("[data-aloud]");
const isAloud = () => /** @type {HTMLInputElement | null} */ (aloud())?.checked ?? false;

/** @returns {NodeListOf<HTMLElement>} */
const heard = () => document.querySelectorAll("[data-sound]");

/** @param {Event} event */
function uses({ target }) {
  const phone = target instanceof Element ? target.closest("[data-keypad]") : null;
  if (phone) used = phone.id;
}

/** @param {KeyboardEvent} event */
function presses(event) {
  const { key, target, ctrlKey, altKey, metaKey } = event;
  const writes = target instanceof HTMLInputElement && target.type !== "checkbox";
  if (writes || ctrlKey || altKey || metaKey || !/^[0-9*#]$/.test(key)) return;
  const phone = document.querySelector(`[data-keypad][id="${used}"]`) ?? document.querySelector("[data-keypad]");
  const button = phone?.querySelector(`button[value="press ${key}"]`);
  if (button instanceof HTMLButtonElement) {
    event.preventDefault();
    button.click();
  }
}

/**
 * A star waits a moment for the key that follows: on their way, the two may not drift apart.
 * @param {SubmitEvent} event
 */
function together(event) {
  const { submitter: button, target: form } = event;
  if (!(button instanceof HTMLButtonElement) || !(form instanceof HTMLFormElement)) return;
  const before = form.elements.namedItem("before");
  if (!(before instanceof HTMLInputElement) || !button.value.startsWith("press ")) return;
  before.value = star?.form === form ? "*" : "";
  clearTimeout(star?.timer);
  const isFirst = button.value === "press *" && star?.form !== form;
  star = null;
  if (!isFirst) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  star = { form, timer: setTimeout(() => pressStar(form), TOGETHER_MS) };
}

/** @param {HTMLFormElement} form */
function pressStar(form) {
  star = { form, timer: 0 };
  const alone = form.querySelector("[data-alone]");
  if (alone instanceof HTMLElement) form.requestSubmit(alone);
}

/** Of what is being played: music goes on until something else is said, or the call is over. */
function lineOfMusic() {
  const line = [...heard()].find(({ dataset }) => dataset.sound === playing);
  return line?.matches(".telephone-music") ? line : null;
}

/** @param {HTMLElement} line */
const goesOn = (line) => line.matches("[data-keypad] :last-child");

function playNext() {
  const music = lineOfMusic();
  playing = waiting.shift() ?? (music && goesOn(music) ? playing : "");
  if (!playing) return;
  sound.src = playing;
  sound.play().catch(() => undefined);
}

function silences() {
  if (isAloud()) return;
  playing = "";
  sound.pause();
}

function listen() {
  const places = [...heard()];
  const fresh = places.filter(({ dataset }) => !known.has(dataset.sound ?? ""));
  for (const { dataset } of fresh) known.add(dataset.sound ?? "");
  for (const log of document.querySelectorAll("[role=log]")) {
    if (fresh.some((line) => log.contains(line))) log.scrollTop = log.scrollHeight;
  }
  waiting = isAloud() ? [...waiting, ...fresh.map(({ dataset }) => dataset.sound ?? "")] : [];
  const music = lineOfMusic();
  if (music && !goesOn(music)) sound.pause();
  if (sound.paused || sound.ended) playNext();
}

sound.addEventListener("ended", playNext);
document.addEventListener("focusin", uses);
document.addEventListener("click", uses);
document.addEventListener("keydown", presses);
document.addEventListener("submit", together, { capture: true });
document.addEventListener("renewed", listen);
document.addEventListener("change", silences);
listen();
