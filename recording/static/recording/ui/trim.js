/** The editor of what is kept: a line with handles, and a field for each of them. The fields are what counts. */

import { all, made, part, the } from "conferences/ui/parts.js";
import { leftOut, lengthLeft, played, proposed, readTime, writeTime } from "recording/core/trim.js";

const STEP_MS = 1_000;
const LEAP_MS = 10_000;
const FINE_UNTIL_MS = 600_000;

/**
 * `low` and `high` are as far as it can be moved.
 *
 * @import {Range} from "recording/core/trim.js"
 * @typedef {{input: HTMLInputElement, label: string, time: number, low: number, high: number}} Handle
 */

/** Where it can be trimmed. */
export function trim() {
  if (!document.querySelector('[data-part="trim"]')) return;
  const form = part("trim", HTMLFormElement);
  const length = Number(form.dataset.length);
  const before = times(form);
  const was = leftOut(before.kept, before.cuts, length);
  const redraw = () => draw(form, length, was);
  form.addEventListener("input", redraw);
  form.addEventListener("click", ({ target }) => {
    const button = target instanceof Element ? target.closest('[data-part="keep"]') : null;
    button?.closest('[data-part="cut"]')?.remove();
    if (button) part("trim-add", HTMLElement).focus();
    redraw();
  });
  part("trim-add", HTMLElement).addEventListener("click", () => {
    add(proposed(times(form).kept));
    redraw();
  });
  redraw();
}

/** @param {Range} range */
function add({ begin, end }) {
  const cut = made("cut");
  const [from, to] = inputs(cut);
  if (from) from.value = writeTime(begin);
  if (to) to.value = writeTime(end);
  part("trim-cuts", HTMLElement).append(cut);
  from?.focus();
}

/**
 * @param {ParentNode} within
 * @returns {HTMLInputElement[]}
 */
const inputs = (within) => [...within.querySelectorAll("input")].filter((input) => input.type !== "hidden");

/**
 * What stands in the fields, as far as it is a time.
 *
 * @param {HTMLFormElement} form
 */
function times(form) {
  /** @param {HTMLInputElement | undefined} input */
  const time = (input) => readTime(input?.value ?? "") ?? 0;
  const [begin, end] = [the("#trim-begin", HTMLInputElement, form), the("#trim-end", HTMLInputElement, form)];
  const cuts = all('[data-part="cut"]', form).map(inputs);
  return {
    kept: { begin: time(begin), end: time(end) },
    cuts: cuts.map(([from, to]) => ({ begin: time(from), end: time(to) })),
  };
}

/**
 * @param {HTMLFormElement} form
 * @param {number} length
 * @param {Range[]} was
 */
function draw(form, length, was) {
  const { kept, cuts } = times(form);
  const out = leftOut(kept, cuts, length);
  part("trim-error", HTMLElement).hidden = inputs(form).every((input) => readTime(input.value) !== null);
  part("trim-left", HTMLElement).textContent = writeTime(Math.max(0, lengthLeft(out, length)));
  const line = part("trim-line", HTMLElement);
  drawOut(line, out, length);
  drawHandles(line, handles(form, line, length), length);
  look(form, was, kept, cuts);
}

/**
 * @param {HTMLFormElement} form
 * @param {HTMLElement} line
 * @param {number} length
 * @returns {Handle[]}
 */
function handles(form, { dataset }, length) {
  const kept = [the("#trim-begin", HTMLInputElement, form), the("#trim-end", HTMLInputElement, form)];
  const pairs = [kept, ...all('[data-part="cut"]', form).map(inputs)];
  return pairs.flatMap(([from, to], index) => {
    if (!from || !to) return [];
    const [begin, end] = [readTime(from.value) ?? 0, readTime(to.value) ?? length];
    const [first, last] = index ? [dataset.labelCutBegin, dataset.labelCutEnd] : [dataset.labelBegin, dataset.labelEnd];
    return [
      { input: from, label: first ?? "", time: begin, low: 0, high: Math.max(0, end - STEP_MS) },
      { input: to, label: last ?? "", time: end, low: Math.min(length, begin + STEP_MS), high: length },
    ];
  });
}

/**
 * @param {HTMLElement} line
 * @param {Range[]} out
 * @param {number} length
 */
