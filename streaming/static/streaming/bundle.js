/**
 * Where the recording's files lie and how far it is: keeps the right to them, and looks whether there is more.
 *
 * @import {Manifest} from "streaming/core/manifest.js"
 */

const RENEWED_MS = 4 * 60_000;
const LOOK_MS = 2_000;
const SLOWEST_MS = 15_000;
/** When nothing comes for so long, a live recording may be over. */
const QUIET_MS = 8_000;

/** @typedef {"recording" | "making" | "ready" | "failed" | "gone"} Status */
/**
 * What the server says of a recording; `media`: where its files lie, or nothing.
 *
 * @typedef {{status: Status, live: boolean, version: number, media: string, step: string, percent: number, program: string, program_percent: number}} State
 */
/** @typedef {{id: string, title: string, began_at: number, renew_url: string, zip_url?: string, film_url?: string, state: State, offline?: boolean}} Page */

/** It is not there, or not for us. */
export class Missing extends Error {}

export class Bundle {
  /** @type {Manifest | null} */
  manifest = null;
  /** The network fails. */
  failing = false;

  /** When the address was given. */
  #given = Date.now();
  /** @type {Promise<void> | null} */
  #renewing = null;
  #pause = LOOK_MS;
  /** When there was more the last time. */
  #grew = Date.now();

  /**
   * @param {{page: Page, csrf: string, changed: () => void, grown: (manifest: Manifest, before: Manifest | null) => void, moved: () => void}} parts
   *   `grown`: there is more, or another one; `moved`: addresses have changed
   */
  constructor({ page, csrf, changed, grown, moved }) {
    this.page = page;
    this.csrf = csrf;
    this.state = page.state;
    this.changed = changed;
    this.grown = grown;
    this.moved = moved;
  }

  /** @param {string} path */
  url(path) {
    return this.state.media + path;
  }

  /** There is something to be watched. */
  get open() {
    return this.state.media !== "";
  }

  /** Look again and again, for as long as something may come. */
  async follow() {
    for (;;) {
      await this.#look();
      await new Promise((resolve) => setTimeout(resolve, this.#pause));
    }
  }

  /**
   * @param {string} path
   * @param {AbortSignal} [signal]
   * @returns {Promise<Response>}
   */
  async fetch(path, signal) {
    if (this.page.offline) return carried(path);
    if (!this.open) throw new Missing(path);
    const asked = this.state.media;
    const answer = await fetch(this.url(path), { signal: signal ?? null });
    if (answer.ok) return answer;
    if (asked === this.state.media) await this.renew(); // it may be too old
    if (!this.open || asked === this.state.media) throw new Missing(path);
    const again = await fetch(this.url(path), { signal: signal ?? null });
    if (!again.ok) throw new Missing(path);
    return again;
  }

  /**
   * What lies at an address that the journal told; the address may be old.
   *
   * @param {string} address
   */
  follows = (address) => {
    const path = /\/((?:documents|files)\/[^/]+\/[^/]+)$/.exec(address)?.[1];
    return this.fetch(path ?? address);
  };

  /**
   * @param {string} file
   * @returns {Promise<any>} JSON, in which addresses of the bundle lead to it
   */
  async read(file) {
    const text = await (await this.fetch(file)).text();
    const base = new URL(this.state.media, location.href).pathname;
    return JSON.parse(text.replaceAll('"bundle:', `"${base}`));
  }

  renew() {
    this.#renewing ??= this.#renew().finally(() => void (this.#renewing = null));
    return this.#renewing;
  }

  async #renew() {
    if (this.page.offline) return;
    const answer = await fetch(this.page.renew_url, { method: "POST", headers: { "X-CSRFToken": this.csrf } });
    if (!answer.ok && answer.status !== 404 && answer.status !== 403) throw new Error(String(answer.status));
    const before = this.state;
    this.state = answer.ok ? await answer.json() : { ...before, status: "gone", media: "" };
    this.#given = Date.now();
    if (this.open && before.media && this.state.version === this.manifest?.version) this.moved();
    this.changed();
  }

  async #look() {
    try {
      const { status, live, program } = this.state;
      const quiet = live && this.manifest !== null && Date.now() - this.#grew > QUIET_MS;
      const waits = !this.open || program === "making" || quiet;
      if (waits || Date.now() - this.#given > RENEWED_MS) await this.renew();
      const same = status === this.state.status && program === this.state.program && this.state.version === this.manifest?.version;
      if (this.open && (live || !same)) await this.#read();
      this.#succeed();
    } catch (error) {
      if (error instanceof Missing && !this.manifest) return; // it comes
      this.fail();
    }
  }

  async #read() {
    /** @type {Manifest} */
    const manifest = await this.read("manifest.json");
    const before = this.manifest;
    this.manifest = manifest;
    if (before?.audio.segments !== manifest.audio.segments) this.#grew = Date.now();
    this.grown(manifest, before);
    if (this.state.live && manifest.ended) await this.renew();
  }

  #succeed() {
    this.#pause = LOOK_MS;
    if (!this.failing) return;
    this.failing = false;
    this.changed();
  }

  /** The network fails; look less often, until it is back. */
  fail() {
    this.#pause = Math.min(SLOWEST_MS, this.#pause * 2);
    if (this.failing) return;
    this.failing = true;
    this.changed();
  }
}

/**
 * A text that the page has in itself, because it may fetch none.
 *
 * @param {string} path
 */
function carried(path) {
  const text = JSON.parse(document.getElementById("files")?.textContent ?? "{}")[path];
  if (text === undefined) throw new Missing(path);
  return new Response(text);
}
