"""Who asks, votes, answers and dismisses."""

from conferences.core import questions as q
from conferences.core.rules.decision import Events, decides, oneself
from conferences.core.rules.refusal import Reason, Refused
from conferences.core.rules.wording import clean_text
from conferences.core.state import State
from conferences.core.words import SYSTEM, Millis, Role, Seq


@decides(q.AskQuestion)
def ask(command: q.AskQuestion, state: State, by: str, now: Millis) -> Events:
    author = oneself(state, by)
    if len(state.questions) >= q.QUESTIONS_KEPT:
        raise Refused(Reason.TOO_MANY)
    return [q.QuestionAsked(participant=by, name=author.name, text=clean_text(command.text), at=now)]


@decides(q.VoteQuestion)
def vote(command: q.VoteQuestion, state: State, by: str, now: Millis) -> Events:
    voter, question = oneself(state, by), _question(state, command.question)
    if command.up == (voter.id in question.votes):
        return []
    return [q.QuestionVoted(participant=by, question=question.id, up=command.up, at=now)]


@decides(q.AnswerQuestion)
def answer(command: q.AnswerQuestion, state: State, by: str, now: Millis) -> Events:
    question = _question(state, command.question)
    reply = clean_text(command.reply) if command.reply else ""
    if question.answered and reply == question.reply:
        return []
    return [q.QuestionAnswered(question=question.id, reply=reply, by=by, at=now)]


@decides(q.DismissQuestion)
def dismiss(command: q.DismissQuestion, state: State, by: str, now: Millis) -> Events:
    question = _question(state, command.question)
    if by not in (SYSTEM, question.participant) and oneself(state, by).role is Role.GUEST:
        raise Refused(Reason.NOT_ALLOWED)
    return [q.QuestionDismissed(question=question.id, by=by, at=now)]


def _question(state: State, id: Seq) -> q.Question:
    for question in state.questions:
        if question.id == id:
            return question
    raise Refused(Reason.GONE)
