/** The tokens, shown: what each looks like, and what it is at the moment. */

import { all, the } from "conferences/ui/parts.js";

/** What a token is used for, by how it is called. */
const USES = /** @type {const} */ ([
  [/^--(radius|round|face)/, "border-radius"],
  [/^--(shadow-face)/, "filter"],
  [/^--(shadow|ring)/, "box-shadow"],
  [/^--(space|touch|panel)/, "inline-size"],
  [/^--text-(xs|s|m|l|xl|2xl|3xl|sign|caption)$/, "font-size"],
  [/^--base$/, "font-size"],
  [/^--(font)/, "font-family"],
  [/^--(weight)/, "font-weight"],
  [/^--(spacing)/, "letter-spacing"],
  [/^--(quick|calm|ease)$/, ""],
]);

for (const row of all("[data-token]")) {
  const name = row.dataset.token ?? "";
  const swatch = the(".style-swatch", HTMLElement, row);
  const use = USES.find(([pattern]) => pattern.test(name))?.[1] ?? "background";
  swatch.dataset.use = use;
  if (use) swatch.style.setProperty(use, shown(name));
}
document.addEventListener("looked", read);
read();

/** @param {string} name */
function shown(name) {
  if (name.startsWith("--person-") && name !== "--person-ink") return `oklch(var(${name}) 170)`;
  if (name === "--person") return "oklch(var(--person) 170)";
  return name.startsWith("--hue") ? `oklch(var(--person) var(${name}))` : `var(${name})`;
}

function read() {
  const now = getComputedStyle(document.documentElement);
  for (const row of all("[data-token]"))
    the(".style-value", HTMLElement, row).textContent = now.getPropertyValue(row.dataset.token ?? "");
}
