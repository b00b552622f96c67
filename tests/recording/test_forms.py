"""What owners fill in."""

import pytest
from django.http import QueryDict

from recording.forms import KeepForm, RedactForm, TrimForm, ViewersForm, read_time


@pytest.mark.parametrize(
    ("text", "millis"),
    [
        ("0:05", 5_000),
        ("90", 90_000),
        ("1:02:03", 3_723_000),
        ("62:03", 3_723_000),
        (" 0:01.5 ", 1_500),
        ("0:01,05", 1_050),
    ],
)
def test_times_are_read_as_people_write_them(text: str, millis: int) -> None:
    assert read_time(text) == millis


@pytest.mark.parametrize("text", ["", "soon", "1:", "-5", "1:2:3:4", "0:01."])
def test_anything_else_is_no_time(text: str) -> None:
    assert read_time(text) is None


def test_a_trim_has_as_many_cuts_as_were_filled_in() -> None:
    asked = QueryDict("begin=0:05&end=0:45&cut_begin=10&cut_end=12&cut_begin=20&cut_end=0:30")
    form = TrimForm(asked)
    assert form.is_valid()
    assert form.cleaned_data["begin"] == 5_000
    assert form.cleaned_data["cuts"] == [(10_000, 12_000), (20_000, 30_000)]
    assert not TrimForm(QueryDict("begin=0:05&end=0:45&cut_begin=x&cut_end=12")).is_valid()
    assert not TrimForm(QueryDict("begin=0:05")).is_valid()


def test_only_those_of_the_conference_can_be_taken_out() -> None:
    def form(query: str) -> RedactForm:
        return RedactForm(QueryDict(query), participants=["bob"], lines=[7])

    assert form("participants=bob&lines=7").is_valid()
    assert form("").is_valid()
    assert not form("participants=mallory").is_valid()
    assert not form("lines=8").is_valid()


def test_a_day_that_is_over_is_refused() -> None:
    assert not KeepForm({"until": "2020-01-01"}).is_valid()
    form = KeepForm({"until": "2099-12-31"})
    assert form.is_valid()
    assert form.cleaned_data["until"] == 4_102_444_799_999
    empty = KeepForm({"until": ""})
    assert empty.is_valid()
    assert empty.cleaned_data["until"] is None


def test_only_known_viewers_are_chosen() -> None:
    assert ViewersForm({"viewers": "public"}).is_valid()
    assert not ViewersForm({"viewers": "the world"}).is_valid()
