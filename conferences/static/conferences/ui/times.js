/** Moments, as people read them where they are. The page has them as the server reads them. */

import { locale } from "conferences/ui/locale.js";
import { all } from "conferences/ui/parts.js";

/** @type {Record<string, Intl.DateTimeFormatOptions>} */
const STYLES = { date: { dateStyle: "long", timeStyle: "short" }, time: { timeStyle: "short" } };

/** @param {ParentNode} within */
export function localTimes(within = document) {
  for (const element of all("time[data-time]", within)) {
    const moment = new Date(element.getAttribute("datetime") ?? "");
    if (Number.isNaN(moment.getTime())) continue;
    const style = STYLES[element.dataset.time ?? ""] ?? {};
    element.textContent = new Intl.DateTimeFormat(locale, style).format(moment);
  }
}
