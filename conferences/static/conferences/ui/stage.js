/**
 * The stage: everyone's tiles, where they lie, and what the server is asked to send for them.
 *
 * @import {Participant} from "conferences/core/messages.js"
 * @import {Plan} from "conferences/core/layout.js"
 * @import {Meeting} from "conferences/ui/view.js"
 * @import {Shown} from "conferences/ui/tile.js"
 */

import { arrange } from "conferences/core/grid.js";
import { cameraOf, MORE, plan, screenOf, SLIDES } from "conferences/core/layout.js";
import { admitted, handPlace } from "conferences/core/people.js";
import { presented } from "conferences/core/slides.js";
import { nextSpeaker } from "conferences/core/speaker.js";
import { lookOf, togglePin } from "conferences/ui/lead.js";
import { all, keep, part, streamOf } from "conferences/ui/parts.js";
import { drawTile, hearTile, makeTile, placeTile } from "conferences/ui/tile.js";
import { words } from "conferences/ui/words.js";

const NARROW = 700;
const MANY = 25;
const MANY_NARROW = 8;

/** @param {Meeting} meeting */
export function stage(meeting) {
  const { live, view } = meeting;
  const root = part("stage", HTMLElement);
  const tiles = document.createElement("div");
  tiles.className = "stage-tiles";
  root.prepend(tiles);
  let speaker = { id: "", since: 0 };

  live.subscribe((news) => {
    if (news.what !== "signal") return;
    if (news.signal.type === "network.quality")
      view.set({ quality: { ...view.quality, [news.signal.participant]: news.signal.quality } });
    if (news.signal.type !== "speaking.levels") return;
    view.levels = news.signal.levels;
    hear(tiles, view.levels);
    speaker = nextSpeaker({ speaker, levels: view.levels, you: live.you, now: Date.now() });
    if (speaker.id !== view.speaker) view.set({ speaker: speaker.id });
  });
  new ResizeObserver(view.changed).observe(root);
  tiles.addEventListener("click", ({ target }) => pinned(meeting, target));
  tiles.addEventListener("dblclick", ({ target }) => pinned(meeting, target, ".tile"));
  return () => draw(meeting, root, tiles);
}

/**
 * @param {Meeting} meeting
 * @param {HTMLElement} root
 * @param {HTMLElement} tiles
 */
function draw(meeting, root, tiles) {
  const { live } = meeting;
  if (!live.picture || !live.within) return;
  const wanted = planned(meeting, root);
  const keys = new Set([...wanted.stage, ...wanted.strip, wanted.float]);
  const shown = shownTiles(meeting).filter(({ key }) => keys.has(key));
  keep({ list: tiles, items: shown, key: ({ key }) => key, make: makeTile, draw: drawTile });
  place(meeting, root, tiles);
  hear(tiles, meeting.view.levels);
  const alone = admitted(live.picture).length < 2 && presented(live.picture) === null;
  for (const note of all('[data-part="alone"]', root)) note.hidden = !alone;
  drawHidden(wanted);
  look(meeting, wanted);
}

/**
 * @param {Meeting} meeting
 * @param {HTMLElement} root
 * @returns {Plan}
 */
function planned(meeting, root) {
  const { live, view } = meeting;
  const people = live.picture ? admitted(live.picture) : [];
  const limit = root.clientWidth < NARROW ? MANY_NARROW : MANY;
  const spotlight = live.picture?.spotlight ?? "";
  const slides = presented(live.picture) !== null;
  return plan({ people, you: live.you, ...lookOf(meeting), spotlight, speaker: view.speaker, limit, slides });
}

/**
 * @param {Meeting} meeting
 * @returns {Shown[]}
 */
function shownTiles(meeting) {
  const people = meeting.live.picture ? admitted(meeting.live.picture) : [];
  const screens = people.filter((person) => person.screen);
  return [...people.map((person) => cameraTile(meeting, person)), ...screens.map((person) => screenTile(meeting, person))];
}

/**
 * @param {Meeting} meeting
 * @param {Participant} person
 * @returns {Shown}
 */
