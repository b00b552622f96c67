"""TLS to an Asterisk's interfaces."""

import ssl

from bridges.asterisk.config import Config
from bridges.errors import BridgeUnavailable


def encryption(config: Config) -> ssl.SSLContext | None:
    """None where it is not wanted. Raises BridgeUnavailable if the file of authorities is of no use."""
    if not config.tls:
        return None
    try:
        return ssl.create_default_context(cafile=config.authorities or None)
    except OSError as error:
        raise BridgeUnavailable(f"{config.authorities} holds no certificates: {error}") from error
