import pytest

from streaming.ranges import Answer, Kept, Stretch, answer_to

KEPT = Kept(size=1000, changed_ns=1_790_000_000_500_000_000)
WHOLE = Answer(200, Stretch(0, 1000))


def asked(text: str, **headers: str) -> Answer:
    return answer_to({"Range": text, **headers}, KEPT)


@pytest.mark.parametrize(
    ("text", "first", "end"),
    [
        ("bytes=0-0", 0, 1),
        ("bytes=0-", 0, 1000),
        ("bytes=10-19", 10, 20),
        ("bytes=990-2000", 990, 1000),
        ("bytes=-5", 995, 1000),
        ("bytes=-5000", 0, 1000),
        ("BYTES= 1 - 2 ", 1, 3),
    ],
)
def test_a_range_is_given_as_far_as_there_is_something(text: str, first: int, end: int) -> None:
    assert asked(text) == Answer(206, Stretch(first, end))


@pytest.mark.parametrize("text", ["bytes=1000-", "bytes=5000-6000", "bytes=-0"])
def test_a_range_beyond_the_end_cannot_be_given(text: str) -> None:
    assert asked(text).status == 416


@pytest.mark.parametrize(
    "text",
    [
        "",
        "bytes",
        "bytes=",
        "bytes=-",
        "bytes=5-2",
        "bytes=0-1,3-4",
        "chars=0-1",
        "bytes=a-b",
        "bytes=1-2-3",
        "bytes=" + "9" * 400 + "-",
    ],
)
def test_what_is_not_understood_is_answered_with_the_whole_file(text: str) -> None:
    assert asked(text) == WHOLE


def test_of_an_empty_file_there_is_no_range() -> None:
    assert answer_to({"Range": "bytes=0-"}, Kept(0, 0)).status == 416


def test_a_known_file_is_not_sent_again() -> None:
    for tags in (KEPT.etag, f'"x", {KEPT.etag}', f"W/{KEPT.etag}", "*"):
        assert answer_to({"If-None-Match": tags}, KEPT).status == 304
    assert answer_to({"If-None-Match": '"x"'}, KEPT) == WHOLE


def test_dates_count_where_no_tag_is_told() -> None:
    assert answer_to({"If-Modified-Since": KEPT.last_modified}, KEPT).status == 304
    assert answer_to({"If-Modified-Since": "Mon, 01 Jan 2024 00:00:00 GMT"}, KEPT) == WHOLE
    assert answer_to({"If-Modified-Since": "yesterday"}, KEPT) == WHOLE
    assert answer_to({"If-None-Match": '"x"', "If-Modified-Since": KEPT.last_modified}, KEPT) == WHOLE


def test_a_range_fits_only_to_the_same_file() -> None:
    headers = {"Range": "bytes=1-2"}
    assert answer_to(headers | {"If-Range": KEPT.etag}, KEPT).status == 206
    assert answer_to(headers | {"If-Range": KEPT.last_modified}, KEPT).status == 206
    assert answer_to(headers | {"If-Range": f"W/{KEPT.etag}"}, KEPT) == WHOLE
    assert answer_to(headers | {"If-Range": '"x"'}, KEPT) == WHOLE


def test_another_content_has_another_tag() -> None:
    assert len({Kept(1, 1).etag, Kept(2, 1).etag, Kept(1, 2).etag}) == 3
    assert KEPT.last_modified.endswith("GMT")
