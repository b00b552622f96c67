/**
 * Brings together what the conference says of us, what we wish, and what our devices give.
 * Local tracks follow the events; only switching off does not wait for them.
 *
 * @import {ClientCommand} from "conferences/core/messages.js"
 * @import {Live, News} from "conferences/live.js"
 * @import {Local, Source} from "conferences/media/local.js"
 * @import {Switch, Wishes} from "conferences/media/wishes.js"
 */

import { Peer } from "conferences/media/peer.js";

const PAUSES_MS = [0, 500, 1_000, 2_000, 4_000, 8_000];
const STEADY_MS = 15_000;
const SWITCHES = /** @type {const} */ (["microphone", "camera"]);

/** @typedef {{videos: number, first: string[], large: number | null}} Seen */

export class Session {
  /** @type {Peer | null} */
  peer = null;
  /** The server that our media goes to. */
  #server = "";
  #tries = 0;
  #since = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #again;
  /** @type {Seen} */
  #seen = { videos: 0, first: [], large: null };
  /** What was asked for and is not answered yet. @type {Set<Source>} */
  #asked = new Set();
  /** The websocket is another than before: what was said by the old one may be lost. */
  #anew = false;

  /** @param {{live: Live, local: Local, wishes: Wishes, iceServers: RTCIceServer[], videos: number, changed: () => void}} parts */
  constructor({ live, local, wishes, iceServers, videos, changed }) {
    this.live = live;
    this.local = local;
    this.wishes = wishes;
    this.iceServers = iceServers;
    this.videos = videos;
    this.changed = changed;
    live.subscribe((news) => this.#hear(news));
  }

  /** Whether our sound is a phone's; then this page is silent, and its microphone closed. */
  get phoning() {
    return Boolean(this.live.me?.phone);
  }

  /** Whether we are heard: the conference says so, and we did not just switch our microphone off. */
  get speaking() {
    return Boolean(this.live.me?.microphone && (this.phoning || this.wishes.on.microphone));
  }

  /** Whether our camera is seen. */
  get showing() {
    return Boolean(this.live.me?.camera && this.wishes.on.camera);
  }

  /**
   * @param {Switch} what
   * @param {boolean} on
   */
  async turn(what, on) {
    if (what === "microphone" && this.phoning) return this.#ask(what, on);
    this.wishes.set(what, on);
    if (on) await this.local.prepare([what]);
    if (on && !this.local.tracks[what]) return this.wishes.set(what, false);
    this.#ask(what, on);
    this.sync();
    this.changed();
  }

  async shareScreen() {
    if (!(await this.local.shareScreen())) return;
    this.#asked.add("screen");
    if (!this.live.submit({ type: "screen.share", sound: Boolean(this.local.tracks.screen_audio) })) this.#stopScreen();
  }

  stopScreen() {
    this.#stopScreen();
    this.live.submit({ type: "screen.stop" });
  }

  /** @param {Seen} seen */
  look(seen) {
    if (JSON.stringify(seen) === JSON.stringify(this.#seen)) return;
    this.#seen = seen;
    this.live.signal({ type: "media.view", ...seen });
  }

  /** Let the tracks be what the conference and our wishes say. */
  sync() {
    const { me } = this.live;
    const { tracks } = this.local;
    this.#handOver();
    this.peer?.send("microphone", this.speaking && !this.phoning ? tracks.microphone : null);
    this.peer?.send("camera", this.showing ? tracks.camera : null);
    this.peer?.send("screen", me?.screen ? tracks.screen : null);
    this.peer?.send("screen_audio", me?.screen ? tracks.screen_audio : null);
    this.peer?.listenBy(this.wishes.devices.speaker);
    if (me?.screen && !tracks.screen && !this.#asked.has("screen")) this.live.submit({ type: "screen.stop" });
    if (this.live.phase === "live" && !this.wishes.on.camera && !me?.camera) this.local.close("camera");
    for (const what of this.#switches)
      if (me?.[what] && this.wishes.on[what] && this.local.problems[what] === "missing") this.turn(what, false);
  }

  /** Those of our devices that are this page's. */
  get #switches() {
    return SWITCHES.filter((what) => what !== "microphone" || !this.phoning);
  }

  /** To the phone; who comes back from it is muted first. */
  #handOver() {
    this.peer?.silence(this.phoning);
    if (!this.phoning) return;
    this.wishes.set("microphone", false);
    if (this.local.tracks.microphone) this.local.close("microphone");
  }

  /** @param {News} news */
  #hear(news) {
    if (news.what === "event") this.#follow(news.event);
    if (news.what === "refused" && news.command) this.#refused(news.command);
    if (news.what === "settled") this.#settle();
    if (news.what === "connection" && this.live.connection === "up") this.#anew = true;
    if (news.what === "connection" && this.live.connection === "closed") this.close();
    if (news.what === "signal") this.#signal(news.signal);
  }

  /** @param {import("conferences/core/messages.js").AnyEvent} event */
  #follow(event) {
    if (event.type === "call.merged" && event.into === this.live.you) this.sync();
    if (!("participant" in event) || event.participant !== this.live.you) return;
    const by = "by" in event ? event.by : "";
    if (event.type === "microphone.muted" && by && by !== this.live.you) this.wishes.set("microphone", false);
    if (event.type === "camera.stopped" && by && by !== this.live.you) this.wishes.set("camera", false);
    if (event.type === "screen.shared") this.#asked.delete("screen");
    if (event.type === "screen.stopped") this.#stopScreen();
    this.sync();
  }

  /** @param {ClientCommand} command */
  #refused(command) {
    if (command.type === "microphone.unmute") this.wishes.set("microphone", false);
    if (command.type === "camera.start") this.wishes.set("camera", false);
    if (command.type === "screen.share") this.#stopScreen();
    this.sync();
  }

