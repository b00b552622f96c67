/**
 * The page elsewhere that everyone is invited to open: the card, and the dialog in which one offers it.
 *
 * @import {Meeting} from "conferences/ui/view.js"
 */

import { addressOf, hostOf } from "conferences/core/shared_links.js";
import { all, part, the } from "conferences/ui/parts.js";
import { say } from "conferences/ui/toasts.js";
import { reason, words } from "conferences/ui/words.js";

/** @param {Meeting} meeting */
export function sharedLink(meeting) {
  const { live, view } = meeting;
  listen(meeting);
  part("link-open", HTMLElement).addEventListener("click", () => view.set({ linkSeen: live.picture?.link?.id ?? 0 }));
  live.subscribe((news) => {
    if (news.what !== "event" || news.event.type !== "link.shared" || news.event.participant === live.you) return;
    say("link_shared", { name: news.event.name, host: hostOf(news.event.url) });
  });
  return () => {
    const link = live.picture?.link ?? null;
    for (const item of all("[data-link-item]")) item.hidden = !link;
    const card = part("link-card", HTMLElement);
    card.hidden = !link || view.linkSeen === link.id;
    if (!link) return;
    const host = hostOf(link.url);
    const own = link.participant === live.you;
    part("link-offer", HTMLElement).textContent = own ? words("link_own", { host }) : words("link_offer", { name: link.name, host });
    part("link-title", HTMLElement).textContent = link.title;
    part("link-address", HTMLElement).textContent = link.url;
    part("link-open", HTMLAnchorElement).href = link.url;
  };
}

/** @param {Meeting} meeting */
function listen({ live }) {
  const dialog = part("link-dialog", HTMLDialogElement);
  const url = part("link-url", HTMLInputElement);
  const title = part("link-name", HTMLInputElement);
  const wrong = part("link-wrong", HTMLElement);
  the("[data-close]", HTMLElement, dialog).addEventListener("click", () => dialog.close());
  url.addEventListener("input", () => void (wrong.hidden = true));
  part("link-form", HTMLFormElement).addEventListener("submit", (event) => {
    const address = addressOf(url.value);
    if (address && live.submit({ type: "link.share", url: address, title: title.value.trim() })) {
      url.value = title.value = "";
      return;
    }
    event.preventDefault();
    wrong.textContent = reason(address ? "unreachable" : "address_wrong");
    wrong.hidden = false;
    url.focus();
  });
}
