/**
 * What everyone is asked, what one answers, and what came of it.
 *
 * @import {Answer, Poll, PollOpened} from "conferences/core/messages.js"
 * @import {Meeting} from "conferences/ui/view.js"
 */

import { presents } from "conferences/core/people.js";
import { csv, ownAnswer, seesAnswers, table, tally } from "conferences/core/polls.js";
import { download } from "conferences/ui/download.js";
import { listed, locale } from "conferences/ui/locale.js";
import { openNewPoll } from "conferences/ui/new_poll.js";
import { all, keep, made, part, the } from "conferences/ui/parts.js";
import { say } from "conferences/ui/toasts.js";
import { words } from "conferences/ui/words.js";

/** Where a panel would cover the stage, none opens by itself. */
const NARROW = "(width < 900px)";

const percent = new Intl.NumberFormat(locale, { style: "percent" });

/** @param {Meeting} meeting */
export function polls(meeting) {
  const { live, view } = meeting;
  const root = part("polls", HTMLElement);
  root.addEventListener("click", ({ target }) => act(meeting, target));
  root.addEventListener("submit", (event) => {
    event.preventDefault();
    if (event.target instanceof HTMLFormElement) answer(meeting, event.target);
  });
  let unasked = false;
  const show = () => {
    unasked = true;
    view.set({ panel: "polls" });
  };
  live.subscribe((news) => {
    if (news.what !== "event") return;
    if (news.event.type === "poll.opened" && news.event.by !== live.you) {
      tell(meeting, news.event);
      if (!view.panel && !matchMedia(NARROW).matches) show();
    }
    if (news.event.type === "poll.shared" && news.event.by !== live.you && view.panel !== "polls") say("poll_shared");
  });
  return () => {
    const opened = root.hidden && view.panel === "polls";
    root.hidden = view.panel !== "polls";
    const asked = (live.picture?.polls ?? []).some((poll) => isAsked(meeting, poll));
    for (const dot of all('[data-part="activity-dot"]')) dot.hidden = !asked;
    if (root.hidden) unasked = false;
    if (root.hidden || !live.picture) return;
    draw(meeting);
    if (opened && !unasked) the("h2", HTMLElement, root).focus();
  };
}

/**
 * @param {Meeting} meeting
 * @param {PollOpened} event
 */
function tell({ live }, { question, by }) {
  say("poll", { name: live.picture?.participants[by]?.name ?? "", question: question || words("poll_quick") });
}

/**
 * @param {Meeting} meeting
 * @param {Poll} poll
 */
function isAsked({ live }, poll) {
  return Boolean(live.picture && live.me && poll.running && !poll.solved && !ownAnswer(live.picture, live.you, poll));
}

/** @param {Meeting} meeting */
function draw(meeting) {
  const { picture, me } = meeting.live;
  if (!picture) return;
  part("polls-actions", HTMLElement).hidden = !presents(me);
  part("polls-empty", HTMLElement).hidden = picture.polls.length > 0;
  keep({
    list: part("polls-list", HTMLElement),
    items: picture.polls.toReversed(),
    key: ({ id }) => String(id),
    make: () => made("poll"),
    draw: (element, poll) => drawPoll(meeting, element, poll),
  });
}

/**
 * @param {Meeting} meeting
 * @param {HTMLElement} element
 * @param {Poll} poll
 */
function drawPoll(meeting, element, poll) {
  const { me } = meeting.live;
  const asked = isAsked(meeting, poll);
  const sees = seesAnswers(poll, me);
  part("poll-question", HTMLElement, element).textContent = poll.question || words("poll_quick");
  drawNotes(element, poll, presents(me));
  drawOptions(meeting, element, poll);
  part("poll-text", HTMLElement, element).hidden = !asked || poll.kind !== "open";
  part("poll-send", HTMLElement, element).hidden = !asked;
  drawOwn(meeting, element, poll);
  part("poll-count", HTMLElement, element).textContent = sees ? words("poll_count", { count: poll.answers.length }) : "";
  drawTexts(element, poll);
  drawManage(element, poll, presents(me));
}

/**
 * @param {HTMLElement} element
 * @param {Poll} poll
 * @param {boolean} manages
 */
function drawNotes(element, { running, anonymous, quiz, kind, shared }, manages) {
  /** @type {Record<string, boolean>} */
  const is = {
    running, stopped: !running, anonymous, named: !anonymous, quiz, several: kind === "multiple", hidden: manages && !shared,
  };
  for (const note of all("[data-note]", element)) note.hidden = !is[note.dataset.note ?? ""];
}

/** @param {Poll} poll */
const optionsOf = ({ kind, options }) => (kind === "yes_no" ? [words("poll_yes"), words("poll_no")] : options);

/**
 * @param {Meeting} meeting
 * @param {HTMLElement} element
 * @param {Poll} poll
 */
