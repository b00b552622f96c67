/** Dates, numbers and lists as this person writes them: in the page's language, with the habits of their browser's region. */

const page = document.documentElement.lang || "en";

/** @param {string} tag */
const written = (tag) => {
  const { language, script } = new Intl.Locale(tag).maximize();
  return `${language}-${script}`;
};

/** `en-GB` has other clocks than `en`. */
export const locale = navigator.languages.find((tag) => written(tag) === written(page)) ?? page;

const list = new Intl.ListFormat(locale);
const plain = new Intl.NumberFormat(locale);
const UNITS = /** @type {const} */ (["byte", "kilobyte", "megabyte", "gigabyte"]);

/** @param {Iterable<string>} names */
export const listed = (names) => list.format(names);

/** @param {number} value */
export const number = (value) => plain.format(value);

/** @param {number} bytes */
export function sizeOf(bytes) {
  const step = Math.max(0, Math.min(Math.floor(Math.log10(bytes || 1) / 3), UNITS.length - 1));
  const format = new Intl.NumberFormat(locale, { style: "unit", unit: UNITS[step] ?? "byte", unitDisplay: "short", maximumFractionDigits: 1 });
  return format.format(bytes / 1_000 ** step);
}
