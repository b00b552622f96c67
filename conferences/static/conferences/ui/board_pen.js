/**
 * What a pointer does on the page, by the tool that is taken up: draws, erases, selects and moves, points. A deed begins
 * where one presses and ends where one lets go; a second finger ends it, as it zooms; a palm beside a pen is
 * nothing.
 *
 * @import {Spot} from "conferences/core/figures.js"
 * @import {PenMoved, Shape} from "conferences/core/messages.js"
 * @import {Easel} from "conferences/ui/easel.js"
 */

import { figureOf, simplified } from "conferences/core/figures.js";
import { newId } from "conferences/ui/easel.js";

const SEND_MS = 50;
/** Numbers in one signal. */
const MOST_TOLD = 400;
/** Ten-thousandths: less is a click, not a line. */
const CLICK = 40;

/** @typedef {{move: (spots: Spot[]) => void, end: () => void, cancel: () => void}} Deed */

/**
 * @param {Easel} easel
 * @param {{write: (spot: Spot) => void}} editor
 */
export function listenToPen(easel, editor) {
  const { board, meeting } = easel;
  /** @type {Deed | null} */
  let deed = null;
  let pointer = { pointerId: -1, pointerType: "" };
  const laser = laserOf(easel);
  const stop = () => {
    deed?.cancel();
    deed = null;
    easel.changed();
  };

  board.addEventListener("pointerdown", (event) => {
    if (!meeting.view.tool || event.button !== 0 || event.target instanceof HTMLTextAreaElement) return;
    event.stopPropagation();
    if (deed && event.pointerType !== pointer.pointerType) return;
    if (deed || !event.isPrimary) return stop();
    event.preventDefault();
    board.focus({ preventScroll: true });
    board.setPointerCapture(event.pointerId);
    pointer = event;
    deed = begun(easel, editor, laser, event);
    easel.changed();
  });
  board.addEventListener("pointermove", (event) => {
    if (meeting.view.tool === "laser" && event.pointerType !== "touch") laser.move([easel.spot(event)]);
    else if (deed && event.pointerId === pointer.pointerId) deed.move(spotsOf(easel, event));
    else return;
    easel.changed();
  });
  board.addEventListener("pointerup", (event) => {
    if (!deed || event.pointerId !== pointer.pointerId) return;
    const done = deed;
    deed = null;
    done.end();
    easel.changed();
  });
  board.addEventListener("pointercancel", ({ pointerId }) => void (pointerId === pointer.pointerId && stop()));
  return { stop, get busy() { return deed !== null; } };
}

/**
 * All places since the last event, for smooth lines.
 *
 * @param {Easel} easel
 * @param {PointerEvent} event
 */
function spotsOf(easel, event) {
  const passed = event.getCoalescedEvents?.() ?? [];
  return (passed.length ? passed : [event]).map((one) => easel.spot(one));
}

/**
 * @param {Easel} easel
 * @param {{write: (spot: Spot) => void}} editor
 * @param {Deed} laser
 * @param {PointerEvent} event
 * @returns {Deed}
 */
function begun(easel, editor, laser, event) {
  const spot = easel.spot(event);
  const { tool } = easel.meeting.view;
  if (tool === "select") return selecting(easel, spot, event.shiftKey);
  if (tool === "eraser") return erasing(easel, spot);
  if (tool === "text" || tool === "note") return { move: () => {}, end: () => editor.write(spot), cancel: () => {} };
  if (tool === "laser" || tool === "") return laser.move([spot]), laser;
  return drawing(easel, tool, spot);
}

/**
 * @param {Easel} easel
 * @param {PenMoved["kind"]} kind
 * @param {Spot} start
 * @returns {Deed}
 */
