import pytest

from streaming.shapes import shape_of

GIVEN = {
    "manifest.json": "application/json",
    "master.m3u8": "application/vnd.apple.mpegurl",
    "audio/index.m3u8": "application/vnd.apple.mpegurl",
    "audio/init.mp4": "audio/mp4",
    "audio/17.m4s": "video/iso.segment",
    "video/720p/init.mp4": "video/mp4",
    "video/720p/0.m4s": "video/iso.segment",
    "video/720p/index.m3u8": "application/vnd.apple.mpegurl",
    "tracks/p1.camera.0.webm": "video/webm",
    "tracks/p-_1.screen.61000.webm": "video/webm",
    "journal/3.json": "application/json",
    "documents/plans/1.webp": "image/webp",
    "documents/plans/12-small.webp": "image/webp",
    "documents/plans/text.json": "application/json",
    "files/photo/preview.webp": "image/webp",
    "files/photo/original": "application/octet-stream",
    "chapters.vtt": "text/vtt; charset=utf-8",
    "captions.vtt": "text/vtt; charset=utf-8",
    "captions-en.vtt": "text/vtt; charset=utf-8",
    "captions-zh-Hant-TW.vtt": "text/vtt; charset=utf-8",
    "chat.txt": "text/plain; charset=utf-8",
    "slides.pdf": "application/pdf",
    "audio.m4a": "audio/mp4",
    "program.mp4": "video/mp4",
    "poster.webp": "image/webp",
}


@pytest.mark.parametrize("path", GIVEN)
def test_files_of_a_bundle_are_what_they_are(path: str) -> None:
    shape = shape_of(path)
    assert shape
    assert shape.content_type == GIVEN[path]


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/",
        "audio",
        "audio/",
        "manifest.json/",
        "manifest.json.part",
        "audio/1.m4s.part",
        "audio/../manifest.json",
        "../1/manifest.json",
        "./manifest.json",
        "//manifest.json",
        "/manifest.json",
        "raw/p1.microphone.00000001/0.rtpd",
        "../raw/p1.microphone.00000001/0.rtpd",
        "masters/index.json",
        "masters/p1.camera.0.webm",
        "tracks/p1.microphone.0.webm",
        "tracks/../../masters/p1.camera.0.webm",
        "audio/١.m4s",
        "audio/1.m4s\n",
        "audio/1.m4s\x00",
        "documents/../1.webp",
        "documents/plans/original",
        "documents/.hidden/1.webp",
        "captions-.vtt",
        "captions-../x.vtt",
        "video/../init.mp4",
        "MANIFEST.JSON",
    ],
    ids=repr,
)
def test_nothing_else_exists(path: str) -> None:
    assert shape_of(path) is None


def test_only_lists_grow() -> None:
    growing = [path for path in GIVEN if (shape := shape_of(path)) and shape.grows]
    assert growing == ["manifest.json", "master.m3u8", "audio/index.m3u8", "video/720p/index.m3u8"]
