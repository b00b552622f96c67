/** What we wish, what the conference says, and what is sent: brought together. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { alice, bob, picture } from "./house.js";

/** A PeerConnection that remembers what it sends. */
class Connection {
  constructor() {
    Connection.made.push(this);
    this.transceivers = /** @type {any[]} */ ([]);
    this.signalingState = "stable";
    this.localDescription = { sdp: "v=0" };
  }

  /** @param {string} kind */
  addTransceiver(kind) {
    const layers = { encodings: [{ active: true }, { active: true }] };
    const encodings = { layers, getParameters: () => layers, setParameters: async () => {} };
    const sender = { track: null, ...encodings, replaceTrack: async (/** @type {any} */ track) => void (sender.track = track) };
    const transceiver = { mid: String(this.transceivers.length), sender, receiver: { track: { kind } } };
    this.transceivers.push(transceiver);
    return transceiver;
  }

  getTransceivers() {
    return this.transceivers;
  }

  async setLocalDescription() {}

  close() {}

  get sent() {
    return this.transceivers.slice(0, 4).map(({ sender }) => sender.track);
  }
}
Connection.made = /** @type {Connection[]} */ ([]);

class Store extends Map {
  getItem = (/** @type {string} */ key) => this.get(key) ?? null;
  setItem = (/** @type {string} */ key, /** @type {string} */ value) => void this.set(key, value);
}

Object.assign(globalThis, {
  RTCPeerConnection: Connection,
  RTCRtpReceiver: { getCapabilities: () => ({ codecs: [] }) },
  sessionStorage: new Store(),
  localStorage: new Store(),
});

const { Session } = await import("conferences/media/session.js");
const { Wishes } = await import("conferences/media/wishes.js");

class House {
  constructor() {
    this.asked = /** @type {string[]} */ ([]);
    this.hear = (/** @type {any} */ _) => {};
    const people = { alice: alice(), bob: bob() };
    const answers = { submit: ({ type = "" }) => this.asked.push(type) > 0, signal: () => true };
    const state = { you: "alice", phase: "live", connection: "up", server: "s1", picture: picture({ participants: people }) };
    this.live = { ...state, ...answers, me: alice(), subscribe: (/** @type {any} */ hear) => void (this.hear = hear) };
    this.wishes = new Wishes();
    for (const what of /** @type {const} */ (["microphone", "camera"])) this.wishes.set(what, true);
    const tracks = { microphone: { id: "voice" }, camera: { id: "face", getSettings: () => ({ width: 320, height: 240 }) }, screen: null, screen_audio: null };
    const problems = { microphone: "", camera: "" };
    this.local = { tracks, problems, prepare: async () => {}, close: () => {}, closeAll: () => {} };
    const parts = { live: this.live, local: this.local, wishes: this.wishes, iceServers: [], videos: 2, changed: () => {} };
    this.session = new Session(/** @type {any} */ (parts));
  }

  get sent() {
    return Connection.made.at(-1)?.sent ?? [];
  }

  async settle() {
    this.hear({ what: "settled" });
    await new Promise((done) => setImmediate(done));
  }

  /** @param {any} event */
  tell(event) {
    const microphone = { "microphone.unmuted": { microphone: true }, "microphone.muted": { microphone: false } };
    const facts = { ...microphone, "camera.started": { camera: true } };
    Object.assign(this.live.me, facts[/** @type {keyof facts} */ (event.type)]);
    this.hear({ what: "event", event: { participant: "alice", ...event } });
  }
}

test("who comes in asks for what they wish, and sends nothing before it is a fact", async () => {
  const house = new House();
  await house.settle();
  assert.deepEqual(house.asked, ["microphone.unmute", "camera.start"]);
  assert.deepEqual(house.sent, [null, null, null, null]);
  house.tell({ type: "microphone.unmuted" });
  assert.deepEqual(house.sent[0], { id: "voice" });
});

test("a camera is sent in the layers that suit its size", async () => {
  const house = new House();
  await house.settle();
  house.tell({ type: "camera.started" });
  assert.equal(house.sent[1]?.id, "face");
  assert.deepEqual(Connection.made.at(-1)?.transceivers[1].sender.layers.encodings.map(({ active = false }) => active), [true, false]);
});

test("switching off does not wait for the conference", async () => {
  const house = new House();
  await house.settle();
  house.tell({ type: "microphone.unmuted" });
  await house.session.turn("microphone", false);
  assert.equal(house.sent[0], null);
  assert.equal(house.asked.at(-1), "microphone.mute");
});

test("whom a host muted stays muted, also after a lost connection", async () => {
  const house = new House();
  await house.settle();
  house.tell({ type: "microphone.unmuted" });
  house.tell({ type: "microphone.muted", by: "bob" });
  assert.equal(house.sent[0], null);
  house.asked.length = 0;
  await house.settle();
  assert.deepEqual(house.asked, ["camera.start"]);
});

test("another server gets a new connection, the same one keeps it", async () => {
  const house = new House();
  await house.settle();
  const { length } = Connection.made;
  await house.settle();
  assert.equal(Connection.made.length, length);
  house.live.server = "s2";
  await house.settle();
  assert.equal(Connection.made.length, length + 1);
});

test("a refused camera is wished no longer", async () => {
  const house = new House();
  await house.settle();
  house.hear({ what: "refused", reason: "not_allowed", command: { type: "camera.start" } });
  assert.equal(house.wishes.on.camera, false);
});

test("whose sound is a phone sends no microphone, and speaks by the phone with the same switch", async () => {
  const house = new House();
  await house.settle();
  house.tell({ type: "microphone.unmuted" });
  Object.assign(house.live.me, { phone: true });
  house.hear({ what: "event", event: { type: "call.merged", participant: "dora", into: "alice", by: "bob" } });
  assert.equal(house.sent[0], null);
  assert.equal(house.session.speaking, true);
  await house.session.turn("microphone", false);
  assert.equal(house.asked.at(-1), "microphone.mute");
  house.asked.length = 0;
  await house.settle();
  assert.deepEqual(house.asked, ["camera.start"]);
});

test("who leaves the phone is muted until they unmute", async () => {
  const house = new House();
  Object.assign(house.live.me, { phone: true, microphone: true });
  await house.settle();
  Object.assign(house.live.me, { phone: false, microphone: false });
  house.tell({ type: "call.split", origin: "", by: "alice" });
  assert.equal(house.session.speaking, false);
  assert.equal(house.sent[0], null);
  await house.session.turn("microphone", true);
  house.tell({ type: "microphone.unmuted" });
  assert.deepEqual(house.sent[0], { id: "voice" });
});

test("who is held back in the lobby connects again when they are let in", async () => {
  const house = new House();
  await house.settle();
  const { length } = Connection.made;
  house.live.phase = "waiting";
  await house.settle();
  house.live.phase = "live";
  await house.settle();
  assert.equal(Connection.made.length, length + 1);
});
