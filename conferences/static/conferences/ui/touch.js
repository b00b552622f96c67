/**
 * Fingers on a page: two of them zoom and push it, one swipes to the next, or pushes a page that is zoomed.
 */

const SWIPE = 50;

/** @typedef {{x: number, y: number}} Point */
/**
 * @param {{
 *   area: HTMLElement, mayPush: () => boolean, maySwipe: () => boolean,
 *   push: (by: Point) => void, zoom: (factor: number) => void, swipe: (forward: boolean) => void,
 * }} parts
 */
export function listenToTouch({ area, mayPush, maySwipe, push, zoom, swipe }) {
  /** @type {Map<number, Point>} */
  const fingers = new Map();
  let began = /** @type {Point | null} */ (null);

  area.addEventListener("pointerdown", (event) => fingerDown(event), { capture: true });
  area.addEventListener("pointermove", (event) => fingerMoved(event), { capture: true });
  for (const end of /** @type {const} */ (["pointerup", "pointercancel"]))
    window.addEventListener(end, (event) => fingerUp(event), { capture: true });

  /** @param {PointerEvent} event */
  function fingerDown(event) {
    if (event.pointerType !== "touch") return;
    fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    began = fingers.size === 1 ? { x: event.clientX, y: event.clientY } : null;
  }

  /** @param {PointerEvent} event */
  function fingerMoved(event) {
    const before = fingers.get(event.pointerId);
    if (!before) return;
    const now = { x: event.clientX, y: event.clientY };
    const other = [...fingers].find(([id]) => id !== event.pointerId)?.[1];
    fingers.set(event.pointerId, now);
    if (other) pinched({ before, now, other });
    else if (mayPush()) push({ x: now.x - before.x, y: now.y - before.y });
  }

  /** @param {{before: Point, now: Point, other: Point}} fingers */
  function pinched({ before, now, other }) {
    const apart = (/** @type {Point} */ finger) => Math.hypot(finger.x - other.x, finger.y - other.y) || 1;
    zoom(apart(now) / apart(before));
    push({ x: (now.x - before.x) / 2, y: (now.y - before.y) / 2 });
  }

  /** @param {PointerEvent} event */
  function fingerUp(event) {
    if (!fingers.delete(event.pointerId) || !began || event.type === "pointercancel") return;
    const [dx, dy] = [event.clientX - began.x, event.clientY - began.y];
    began = null;
    if (!maySwipe() || Math.abs(dx) < SWIPE || Math.abs(dx) < 2 * Math.abs(dy)) return;
    swipe(dx < 0 !== (document.dir === "rtl"));
  }
}