function drawOut(line, out, length) {
  for (const old of all(".trim-out", line)) old.remove();
  line.prepend(
    ...out.map(({ begin, end }) => {
      const region = Object.assign(document.createElement("span"), { className: "trim-out" });
      place(region, begin, length);
      region.style.inlineSize = `${((Math.min(end, length) - begin) / length) * 100}%`;
      return region;
    }),
  );
}

/**
 * @param {HTMLElement} element
 * @param {number} time
 * @param {number} length
 */
function place(element, time, length) {
  element.style.insetInlineStart = `${(Math.min(time, length) / length) * 100}%`;
}

/**
 * One for every field; those that were there stay, and keep the focus.
 *
 * @param {HTMLElement} line
 * @param {Handle[]} wanted
 * @param {number} length
 */
function drawHandles(line, wanted, length) {
  const old = new Map(all(".trim-handle", line).map((element) => [FIELDS.get(element), element]));
  for (const handle of wanted) {
    const element = old.get(handle.input) ?? grip(line, handle.input, length);
    old.delete(handle.input);
    HANDLES.set(element, handle);
    place(element, handle.time, length);
    const said = { label: handle.label, valuemin: handle.low, valuemax: handle.high, valuenow: handle.time, valuetext: writeTime(handle.time) };
    for (const [name, value] of Object.entries(said)) element.setAttribute(`aria-${name}`, String(value));
  }
  for (const element of old.values()) element.remove();
}

/** @type {WeakMap<HTMLElement, HTMLInputElement>} */
const FIELDS = new WeakMap();
/** @type {WeakMap<HTMLElement, Handle>} */
const HANDLES = new WeakMap();

/**
 * @param {HTMLElement} line
 * @param {HTMLInputElement} input
 * @param {number} length
 */
function grip(line, input, length) {
  const element = Object.assign(document.createElement("span"), { className: "trim-handle", tabIndex: 0 });
  element.setAttribute("role", "slider");
  if (input.closest('[data-part="cut"]')) element.dataset.cut = "";
  FIELDS.set(element, input);
  line.append(element);
  element.addEventListener("keydown", (event) => {
    const { time = 0, low = 0, high = 0 } = HANDLES.get(element) ?? {};
    const to = reached(event.key, { time, low, high });
    if (to === null) return;
    event.preventDefault();
    move(element, to);
  });
  element.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    element.focus();
    element.setPointerCapture(event.pointerId);
  });
  element.addEventListener("pointermove", ({ clientX, pointerId }) => {
    if (!element.hasPointerCapture(pointerId)) return;
    const { left, width } = line.getBoundingClientRect();
    const grain = length < FINE_UNTIL_MS ? 100 : STEP_MS;
    move(element, Math.round((((clientX - left) / width) * length) / grain) * grain);
  });
  return element;
}

/**
 * Where a key leads; null: it is none of ours.
 *
 * @param {string} key
 * @param {{time: number, low: number, high: number}} from
 */
function reached(key, { time, low, high }) {
  const steps = new Map([
    ["ArrowRight", time + STEP_MS],
    ["ArrowUp", time + STEP_MS],
    ["ArrowLeft", time - STEP_MS],
    ["ArrowDown", time - STEP_MS],
    ["PageUp", time + LEAP_MS],
    ["PageDown", time - LEAP_MS],
    ["Home", low],
    ["End", high],
  ]);
  return steps.get(key) ?? null;
}

/**
 * @param {HTMLElement} element
 * @param {number} to
 */
function move(element, to) {
  const handle = HANDLES.get(element);
  if (!handle) return;
  handle.input.value = writeTime(Math.max(handle.low, Math.min(handle.high, to)));
  handle.input.dispatchEvent(new Event("input", { bubbles: true }));
}

/**
 * Links that show the moment in the recording as it is now.
 *
 * @param {HTMLFormElement} form
 * @param {Range[]} was
 * @param {Range} kept
 * @param {Range[]} cuts
 */
function look(form, was, kept, cuts) {
  const moments = [kept.begin, kept.end, ...cuts.map(({ begin }) => begin)];
  const links = [...form.querySelectorAll("a[data-look]")].filter((link) => link instanceof HTMLAnchorElement);
  links.forEach((link, index) => {
    link.href = `${form.dataset.watch}?t=${Math.floor(played(moments[index] ?? 0, was) / 1000)}`;
    link.hidden = !form.dataset.watch;
  });
}
