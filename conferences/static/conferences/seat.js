/**
 * The seat that this page holds in a room, and what it remembers of its person from page to page.
 *
 * @import {Seats} from "conferences/live.js"
 */

/** @typedef {{slug: string, seat_url: string, socket_path: string, documents_url: string, attendance_url: string, watch_path: string, upload_max_bytes: number, files_url: string, file_max_bytes: number, dials_out: boolean, name: string, signed_in: boolean, guests_allowed: boolean, ice_servers: RTCIceServer[]}} Page */
/** @typedef {{name: string, pin: string, billing_code: string}} Asked */
/** @typedef {{seat: string, participant: string, entitled: boolean, name: string, billing_code: string, entered: boolean}} Held */

const NAME = "meeting.name";

/** @implements {Seats} */
export class Seat {
  /** @param {{page: Page, csrf: string}} parts */
  constructor({ page, csrf }) {
    this.page = page;
    this.csrf = csrf;
    this.key = `meeting.seat.${page.slug}`;
    /** @type {Held | null} */
    this.held = JSON.parse(sessionStorage.getItem(this.key) ?? "null");
    /** What they called themselves last in this page. */
    this.called = "";
  }

  /** The name to suggest. */
  get name() {
    return this.held?.name || this.called || this.page.name || localStorage.getItem(NAME) || "";
  }

  current() {
    return this.held?.seat ?? "";
  }

  /**
   * @param {Asked} asked
   * @returns {Promise<{refused?: string}>} the reason, as a word, if there is no seat for them
   */
  async take({ name, pin, billing_code }) {
    const answer = await this.#post({ name, pin, billing_code });
    if (!answer.seat) return { refused: answer.refused ?? "unreachable" };
    this.called = name;
    localStorage.setItem(NAME, name);
    this.#hold({ ...answer, name, billing_code, entered: false });
    return {};
  }

  /** @returns {Promise<{refused?: string}>} */
  renew() {
    return this.take({ name: this.name, pin: "", billing_code: this.held?.billing_code ?? "" });
  }

  /** From now on a reload is no entry. */
  enter() {
    if (this.held && !this.held.entered) this.#hold({ ...this.held, entered: true });
  }

  give() {
    this.held = null;
    sessionStorage.removeItem(this.key);
  }

  /**
   * What the holder of this seat may have of a conference; null: the server does not answer.
   *
   * @param {string} url
   * @param {string} conference
   */
  get(url, conference) {
    return fetch(url, { headers: { "X-Seat": this.current(), "X-Conference": conference } }).catch(() => null);
  }

  /** @param {Held} held */
  #hold(held) {
    this.held = held;
    sessionStorage.setItem(this.key, JSON.stringify(held));
  }

  /** @param {Asked} body */
  async #post(body) {
    const headers = { "Content-Type": "application/json", "X-CSRFToken": this.csrf };
    try {
      const response = await fetch(this.page.seat_url, { method: "POST", headers, body: JSON.stringify(body) });
      return await response.json();
    } catch {
      return { refused: "unreachable" };
    }
  }
}
