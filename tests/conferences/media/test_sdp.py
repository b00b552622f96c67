"""The one offer and its answer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conferences.media import sdp
from conferences.media.contract import OfferRefused, Source
from tests.conferences.media.house import FINGERPRINT, MID_ID, OPUS, RID_ID, SSRCS, VP8, offer, section

ANSWERER = sdp.Answerer(["192.0.2.1", "2001:db8::1"], 3478, FINGERPRINT, "ours", "secret")


def refusal(text: str) -> str:
    with pytest.raises(OfferRefused) as refused:
        sdp.parse(text)
    return refused.value.code


def test_the_first_four_sections_are_sources_and_the_others_slots() -> None:
    parsed = sdp.parse(offer(audio_slots=2, video_slots=3))
    assert list(parsed.sources) == [source for source in Source if source is not Source.PHONE]
    assert [slot.kind for slot in parsed.slots] == ["audio"] * 2 + ["video"] * 3
    assert (parsed.ice_fragment, parsed.fingerprint) == ("frag", FINGERPRINT)
    camera = parsed.sources[Source.CAMERA]
    assert (camera.payload_type, camera.ssrcs, camera.extensions[sdp.MID]) == (
        VP8,
        [SSRCS[Source.CAMERA]],
        MID_ID,
    )


def test_the_answer_takes_the_sources_and_sends_the_slots() -> None:
    answer = sdp.answer(sdp.parse(offer(1, 1)), ANSWERER, [71, 72]).split("\r\n")
    assert answer.count("a=recvonly") == 4
    assert answer.count("a=sendonly") == 2
    assert "a=ssrc:72 cname:conference" in answer
    assert answer.count("a=setup:passive") == 6
    assert "a=ice-lite" in answer
    assert "a=candidate:1 1 udp 2130706430 2001:db8::1 3478 typ host" in answer


def test_the_answer_knows_no_more_than_the_offer() -> None:
    answer = sdp.answer(sdp.parse(offer(1, 1)), ANSWERER, [71, 72])
    assert f"a=rtcp-fb:{VP8} nack pli" in answer
    assert "goog-remb" not in answer
    assert "toffset" not in answer
    assert "rtx" not in answer
    assert f"a=rtpmap:{OPUS} opus/48000/2" in answer


def test_offers_that_cannot_be_answered_are_refused_with_a_reason() -> None:
    assert refusal("v=0\r\n" * 100_000) == "offer_too_long"
    assert refusal("v=0\r\n") == "offer_insecure"
    assert refusal(offer().replace("a=ssrc:22", "a=ssrc:two")) == "offer_malformed"
    assert refusal(offer().replace("a=mid:3", "a=mid:2")) == "offer_malformed"
    assert refusal(offer().replace("fingerprint", "thumbprint")) == "offer_insecure"
    assert refusal(offer().replace("VP8/90000", "H264/90000")) == "offer_codecs"
    assert refusal("\r\n".join(["v=0", *section("video", "sendonly", 0, 0)])) == "offer_sources"
    assert refusal(offer(audio_slots=sdp.MAX_AUDIO_SLOTS + 1)) == "offer_slots"
    assert refusal(offer(video_slots=sdp.MAX_VIDEO_SLOTS + 1)) == "offer_slots"
    data_channel = offer() + "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\na=mid:99\r\n"
    assert refusal(data_channel) == "offer_slots"


@given(
    st.lists(
        st.sampled_from(
            [*offer(rids="qhf").split("\r\n"), "a=mid", "a=extmap:x y", "a=rtpmap", "m=", "m=video 9 x y"]
        )
    )
)
def test_shuffled_offers_are_answered_or_refused(lines: list[str]) -> None:
    try:
        parsed = sdp.parse("\n".join(lines))
    except OfferRefused:
        return
    assert sdp.answer(parsed, ANSWERER, range(len(parsed.slots)))


@given(st.text())
def test_nonsense_is_refused(text: str) -> None:
    assert refusal(text).startswith("offer_")


def test_a_camera_in_several_sizes_is_accepted_with_all_of_them() -> None:
    parsed = sdp.parse(offer(1, 1, rids=("q", "h", "f")))
    assert parsed.sources[Source.CAMERA].layers == ["q", "h", "f"]
    answer = sdp.answer(parsed, ANSWERER, [71, 72]).split("\r\n")
    assert [line for line in answer if "rid:" in line] == [f"a=rid:{rid} recv" for rid in "qhf"]
    assert answer.count("a=simulcast:recv q;h;f") == 1
    assert answer.count(f"a=extmap:{RID_ID} {sdp.RID}") == 1


def test_of_too_many_sizes_the_smallest_are_accepted() -> None:
    assert sdp.parse(offer(rids="abcdef")).sources[Source.CAMERA].layers == ["a", "b", "c"]


def test_sizes_that_cannot_be_told_apart_are_one() -> None:
    parsed = sdp.parse(offer(1, 1, rids="qhf").replace(sdp.RID, "urn:x"))
    assert parsed.sources[Source.CAMERA].layers == []
    assert "simulcast" not in sdp.answer(parsed, ANSWERER, [71, 72])


def test_a_size_has_an_honest_name() -> None:
    assert refusal(offer(rids=("q;f",))) == "offer_malformed"
