/** What is typed after a slash, as commands and deeds. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { commandsOf, completions, parse } from "conferences/core/command_line.js";

import { alice, bob, participant, picture } from "./house.js";

const people = [
  alice(), bob(), participant({ id: "bobby", name: "Bobby Tables" }), participant({ id: "anna", name: "Anna Ä" }),
  participant({ id: "eve", name: "Eve", role: "waiting" }),
];
const room = picture({ participants: Object.fromEntries(people.map((person) => [person.id, person])) });

/** @param {string} typed */
const asHost = (typed) => parse(typed, { picture: room, you: "alice" });
/** @param {string} typed */
const asGuest = (typed) => parse(typed, { picture: room, you: "bob" });
/** @param {object} command */
const submit = (command) => ({ what: "submit", command });
/** @param {string} problem @param {object} values */
const problem = (problem, values) => ({ what: "problem", problem, values });

test("what begins with no slash, or with two, is a text", () => {
  assert.deepEqual(asGuest("hello"), { what: "text", text: "hello" });
  assert.deepEqual(asGuest("//lock /x"), { what: "text", text: "/lock /x" });
  assert.deepEqual(asGuest("/me waves"), { what: "text", text: "* Bob waves" });
});

test("/record starts, resumes and says what else may be done to a recording", () => {
  /** @param {string} typed @param {object | null} recording */
  const recorded = (typed, recording) => parse(typed, { picture: picture({ ...room, recording }), you: "alice" });
  const running = { id: 7, parts: [], started_at: 1, status: "recording", paused_at: 0, paused_ms: 0, live: false, reduced: false, ran_over: false };
  assert.deepEqual(recorded("/record", null), submit({ type: "recording.start" }));
  assert.deepEqual(recorded("/record", { ...running, paused_at: 5 }), submit({ type: "recording.resume" }));
  assert.deepEqual(recorded("/record pause", running), submit({ type: "recording.pause" }));
  assert.deepEqual(recorded("/record stop", running), submit({ type: "recording.stop" }));
  assert.deepEqual(recorded("/record live", running), submit({ type: "recording.go_live" }));
  assert.deepEqual(recorded("/record live", { ...running, live: true }), submit({ type: "recording.end_live" }));
  assert.deepEqual(recorded("/record everything", running), problem("usage", { command: "record" }));
  assert.deepEqual(asGuest("/record"), problem("forbidden", { command: "/record" }));
});

test("/caption writes a line for whoever was asked to", () => {
  const writing = picture({ ...room, captions: { writers: ["bob"], lines: [] } });
  assert.deepEqual(parse("/caption Good morning", { picture: writing, you: "bob" }), submit({ type: "captions.write", text: "Good morning" }));
  assert.deepEqual(parse("/caption", { picture: writing, you: "bob" }), problem("usage", { command: "caption" }));
  assert.deepEqual(parse("/caption Good morning", { picture: writing, you: "alice" }), problem("forbidden", { command: "/caption" }));
});

test("commands become what the protocol calls them", () => {
  const cases = {
    "/hand": { type: "hand.raise" }, "/lock": { type: "conference.lock" }, "/UNLOCK": { type: "conference.unlock" },
    "/next": { type: "hand.next" }, "/end": { type: "conference.end" }, "/rename Queen A": { type: "participant.rename", name: "Queen A" },
    "/timer 5": { type: "timer.start", seconds: 300 }, "/timer 0,5": { type: "timer.start", seconds: 30 }, "/timer 0": { type: "timer.stop" },
    "/poll Tea?": { type: "poll.open", kind: "yes_no", question: "Tea?" },
    "/poll Tea or pie? | Tea | Pie |": { type: "poll.open", kind: "single", question: "Tea or pie?", options: ["Tea", "Pie"] },
    "/react app": { type: "reaction.send", reaction: "applause" }, "/react Thumbs up": { type: "reaction.send", reaction: "thumbs_up" },
    "/link example.org Our wiki": { type: "link.share", url: "https://example.org/", title: "Our wiki" },
    "/spotlight alice": { type: "spotlight.move", participant: "alice" }, "/spotlight": { type: "spotlight.move" },
    "/admit eve": { type: "lobby.admit", participant: "eve" }, "/admit": { type: "lobby.admit_all" },
    "/remove bobby": { type: "participant.remove", participant: "bobby" }, "/mute @bobby": { type: "microphone.mute", participant: "bobby" },
    "/presenter anna": { type: "role.set", participant: "anna", role: "presenter" },
    "/captioner anna": { type: "captions.assign", participant: "anna" }, "/captioner": { type: "captions.assign" },
    "/host anna ä": { type: "role.set", participant: "anna", role: "host" },
  };
  for (const [typed, command] of Object.entries(cases)) assert.deepEqual(asHost(typed), submit(command), typed);
});

