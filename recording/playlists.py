"""HLS playlists (RFC 8216) of sound and film, for browsers that play them themselves. Pure."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from recording.manifest import Audio, Video

SEGMENT_MS = 2_048
_SOUND_BANDWIDTH = 128_000


def playlist(*, first: int, segments: int, ended: bool, captured: Callable[[int], int]) -> str:
    """Of one kind of media. `captured` leads from the recording's clock to the server's."""
    lines = [
        "#EXTM3U",
        "#EXT-X-VERSION:7",
        "#EXT-X-TARGETDURATION:3",
        f"#EXT-X-MEDIA-SEQUENCE:{first}",
        f"#EXT-X-PLAYLIST-TYPE:{'VOD' if ended else 'EVENT'}",
        "#EXT-X-INDEPENDENT-SEGMENTS",
        '#EXT-X-MAP:URI="init.mp4"',
    ]
    for number in range(first, first + segments):
        lines += [_date(captured(number * SEGMENT_MS)), "#EXTINF:2.048,", f"{number}.m4s"]
    return "\n".join([*lines, *(["#EXT-X-ENDLIST"] if ended else []), ""])


def master(*, audio: Audio, video: Sequence[Video], bandwidths: Sequence[int]) -> str:
    """Of all renditions, with how many bits a second each needs."""
    lines = [
        "#EXTM3U",
        "#EXT-X-VERSION:7",
        "#EXT-X-INDEPENDENT-SEGMENTS",
        '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="mix",NAME="mix",DEFAULT=YES,AUTOSELECT=YES,URI="audio/index.m3u8"',
    ]
    for one, bandwidth in zip(video, bandwidths, strict=True):
        lines += [
            f"#EXT-X-STREAM-INF:BANDWIDTH={bandwidth + _SOUND_BANDWIDTH},RESOLUTION={one.width}x{one.height},"
            f'CODECS="{one.codec},{audio.codec}",AUDIO="mix"',
            f"video/{one.name}/index.m3u8",
        ]
    return "\n".join([*lines, ""])


def _date(at: int) -> str:
    moment = datetime.fromtimestamp(at / 1_000, UTC)
    return f"#EXT-X-PROGRAM-DATE-TIME:{moment.isoformat(timespec='milliseconds').replace('+00:00', 'Z')}"
