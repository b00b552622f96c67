"""What the form of a room's settings sends."""

SENSIBLE = {
    "name": "Archery",
    "host_leaves": "end",
    "host_leaves_after_min": "5",
    "auto_lock_min": "0",
    "recording": "on_demand",
    "recordings_seen_by": "private",
    "recordings_kept_days": "0",
    "chat_files": "everyone",
    "dial_out": "hosts",
    "announce_callers": "tone",
    "asks_billing_code": "no",
}