test("the page does some itself", () => {
  for (const deed of ["help", "mute", "unmute", "camera", "notes", "export", "leave"]) assert.deepEqual(asGuest(`/${deed}`), { what: "do", deed });
});

test("a private line begins with a name, in full or by its first letters", () => {
  const to = (/** @type {string} */ id, text = "hi there") => submit({ type: "chat.send", text, to: id });
  assert.deepEqual(asHost("/msg bob hi there"), to("bob"));
  assert.deepEqual(asHost("/msg Bobby Tables hi there"), to("bobby"));
  assert.deepEqual(asHost("/msg an hi there"), to("anna"));
  assert.deepEqual(asHost("/msg bob\nhi there"), to("bob"));
});

test("who is not clear is asked about", () => {
  assert.deepEqual(asHost("/msg bo hi"), problem("which", { name: "bo", names: ["Bob", "Bobby Tables"] }));
  assert.deepEqual(asHost("/remove zed"), problem("nobody", { name: "zed" }));
  assert.deepEqual(asHost("/remove alice"), problem("nobody", { name: "alice" }));
  assert.deepEqual(asHost("/remove eve"), problem("nobody", { name: "eve" }));
});

test("what is not complete says how it is used", () => {
  for (const typed of ["/msg", "/msg bob", "/poll", "/poll Tea? | Tea", "/timer", "/timer soon", "/link javascript:alert(1)", "/react", "/react x", "/remove", "/me"])
    assert.deepEqual(asHost(typed), problem("usage", { command: typed.slice(1).split(" ")[0] ?? "" }), typed);
});

test("what one may not do is not done, and not suggested", () => {
  assert.deepEqual(asGuest("/lock"), problem("forbidden", { command: "/lock" }));
  assert.deepEqual(asGuest("/mute alice"), problem("forbidden", { command: "/mute alice" }));
  assert.ok(!commandsOf(bob()).includes("lock"));
  assert.deepEqual(completions("/l", bob()), ["leave"]);
  assert.deepEqual(completions("/l", alice()), ["link", "lock", "leave"]);
  assert.deepEqual(completions("/leave now", bob()), []);
  assert.deepEqual(completions("text", bob()), []);
  assert.deepEqual(commandsOf(null), []);
});

test("what is unknown is answered by what is like it", () => {
  assert.deepEqual(asHost("/lcok"), problem("unlike", { command: "/lcok", suggestion: "/lock" }));
  assert.deepEqual(asGuest("/hnad up"), problem("unlike", { command: "/hnad", suggestion: "/hand" }));
  assert.deepEqual(asGuest("/xyzzyplugh"), problem("unknown", { command: "/xyzzyplugh" }));
  assert.deepEqual(asGuest("/constructor").what, "problem");
  assert.deepEqual(asGuest("/").what, "problem");
});

test("every command has its words in the page", () => {
  const page = readFileSync(new URL("../../templates/conferences/_command_line.html", import.meta.url), "utf-8");
  const described = [...page.matchAll(/data-command="(\w+)"/g)].map(([, name]) => name);
  assert.deepEqual(described.toSorted(), commandsOf(alice()).toSorted());
});
