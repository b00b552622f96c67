/** The connection of a browser, with a socket and a clock of our own. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { Live } from "conferences/live.js";

import { alice, picture } from "./house.js";

class House {
  constructor() {
    this.sockets = /** @type {any[]} */ ([]);
    this.news = /** @type {any[]} */ ([]);
    this.time = 1_000_000;
    this.timers = /** @type {{at: number, then: () => void}[]} */ ([]);
    this.renewed = 0;
    this.refusal = /** @type {{refused?: string}} */ ({});
    this.live = new Live({
      open: () => this.#open(),
      seats: { current: () => `seat-${this.renewed}`, renew: async () => ((this.renewed += 1), this.refusal) },
      clock: { now: () => this.time, after: (ms, then) => this.#after(ms, then), chance: () => 0 },
    });
    this.live.subscribe((news) => this.news.push(news));
  }

  #open() {
    const socket = { sent: /** @type {any[]} */ ([]), shut: false, close: () => void (socket.shut = true) };
    Object.assign(socket, { send: (/** @type {string} */ text) => socket.sent.push(JSON.parse(text)) });
    this.sockets.push(socket);
    return /** @type {any} */ (socket);
  }

  /**
   * @param {number} ms
   * @param {() => void} then
   */
  #after(ms, then) {
    const timer = { at: this.time + ms, then };
    this.timers.push(timer);
    return () => void (this.timers = this.timers.filter((other) => other !== timer));
  }

  /** @param {number} ms */
  pass(ms) {
    const end = this.time + ms;
    for (;;) {
      const [next] = this.timers.filter((timer) => timer.at <= end).sort((one, other) => one.at - other.at);
      if (!next) break;
      this.timers = this.timers.filter((timer) => timer !== next);
      this.time = Math.max(this.time, next.at);
      next.then();
    }
    this.time = Math.max(this.time, end);
  }

  get socket() {
    return this.sockets.at(-1);
  }

  /** @param {any[]} messages */
  say(...messages) {
    this.socket.onmessage({ data: JSON.stringify(messages.length > 1 ? messages : messages[0]) });
  }

  enter(seq = 7) {
    this.live.start();
    this.socket.onopen();
    this.say(welcome(seq));
    return this;
  }
}

const here = { you: "alice", conference: "c1", server: "s1", now: 1_000_500 };
const welcome = (/** @type {number} */ seq) => ({ welcome: picture({ seq, participants: { alice: alice() } }), seq, ...here });
const raised = (/** @type {number} */ seq) => ({ seq, event: { type: "hand.raised", at: 1, participant: "alice" } });

test("the first frame offers the seat and knows nothing", () => {
  const house = new House();
  house.live.start();
  house.socket.onopen();
  assert.deepEqual(house.socket.sent, [{ seat: "seat-0", conference: null, seq: null }]);
  assert.equal(house.live.phase, "joining");
});

test("a welcome makes it live and sets the clock", () => {
  const house = new House().enter();
  assert.equal(house.live.phase, "live");
  assert.equal(house.live.now(), 1_000_500);
  assert.deepEqual(house.news.map((news) => news.what), ["connection", "connection", "picture", "settled"]);
});

test("events of one frame are applied in order, and those nobody may hear are counted", () => {
  const house = new House().enter();
  house.say(raised(8), { seq: 9, event: null });
  assert.equal(house.live.picture?.seq, 9);
  assert.equal(house.live.me?.hand, 8);
});

test("an event heard twice happens once", () => {
  const house = new House().enter();
  house.say(raised(7));
  assert.equal(house.live.me?.hand, 0);
});

test("a hole in the numbers is asked for again from the last one heard", () => {
  const house = new House().enter();
  house.say(raised(9));
  assert.equal(house.live.phase, "reconnecting");
  house.pass(300);
  house.socket.onopen();
  assert.deepEqual(house.socket.sent, [{ seat: "seat-0", conference: "c1", seq: 7 }]);
  house.say({ resumed: 7, ...here }, raised(8), raised(9));
  assert.equal(house.live.phase, "live");
  assert.equal(house.live.me?.hand, 9);
});

test("silence of twelve seconds is a dead connection; a pong is none", () => {
  const house = new House().enter();
  house.pass(5_000);
  assert.deepEqual(house.socket.sent.at(-1), { signal: { type: "ping" } });
  house.say({ signal: { type: "pong" } });
  house.pass(11_900);
  assert.equal(house.live.phase, "live");
  house.pass(1_000);
  assert.equal(house.live.phase, "reconnecting");
});

