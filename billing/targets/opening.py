"""The port for a target, by what its address begins with."""

from billing.mapping import DATABASES, Target
from billing.targets.csv_files import CsvPort
from billing.targets.port import Port
from billing.targets.sql import SqlPort
from billing.targets.webhook import WebhookPort


def port_of(target: Target) -> Port:
    """Raises Held where a driver is missing."""
    if target.scheme in DATABASES:
        return SqlPort(target)
    return CsvPort(target) if target.scheme == "csv" else WebhookPort(target)