function cameraTile(meeting, person) {
  const { live, session, local, view } = meeting;
  const own = person.id === live.you;
  const key = cameraOf(person.id);
  const showing = own ? session.showing : person.camera;
  const stream = own ? streamOf(local.tracks.camera) : (session.peer?.streams.get(key) ?? null);
  return {
    key,
    person,
    own,
    screen: false,
    stream: showing ? stream : null,
    muted: own ? !session.speaking : !person.microphone,
    handPlace: live.picture ? handPlace(live.picture, person.id) : 0,
    quality: qualityOf(view.quality[person.id], person),
    pinned: lookOf(meeting).pinned === key,
  };
}

/**
 * @param {Meeting} meeting
 * @param {Participant} person
 * @returns {Shown}
 */
function screenTile(meeting, person) {
  const { live, session, local } = meeting;
  const own = person.id === live.you;
  const key = screenOf(person.id);
  const stream = own ? streamOf(local.tracks.screen) : (session.peer?.streams.get(key) ?? null);
  const calm = /** @type {const} */ ({ muted: true, handPlace: 0, quality: "good" });
  return { key, person, own, screen: true, stream, pinned: lookOf(meeting).pinned === key, ...calm };
}

/**
 * @param {Meeting} meeting
 * @param {HTMLElement} root
 * @param {HTMLElement} tiles
 */
function place(meeting, root, tiles) {
  const { clientWidth: width, clientHeight: height } = root;
  if (!width || !height) return;
  const placed = arrange({ plan: planned(meeting, root), width, height, gap: width < NARROW ? 6 : 12 });
  const slides = placed.get(SLIDES);
  if (slides) placeTile(part("slides", HTMLElement), slides);
  const rest = placed.get(MORE);
  if (rest) placeTile(part("hidden-people", HTMLElement), rest);
  for (const tile of tiles.children) {
    const box = tile instanceof HTMLElement && placed.get(tile.dataset.key ?? "");
    if (box) placeTile(/** @type {HTMLElement} */ (tile), box);
  }
}

/**
 * @param {HTMLElement} tiles
 * @param {Record<string, number>} levels
 */
function hear(tiles, levels) {
  for (const tile of tiles.children)
    if (tile instanceof HTMLElement && tile.dataset.participant) hearTile(tile, levels[tile.dataset.participant] ?? 0);
}

/** @param {Plan} wanted */
function drawHidden({ hidden }) {
  const more = part("hidden-people", HTMLElement);
  more.hidden = hidden < 1;
  more.textContent = words("hidden", { count: hidden });
}

/**
 * Ask for what can be seen: those first who are large.
 *
 * @param {Meeting} meeting
 * @param {Plan} wanted
 */
function look(meeting, { stage, strip, float }) {
  const { live, session, view } = meeting;
  const seen = [lookOf(meeting).pinned, ...stage, view.speaker && cameraOf(view.speaker), ...strip, float];
  const ids = seen.filter((key) => key && key !== MORE).map((key) => key.slice(key.indexOf(":") + 1));
  const first = [...new Set(ids)].filter((id) => id !== live.you && live.picture?.participants[id]).slice(0, MANY);
  const own = (/** @type {string} */ key) => key === cameraOf(live.you) || key === screenOf(live.you) || key === MORE || key === SLIDES;
  const others = (/** @type {string[]} */ keys) => keys.filter((key) => !own(key)).length;
  const large = strip.length ? others(stage) : null;
  session.look({ videos: Math.min(MANY, others([...stage, ...strip])), first, large });
}

/**
 * @param {Meeting} meeting
 * @param {EventTarget | null} target
 * @param {string} selector
 */
function pinned(meeting, target, selector = ".tile-pin") {
  const hit = target instanceof Element ? target.closest(selector) : null;
  const tile = hit?.closest(".tile");
  if (tile instanceof HTMLElement) togglePin(meeting, tile.dataset.key ?? "");
}

/**
 * @param {Shown["quality"] | undefined} measured of their network, if they have pictures
 * @param {Participant} person
 * @returns {Shown["quality"]}
 */
function qualityOf(measured, { connected, line }) {
  if (!connected) return "lost";
  return line === "poor" ? "poor" : (measured ?? "good");
}
