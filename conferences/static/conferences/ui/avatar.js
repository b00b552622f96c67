/** A person's initials, in a colour that stays theirs; of who is here by phone alone, a phone. */

import { hueOf, initials } from "conferences/core/people.js";
import { icon, the } from "conferences/ui/parts.js";

/**
 * @param {{within: HTMLElement, id: string, name: string, web?: boolean}} wanted
 */
export function drawAvatar({ within, id, name, web = true }) {
  within.dataset.hue = String(hueOf(id));
  const avatar = the(".avatar", HTMLElement, within);
  if (!web) return avatar.querySelector("svg") || avatar.replaceChildren(icon("phone"));
  const letters = initials(name);
  if (avatar.textContent !== letters || avatar.querySelector("svg")) avatar.textContent = letters;
}
