from bridges.freeswitch.values import (
    cause_of,
    file_string,
    is_own_channel,
    mark,
    milliseconds,
    own_channel,
)
from bridges.types import EndCause


def test_channels_of_our_sound_are_known_by_their_names_and_guessed_by_nobody() -> None:
    ours, theirs = own_channel("fs"), own_channel("other-fs")
    assert is_own_channel(ours)
    assert is_own_channel(theirs)
    assert is_own_channel(ours, "fs")
    assert not is_own_channel(theirs, "fs")
    assert not is_own_channel("34fca2a2-ff59-4b2a-b008-69d7651d0deb")
    assert own_channel("fs") != ours


def test_a_mark_never_breaks_the_list_of_applications() -> None:
    assert mark("+493012") == "+493012"
    assert mark("set:a=b,park:") == mark("") == "unknown"


def test_causes_have_our_words_and_unknown_ones_are_errors() -> None:
    assert cause_of("USER_BUSY") is EndCause.BUSY
    assert cause_of("CALL_REJECTED") is EndCause.REJECTED
    assert cause_of("CRASH") is EndCause.ERROR


def test_times_are_milliseconds_and_what_did_not_happen_is_0() -> None:
    assert milliseconds("1795331348375206") == 1795331348375
    assert milliseconds("0") == milliseconds("") == 0


def test_several_sounds_are_one_to_play() -> None:
    assert file_string(["http://a/1.wav", "http://a/2.wav"]) == "file_string://http://a/1.wav!http://a/2.wav"