function drawing(easel, kind, start) {
  const { live, view } = easel.meeting;
  const { colour, width } = view;
  const { place } = easel; // also if somebody turns the page meanwhile
  const shape = newId();
  const freehand = kind === "stroke" || kind === "highlight";
  /** @type {number[]} */
  const points = [];
  let told = 0;
  let timer = 0;
  const untold = () => (freehand ? points.slice(told).slice(-MOST_TOLD) : [...(told ? [] : points.slice(0, 2)), ...points.slice(-2)]);
  const tell = () => {
    timer = 0;
    if (place) live.signal({ type: "pen.moved", ...place, shape, kind, colour, width, points: untold() });
    told = points.length;
  };
  const move = (/** @type {Spot[]} */ spots) => {
    const news = spots.flatMap(({ x, y }) => [x, y]);
    points.push(...news);
    if (!place) return;
    easel.motions.take({ participant: live.you, move: { type: "pen.moved", ...place, shape, kind, colour, width, points: news } }, Date.now());
    timer ||= setTimeout(tell, SEND_MS);
  };
  const cancel = () => {
    clearTimeout(timer);
    easel.motions.settle(shape);
  };
  move([start]);
  return {
    move,
    cancel,
    end() {
      clearTimeout(timer);
      if (!freehand && isClick(points)) return cancel();
      easel.add(figureOf({ kind, colour, width, points: freehand ? simplified(points) : points }), shape, place);
    },
  };
}

/** @param {number[]} points */
function isClick(points) {
  const [x1 = 0, y1 = 0] = points;
  const [x2 = 0, y2 = 0] = points.slice(-2);
  return Math.hypot(x2 - x1, y2 - y1) < CLICK;
}

/**
 * @param {Easel} easel
 * @param {Spot} start
 * @returns {Deed}
 */
function erasing(easel, start) {
  /** @type {Shape[]} */
  const gone = [];
  const { place } = easel;
  const move = (/** @type {Spot[]} */ spots) => {
    for (const shape of easel.shapes)
      if (!easel.hidden.has(shape.id) && easel.mayChange(shape) && spots.some((spot) => easel.isHit(shape, spot))) {
        gone.push(shape);
        easel.hidden.add(shape.id);
      }
  };
  move([start]);
  return { move, end: () => easel.erase(gone, place), cancel: () => easel.hidden.clear() };
}

/**
 * @param {Easel} easel
 * @param {Spot} start
 * @param {boolean} more beside what is selected already
 * @returns {Deed}
 */
function selecting(easel, start, more) {
  const { view } = easel.meeting;
  const hit = easel.hit(start);
  if (!hit) return framing(easel, start, more ? view.selected : new Set());
  if (more) view.selected = toggled(view.selected, hit.id);
  else if (!view.selected.has(hit.id)) view.selected = new Set([hit.id]);
  const { chosen: shapes, place } = easel;
  const ids = new Set(shapes.map(({ id }) => id));
  const cancel = () => void (easel.shift = null);
  return {
    cancel,
    move(spots) {
      const now = spots.at(-1) ?? start;
      easel.shift = { ids, dx: now.x - start.x, dy: now.y - start.y };
    },
    end() {
      const { shift } = easel;
      if (shift && (shift.dx || shift.dy)) easel.move(shapes, shift, place);
      else cancel();
    },
  };
}

/**
 * @param {Easel} easel
 * @param {Spot} start
 * @param {Set<string>} kept
 * @returns {Deed}
 */
function framing(easel, start, kept) {
  const { view } = easel.meeting;
  view.selected = kept;
  const stop = () => void (easel.frame = null);
  return {
    move(spots) {
      const { x, y } = spots.at(-1) ?? start;
      easel.frame = { left: Math.min(start.x, x), top: Math.min(start.y, y), right: Math.max(start.x, x), bottom: Math.max(start.y, y) };
      view.selected = new Set([...kept, ...easel.within(easel.frame).map(({ id }) => id)]);
    },
    end: stop,
    cancel: stop,
  };
}

/**
 * @param {Set<string>} selected
 * @param {string} id
 */
function toggled(selected, id) {
  const then = new Set(selected);
  if (!then.delete(id)) then.add(id);
  return then;
}

/**
 * @param {Easel} easel
 * @returns {Deed}
 */
function laserOf(easel) {
  const { live } = easel.meeting;
  let timer = 0;
  /** @type {Spot | null} */
  let last = null;
  const tell = () => {
    timer = 0;
    if (easel.place && last) live.signal({ type: "pointer.moved", ...easel.place, ...last });
  };
  return {
    move(spots) {
      last = spots.at(-1) ?? null;
      if (!easel.place || !last) return;
      easel.motions.take({ participant: live.you, move: { type: "pointer.moved", ...easel.place, ...last } }, Date.now());
      timer ||= setTimeout(tell, SEND_MS);
    },
    end() {},
    cancel() {},
  };
}
