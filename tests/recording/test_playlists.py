"""HLS playlists."""

from recording.manifest import Audio, Video
from recording.playlists import master, playlist

LIVE = Video("720p", 1_280, 720, "video/720p/init.mp4", 3, 2, "avc1.64001f")


def test_what_grows_is_an_event_and_says_when_it_was() -> None:
    lines = playlist(first=3, segments=2, ended=False, captured=lambda t: 1_790_000_000_000 + t).splitlines()
    assert lines[0] == "#EXTM3U"
    assert "#EXT-X-PLAYLIST-TYPE:EVENT" in lines
    assert "#EXT-X-MEDIA-SEQUENCE:3" in lines
    assert [line for line in lines if line.endswith(".m4s")] == ["3.m4s", "4.m4s"]
    assert lines[lines.index("3.m4s") - 2] == "#EXT-X-PROGRAM-DATE-TIME:2026-09-21T14:13:26.144Z"
    assert "#EXT-X-ENDLIST" not in lines


def test_what_has_ended_says_so() -> None:
    text = playlist(first=0, segments=1, ended=True, captured=lambda t: t)
    assert "#EXT-X-PLAYLIST-TYPE:VOD" in text
    assert text.endswith("0.m4s\n#EXT-X-ENDLIST\n")


def test_renditions_go_with_the_one_sound() -> None:
    text = master(audio=Audio(5), video=[LIVE], bandwidths=[1_000_000])
    assert 'URI="audio/index.m3u8"' in text
    assert 'BANDWIDTH=1128000,RESOLUTION=1280x720,CODECS="avc1.64001f,mp4a.40.2",AUDIO="mix"' in text
    assert text.endswith("video/720p/index.m3u8\n")
