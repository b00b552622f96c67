/**
 * The page elsewhere that everyone was invited to open.
 *
 * @import {Watching} from "streaming/main.js"
 */

import { hostOf } from "conferences/core/shared_links.js";
import { part } from "conferences/ui/parts.js";
import { words } from "conferences/ui/words.js";

/** @param {Watching} watching */
export function link({ playback }) {
  return () => {
    const offered = playback.picture?.link ?? null;
    part("link-card", HTMLElement).hidden = !offered;
    if (!offered) return;
    part("link-offer", HTMLElement).textContent = words("link_offer", { name: offered.name, host: hostOf(offered.url) });
    const open = part("link-open", HTMLAnchorElement);
    open.href = offered.url;
    open.textContent = offered.title || offered.url;
  };
}
