"""Drawing: who may draw, change and erase what, and how much there may be of it."""

from typing import Any

import pytest

from conferences.core import board as b
from conferences.core import commands as c
from conferences.core import slides as s
from conferences.core.figures import MOST_POINTS, AnyFigure, Colour, Stroke, Text, Width
from conferences.core.rules import Reason
from conferences.core.words import Role
from tests.conferences.histories_board import FIGURES
from tests.conferences.meeting import Meeting

HERE: dict[str, Any] = {"document": "plans", "page": 1}


@pytest.fixture
def board(meeting: Meeting) -> Meeting:
    """Alice hosts, Bob presents, Carol is a guest; everyone may draw on Alice's plans."""
    meeting.does("alice", c.SetRole(participant="bob", role=Role.PRESENTER))
    meeting.brings("alice", "plans", pages=3)
    meeting.does("alice", b.PermitBoard(who=b.Drawers.EVERYONE))
    return meeting


def draws(meeting: Meeting, who: str, shape: str, figure: AnyFigure | None = None, page: int = 1) -> None:
    figure = figure or FIGURES["line"]
    meeting.does(who, b.AddShape(document="plans", page=page, shape=shape, figure=figure))


def drawn(meeting: Meeting, page: int = 1) -> list[str]:
    """From the lowest to the highest."""
    shapes = meeting.state.drawings.get("plans", {}).get(page, ())
    assert list(shapes) == sorted(shapes, key=lambda shape: shape.z)
    return [shape.id for shape in shapes]


def test_a_blank_board_comes_on_the_stage_at_once(meeting: Meeting) -> None:
    meeting.does("alice", b.OpenBoard(name="  White\nboard "))
    (board,) = meeting.state.documents.values()
    assert (board.kind, board.name, board.status) == ("board", "White board", "ready")
    assert meeting.page == (board.id, 1)
    meeting.refuses("alice", s.ReleaseDocument(document=board.id, allowed=True), Reason.NO_DOCUMENT)
    meeting.refuses("carol", b.OpenBoard(name="Mine"), Reason.NOT_ALLOWED)


def test_there_are_only_so_many_boards_and_pages(meeting: Meeting) -> None:
    for _ in range(s.MOST_DOCUMENTS):
        meeting.does("alice", b.OpenBoard(name="Board"))
    meeting.refuses("alice", b.OpenBoard(name="Board"), Reason.TOO_MANY_DOCUMENTS)
    assert meeting.page
    extend = b.ExtendBoard(document=meeting.page[0])
    for _ in range(b.BOARD_PAGES - 1):
        meeting.does("alice", extend)
    assert meeting.page[1] == b.BOARD_PAGES
    meeting.refuses("alice", extend, Reason.TOO_MANY)


def test_a_file_has_the_pages_it_has(board: Meeting) -> None:
    board.refuses("alice", b.ExtendBoard(document="plans"), Reason.NO_DOCUMENT)
    board.refuses("alice", b.ExtendBoard(document="unknown"), Reason.NO_DOCUMENT)


def test_guests_draw_when_they_may(meeting: Meeting) -> None:
    meeting.brings("alice")
    line = b.AddShape(**HERE, shape="s1", figure=FIGURES["line"])
    meeting.refuses("carol", line, Reason.DRAWING_OFF)
    meeting.refuses("carol", b.PermitBoard(who=b.Drawers.EVERYONE), Reason.NOT_ALLOWED)
    meeting.does("alice", b.PermitBoard(who=b.Drawers.EVERYONE))
    assert meeting.does("alice", b.PermitBoard(who=b.Drawers.EVERYONE)) == []
    meeting.does("carol", line)
    meeting.does("alice", b.PermitBoard(who=b.Drawers.PRESENTERS))
    meeting.refuses("carol", b.EraseShapes(**HERE, shapes=("s1",)), Reason.DRAWING_OFF)
    meeting.refuses("mallory", line, Reason.NOT_HERE)


def test_who_waits_does_not_draw(lobby: Meeting) -> None:
    lobby.brings("alice")
    lobby.does("alice", b.PermitBoard(who=b.Drawers.EVERYONE))
    lobby.refuses("bob", b.AddShape(**HERE, shape="s1", figure=FIGURES["line"]), Reason.NOT_ALLOWED)
    assert not lobby.state.may_draw("bob")
    assert lobby.state.seen_by("bob").drawings == {}


def test_one_draws_on_pages_that_are_there(board: Meeting) -> None:
    for document, page, reason in (("plans", 4, Reason.NO_PAGE), ("budget", 1, Reason.NO_DOCUMENT)):
        far = b.AddShape(document=document, page=page, shape="s1", figure=FIGURES["line"])
        board.refuses("alice", far, reason)


def test_what_was_drawn_later_lies_above_also_when_it_comes_back(board: Meeting) -> None:
    for shape in ("zebra", "1", "apple"):
        draws(board, "carol", shape)
    board.does("carol", b.EraseShapes(**HERE, shapes=("1",)))
    assert drawn(board) == ["zebra", "apple"]
    board.does("carol", b.RestoreShapes(**HERE, shapes=("1",)))
    assert drawn(board) == ["zebra", "1", "apple"]
    assert board.state.erased == ()


def test_what_is_asked_again_after_a_lost_connection_is_there_once(board: Meeting) -> None:
    draws(board, "carol", "s1")
    draws(board, "carol", "s1")
    board.does("alice", b.EraseShapes(**HERE, shapes=("s1",)))
    draws(board, "carol", "s1")
    assert drawn(board) == []


