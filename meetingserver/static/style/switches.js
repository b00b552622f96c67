/**
 * How a style page is looked at. It flips the conditions of the product's own stylesheets, so that what one sees here
 * is what somebody sees whose system wishes it.
 */

import { all, part } from "conferences/ui/parts.js";

const CONTRAST = "(prefers-contrast: more)";
const MOTION = "(prefers-reduced-motion: reduce)";
const DIRECTION = document.documentElement.dir;
const NEVER = "not all";
const STATES = ["hover", "focus-visible", "active"];

/** @type {Map<CSSMediaRule, string>} what their conditions were */
const CONDITIONS = new Map();
const form = part("switches", HTMLFormElement);
const asked = new URLSearchParams(location.search);

for (const [name, value] of asked) {
  const field = form.elements.namedItem(name);
  if (field instanceof HTMLSelectElement) field.value = value;
}
form.addEventListener("change", ({ target }) => {
  if (target instanceof HTMLSelectElement && target.name === "brand") return form.submit();
  const chosen = new URLSearchParams(/** @type {[string, string][]} */ ([...new FormData(form)]));
  history.replaceState(null, "", `?${chosen}`);
  look();
});
for (const sheet of document.styleSheets) twin(sheet);
look();
shown();

function look() {
  const { scheme, contrast, motion, direction } = Object.fromEntries(new FormData(form));
  document.documentElement.style.colorScheme = String(scheme ?? "");
  document.documentElement.dir = String(direction || DIRECTION);
  flip(CONTRAST, contrast === "more");
  flip(MOTION, motion === "reduce");
  document.dispatchEvent(new Event("looked"));
}

/**
 * Rules that hold where somebody wishes something.
 *
 * @param {string} condition
 * @param {boolean} on
 */
function flip(condition, on) {
  for (const rule of wishes(condition)) rule.media.mediaText = on ? "all" : (CONDITIONS.get(rule) ?? NEVER);
}

/**
 * @param {string} condition
 * @returns {CSSMediaRule[]}
 */
function wishes(condition) {
  const rules = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules]);
  const found = rules.filter((rule) => rule instanceof CSSMediaRule);
  for (const rule of found) if (!CONDITIONS.has(rule)) CONDITIONS.set(rule, rule.media.mediaText);
  return found.filter((rule) => CONDITIONS.get(rule)?.includes(condition));
}

/**
 * `.is-hover` looks as `:hover` does, by the same rules.
 *
 * @param {CSSStyleSheet} sheet
 */
function twin(sheet) {
  for (const [index, rule] of [...[...sheet.cssRules].entries()].reverse()) {
    if (!(rule instanceof CSSStyleRule)) continue;
    const twinned = STATES.reduce((selector, state) => selector.replaceAll(`:${state}`, `.is-${state}`), rule.selectorText);
    if (twinned !== rule.selectorText) sheet.insertRule(rule.cssText.replace(rule.selectorText, twinned), index + 1);
  }
}

/** What a frame has to show, though nothing has happened. */
function shown() {
  for (const frame of all("[data-shows]"))
    for (const element of all(frame.dataset.shows ?? "", frame)) element.hidden = false;
}
