/**
 * The connection to a conference, and the one place where its picture changes. Knows no page.
 *
 * @import {AnyEvent, ClientCommand, ClientSignal, Participant, Picture, ServerSignal} from "conferences/core/messages.js"
 * @import {Closing, Connection, Phase} from "conferences/core/phase.js"
 * @import {ClientFrame, Here, Numbered, Refusal, ServerFrame} from "conferences/core/wire.js"
 */

import { phaseOf } from "conferences/core/phase.js";
import { evolve } from "conferences/core/state.js";
import { closedFor, DEAD_MS, pauseMs, PING_MS, unframed } from "conferences/core/wire.js";

const TICK_MS = 1_000;
const SLEPT_MS = 2_000;
const ANSWER_MS = 3_000;
const ASKED_KEPT = 64;
/** `WebSocket.OPEN`, also where there are no websockets. */
const OPEN = 1;

/** @typedef {{what: "picture", before: Picture | null}} PictureNews a new picture; all may be different */
/** @typedef {{what: "event", event: AnyEvent, before: Picture}} EventNews */
/** @typedef {{what: "signal", signal: ServerSignal}} SignalNews */
/** @typedef {{what: "refused", reason: string, command: ClientCommand | undefined}} RefusedNews */
/** @typedef {{what: "settled"}} SettledNews after a welcome or all that was missed */
/** @typedef {{what: "connection"}} ConnectionNews */
/** @typedef {PictureNews | EventNews | SignalNews | RefusedNews | SettledNews | ConnectionNews} News */
/** @typedef {{send(text: string): void, close(): void, readyState?: number, onmessage: any, onclose: any, onopen: any, onerror: any}} Socket */
/** @typedef {{now(): number, after(ms: number, then: () => void): () => void, chance(): number}} Clock */
/**
 * Who holds this page's seat: the one kept, or a new one instead of one that the server no longer knows.
 *
 * @typedef {{current(): string, renew(): Promise<{refused?: string}>}} Seats
 */

/** @type {Clock} */
export const realClock = {
  now: () => Date.now(),
  after(ms, then) {
    const timer = setTimeout(then, ms);
    return () => clearTimeout(timer);
  },
  chance: () => Math.random(),
};

export class Live {
  /** @type {Picture | null} */
  picture = null;
  /** @type {Connection} */
  connection = "idle";
  /** @type {Closing | null} */
  closing = null;
  you = "";
  conference = "";
  server = "";
  /** Whether we were in this conference before, by this page or the one that was reloaded. */
  returning = false;
  /** The server's clock less ours, in milliseconds. */
  skew = 0;

  /** @type {Socket | null} */
  #socket = null;
  /** @type {Set<(news: News) => void>} */
  #listeners = new Set();
  /** @type {Map<number, ClientCommand>} */
  #asked = new Map();
  #ref = 0;
  #tries = 0;
  #leaving = false;
  #heard = 0;
  #pinged = 0;
  /** Why it is over, as the last events said. */
  #ending = "";
  #stopTicking = () => {};
  #stopWaiting = () => {};

  /** @param {{open: () => Socket, seats: Seats, clock?: Clock}} parts */
  constructor({ open, seats, clock = realClock }) {
    this.open = open;
    this.seats = seats;
    this.clock = clock;
  }

  /** @returns {Participant | null} */
  get me() {
    return this.picture?.participants[this.you] ?? null;
  }

  /** Whether we are in the conference, and see what happens there. */
  get within() {
    return this.me !== null && this.me.role !== "waiting";
  }

  /** @returns {Phase} */
  get phase() {
    return phaseOf(this);
  }

  /** The server's time, in milliseconds. */
  now() {
    return this.clock.now() + this.skew;
  }

  /**
   * @param {(news: News) => void} listener
   * @returns {() => void} stops it
   */
  subscribe(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** @param {{returning?: boolean}} how */
  start({ returning = false } = {}) {
    Object.assign(this, { picture: null, conference: "", closing: null, returning });
    this.#tries = 0;
    this.#ending = "";
    this.#connect();
  }

  /**
   * Ask; everybody, oneself too, hears of it by an event.
   *
   * @param {ClientCommand} command
   * @returns {boolean} whether there was a connection to ask by
   */
  submit(command) {
    if (this.connection !== "up") return false;
    this.#ref += 1;
    this.#asked.set(this.#ref, command);
    this.#asked.delete(this.#ref - ASKED_KEPT);
    return this.#send({ ref: this.#ref, command });
  }

  /**
   * @param {ClientSignal} signal
   * @returns {boolean}
   */
  signal(signal) {
    return this.connection === "up" && this.#send({ signal });
  }

  /** As if we had never been here. */
  reset() {
    this.#forget();
    Object.assign(this, { picture: null, conference: "", closing: null, returning: false });
    this.#become("idle");
  }

  /** Go away for good. */
  leave() {
    if (!this.submit({ type: "participant.leave" })) return this.#close({ why: "over", reason: "left" });
    this.#ending ||= "left";
    this.#stopWaiting = this.clock.after(1_500, () => this.#close({ why: "over", reason: "left" }));
  }

  /** The network may have changed: do not wait, or look whether anybody answers. */
  hurry() {
    if (this.connection === "lost") return this.#connect();
    this.#doubt();
  }

  /** Ask whether anybody is there, and give them a moment to answer. */
  #doubt() {
    if (this.connection !== "up") return;
    this.#heard = this.clock.now() - DEAD_MS + ANSWER_MS;
    this.#ping();
  }

