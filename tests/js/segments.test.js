import assert from "node:assert/strict";
import { test } from "node:test";

/** A buffer that takes a turn of the loop for everything. */
class Buffer extends EventTarget {
  updating = false;
  /** @type {string[]} */
  done = [];
  room = Infinity;
  buffered = { length: 0, end: () => 0 };

  /** @param {ArrayBuffer} data */
  appendBuffer(data) {
    if (this.room === 0) throw new DOMException("full", "QuotaExceededError");
    this.room -= 1;
    this.#do(`append ${new TextDecoder().decode(data)}`);
  }

  /**
   * @param {number} from
   * @param {number} to
   */
  remove(from, to) {
    this.room += 1;
    this.#do(`remove ${from}-${to}`);
  }

  /** @param {string} what */
  #do(what) {
    this.done.push(what);
    this.updating = true;
    setImmediate(() => {
      this.updating = false;
      this.dispatchEvent(new Event("updateend"));
    });
  }
}

class Media extends EventTarget {
  /** @type {Media} */
  static last;
  readyState = "open";
  duration = NaN;
  buffer = new Buffer();

  constructor() {
    super();
    Media.last = this;
  }

  addSourceBuffer() {
    return this.buffer;
  }

  endOfStream() {
    this.readyState = "ended";
  }
}

class Element extends EventTarget {
  currentTime = 0;
  src = "";
  removeAttribute() {}
  load() {}
}

Object.assign(globalThis, { MediaSource: Media });
URL.createObjectURL = () => "blob:x";
const { Segments } = await import("streaming/segments.js");

const settled = async () => {
  for (let turn = 0; turn < 400; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};

/** @param {{failing?: Set<number>}} is */
function opened({ failing = new Set() } = {}) {
  /** @type {number[]} */
  const asked = [];
  const element = new Element();
  const segments = new Segments(/** @type {any} */ (element), {
    type: "audio/mp4",
    seconds: 2,
    first: 0,
    init: async () => new TextEncoder().encode("init").buffer,
    segment: async (number) => {
      asked.push(number);
      if (failing.delete(number)) throw new Error("lost");
      return new TextEncoder().encode(String(number)).buffer;
    },
    told: () => {},
  });
  const media = Media.last;
  media.dispatchEvent(new Event("sourceopen"));
  return { asked, element, segments, media };
}

test("what lies ahead is fetched in order, and no more than that", async () => {
  const { asked, segments, media } = opened();
  segments.grow({ end: 100, ended: true, length: 200 });
  await settled();
  assert.deepEqual(asked, Array.from({ length: 12 }, (_, index) => index));
  assert.equal(media.buffer.done[0], "append init");
  assert.equal(media.duration, 200);
});

test("after a leap that is fetched which is needed there", async () => {
  const { asked, element, segments } = opened();
  segments.grow({ end: 100, ended: true, length: 200 });
  await settled();
  element.currentTime = 150;
  element.dispatchEvent(new Event("seeking"));
  await settled();
  assert.equal(asked[12], 75);
  assert.equal(asked.at(-1), 86);
});

test("what lies far behind is let go, and fetched again by who goes back", async () => {
  const { asked, element, segments, media } = opened();
  segments.grow({ end: 100, ended: true, length: 200 });
  await settled();
  element.currentTime = 100;
  element.dispatchEvent(new Event("seeking"));
  await settled();
  assert.ok(media.buffer.done.includes("remove 0-24"), media.buffer.done.join(" "));
  element.currentTime = 0;
  element.dispatchEvent(new Event("seeking"));
  await settled();
  assert.equal(asked.filter((number) => number === 0).length, 2);
});

test("a recording that grows is followed, and ends when it has ended", async () => {
  const { asked, segments, media } = opened();
  segments.grow({ end: 2, ended: false, length: 0 });
  await settled();
  assert.deepEqual(asked, [0, 1]);
  assert.equal(media.duration, Infinity);
  assert.equal(media.readyState, "open");
  segments.grow({ end: 3, ended: true, length: 5.5 });
  await settled();
  assert.deepEqual(asked, [0, 1, 2]);
  assert.equal(media.readyState, "ended");
});

test("what did not come is asked for again", async () => {
  const { asked, segments } = opened({ failing: new Set([1]) });
  segments.grow({ end: 3, ended: true, length: 6 });
  await settled();
  segments.retry();
  await settled();
  assert.deepEqual(asked, [0, 1, 1, 2]);
});

test("where the browser has little room, less is kept ahead", async () => {
  const { asked, segments, media } = opened();
  media.buffer.room = 5;
  segments.grow({ end: 100, ended: true, length: 200 });
  await settled();
  assert.ok(asked.length < 8, String(asked));
});
