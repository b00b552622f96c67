"""What is known of somebody's stay by web or by phone. Pure."""

from msgspec import Struct

from billing.counting import seconds
from conferences.core.words import Millis, ParticipantId, Role


class Leg(Struct, frozen=True):
    """`type` is `web`, `dialin` or `dialout`; `role` the highest they had; `user` their user name, `account`
    who pays for them where that is not the conference's account. `estimated`: a server died, and was heard of
    last at `left_at`, or `outage_ms` before others could go on; that time costs nothing."""

    id: str
    type: str
    participant: ParticipantId
    person: str
    display_name: str
    role: Role
    joined_at: Millis
    left_at: Millis
    user: str = ""
    account: str = ""
    billing_code: str = ""
    reconnects: int = 0
    camera: bool = False
    screen: bool = False
    microphone: bool = False
    call: str = ""
    bridge: str = ""
    caller: str = ""
    dialled: str = ""
    started_at: Millis = 0
    answered_at: Millis = 0
    cause: str = ""
    sip_code: int = 0
    q850: int = 0
    codec: str = ""
    mos: float = 0.0
    loss_percent: float = 0.0
    sibling: str = ""
    waited_ms: Millis = 0
    outage_ms: Millis = 0
    estimated: bool = False

    @property
    def duration_s(self) -> int:
        return seconds(self.left_at - self.joined_at - self.outage_ms)

    @property
    def present_s(self) -> int:
        """Without the time in the lobby, or before a host came."""
        return max(0, seconds(self.left_at - self.joined_at - self.outage_ms - self.waited_ms))
