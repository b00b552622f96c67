"""What a key inside asks of the conference, or of the caller's own phone, and what is said about it. PURE."""

from bridges.keys import HOSTS, Key
from bridges.loudness import Loudness
from bridges.prompts import people
from bridges.standing import Standing
from conferences.core import commands as c
from conferences.core.messages import AnyCommand
from conferences.core.recording import StartRecording, StopRecording

WAITING = frozenset({Key.HELP, Key.LEAVE, Key.VOLUME})
"""Keys of those who wait."""

GRANTED = {Key.MUTE_ALL: "all_muted", Key.ADMIT_ALL: "all_admitted"}
"""What nobody would notice otherwise. The rest is said when it has become true."""


def wish(
    key: Key, standing: Standing, loudness: Loudness = Loudness.NORMAL
) -> AnyCommand | Loudness | tuple[str, ...]:
    """A command to give, how loud they want to hear who heard `loudness`, or the prompts to say instead."""
    if standing.waiting and key not in WAITING:
        return ("not_possible",)
    if key in HOSTS and not standing.host:
        return ("hosts_only",)
    match key:
        case Key.HELP:
            return ("help", "help_host") if standing.host else ("help",)
        case Key.VOLUME:
            return loudness.next
        case Key.COUNT | Key.NAMES:
            return (people(len(standing.people)),)
        case _:
            return _command(key, standing)


def _command(key: Key, standing: Standing) -> AnyCommand:
    commands: dict[Key, AnyCommand] = {
        Key.MUTE: c.MuteMicrophone() if standing.speaks else c.UnmuteMicrophone(),
        Key.HAND: c.LowerHand() if standing.hand else c.RaiseHand(),
        Key.LEAVE: c.LeaveConference(),
        Key.LOCK: c.UnlockConference() if standing.locked else c.LockConference(),
        Key.RECORD: StopRecording() if standing.recorded else StartRecording(),
        Key.MUTE_ALL: c.MuteAll(),
        Key.ADMIT_ALL: c.AdmitAll(),
    }
    return commands[key]
