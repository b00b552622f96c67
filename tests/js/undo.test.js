/** Taking back, and doing again. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { evolve } from "conferences/core/state.js";
import { Undo } from "conferences/core/undo.js";

import { picture } from "./house.js";

const place = { document: "plans", page: 1 };
const note = /** @type {const} */ ({ kind: "note", colour: "yellow", width: "thin", x: 1, y: 1, text: "Tea" });

/** A page and its author's lists; `hears` is what the server tells. */
class Desk {
  undo = new Undo();
  picture = picture();

  /** @param {any} event */
  hears(event) {
    const told = { at: 1, ...place, by: "alice", ...event };
    this.undo.heard(told, { before: this.picture, you: "alice" });
    this.picture = evolve(this.picture, told);
    return this;
  }

  adds(shape = "s1", participant = "alice") {
    return this.hears({ type: "shape.added", shape, participant, figure: note });
  }

  /** @returns {any} */
  takesBack() {
    return this.undo.undo();
  }

  /** @returns {any} */
  doesAgain() {
    return this.undo.redo();
  }
}

const restored = (/** @type {string} */ id) => [{ id, participant: "alice", z: 1, figure: note }];

test("what was drawn is erased, restored, and erased again", () => {
  const desk = new Desk().adds();
  assert.deepEqual(desk.takesBack(), { type: "shapes.erase", ...place, shapes: ["s1"] });
  desk.hears({ type: "shapes.erased", shapes: ["s1"] });
  assert.deepEqual([desk.undo.canUndo, desk.undo.canRedo], [false, true]);
  assert.deepEqual(desk.doesAgain(), { type: "shapes.restore", ...place, shapes: ["s1"] });
  desk.hears({ type: "shapes.restored", shapes: restored("s1") });
  assert.deepEqual([desk.undo.canUndo, desk.undo.canRedo], [true, false]);
  assert.equal(desk.takesBack().type, "shapes.erase");
});

test("a move goes back by as much, and a text to what it was", () => {
  const desk = new Desk().adds().hears({ type: "shapes.moved", shapes: ["s1"], dx: 5, dy: -7 });
  desk.hears({ type: "shape.reworded", shape: "s1", text: "Coffee" });
  assert.equal(desk.takesBack().text, "Tea");
  desk.hears({ type: "shape.reworded", shape: "s1", text: "Tea" });
  assert.deepEqual(desk.takesBack(), { type: "shapes.move", ...place, shapes: ["s1"], dx: -5, dy: 7 });
});

test("who does something new cannot do the old again", () => {
  const desk = new Desk().adds();
  desk.takesBack();
  desk.hears({ type: "shapes.erased", shapes: ["s1"] }).adds("s2");
  assert.equal(desk.undo.canRedo, false);
});

test("what others do is not one's own to take back", () => {
  const desk = new Desk().adds("s1", "bob").hears({ type: "shapes.erased", shapes: ["s1"], by: "bob" });
  assert.equal(desk.undo.canUndo, false);
});

test("what others erased, or cleared, cannot be taken back", () => {
  const desk = new Desk().adds("s1").adds("s2").hears({ type: "shapes.erased", shapes: ["s2"], by: "bob" });
  assert.deepEqual(desk.takesBack().shapes, ["s1"]);
  desk.adds("s3").hears({ type: "board.cleared", by: "bob" });
  assert.equal(desk.undo.canUndo, false);
  desk.adds("s4").hears({ type: "document.removed" });
  assert.equal(desk.undo.canUndo, false);
});

test("who clears a page brings all of it back", () => {
  const desk = new Desk().adds("s1").adds("s2", "bob").hears({ type: "board.cleared" });
  assert.deepEqual(desk.takesBack(), { type: "shapes.restore", ...place, shapes: ["s1", "s2"] });
  desk.hears({ type: "shapes.restored", shapes: [...restored("s1"), ...restored("s2")] });
  assert.deepEqual([desk.undo.canUndo, desk.doesAgain().type], [false, "shapes.erase"]);
});

test("a refusal is forgotten, and the next own deed is a new one", () => {
  const desk = new Desk().adds("s1").adds("s2");
  desk.undo.refused(desk.takesBack());
  desk.hears({ type: "shapes.erased", shapes: ["s2"] });
  assert.deepEqual([desk.takesBack().type, desk.undo.canRedo], ["shapes.restore", false]);
});

test("what was asked over a connection that broke may be asked again", () => {
  const desk = new Desk().adds();
  desk.takesBack();
  desk.undo.unanswered();
  assert.deepEqual([desk.undo.canUndo, desk.undo.canRedo], [true, false]);
  assert.equal(desk.takesBack().type, "shapes.erase");
  desk.hears({ type: "shapes.erased", shapes: ["s1"] });
  desk.undo.unanswered();
  assert.deepEqual([desk.undo.canUndo, desk.undo.canRedo], [false, true], "it was answered");
});
