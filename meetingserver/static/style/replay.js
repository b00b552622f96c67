/** What pages of recordings have of their own, filled with samples. */

import { menus } from "conferences/ui/menu.js";
import { all, made, part, show, the } from "conferences/ui/parts.js";

const moments = /** @type {{time: string, name: string, text: string}[]} */ (JSON.parse(the("#moments", HTMLElement).textContent ?? ""));

menus();
for (const panel of all(".panel")) panel.hidden = false;
for (const { time, name, text } of moments) part(name ? "transcript-lines" : "chapters", HTMLElement).append(momentMade(name ? "transcript-line" : "moment", { time, name, text }));
for (const button of all("[data-label-off]")) show(button, false);
Object.assign(part("length", HTMLElement), { textContent: "25:00" });
part("seek", HTMLElement).style.setProperty("--at", "0.4");
part("seek", HTMLElement).style.setProperty("--loaded", "0.7");
for (const element of [part("live", HTMLElement), part("captions-button", HTMLElement), part("film", HTMLElement), part("qualities", HTMLElement)]) element.hidden = false;
the("progress", HTMLProgressElement).value = 40;
for (const item of all("[role=menuitemradio], [role=menuitemcheckbox]")) item.ariaChecked = String(item.dataset.mode === "grid");
part("keys", HTMLDialogElement).open = true;

/**
 * @param {string} template
 * @param {{time: string, name: string, text: string}} moment
 */
function momentMade(template, { time, name, text }) {
  const row = made(template);
  the(".moment-time", HTMLElement, row).textContent = time;
  the(".moment-text", HTMLElement, row).textContent = text;
  const who = row.querySelector(".moment-name");
  if (who) who.textContent = name;
  return row;
}
