"""The embedded bridge in the admin's words."""

from django.utils.translation import gettext_lazy as _

from bridges.sip.settings import Config

__all__ = ["ABOUT", "LABELS", "SECRETS", "TITLE", "Config"]

TITLE = _("SIP trunk or SIP telephones")
ABOUT = _("This server is the bridge: it registers with your telephone company, or takes calls directly.")
LABELS = {
    "process": _("address of the bridge's process (empty: it runs beside the server)"),
    "process_secret": _("secret shared with that process"),
    "listen_address": _("address to listen on"),
    "port": _("port of UDP and TCP (TLS has the next one)"),
    "transports": _("transports"),
    "certificate": _("file with our certificate and its key, for TLS"),
    "authorities": _("file with the authorities that sign the trunk's certificate (empty: the system's)"),
    "verify_tls": _("check the trunk's certificate"),
    "stun_server": _("STUN server, where we are behind NAT"),
    "trunk_domain": _("domain of the SIP trunk (empty: there is none)"),
    "trunk_user": _("user at the trunk"),
    "trunk_login": _("name to sign in with at the trunk, if it is another"),
    "trunk_secret": _("password at the trunk"),
    "trunk_proxy": _("outbound proxy of the trunk"),
    "trunk_transport": _("transport to the trunk"),
    "trunk_registers": _("register at the trunk"),
    "accept_from": _("networks whose calls are answered, besides the trunk's"),
    "codecs": _("codecs, the best first"),
    "srtp": _("encryption of sound"),
    "caller_id": _("number shown to those who are called"),
    "max_calls": _("most calls at a time"),
    "first_rtp_port": _("first port of sound"),
    "last_rtp_port": _("last port of sound"),
    "silent_after_s": _("seconds without a packet after which a call is over"),
}
SECRETS = frozenset({"process_secret", "trunk_secret"})
"""Fields that are entered and never shown."""
