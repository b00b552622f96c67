/**
 * Files on their way to the server: one request each, the file as its body, with the seat as the permit.
 *
 * @import {Live} from "conferences/live.js"
 * @import {Seat} from "conferences/seat.js"
 */

const NAME_LENGTH = 150;
const GONE_MS = 12_000;

/** @typedef {{key: string, name: string, percent: number, refused: string, cancel: () => void}} Upload */

export class Uploads {
  /** @type {Upload[]} */
  running = [];
  #count = 0;

  /** @param {{live: Live, seat: Seat, url: string, most: number, named: string, changed: () => void}} parts `most` bytes; `named`: the header of a file's name */
  constructor({ live, seat, url, most, named, changed }) {
    this.url = url;
    this.most = most;
    this.named = named;
    this.live = live;
    this.seat = seat;
    this.changed = changed;
  }

  /**
   * @param {File} file
   * @param {Record<string, string>} headers
   */
  send(file, headers = {}) {
    this.#count += 1;
    const request = new XMLHttpRequest();
    /** @type {Upload} */
    const upload = { key: String(this.#count), name: file.name, percent: 0, refused: "", cancel: () => this.#forget(upload, request) };
    this.running = [...this.running, upload];
    if (file.size > this.most) this.#refuse(upload, "file_too_large");
    else this.#post({ request, file, upload, headers });
    this.changed();
  }

  /** @param {{request: XMLHttpRequest, file: File, upload: Upload, headers: Record<string, string>}} parts */
  #post({ request, file, upload, headers }) {
    request.open("POST", this.url);
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.setRequestHeader("X-CSRFToken", this.seat.csrf);
    request.setRequestHeader("X-Seat", this.seat.current());
    request.setRequestHeader("X-Conference", this.live.conference);
    request.setRequestHeader(this.named, encodeURIComponent(wellFormed(file.name)));
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded, total }) => {
      upload.percent = Math.floor((100 * loaded) / (total || 1));
      this.changed();
    };
    request.onload = () => this.#answered(upload, request);
    request.onerror = () => this.#refuse(upload, "unreachable");
    request.send(file);
  }

  /**
   * @param {Upload} upload
   * @param {XMLHttpRequest} request
   */
  #answered(upload, request) {
    if (request.status === 200) return this.#forget(upload);
    const refused = request.status === 413 ? "too_large" : reasonIn(request.responseText);
    this.#refuse(upload, refused === "too_large" ? "file_too_large" : refused);
  }

  /**
   * @param {Upload} upload
   * @param {string} reason
   */
  #refuse(upload, reason) {
    upload.refused = reason;
    setTimeout(() => this.#forget(upload), GONE_MS);
    this.changed();
  }

  /**
   * @param {Upload} upload
   * @param {XMLHttpRequest} [request]
   */
  #forget(upload, request) {
    request?.abort();
    this.running = this.running.filter((other) => other !== upload);
    this.changed();
  }
}

/** @param {string} text */
function reasonIn(text) {
  try {
    return String(JSON.parse(text).refused ?? "other");
  } catch {
    return "other";
  }
}

/**
 * The end of a name, without halves of letters, which cannot be encoded.
 *
 * @param {string} name
 */
const wellFormed = (name) => [...name].slice(-NAME_LENGTH).join("").replace(/[\ud800-\udfff]/gu, "");
