/**
 * Polls in the picture: what follows from their facts, and questions one asks about them. Pure.
 * Twin of `conferences/core/evolution/polls.py`.
 *
 * @import {Answer, Participant, Picture, Poll, PollCounted} from "conferences/core/messages.js"
 * @import {RulesOf} from "conferences/core/state.js"
 */

import { presents } from "conferences/core/people.js";

/** @type {RulesOf<"poll">} */
export const POLL_RULES = {
  "poll.opened": (picture, { at, kind, question, options, anonymous, quiz }) => {
    const unheard = { running: true, shared: false, solved: false, right: [], answers: [] };
    const poll = { id: picture.seq, at, kind, question, options, anonymous, quiz, ...unheard };
    return { ...picture, polls: [...picture.polls, poll] };
  },
  "poll.keyed": (picture, { poll, right }) => change(picture, poll, { right }),
  "poll.answered": (picture, { participant, poll, answer }) => {
    const given = { ...picture.ballots[participant], [poll]: answer };
    return { ...picture, ballots: { ...picture.ballots, [participant]: given } };
  },
  "poll.counted": counted,
  "poll.stopped": (picture, { poll }) => change(picture, poll, { running: false }),
  "poll.solved": (picture, { poll, right }) => change(picture, poll, { right, solved: true }),
  "poll.shared": (picture, { poll }) => change(picture, poll, { shared: true, answers: [] }),
  "poll.hidden": (picture, { poll }) => change(picture, poll, { shared: false, answers: [] }),
  "poll.discarded": (picture, { poll }) => ({ ...picture, polls: picture.polls.filter(({ id }) => id !== poll) }),
};

/**
 * @param {Picture} picture
 * @param {PollCounted} event
 */
function counted(picture, { poll, answers }) {
  const known = picture.polls.find(({ id }) => id === poll);
  return known ? change(picture, poll, { answers: [...known.answers, ...answers] }) : picture;
}

/**
 * @param {Picture} picture
 * @param {number} id
 * @param {Partial<Poll>} changes
 * @returns {Picture}
 */
function change(picture, id, changes) {
  return { ...picture, polls: picture.polls.map((poll) => (poll.id === id ? { ...poll, ...changes } : poll)) };
}

/**
 * Whether somebody may see the answers now.
 *
 * @param {Poll} poll
 * @param {Participant | null} me
 */
export function seesAnswers(poll, me) {
  return poll.shared || presents(me);
}

/**
 * How often every option was chosen.
 *
 * @param {Poll} poll
 * @returns {{count: number, share: number}[]} `share` from 0 to 1, of those who answered
 */
export function tally({ kind, options, answers }) {
  const counts = (kind === "yes_no" ? [0, 1] : options).map((_, index) => answers.filter(({ choices }) => choices.includes(index)).length);
  return counts.map((count) => ({ count, share: answers.length ? count / answers.length : 0 }));
}

/**
 * What one answered, if one did.
 *
 * @param {Picture} picture
 * @param {string} you
 * @param {Poll} poll
 * @returns {Answer | undefined}
 */
export function ownAnswer(picture, you, poll) {
  return picture.ballots[you]?.[poll.id];
}

/**
 * The answers of a poll as a table: one row for every answer, one cell for every option that was chosen.
 *
 * @param {Poll} poll
 * @param {{options: string[], heading: string[]}} texts
 */
export function table({ answers }, { options, heading }) {
  const rows = answers.map(({ name, choices, text }) => [name, text || choices.map((choice) => options[choice] ?? "").join("; ")]);
  return [heading, ...rows];
}

/**
 * A table as spreadsheets read it. A cell that one could take for a formula is made text by an apostrophe.
 *
 * @param {string[][]} rows
 */
export function csv(rows) {
  return "\uFEFF" + rows.map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";
}

/** @param {string} text */
function cell(text) {
  const harmless = /^[\s\uFEFF]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|^[\t\r\n]/u.test(text) ? `'${text}` : text;
  return `"${harmless.replaceAll('"', '""')}"`;
}
