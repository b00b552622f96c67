"""Files of a bundle through a real nginx, by the settings that docs/operations.md gives."""

import re
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from conferences.clock import now
from streaming.tokens import Pass, key_derive, token_sign
from tests.house import ROOT, RunningServer, free_port, running_server, wait_until

pytestmark = pytest.mark.interop

SECRET = "only this test knows"
TRACK = bytes(range(256)) * 40_000
LOCATION = re.compile(r"location /recordings-of-the-server/ \{.*?\n    \}", re.DOTALL)
HANDBOOK = ROOT / "docs" / "operations.md"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("server")


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[RunningServer]:
    bundle = folder / "recordings" / "archery-12" / "1"
    (bundle / "tracks").mkdir(parents=True)
    (bundle / "tracks" / "p1.camera.0.webm").write_bytes(TRACK)
    (bundle / "manifest.json").write_bytes(b"{}")
    options = {"SENDFILE": "nginx", "SECRET_KEY": SECRET, "EMBEDDED_WORKER": "false", "BEHIND_PROXY": "true"}
    with running_server(folder, **options) as running:
        yield running


@pytest.fixture(scope="module")
def nginx(server: RunningServer, folder: Path) -> Iterator[str]:
    """Its address."""
    port, desk = free_port(), folder / "nginx"
    desk.mkdir()
    (desk / "nginx.conf").write_text(configuration(server.port, port, folder))
    command = ["/usr/sbin/nginx", "-p", str(desk), "-c", "nginx.conf", "-e", "error.log"]
    process = subprocess.Popen([*command, "-g", "daemon off;"])
    try:
        wait_until(lambda: (desk / "nginx.pid").exists(), "nginx runs")
        yield f"http://localhost:{port}"
    finally:
        process.terminate()
        process.wait()


def configuration(server: int, port: int, data: Path) -> str:
    """The handbook's location within the smallest of servers."""
    location = re.search(
        r"location /recordings-of-the-server/ \{.*?\n    \}", HANDBOOK.read_text(), re.DOTALL
    )
    assert location
    ours = location[0].replace("/srv/meetingserver/var", str(data))
    return f"""
        user root;
        pid nginx.pid;
        events {{}}
        http {{
            access_log off;
            include /etc/nginx/mime.types;
            client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path f;
            uwsgi_temp_path u; scgi_temp_path s;
            server {{
                listen 127.0.0.1:{port};
                location / {{
                    proxy_pass http://127.0.0.1:{server};
                    proxy_set_header Host $host;
                }}
                {ours}
            }}
        }}
    """


def asked(address: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    request = urllib.request.Request(address, headers=headers)  # noqa: S310 - our own http address
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310 - the same
            return answer.status, dict(answer.headers), answer.read()
    except urllib.error.HTTPError as error:
        return error.code, dict(error.headers), error.read()


def address(path: str, *, ago_ms: int = 0) -> str:
    token = token_sign(Pass("archery-12", 1, "g"), key=key_derive(SECRET), now=now() - ago_ms)
    return f"/media/{token}/archery-12/1/{path}"


def test_nginx_sends_what_the_server_allows(nginx: str) -> None:
    status, headers, body = asked(nginx + address("tracks/p1.camera.0.webm"))
    assert (status, body == TRACK) == (200, True)
    assert headers["Content-Type"] == "video/webm"
    assert "immutable" in headers["Cache-Control"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert headers["Referrer-Policy"] == "no-referrer"


def test_nginx_sends_a_range_and_knows_what_is_known(nginx: str) -> None:
    film = nginx + address("tracks/p1.camera.0.webm")
    status, headers, body = asked(film, Range="bytes=1000-1999")
    assert (status, body) == (206, TRACK[1000:2000])
    assert asked(film, **{"If-None-Match": headers["ETag"]})[0] == 304
    assert asked(film, Range=f"bytes={len(TRACK)}-")[0] == 416


def test_mallory_gets_nothing_past_the_server(nginx: str) -> None:
    for path in (
        "/recordings-of-the-server/archery-12/1/manifest.json",
        address("manifest.json", ago_ms=301_000),
        address("..%2f..%2f..%2fsecret_key"),
        address("tracks/p9.camera.0.webm"),
    ):
        assert asked(nginx + path)[0] == 404
