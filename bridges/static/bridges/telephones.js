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
  const phone = document.getElementById(used) ?? document.querySelector("[data-keypad]");
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

function playNext() {
  const next = waiting.shift();
  if (!next) return;
  sound.src = next;
  sound.play().catch(() => undefined);
}

function listen() {
  const places = [...heard()];
  const fresh = places.filter(({ dataset }) => !known.has(dataset.sound ?? ""));
  for (const { dataset } of fresh) known.add(dataset.sound ?? "");
  for (const log of document.querySelectorAll("[role=log]")) {
    if (fresh.some((line) => log.contains(line))) log.scrollTop = log.scrollHeight;
  }
  if (!document.querySelector("[data-keypad]") || !isAloud()) waiting = [];
  if (isAloud()) waiting.push(...fresh.map(({ dataset }) => dataset.sound ?? ""));
  if (sound.paused || sound.ended) playNext();
}

sound.addEventListener("ended", playNext);
document.addEventListener("focusin", uses);
document.addEventListener("click", uses);
document.addEventListener("keydown", presses);
document.addEventListener("submit", together, { capture: true });
document.addEventListener("renewed", listen);
aloud()?.addEventListener("change", () => isAloud() || sound.pause());
listen();