  /** We are here, or here again: media connects, and the conference learns what we wish. */
  async #settle() {
    if (this.live.phase === "live") this.#reach();
    if (this.live.phase === "waiting") this.close(); // held back: the server has hung up
    await this.local.prepare(this.#switches.filter((what) => this.wishes.on[what]));
    if (this.live.phase !== "live") return;
    for (const what of this.#switches) {
      const on = this.wishes.on[what] && this.local.tracks[what] !== null;
      if (!on) this.wishes.set(what, false);
      if (this.live.me && this.live.me[what] !== on) this.#ask(what, on);
    }
    this.sync();
  }

  /**
   * @param {Switch} what
   * @param {boolean} on
   */
  #ask(what, on) {
    if (!this.live.me || this.live.me[what] === on) return;
    if (what === "microphone") this.live.submit({ type: on ? "microphone.unmute" : "microphone.mute" });
    else this.live.submit({ type: on ? "camera.start" : "camera.stop" });
  }

  #stopScreen() {
    this.#asked.delete("screen");
    this.local.close("screen");
    this.local.close("screen_audio");
  }

  /** @param {import("conferences/core/messages.js").ServerSignal} signal */
  #signal(signal) {
    if (signal.type === "media.answer") this.peer?.answer(signal.sdp);
    if (signal.type === "media.slots") this.peer?.place(signal.slots);
    if (signal.type === "media.failed" || signal.type === "media.refused") this.#retry();
  }

  /** Media outlives a lost websocket, but not a lost answer. */
  #reach() {
    const anew = this.#anew;
    this.#anew = false;
    if (!this.peer || this.#server !== this.live.server || (anew && !this.peer.answered)) this.#connect();
    else if (anew) this.#tellSeen();
  }

  #connect() {
    clearTimeout(this.#again);
    this.peer?.close();
    this.#server = this.live.server;
    this.#since = Date.now();
    this.peer = new Peer({
      iceServers: this.iceServers,
      videos: this.videos,
      signal: (signal) => this.live.signal(signal),
      changed: this.changed,
      failed: () => this.#retry(),
    });
    this.sync();
    this.peer.offer();
    this.#tellSeen();
  }

  #tellSeen() {
    if (this.#seen.videos) this.live.signal({ type: "media.view", ...this.#seen });
  }

  #retry() {
    if (Date.now() - this.#since > STEADY_MS) this.#tries = 0;
    const pause = PAUSES_MS[Math.min(this.#tries, PAUSES_MS.length - 1)];
    this.#tries += 1;
    clearTimeout(this.#again);
    this.#again = setTimeout(() => {
      if (this.live.phase === "live") this.#connect();
      else this.#server = ""; // the next welcome connects
    }, pause);
  }

  close() {
    clearTimeout(this.#again);
    this.peer?.close();
    this.peer = null;
    if (this.live.phase === "ended") this.local.closeAll();
  }
}