def test_a_guest_changes_only_their_own_and_presenters_all(board: Meeting) -> None:
    draws(board, "bob", "b1", FIGURES["note"])
    draws(board, "carol", "c1", FIGURES["note"])
    for forbidden in (
        b.EraseShapes(**HERE, shapes=("c1", "b1")),
        b.MoveShapes(**HERE, shapes=("b1",), dx=1, dy=1),
        b.RewordShape(**HERE, shape="b1", text="mine"),
    ):
        board.refuses("carol", forbidden, Reason.NOT_ALLOWED)
    board.does("bob", b.MoveShapes(**HERE, shapes=("c1",), dx=1, dy=1))
    board.does("carol", b.EraseShapes(**HERE, shapes=("c1",)))
    board.does("alice", b.EraseShapes(**HERE, shapes=("b1",)))
    board.refuses("carol", b.RestoreShapes(**HERE, shapes=("b1",)), Reason.NOT_ALLOWED)
    board.does("alice", b.RestoreShapes(**HERE, shapes=("b1", "c1")))
    assert drawn(board) == ["b1", "c1"]


def test_what_is_moved_stays_on_the_page(board: Meeting) -> None:
    draws(board, "carol", "s1", FIGURES["stroke"])
    (moved,) = board.does("carol", b.MoveShapes(**HERE, shapes=("s1", "s1"), dx=-999, dy=9_999))
    assert isinstance(moved, b.ShapesMoved)
    assert (moved.dx, moved.dy, moved.shapes) == (-100, 9_740, ("s1",))
    assert board.does("carol", b.MoveShapes(**HERE, shapes=("s1",), dx=-1, dy=0)) == []
    assert board.does("carol", b.MoveShapes(**HERE, shapes=("gone",), dx=1, dy=1)) == []


def test_only_words_are_worded_anew(board: Meeting) -> None:
    draws(board, "carol", "note", FIGURES["note"])
    draws(board, "carol", "line")
    board.does("carol", b.RewordShape(**HERE, shape="note", text=" Tea\u202e "))
    assert board.does("carol", b.RewordShape(**HERE, shape="note", text="Tea")) == []
    note = board.state.drawings["plans"][1][0]
    assert getattr(note.figure, "text", "") == "Tea"
    for shape in ("line", "gone"):
        board.refuses("carol", b.RewordShape(**HERE, shape=shape, text="x"), Reason.GONE)
    board.refuses("carol", b.RewordShape(**HERE, shape="note", text=" "), Reason.TEXT_NEEDED)
    empty = Text(colour=Colour.RED, width=Width.THIN, x=0, y=0, text="\u202e")
    add = b.AddShape(**HERE, shape="empty", figure=empty)
    board.refuses("carol", add, Reason.TEXT_NEEDED)


def test_what_two_erase_at_once_is_erased_once(board: Meeting) -> None:
    draws(board, "carol", "s1")
    board.does("alice", b.EraseShapes(**HERE, shapes=("s1",)))
    assert board.does("carol", b.EraseShapes(**HERE, shapes=("s1",))) == []
    assert board.state.ink == 0


def test_a_page_is_cleared_and_restored_and_others_are_not(board: Meeting) -> None:
    draws(board, "carol", "s1")
    draws(board, "alice", "s2")
    draws(board, "carol", "s3", page=2)
    board.refuses("carol", b.ClearBoard(**HERE), Reason.NOT_ALLOWED)
    board.does("bob", b.ClearBoard(**HERE))
    assert (drawn(board), drawn(board, 2), board.state.ink) == ([], ["s3"], 40)
    assert board.does("bob", b.ClearBoard(**HERE)) == []
    board.does("bob", b.RestoreShapes(**HERE, shapes=("s1", "s2")))
    assert (drawn(board), drawn(board, 2), board.state.ink) == (["s1", "s2"], ["s3"], 120)


def test_what_is_too_much_to_be_kept_is_cleared_for_good(board: Meeting) -> None:
    long = Stroke(colour=Colour.RED, width=Width.THIN, points=(1, 2) * MOST_POINTS)
    ids = tuple(f"s{number}" for number in range(b.ERASED_INK_KEPT // 4_030 + 1))
    for shape in ids:
        draws(board, "carol", shape, long)
    board.does("bob", b.ClearBoard(**HERE))
    board.refuses("bob", b.RestoreShapes(**HERE, shapes=ids), Reason.GONE)


def test_a_page_holds_only_so_many_shapes(board: Meeting) -> None:
    for number in range(b.SHAPES_KEPT):
        draws(board, "carol", f"s{number}")
    one_more = b.AddShape(**HERE, shape="more", figure=FIGURES["line"])
    board.refuses("carol", one_more, Reason.PAGE_FULL)
    draws(board, "carol", "more", page=2)
    board.does("carol", b.EraseShapes(**HERE, shapes=tuple(f"s{n}" for n in range(b.SHAPES_KEPT))))
    assert len(board.state.erased) == b.ERASED_KEPT
    board.does("carol", one_more)


def test_a_conference_holds_only_so_much_ink(board: Meeting) -> None:
    long = Stroke(colour=Colour.RED, width=Width.THIN, points=(1, 2) * MOST_POINTS)
    number = 0
    while board.state.ink + 4_030 <= b.INK_KEPT:
        number += 1
        draws(board, "carol", f"s{number}", long)
    board.refuses("carol", b.AddShape(**HERE, shape="more", figure=long), Reason.TOO_MUCH_DRAWN)
    board.does("carol", b.EraseShapes(**HERE, shapes=tuple(f"s{n}" for n in range(1, 41))))
    assert len(board.state.erased) == b.ERASED_INK_KEPT // 4_030
    board.does("alice", s.RemoveDocument(document="plans"))
    assert (board.state.ink, board.state.erased, board.state.drawings) == (0, (), {})
