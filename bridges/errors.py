"""What can go wrong with a bridge. Messages are for logs and admins, and hold no secrets."""

from bridges.types import EndCause


class BridgeError(Exception):
    """Of whatever kind."""


class BridgeUnavailable(BridgeError):
    """There is no connection now; the adapter goes on trying."""


class BridgeAuthFailed(BridgeError):
    """It does not accept our name or secret."""


class BridgeTimeout(BridgeError):
    """It did not answer in time; whether it did what we asked is not known."""


class ProtocolError(BridgeError):
    """It said what it should not say."""


class NotSupported(BridgeError):
    """It cannot do this; `capability` is the name of the field of `Capabilities`."""

    def __init__(self, capability: str) -> None:
        super().__init__(f"This bridge cannot: {capability}")
        self.capability = capability


class RoomNotFound(BridgeError):
    pass


class LegGone(BridgeError):
    """There is no such leg, or no more."""


class DialFailed(BridgeError):
    """The bridge would not even try."""

    def __init__(self, cause: EndCause, message: str = "") -> None:
        super().__init__(message or cause.value)
        self.cause = cause


class MediaFailed(BridgeError):
    """No sound could be agreed on between the bridge and us."""


class AlreadyAttached(BridgeError):
    """Our media leg is in this room already: a second would be a howl."""


class InvalidValue(BridgeError):
    """A value that this protocol cannot carry safely: line breaks, braces, separators."""
