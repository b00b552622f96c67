"""Records of Alice's, made up."""

from billing.models import Kind
from billing.services import Draft
from tests.conferences.meeting import BEGIN


def conference(
    id: str, *, web: int = 0, dialin: int = 0, dialout: int = 0, recorded_s: int = 0, at: int = BEGIN
) -> Draft:
    body = {
        "id": id,
        "title": "Archery",
        "subscriber": "alice",
        "billing_code": "=PO-77",
        "created_at": at - 60_000,
        "duration_s": 60,
        "persons": 2,
        "port_minutes_web": web,
        "port_minutes_dialin": dialin,
        "port_minutes_dialout": dialout,
        "recorded_s": recorded_s,
    }
    return Draft(Kind.CONFERENCE, id, id, "ACME", at, body)


def recording(id: str) -> Draft:
    return Draft(Kind.RECORDING, id, "c", "ACME", BEGIN, {"id": id, "subscriber": "alice"})


def storage(subject: str, bytes: int, *, at: int = BEGIN) -> Draft:
    return Draft(Kind.STORAGE, subject, "", "ACME", at, {"subscriber": "alice", "bytes": bytes})
