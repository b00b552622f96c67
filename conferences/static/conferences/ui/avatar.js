/** A person's initials, in a colour that stays theirs. */

import { hueOf, initials } from "conferences/core/people.js";
import { the } from "conferences/ui/parts.js";

/**
 * @param {{within: HTMLElement, id: string, name: string}} wanted
 */
export function drawAvatar({ within, id, name }) {
  within.dataset.hue = String(hueOf(id));
  const letters = initials(name);
  const avatar = the(".avatar", HTMLElement, within);
  if (avatar.textContent !== letters) avatar.textContent = letters;
}
