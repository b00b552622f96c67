"""Files of strangers do nothing in a browser but be shown or kept."""

import io

import pytest
from django.core.files.storage import default_storage
from django.http import Http404

from conferences.views.serving import stored_download, stored_file


def test_what_is_shown_runs_nothing() -> None:
    path = default_storage.save("shelf/page.webp", io.BytesIO(b"x"))
    shown = stored_file(path, "image/webp")
    assert (shown.content, shown["Content-Type"]) == (b"x", "image/webp")
    assert shown["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert shown["X-Content-Type-Options"] == "nosniff"


def test_a_download_has_its_name_and_no_type() -> None:
    path = default_storage.save("shelf/original", io.BytesIO(b"<script>"))
    kept = stored_download(path, 'a "quoted" صورة\r\n.html')
    assert kept["Content-Type"] == "application/octet-stream"
    assert kept["Content-Disposition"].startswith("attachment; filename*=utf-8''a%20%22quoted%22%20")
    assert "\n" not in kept["Content-Disposition"]
    assert "sandbox" in kept["Content-Security-Policy"]


def test_what_is_gone_is_not_found() -> None:
    with pytest.raises(Http404):
        stored_file("shelf/never", "image/webp")
