"""Chromium without its windows; its camera and microphone are made up."""

CHROMIUM = "/usr/bin/chromium-headless-shell"


def arguments(devices: str = "") -> list[str]:
    """`devices`: how many, and of how many pictures a second."""
    return [
        "--no-sandbox",
        "--use-fake-ui-for-media-stream",
        f"--use-fake-device-for-media-stream={devices}".rstrip("="),
        "--allow-loopback-in-peer-connection",
        "--disable-gpu",
        "--autoplay-policy=no-user-gesture-required",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ]
