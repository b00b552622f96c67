"""The media engine: a selective forwarding unit that knows neither Django nor people.

Peers and conferences are opaque keys.

Enter by `server.MediaServer`; `docs/media.md` tells what a browser has to offer and how packets travel.
"""
