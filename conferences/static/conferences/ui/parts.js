/** The page's parts: finding them, and making new ones of its templates. */

/**
 * @template {Element} T
 * @param {string} name
 * @param {new () => T} type
 * @param {ParentNode} within
 * @returns {T}
 */
export function part(name, type, within = document) {
  return the(`[data-part="${name}"]`, type, within);
}

/**
 * The element of a selector; a page without it is a mistake of ours.
 *
 * @template {Element} T
 * @param {string} selector
 * @param {new () => T} type
 * @param {ParentNode} within
 * @returns {T}
 */
export function the(selector, type, within = document) {
  const found = within.querySelector(selector);
  if (found instanceof type) return found;
  throw new TypeError(selector);
}

/**
 * @param {string} selector
 * @param {ParentNode} within
 * @returns {HTMLElement[]}
 */
export function all(selector, within = document) {
  return [...within.querySelectorAll(selector)].filter((element) => element instanceof HTMLElement);
}

/**
 * @param {string} name
 * @returns {HTMLElement}
 */
export function made(name) {
  return copied(the(`template[data-template="${name}"]`, HTMLTemplateElement));
}

/**
 * @param {HTMLTemplateElement} template
 * @returns {HTMLElement}
 */
export function copied(template) {
  return /** @type {HTMLElement} */ (the("*", HTMLElement, template.content).cloneNode(true));
}

/**
 * Let a list have one element for every item, in order; elements that stay are left where they are.
 *
 * @template T
 * @param {{list: Element, items: T[], key: (item: T) => string, make: (item: T) => HTMLElement, draw: (element: HTMLElement, item: T) => void}} wanted
 */
export function keep({ list, items, key, make, draw }) {
  const old = new Map(all(":scope > [data-key]", list).map((element) => [element.dataset.key, element]));
  const kept = new Set(items.map(key));
  for (const [name, element] of old) if (!kept.has(name ?? "")) element.remove(); // first: a video that is moved stops
  let last = /** @type {Element | null} */ (null);
  for (const item of items) {
    const element = old.get(key(item)) ?? make(item);
    element.dataset.key = key(item);
    const place = last ? last.nextElementSibling : list.firstElementChild;
    if (place !== element) list.insertBefore(element, place);
    draw(element, item);
    last = element;
  }
}

/**
 * Say whether something is on, by the words that the element brings for it.
 *
 * @param {HTMLElement} element
 * @param {boolean} on
 */
export function show(element, on) {
  if (element.dataset.on === String(on)) return;
  element.dataset.on = String(on);
  const label = on ? element.dataset.labelOn : element.dataset.labelOff;
  if (label) element.setAttribute("aria-label", label);
}

/**
 * @param {HTMLVideoElement} video
 * @param {MediaStream | null} stream
 */
export function play(video, stream) {
  if (video.srcObject === stream) return;
  video.srcObject = stream;
  if (stream) video.play().catch(() => {}); // taken away again meanwhile
}

/**
 * A stream of one track, the same one for the same track.
 *
 * @param {MediaStreamTrack | null} track
 * @returns {MediaStream | null}
 */
export function streamOf(track) {
  if (!track) return null;
  const stream = STREAMS.get(track) ?? new MediaStream([track]);
  STREAMS.set(track, stream);
  return stream;
}

/** @type {WeakMap<MediaStreamTrack, MediaStream>} */
const STREAMS = new WeakMap();
