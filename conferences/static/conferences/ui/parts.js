/** The page's parts: finding them, and making new ones of its templates. */

/**
 * A picture of the sprite.
 *
 * @param {string} name
 */
export function icon(name) {
  const known = the(".icon", SVGElement);
  const drawn = /** @type {SVGElement} */ (known.cloneNode(true));
  const sprite = the("use", SVGUseElement, known).getAttribute("href")?.split("#")[0] ?? "";
  the("use", SVGUseElement, drawn).setAttribute("href", `${sprite}#${name}`);
  return drawn;
}

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
 * Moving pictures that are no stream but are fetched, such as those of a recording: they see to the element themselves.
 *
 * @typedef {{show(video: HTMLVideoElement): void, hide(video: HTMLVideoElement): void}} Film
 */
/** @typedef {MediaStream | Film} Shown */

/** @type {WeakMap<HTMLVideoElement, Film>} */
const FILMS = new WeakMap();

/**
 * @param {HTMLVideoElement} video
 * @param {Shown | null} shown
 */
export function play(video, shown) {
  const film = shown && "show" in shown ? shown : null;
  playFilm(video, film);
  const stream = film ? null : /** @type {MediaStream | null} */ (shown);
  if (video.srcObject === stream) return;
  video.srcObject = stream;
  if (stream) video.play().catch(() => {}); // taken away again meanwhile
}

/**
 * @param {HTMLVideoElement} video
 * @param {Film | null} film
 */
function playFilm(video, film) {
  const before = FILMS.get(video) ?? null;
  if (before === film) return;
  before?.hide(video);
  FILMS.delete(video);
  if (!film) return;
  FILMS.set(video, film);
  film.show(video);
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
