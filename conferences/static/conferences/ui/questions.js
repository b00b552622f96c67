/**
 * Questions to those who present, most wanted first.
 *
 * @import {Question} from "conferences/core/messages.js"
 * @import {Meeting} from "conferences/ui/view.js"
 */

import { presents } from "conferences/core/people.js";
import { sorted } from "conferences/core/questions.js";
import { all, keep, made, part, the } from "conferences/ui/parts.js";
import { say } from "conferences/ui/toasts.js";
import { filled } from "conferences/ui/words.js";

/** @param {Meeting} meeting */
export function questions(meeting) {
  const { live, view } = meeting;
  const root = part("questions", HTMLElement);
  const text = part("question-text", HTMLTextAreaElement);
  listen(meeting, { root, text });
  return () => {
    const opened = root.hidden && view.panel === "questions";
    root.hidden = view.panel !== "questions";
    if (root.hidden || !live.picture) return;
    draw(meeting);
    if (opened) the("h2", HTMLElement, root).focus();
  };
}

/**
 * @param {Meeting} meeting
 * @param {{root: HTMLElement, text: HTMLTextAreaElement}} parts
 */
function listen(meeting, { root, text }) {
  const { live, view } = meeting;
  root.addEventListener("click", ({ target }) => act(meeting, target));
  root.addEventListener("submit", (event) => {
    event.preventDefault();
    if (event.target === part("question-form", HTMLElement)) ask(meeting, text);
    else if (event.target instanceof HTMLFormElement) answer(meeting, event.target);
  });
  text.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    part("question-form", HTMLFormElement).requestSubmit();
  });
  live.subscribe((news) => {
    if (news.what !== "event" || news.event.type !== "question.asked") return;
    const { participant, name, text: question } = news.event;
    if (presents(live.me) && participant !== live.you && view.panel !== "questions") say("question", { name, question });
  });
}

/** @param {Meeting} meeting */
function draw(meeting) {
  const asked = meeting.live.picture?.questions ?? [];
  part("questions-empty", HTMLElement).hidden = asked.length > 0;
  keep({
    list: part("questions-list", HTMLElement),
    items: sorted(asked),
    key: ({ id }) => String(id),
    make: () => made("question"),
    draw: (element, question) => drawQuestion(meeting, element, question),
  });
}

/**
 * @param {Meeting} meeting
 * @param {HTMLElement} element
 * @param {Question} question
 */
function drawQuestion({ live }, element, { participant, name, text, votes, answered, reply }) {
  const manages = presents(live.me);
  element.toggleAttribute("data-answered", answered);
  part("question-said", HTMLElement, element).textContent = text;
  part("question-name", HTMLElement, element).textContent = name;
  drawVotes(the("[data-question-do=vote]", HTMLElement, element), votes, live.you);
  const is = { aloud: answered && !reply, written: answered && reply !== "" };
  for (const note of all("[data-note]", element)) note.hidden = !is[/** @type {keyof typeof is} */ (note.dataset.note)];
  const said = part("question-reply", HTMLElement, element);
  said.hidden = !reply;
  said.textContent = reply;
  part("question-manage", HTMLElement, element).hidden = !manages && participant !== live.you;
  the("[data-question-do=aloud]", HTMLElement, element).hidden = !manages || answered;
  the("[data-question-do=write]", HTMLElement, element).hidden = !manages;
  if (!manages) part("question-answer", HTMLElement, element).hidden = true;
}

/**
 * @param {HTMLElement} button
 * @param {string[]} votes
 * @param {string} you
 */
function drawVotes(button, votes, you) {
  button.setAttribute("aria-pressed", String(votes.includes(you)));
  button.setAttribute("aria-label", filled(button.dataset.label ?? "", { count: votes.length }));
  part("votes", HTMLElement, button).textContent = String(votes.length);
}

/**
 * @param {Meeting} meeting
 * @param {HTMLTextAreaElement} text
 */
function ask({ live }, text) {
  const question = text.value.trim();
  if (question && live.submit({ type: "question.ask", text: question })) text.value = "";
}

/**
 * @param {Meeting} meeting
 * @param {HTMLFormElement} form
 */
function answer({ live }, form) {
  const text = part("question-written", HTMLTextAreaElement, form);
  const reply = text.value.trim();
  const question = Number(form.closest("li")?.dataset.key);
  if (!reply || !live.submit({ type: "question.answer", question, reply })) return;
  text.value = "";
  open(form.closest("li"), false);
}

/**
 * @param {Meeting} meeting
 * @param {EventTarget | null} target
 */
function act({ live }, target) {
  const button = target instanceof Element ? target.closest("[data-question-do]") : null;
  const row = button?.closest("li");
  if (!(button instanceof HTMLElement) || !row) return;
  const question = Number(row.dataset.key);
  const what = button.dataset.questionDo;
  if (what === "vote") live.submit({ type: "question.vote", question, up: button.getAttribute("aria-pressed") !== "true" });
  if (what === "aloud") live.submit({ type: "question.answer", question });
  if (what === "dismiss") live.submit({ type: "question.dismiss", question });
  if (what === "write") open(row, button.getAttribute("aria-expanded") !== "true");
}

/**
 * Where an answer is written.
 *
 * @param {HTMLElement | null | undefined} row
 * @param {boolean} wanted
 */
function open(row, wanted) {
  if (!row) return;
  const button = the("[data-question-do=write]", HTMLElement, row);
  button.setAttribute("aria-expanded", String(wanted));
  part("question-answer", HTMLElement, row).hidden = !wanted;
  (wanted ? part("question-written", HTMLElement, row) : button).focus();
}
