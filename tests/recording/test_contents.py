"""Who and what is in a recording."""

import pytest

from recording.contents import recording_lines, recording_people
from recording.models import Recording
from tests.conferences.meeting import BEGIN

pytestmark = pytest.mark.django_db

NOW = BEGIN + 100_000


def test_people_are_those_who_were_let_in(recording: Recording) -> None:
    recording.hidden_participants, recording.forgotten = ["bob", "carol"], ["carol"]
    people = [(person.name, person.hidden, person.forgotten) for person in recording_people(recording)]
    assert people == [("Alice", False, False), ("Bob", True, False), ("Carol", True, True)]


def test_lines_are_those_for_everyone_while_it_was_recorded(recording: Recording) -> None:
    lines = recording_lines(recording, now=NOW)
    assert [(line.name, line.text, line.t) for line in lines] == [
        ("Bob", "Who has the arrows?", 5_000),
        ("Bob", "Found them.", 25_000),
    ]
    recording.hidden_lines = [lines[0].id]
    assert [line.hidden for line in recording_lines(recording, now=NOW)] == [True, False]


def test_a_cut_changes_no_times(recording: Recording) -> None:
    recording.cuts = [[BEGIN, BEGIN + 10_000]]
    assert [line.t for line in recording_lines(recording, now=NOW)] == [5_000, 25_000]
