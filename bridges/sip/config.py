"""The embedded bridge in the admin's words."""

from django.utils.translation import gettext_lazy as _

from bridges.sip.settings import Config

__all__ = ["ABOUT", "CHOICES", "HELP", "LABELS", "ORDERED", "SECRETS", "TITLE", "Config"]

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
TRANSPORTS = {"udp": _("UDP (most trunks)"), "tcp": _("TCP"), "tls": _("TLS (encrypted)")}
CHOICES = {
    "transports": TRANSPORTS,
    "trunk_transport": TRANSPORTS,
    "codecs": {
        "opus": _("Opus, full sound"),
        "g722": _("G.722, wide sound"),
        "pcma": _("G.711 A-law, as in Europe"),
        "pcmu": _("G.711 µ-law, as in North America and Japan"),
    },
    "srtp": {
        "off": _("no encryption"),
        "optional": _("where the other side can"),
        "mandatory": _("always; without it there is no call"),
    },
}
ORDERED = frozenset({"codecs"})
HELP = {
    "process": _("As unix:/path or tcp://address:port, if you run the process yourself."),
    "listen_address": _("0.0.0.0: all addresses of this machine. Phones must reach it from outside."),
    "certificate": _("One file in PEM form. Needed where TLS is among the transports."),
    "stun_server": _("As stun.example.org:3478. It tells us the address that we have outside."),
    "trunk_domain": _("As your telephone company says, for example sip.example.org."),
    "trunk_user": _("Often the telephone number."),
    "trunk_registers": _("Off: the telephone company knows our address and sends calls there."),
    "accept_from": _("As 192.168.0.0/16, with commas between them. Calls from elsewhere are not answered."),
    "srtp": _("Its keys travel with the call: only TLS hides them."),
    "first_rtp_port": _("The firewall must let UDP through to all ports from this to the last one."),
    "last_rtp_port": _("Each call needs two ports."),
}
SECRETS = frozenset({"process_secret", "trunk_secret"})
"""Fields that are entered and never shown."""
