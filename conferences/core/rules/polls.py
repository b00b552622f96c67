"""Who asks the room, who answers, and when everybody learns what."""

from msgspec.structs import replace

from conferences.core import polls as p
from conferences.core.rules.decision import Events, decides, oneself
from conferences.core.rules.refusal import Reason, Refused
from conferences.core.rules.wording import clean_name, clean_text
from conferences.core.state import State
from conferences.core.words import Millis, Seq


@decides(p.OpenPoll)
def open_poll(command: p.OpenPoll, state: State, by: str, now: Millis) -> Events:
    if len(state.polls) >= p.POLLS_KEPT:
        raise Refused(Reason.TOO_MANY)
    _check_options(command)
    poll = state.seq + 1
    opened = p.PollOpened(
        kind=command.kind,
        question=clean_text(command.question) if command.question or not _is_quick(command) else "",
        options=tuple(clean_name(option) for option in command.options),
        anonymous=command.anonymous,
        quiz=bool(command.right),
        by=by,
        at=now,
    )
    events: Events = [opened]
    if command.right:
        events.append(p.PollKeyed(poll=poll, right=tuple(sorted(set(command.right))), at=now))
    if command.shared and not command.right:
        events.append(p.PollShared(poll=poll, by=by, at=now))
    return events


def _is_quick(command: p.OpenPoll) -> bool:
    return command.kind is p.PollKind.YES_NO


def _check_options(command: p.OpenPoll) -> None:
    given = len(command.options)
    enough = {p.PollKind.YES_NO: given == 0, p.PollKind.OPEN: given == 0}.get(command.kind, given >= 2)
    if not enough:
        raise Refused(Reason.OPTIONS_NEEDED)
    _check_choices(command.right, command.kind, given)


def _check_choices(choices: p.Choices, kind: p.PollKind, options: int) -> None:
    """There are such options, and no more of them were chosen than may be."""
    many = {p.PollKind.YES_NO: 2, p.PollKind.OPEN: 0}.get(kind, options)
    most = many if kind is p.PollKind.MULTIPLE else min(many, 1)
    if len(set(choices)) > most or any(choice >= many for choice in choices):
        raise Refused(Reason.CHOICE_NEEDED)


@decides(p.AnswerPoll)
def answer(command: p.AnswerPoll, state: State, by: str, now: Millis) -> Events:
    author, poll = oneself(state, by), _poll(state, command.poll)
    if not poll.running or poll.solved:
        raise Refused(Reason.POLL_STOPPED)
    if poll.id in state.ballots.get(by, {}):
        raise Refused(Reason.ANSWERED)
    given = _answer(command, poll, p.Answer(participant=author.id, name=author.name))
    told = replace(given, participant="", name="") if poll.anonymous else given
    return [
        p.PollAnswered(participant=by, poll=poll.id, answer=told, at=now),
        p.PollCounted(poll=poll.id, answers=(told,), at=now),
    ]


def _answer(command: p.AnswerPoll, poll: p.Poll, blank: p.Answer) -> p.Answer:
    if poll.kind is p.PollKind.OPEN:
        return replace(blank, text=clean_text(command.text))
    if not command.choices:
        raise Refused(Reason.CHOICE_NEEDED)
    _check_choices(command.choices, poll.kind, len(poll.options))
    return replace(blank, choices=tuple(sorted(set(command.choices))))


@decides(p.StopPoll)
def stop(command: p.StopPoll, state: State, by: str, now: Millis) -> Events:
    poll = _poll(state, command.poll)
    if not poll.running:
        return []
    return [p.PollStopped(poll=poll.id, by=by, at=now), *_solution(poll, now)]


@decides(p.SharePoll)
def share(command: p.SharePoll, state: State, by: str, now: Millis) -> Events:
    poll = _poll(state, command.poll)
    if poll.shared:
        return []
    return [p.PollShared(poll=poll.id, by=by, at=now), *_recount(poll, now), *_solution(poll, now)]


@decides(p.HidePoll)
def hide(command: p.HidePoll, state: State, by: str, now: Millis) -> Events:
    poll = _poll(state, command.poll)
    if not poll.shared:
        return []
    return [p.PollHidden(poll=poll.id, by=by, at=now), *_recount(poll, now)]


@decides(p.DiscardPoll)
def discard(command: p.DiscardPoll, state: State, by: str, now: Millis) -> Events:
    return [p.PollDiscarded(poll=_poll(state, command.poll).id, by=by, at=now)]


def _poll(state: State, id: Seq) -> p.Poll:
    for poll in state.polls:
        if poll.id == id:
            return poll
    raise Refused(Reason.GONE)


def _recount(poll: p.Poll, now: Millis) -> Events:
    return [p.PollCounted(poll=poll.id, answers=poll.answers, at=now)]


def _solution(poll: p.Poll, now: Millis) -> Events:
    unsolved = poll.quiz and not poll.solved
    return [p.PollSolved(poll=poll.id, right=poll.right, at=now)] if unsolved else []
