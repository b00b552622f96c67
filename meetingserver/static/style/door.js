/** The door of a conference: one of its states after the other. */

import { all, copied, part, the } from "conferences/ui/parts.js";
import "style/switches.js";

const form = part("state", HTMLFormElement);
form.addEventListener("change", show);
const asked = new URLSearchParams(location.search).get("state");
if (asked) the("select", HTMLSelectElement, form).value = asked;
show();

function show() {
  const state = the("select", HTMLSelectElement, form).value;
  part("join", HTMLElement).hidden = !["join", "refused"].includes(state);
  part("join-refusal", HTMLElement).hidden = state !== "refused";
  part("waiting", HTMLElement).hidden = !["waiting", "lobby"].includes(state);
  for (const text of all("[data-waiting]")) text.hidden = text.dataset.waiting !== (state === "lobby" ? "lobby" : "host");
  part("waiting-message", HTMLElement).hidden = part("waiting-recording", HTMLElement).hidden = state !== "lobby";
  part("ended", HTMLElement).hidden = state !== "ended";
  const ending = the("[data-ending=left]", HTMLTemplateElement);
  part("ended-heading", HTMLElement).textContent = copied(ending).textContent;
  part("ended-text", HTMLElement).textContent = ending.content.querySelector("p")?.textContent ?? "";
  part("join-refusal", HTMLElement).textContent = part("waiting-said", HTMLElement).textContent = form.dataset.said ?? "";
  for (const avatar of all(".avatar")) avatar.textContent = "A";
  for (const button of all("[data-switch]")) Object.assign(button, { ariaLabel: button.dataset.labelOn }).dataset.on = "true";
  part("join-button", HTMLButtonElement).disabled = false;
}
