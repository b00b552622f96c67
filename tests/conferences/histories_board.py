"""What is drawn, as histories: told by `histories.py` with all the others."""

from typing import Any

from conferences.core import board as b
from conferences.core import commands as c
from conferences.core import figures as f
from conferences.core import slides as s
from conferences.core.words import Policy
from tests.conferences.histories import plot
from tests.conferences.meeting import Meeting

RED, THIN = f.Colour.RED, f.Width.THIN
PLACE: dict[str, Any] = {"document": "plans", "page": 2}
FIGURES: dict[str, f.AnyFigure] = {
    "stroke": f.Stroke(colour=RED, width=THIN, points=(100, 200, 150, 260, 300, 240)),
    "highlight": f.Highlight(colour=f.Colour.YELLOW, width=f.Width.THICK, points=(0, 0, 10_000, 0)),
    "line": f.Line(colour=RED, width=THIN, x1=500, y1=600, x2=400, y2=900),
    "arrow": f.Arrow(colour=RED, width=THIN, x1=500, y1=600, x2=400, y2=900),
    "rectangle": f.Rectangle(colour=f.Colour.BLUE, width=THIN, x1=9_000, y1=9_000, x2=9_900, y2=9_500),
    "ellipse": f.Ellipse(colour=f.Colour.GREEN, width=THIN, x1=1, y1=2, x2=3, y2=4),
    "text": f.Text(colour=RED, width=f.Width.MEDIUM, x=5_000, y=5_000, text="Hello\nمرحبا"),
    "note": f.Note(colour=f.Colour.YELLOW, width=THIN, x=7_000, y=1_000, text="Buy milk"),
}


def with_plans(meeting: Meeting) -> None:
    for who in ("alice", "bob", "carol"):
        meeting.joins(who)
    if meeting.state.policy.lobby:
        meeting.does("alice", c.AdmitParticipant(participant="bob"))
    meeting.brings("alice")


@plot("carol", with_plans)
def boards(meeting: Meeting) -> None:
    """Boards are opened, extended, drawn on, cleared and removed, and all are allowed to draw"""
    meeting.does("alice", b.OpenBoard(name="Whiteboard"))
    assert meeting.state.shown
    board = meeting.state.shown.document
    meeting.does("alice", b.ExtendBoard(document=board))
    meeting.does("alice", b.PermitBoard(who=b.Drawers.EVERYONE))
    for page in (1, 2):
        meeting.does("carol", b.AddShape(document=board, page=page, shape="c1", figure=FIGURES["line"]))
    meeting.does("alice", b.ClearBoard(document=board, page=1))
    meeting.does("alice", s.PresentDocument(document="plans"))
    meeting.does("alice", b.ExtendBoard(document=board))
    meeting.does("alice", b.PermitBoard(who=b.Drawers.PRESENTERS))
    meeting.does("alice", s.RemoveDocument(document=board))


@plot("bob", with_plans)
def drawing(meeting: Meeting) -> None:
    """Shapes of all kinds are drawn, moved, written anew, erased and restored"""
    meeting.does("alice", b.PermitBoard(who=b.Drawers.EVERYONE))
    for who in ("alice", "bob"):
        for name, figure in FIGURES.items():
            meeting.does(who, b.AddShape(**PLACE, shape=f"{who}-{name}", figure=figure))
    own = tuple(f"bob-{name}" for name in FIGURES)
    meeting.does("bob", b.MoveShapes(**PLACE, shapes=own, dx=9_999, dy=30))
    meeting.does("bob", b.MoveShapes(**PLACE, shapes=own[:1], dx=-1_000, dy=20))
    meeting.does("bob", b.RewordShape(**PLACE, shape="bob-note", text="Buy oat milk"))
    meeting.does("alice", b.EraseShapes(**PLACE, shapes=(*own[:3], "alice-text", "unknown")))
    meeting.does("bob", b.RestoreShapes(**PLACE, shapes=own[1:2]))
    meeting.does("alice", b.RestoreShapes(**PLACE, shapes=("alice-text", own[0])))
    meeting.does("bob", b.AddShape(document="plans", page=1, shape="bob-line", figure=FIGURES["line"]))


@plot("carol", with_plans, Policy(lobby=True))
def drawing_of_one_who_waits(meeting: Meeting) -> None:
    """Who waits hears nothing of drawings"""
    meeting.does("alice", b.AddShape(**PLACE, shape="s1", figure=FIGURES["stroke"]))
    meeting.does("alice", b.PermitBoard(who=b.Drawers.EVERYONE))
    meeting.does("alice", c.AdmitParticipant(participant="carol"))
