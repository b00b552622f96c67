/** Documents on the stage: what is shown, and where a page lies. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { laid, moved, pageUrl, presented, thumbUrl, WHOLE_PAGE, zoomed } from "conferences/core/slides.js";

import { picture } from "./house.js";

const plans = /** @type {import("conferences/core/messages.js").Document} */ ({
  id: "plans", name: "Plans.pdf", owner: "alice", url: "/documents/plans/key/", kind: "file", status: "ready",
  pages: 3, done: 3, page: 2, download: false, failure: null,
});
const shown = { document: "plans", by: "alice", x: 5_000, y: 5_000, zoom: 100 };
const area = { ratio: 2, width: 800, height: 600 };

test("nothing is shown where nothing was put on the stage", () => {
  assert.equal(presented(null), null);
  assert.equal(presented(picture()), null);
  assert.equal(presented(picture({ shown })), null);
});

test("what is shown is a document, its page and a view", () => {
  const open = presented(picture({ documents: { plans }, shown }));
  assert.deepEqual([open?.document.id, open?.page, open?.zoom], ["plans", 2, 100]);
  assert.equal(pageUrl(plans, 2), "/documents/plans/key/2.webp");
  assert.equal(thumbUrl(plans, 2), "/documents/plans/key/2-small.webp");
});

test("a whole page is as large as fits, and centred", () => {
  assert.deepEqual(laid({ ...area, sight: WHOLE_PAGE }), { width: 800, height: 400, x: 0, y: 100 });
  assert.deepEqual(laid({ ...area, ratio: 0.5, sight: WHOLE_PAGE }), { width: 300, height: 600, x: 250, y: 0 });
});

test("a view puts its spot into the middle, and never leaves the page", () => {
  const near = laid({ ...area, sight: { x: 5_000, y: 5_000, zoom: 200 } });
  assert.deepEqual(near, { width: 1600, height: 800, x: -400, y: -100 });
  const corner = laid({ ...area, sight: { x: 0, y: 10_000, zoom: 200 } });
  assert.deepEqual([corner.x, corner.y], [0, -200]);
});

test("who pushes a page moves the view the other way, as far as there is page", () => {
  const sight = { x: 5_000, y: 5_000, zoom: 200 };
  assert.deepEqual(moved({ ...area, sight, by: { x: 160, y: 0 } }), { x: 4_000, y: 5_000, zoom: 200 });
  assert.equal(moved({ ...area, sight, by: { x: 9_999, y: 0 } }).x, 2_500);
  assert.deepEqual(moved({ ...area, sight: WHOLE_PAGE, by: { x: 99, y: 99 } }), WHOLE_PAGE);
});

test("a view moved and laid out again lies where it was pushed", () => {
  const sight = moved({ ...area, sight: { x: 3_000, y: 5_000, zoom: 300 }, by: { x: 40, y: -30 } });
  const before = laid({ ...area, sight: { x: 3_000, y: 5_000, zoom: 300 } });
  const after = laid({ ...area, sight });
  assert.ok(Math.abs(after.x - before.x - 40) < 1 && Math.abs(after.y - before.y + 30) < 1);
});

test("zoom has bounds, and zooming out shows the whole page again", () => {
  assert.equal(zoomed(WHOLE_PAGE, 5_000).zoom, 800);
  assert.deepEqual(zoomed({ x: 1, y: 2, zoom: 200 }, 90), WHOLE_PAGE);
});
