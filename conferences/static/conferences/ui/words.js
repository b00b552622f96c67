/** What the page says, from its templates: there is no sentence in a script. */

import { listed, number } from "conferences/ui/locale.js";
import { the } from "conferences/ui/parts.js";

/** @typedef {Record<string, string | number | string[]>} Values for `{placeholders}`: numbers and lists are written as people do here */

/**
 * @param {string} name
 * @param {Values} values
 */
export function words(name, values = {}) {
  return filled(text(template(`data-words="${name}"`)), values);
}

/** @param {string} name */
export function iconOf(name) {
  return template(`data-words="${name}"`).dataset.icon ?? "";
}

/** @param {string} reason */
export function reason(reason) {
  const known = document.querySelector(`template[data-reason="${CSS.escape(reason)}"]`);
  return text(known instanceof HTMLTemplateElement ? known : template('data-reason="other"'));
}

/**
 * @param {string} sentence
 * @param {Values} values
 */
export function filled(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (whole, name) => said(values[name] ?? whole));
}

/** @param {string | number | string[]} value */
function said(value) {
  if (Array.isArray(value)) return listed(value);
  return typeof value === "number" ? number(value) : value;
}

/**
 * A template's sentence, without the line breaks of its markup.
 *
 * @param {HTMLTemplateElement} template
 */
const text = (template) => (template.content.textContent ?? "").replace(/\s+/g, " ").trim();

/** @param {string} attribute */
const template = (attribute) => the(`template[${attribute}]`, HTMLTemplateElement);