  #connect() {
    this.#forget();
    this.#become(this.picture || this.returning ? "lost" : "connecting");
    const socket = this.open();
    this.#socket = socket;
    this.#heard = this.#pinged = this.clock.now();
    socket.onopen = () => this.#hello();
    socket.onmessage = (/** @type {{data: string}} */ { data }) => this.#receive(data);
    socket.onclose = (/** @type {{code: number}} */ { code }) => this.#closed(code);
    socket.onerror = () => {};
    this.#tick();
  }

  #hello() {
    const { conference, picture } = this;
    const known = picture && conference;
    this.#send({ seat: this.seats.current(), conference: known ? conference : null, seq: known ? picture.seq : null });
  }

  /** @param {ClientFrame} frame */
  #send(frame) {
    const socket = this.#socket;
    if (!socket || (socket.readyState ?? OPEN) !== OPEN) return false; // it is closing: its onclose comes next
    socket.send(JSON.stringify(frame));
    return true;
  }

  #tick() {
    const due = this.clock.now() + TICK_MS;
    this.#stopTicking = this.clock.after(TICK_MS, () => {
      const now = this.clock.now();
      if (now - due > SLEPT_MS) this.#doubt(); // what was said meanwhile is not read yet
      if (now - this.#heard >= DEAD_MS) return this.#closed(0);
      if (this.connection === "up" && now - this.#pinged >= PING_MS) this.#ping();
      this.#tick();
    });
  }

  #ping() {
    this.#pinged = this.clock.now();
    this.signal({ type: "ping" });
  }

  /** @param {string} data */
  #receive(data) {
    this.#heard = this.clock.now();
    const messages = unframed(data);
    for (const message of messages) this.#take(message);
    if (messages.some((message) => "welcome" in message || "resumed" in message)) this.#tell({ what: "settled" });
  }

  /** @param {ServerFrame} message */
  #take(message) {
    if ("welcome" in message) return this.#welcome(message, message.welcome);
    if ("resumed" in message) return this.#arrive(message);
    if ("event" in message) return this.#hear(message);
    if ("refused" in message) return this.#refused(message);
    if (message.signal.type === "server.leaving") this.#leaving = true;
    this.#tell({ what: "signal", signal: message.signal });
  }

  /**
   * @param {Here} here
   * @param {Picture} picture
   */
  #welcome(here, picture) {
    const before = this.picture;
    this.picture = picture;
    this.#arrive(here);
    this.#tell({ what: "picture", before });
  }

  /** @param {Here} here */
  #arrive({ you, conference, server, now }) {
    Object.assign(this, { you, conference, server, skew: now - this.clock.now(), returning: true });
    this.#tries = 0;
    this.#leaving = false;
    this.#become("up");
  }

  /** @param {Numbered} message */
  #hear({ seq, event }) {
    const before = this.picture;
    if (!before || seq <= before.seq) return;
    if (seq > before.seq + 1) return this.#closed(0); // one was lost: ask again from the last
    this.picture = evolve(before, event);
    if (!event) return;
    if (event.type === "participant.left" && event.participant === this.you) this.#ending = event.reason;
    if (event.type === "conference.ended") this.#ending = `ended_${event.reason}`;
    this.#tell({ what: "event", event, before });
  }

  /** @param {Refusal} refusal */
  #refused({ ref, refused }) {
    if (ref === undefined && this.connection !== "up") this.#ending = refused;
    else this.#tell({ what: "refused", reason: refused, command: this.#asked.get(ref ?? 0) });
  }

  /** @param {number} code */
  #closed(code) {
    if (this.#ending === "left") return this.#close({ why: "over", reason: "left" });
    const next = closedFor(code);
    if (next === "renew") return void this.#renew();
    if (next !== "resume") return this.#close({ why: next, reason: this.#ending });
    this.#forget();
    this.#become(this.picture || this.returning ? "lost" : "connecting");
    const pause = pauseMs({ tries: this.#tries, chance: this.clock.chance(), leaving: this.#leaving });
    this.#tries += 1;
    this.#stopWaiting = this.clock.after(pause, () => this.#connect());
  }

  async #renew() {
    this.#forget();
    const { refused } = await this.seats.renew();
    if (refused && refused !== "unreachable") return this.#close({ why: "refused", reason: refused });
    this.conference = "";
    this.#closed(0);
  }

  /** @param {Closing} closing */
  #close(closing) {
    this.#forget();
    this.closing = closing;
    this.#become("closed");
  }

  #forget() {
    this.#stopTicking();
    this.#stopWaiting();
    const socket = this.#socket;
    this.#socket = null;
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  }

  /** @param {Connection} connection */
  #become(connection) {
    if (this.connection === connection) return;
    this.connection = connection;
    this.#tell({ what: "connection" });
  }

  /** @param {News} news */
  #tell(news) {
    for (const listener of this.#listeners) listener(news);
  }
}
