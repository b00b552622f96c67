/**
 * Questions in the picture: what follows from their facts, and in which order they are shown. Pure.
 * Twin of `conferences/core/evolution/questions.py`.
 *
 * @import {Picture, Question} from "conferences/core/messages.js"
 * @import {RulesOf} from "conferences/core/state.js"
 */

/** @type {RulesOf<"question">} */
export const QUESTION_RULES = {
  "question.asked": (picture, { at, participant, name, text }) => {
    const question = { id: picture.seq, at, participant, name, text, votes: [], answered: false, reply: "" };
    return { ...picture, questions: [...picture.questions, question] };
  },
  "question.voted": (picture, { participant, question, up }) =>
    change(picture, question, ({ votes }) => {
      const others = votes.filter((voter) => voter !== participant);
      return { votes: up ? [...others, participant] : others };
    }),
  "question.answered": (picture, { question, reply }) => change(picture, question, () => ({ answered: true, reply })),
  "question.dismissed": (picture, { question }) => ({
    ...picture,
    questions: picture.questions.filter(({ id }) => id !== question),
  }),
};

/**
 * @param {Picture} picture
 * @param {number} id
 * @param {(question: Question) => Partial<Question>} changes
 * @returns {Picture}
 */
function change(picture, id, changes) {
  const changed = picture.questions.map((known) => (known.id === id ? { ...known, ...changes(known) } : known));
  return { ...picture, questions: changed };
}

/**
 * Open ones first, most wanted first, else in the order in which they were asked.
 *
 * @param {Question[]} questions
 */
export function sorted(questions) {
  return questions.toSorted(
    (one, other) => Number(one.answered) - Number(other.answered) || other.votes.length - one.votes.length || one.id - other.id,
  );
}
