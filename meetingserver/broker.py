"""Celery's broker where there is no Redis: a folder with one file for each task.

kombu's own writes a file where a worker may take it half written, and keeps its queues in a file that one
process reads while another writes it: here a task appears whole, and every process knows the queues.
"""

import time
import uuid
from pathlib import Path
from typing import Any

from kombu.transport import TRANSPORT_ALIASES, filesystem, virtual
from kombu.utils.json import dumps


class Channel(filesystem.Channel):
    supports_fanout = False
    get_table = virtual.Channel.get_table

    def _put(self, queue: str, payload: dict[str, Any], **options: Any) -> None:
        """In the order of their names: the oldest is taken first."""
        task = Path(self.data_folder_out, f"{time.time_ns()}_{uuid.uuid4()}.{queue}.msg")
        part = task.with_suffix(".part")
        part.write_text(dumps(payload))
        part.rename(task)


class Transport(filesystem.Transport):
    Channel = Channel
    implements = virtual.Transport.implements.extend(exchange_type=frozenset(["direct"]))
    global_state = virtual.BrokerState()


TRANSPORT_ALIASES["folder"] = "meetingserver.broker:Transport"