function drawOptions(meeting, element, poll) {
  const { live } = meeting;
  const counted = tally(poll);
  const own = live.picture && ownAnswer(live.picture, live.you, poll);
  const shown = { asked: isAsked(meeting, poll), sees: seesAnswers(poll, live.me), own };
  keep({
    list: part("poll-options", HTMLElement, element),
    items: optionsOf(poll).map((text, index) => ({ text, index, count: 0, share: 0, ...counted[index] })),
    key: ({ index }) => String(index),
    make: () => made("poll-option"),
    draw: (row, option) => drawOption(row, poll, { ...shown, ...option }),
  });
}

/**
 * @param {HTMLElement} row
 * @param {Poll} poll
 * @param {{text: string, index: number, count: number, share: number, asked: boolean, sees: boolean, own: Answer | null | undefined}} option
 */
function drawOption(row, poll, { text, index, count, share, asked, sees, own }) {
  const choice = part("poll-choice", HTMLInputElement, row);
  choice.type = poll.kind === "multiple" ? "checkbox" : "radio";
  Object.assign(choice, { name: `poll-${poll.id}`, value: String(index), disabled: !asked });
  if (own) choice.checked = own.choices.includes(index);
  part("poll-option-text", HTMLElement, row).textContent = text;
  part("poll-right", HTMLElement, row).hidden = !poll.right.includes(index);
  row.toggleAttribute("data-own", Boolean(own?.choices.includes(index)));
  const number = part("poll-number", HTMLElement, row);
  number.hidden = !sees;
  number.textContent = words("poll_share", { count, percent: percent.format(share) });
  const bar = part("poll-bar", HTMLElement, row);
  bar.hidden = !sees;
  bar.style.setProperty("--share", String(share));
  const names = poll.answers.filter(({ name, choices }) => name && choices.includes(index)).map(({ name }) => name);
  const who = part("poll-names", HTMLElement, row);
  who.hidden = !names.length;
  who.textContent = listed(names);
}

/**
 * @param {Meeting} meeting
 * @param {HTMLElement} element
 * @param {Poll} poll
 */
function drawOwn({ live }, element, poll) {
  const own = live.picture && ownAnswer(live.picture, live.you, poll);
  const said = part("poll-own", HTMLElement, element);
  said.hidden = !own;
  if (own) said.textContent = words("poll_own", { answer: answerText(poll, own) });
}

/**
 * @param {Poll} poll
 * @param {Answer} answer
 */
const answerText = (poll, { choices, text }) => text || listed(choices.map((choice) => optionsOf(poll)[choice] ?? ""));

/**
 * @param {HTMLElement} element
 * @param {Poll} poll
 */
function drawTexts(element, poll) {
  const list = part("poll-texts", HTMLElement, element);
  const items = poll.kind === "open" ? poll.answers.map((answer, index) => ({ ...answer, index })) : [];
  list.hidden = !items.length;
  keep({
    list,
    items,
    key: ({ index }) => String(index),
    make: () => made("poll-answer"),
    draw: (row, { name, text }) => {
      the(".line-name", HTMLElement, row).textContent = name;
      the(".line-text", HTMLElement, row).textContent = text;
    },
  });
}

/**
 * @param {HTMLElement} element
 * @param {Poll} poll
 * @param {boolean} manages
 */
function drawManage(element, { running, shared }, manages) {
  const row = part("poll-manage", HTMLElement, element);
  row.hidden = !manages;
  the("[data-poll-do=share]", HTMLElement, row).hidden = shared;
  the("[data-poll-do=hide]", HTMLElement, row).hidden = !shared;
  the("[data-poll-do=stop]", HTMLElement, row).hidden = !running;
}

/**
 * @param {Meeting} meeting
 * @param {HTMLFormElement} form
 */
function answer({ live }, form) {
  const poll = Number(form.closest("li")?.dataset.key);
  const chosen = all("input:checked", form).filter((input) => input instanceof HTMLInputElement);
  const text = part("poll-text", HTMLTextAreaElement, form).value.trim();
  live.submit({ type: "poll.answer", poll, choices: chosen.map((input) => Number(input.value)), text });
}

/**
 * @param {Meeting} meeting
 * @param {EventTarget | null} target
 */
function act(meeting, target) {
  const button = target instanceof Element ? target.closest("[data-poll-do]") : null;
  if (!(button instanceof HTMLElement)) return;
  const { live } = meeting;
  const poll = Number(button.closest("li")?.dataset.key);
  const what = button.dataset.pollDo;
  if (what === "new") openNewPoll();
  if (what === "yes_no") live.submit({ type: "poll.open", kind: "yes_no", anonymous: true, shared: true });
  if (what === "share") live.submit({ type: "poll.share", poll });
  if (what === "hide") live.submit({ type: "poll.hide", poll });
  if (what === "stop") live.submit({ type: "poll.stop", poll });
  if (what === "discard") live.submit({ type: "poll.discard", poll });
  if (what === "export") exported(live.picture?.polls.find(({ id }) => id === poll));
}

/** @param {Poll | undefined} poll */
function exported(poll) {
  if (!poll) return;
  const rows = table(poll, { options: optionsOf(poll), heading: [words("poll_name"), words("poll_answer")] });
  download({ name: `${words("poll_file")}-${poll.id}.csv`, type: "text/csv;charset=utf-8", content: csv(rows) });
}
