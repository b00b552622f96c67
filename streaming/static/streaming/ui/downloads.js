/**
 * What can be kept of the recording, and asking for the film of it.
 *
 * @import {Watching} from "streaming/main.js"
 */

import { sizeOf } from "conferences/ui/locale.js";
import { keep, made, part, the } from "conferences/ui/parts.js";
import { toast } from "conferences/ui/toasts.js";
import { reason, words } from "conferences/ui/words.js";

/** It is packed while it is sent; nobody knows its size. */
const OFFLINE = { kind: "offline", file: "offline.zip", bytes: 0 };

/** @param {Watching} watching */
export function downloads({ bundle, player, view }) {
  const menu = part("menu-downloads", HTMLElement);
  const button = part("downloads", HTMLElement);
  const film = part("film", HTMLButtonElement);
  film.addEventListener("click", async () => {
    const { film_url = "" } = bundle.page;
    const answer = await fetch(film_url, { method: "POST", headers: { "X-CSRFToken": bundle.csrf } }).catch(() => null);
    if (answer?.ok) bundle.state = await answer.json();
    else toast({ text: reason("unreachable"), icon: "alert" });
    view.changed();
  });
  return () => {
    const { program, program_percent, status } = bundle.state;
    const files = player.manifest?.ended && bundle.open ? [...player.manifest.downloads, OFFLINE] : [];
    const mayAsk = status === "ready" && Boolean(bundle.page.film_url) && program !== "ready";
    button.hidden = bundle.page.offline || (!files.length && !mayAsk);
    film.hidden = !mayAsk;
    film.disabled = program === "making";
    part("film-note", HTMLElement).textContent = program === "making" ? words("film_making", { percent: program_percent }) : "";
    keep({
      list: part("download-list", HTMLElement),
      items: files,
      key: ({ file }) => file,
      make: () => made("download"),
      draw: (row, { kind, file, bytes }) => {
        const href = file === OFFLINE.file ? bundle.page.zip_url : bundle.url(file);
        if (row instanceof HTMLAnchorElement) Object.assign(row, { href, download: file });
        the(".download-name", HTMLElement, row).textContent = words(`download_${kind}`);
        the(".download-size", HTMLElement, row).textContent = bytes ? sizeOf(bytes) : "";
      },
    });
    menu.toggleAttribute("data-empty", !files.length);
  };
}
