/**
 * The chapters, and what is found by words in chat, captions and slides; each leads to its moment.
 *
 * @import {Watching} from "streaming/main.js"
 */

import { keep, made, part, the } from "conferences/ui/parts.js";
import { clockText } from "streaming/core/clock.js";
import { chapterAt, found } from "streaming/core/manifest.js";

const MOST = 200;
const ICONS = /** @type {Record<string, string>} */ ({ slide: "slides", screen: "screen", speaker: "mic", start: "play", chat: "chat", caption: "captions" });

/** @param {Watching} watching */
export function contents({ player, view, seek }) {
  const root = part("contents", HTMLElement);
  const typed = part("search", HTMLInputElement);
  typed.addEventListener("input", () => view.changed());
  root.addEventListener("click", ({ target }) => {
    const row = target instanceof Element ? target.closest("[data-t]") : null;
    if (row instanceof HTMLElement) seek(Number(row.dataset.t));
  });
  return () => {
    const opened = root.hidden && view.panel === "contents";
    root.hidden = view.panel !== "contents";
    const { manifest } = player;
    if (root.hidden || !manifest) return;
    const wanted = typed.value.trim();
    const hits = wanted ? found(manifest.search, wanted).slice(0, MOST) : [];
    drawChapters(wanted ? [] : manifest.chapters, chapterAt(manifest.chapters, player.t));
    drawHits(hits, manifest.people);
    part("contents-empty", HTMLElement).hidden = wanted !== "" || manifest.chapters.length > 0;
    part("search-empty", HTMLElement).hidden = !wanted || hits.length > 0;
    if (opened) the("h2", HTMLElement, root).focus();
  };
}

/**
 * @param {import("streaming/core/manifest.js").Chapter[]} chapters
 * @param {import("streaming/core/manifest.js").Chapter | null} now
 */
function drawChapters(chapters, now) {
  keep({
    list: part("chapters", HTMLElement),
    items: chapters,
    key: ({ t, kind }) => `${t} ${kind}`,
    make: () => made("moment"),
    draw: (row, chapter) => {
      drawMoment(row, chapter.t, chapter.kind, chapter.title);
      if (chapter === now) the("button", HTMLElement, row).setAttribute("aria-current", "true");
      else the("button", HTMLElement, row).removeAttribute("aria-current");
    },
  });
}

/**
 * @param {import("streaming/core/manifest.js").Found[]} hits
 * @param {Record<string, string>} people
 */
function drawHits(hits, people) {
  keep({
    list: part("hits", HTMLElement),
    items: hits.map((hit, index) => ({ ...hit, key: `${hit.t} ${hit.kind} ${index}` })),
    key: ({ key }) => key,
    make: () => made("moment"),
    draw: (row, { t, kind, text, participant }) => drawMoment(row, t, kind, text, people[participant ?? ""]),
  });
}

/**
 * @param {HTMLElement} row
 * @param {number} t
 * @param {string} kind
 * @param {string} text
 * @param {string} [name]
 */
function drawMoment(row, t, kind, text, name = "") {
  const button = the("button", HTMLElement, row);
  button.dataset.t = String(t);
  the(".moment-time", HTMLElement, row).textContent = clockText(t);
  the(".moment-name", HTMLElement, row).textContent = name;
  the(".moment-text", HTMLElement, row).textContent = text;
  const use = the("use", SVGUseElement, row);
  const sprite = use.getAttribute("href")?.split("#")[0] ?? "";
  use.setAttribute("href", `${sprite}#${ICONS[kind] ?? "play"}`);
}