test("a page that slept asks whether anybody is there before it gives up", () => {
  const house = new House().enter();
  house.time += 60_000;
  house.pass(0);
  assert.equal(house.live.phase, "live");
  assert.deepEqual(house.socket.sent.at(-1), { signal: { type: "ping" } });
  house.pass(4_000);
  assert.equal(house.live.phase, "reconnecting");
});

test("tries to come back are spaced out, and begin anew after success", () => {
  const house = new House().enter();
  for (const pause of [300, 1_000, 2_000, 2_000, 3_000, 3_000, 3_000, 3_000, 5_000, 8_000, 8_000]) {
    const { length } = house.sockets;
    house.socket.onclose({ code: 1006 });
    house.pass(pause - 1);
    assert.equal(house.sockets.length, length);
    house.pass(1);
    assert.equal(house.sockets.length, length + 1);
  }
});

test("a network that is back is tried at once", () => {
  const house = new House().enter();
  for (let tries = 0; tries < 4; tries += 1) house.socket.onclose({ code: 1006 }), house.pass(8_000);
  house.socket.onclose({ code: 1006 });
  house.live.hurry();
  assert.equal(house.sockets.length, 6);
});

test("a refusal is told with the command that was refused", () => {
  const house = new House().enter();
  house.live.submit({ type: "conference.end" });
  assert.deepEqual(house.socket.sent.at(-1), { ref: 1, command: { type: "conference.end" } });
  house.say({ ref: 1, refused: "not_allowed" });
  const { what, reason, command } = house.news.at(-1);
  assert.deepEqual({ what, reason, command }, { what: "refused", reason: "not_allowed", command: { type: "conference.end" } });
});

test("a seat that the server forgot is replaced without asking", async () => {
  const house = new House().enter();
  house.socket.onclose({ code: 4401 });
  await null;
  await null;
  house.pass(300);
  house.socket.onopen();
  assert.deepEqual(house.socket.sent, [{ seat: "seat-1", conference: null, seq: null }]);
});

test("a room that refuses the join says why", () => {
  const house = new House();
  house.live.start();
  house.socket.onopen();
  house.say({ refused: "locked" });
  house.socket.onclose({ code: 4403 });
  assert.deepEqual(house.live.closing, { why: "refused", reason: "locked" });
  assert.equal(house.live.phase, "joining");
});

test("who was removed is told so, and does not come back", () => {
  const house = new House().enter();
  house.say({ seq: 8, event: { type: "participant.left", at: 1, participant: "alice", reason: "removed", by: "bob" } });
  house.socket.onclose({ code: 4410 });
  assert.equal(house.live.phase, "ended");
  assert.deepEqual(house.live.closing, { why: "over", reason: "removed" });
  house.pass(60_000);
  assert.equal(house.sockets.length, 1);
});

test("a seat used in another tab ends this one", () => {
  const house = new House().enter();
  house.socket.onclose({ code: 4409 });
  assert.equal(house.live.closing?.why, "elsewhere");
  house.live.start({ returning: true });
  assert.equal(house.sockets.length, 2);
});

test("leaving is over even when the server says nothing", () => {
  const house = new House().enter();
  house.live.leave();
  assert.deepEqual(house.socket.sent.at(-1).command, { type: "participant.leave" });
  house.pass(1_500);
  assert.deepEqual(house.live.closing, { why: "over", reason: "left" });
});

test("who leaves has left, also when the connection is lost before the server knows", () => {
  const house = new House().enter();
  house.live.leave();
  house.socket.onclose({ code: 1006 });
  assert.equal(house.live.connection, "closed");
  assert.deepEqual(house.live.closing, { why: "over", reason: "left" });
});

test("nothing is asked while there is no connection", () => {
  const house = new House().enter();
  house.socket.onclose({ code: 1006 });
  assert.equal(house.live.submit({ type: "hand.raise" }), false);
});

test("who waits is waiting until the welcome that lets them in", () => {
  const house = new House();
  house.live.start();
  house.socket.onopen();
  house.say({ ...welcome(3), welcome: picture({ seq: 3, participants: { alice: alice({ role: "waiting" }) } }) });
  assert.equal(house.live.phase, "waiting");
  house.say(welcome(4));
  assert.equal(house.live.phase, "live");
});
