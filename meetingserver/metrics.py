"""The numbers of `/metrics`. Whoever has a number offers a function that reads it (wiring does this);
nothing is pushed here but answered requests."""

from collections.abc import Callable, Iterator

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

Read = Callable[[], float]
Family = type[CounterMetricFamily] | type[GaugeMetricFamily]


class Readings(Collector):
    """Numbers read at the moment somebody asks. A name offered again replaces the former reader."""

    def __init__(self) -> None:
        self.offered: dict[str, tuple[Family, str, Read]] = {}

    def collect(self) -> Iterator[Metric]:
        for name, (family, description, read) in self.offered.items():
            yield family(name, description, value=read())


registry = CollectorRegistry()
readings = Readings()
registry.register(readings)
requests = Counter("meetingserver_http_requests", "HTTP requests.", ["method", "status"], registry=registry)
durations = Histogram("meetingserver_http_seconds", "Time to answer HTTP requests.", registry=registry)

METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}


def offer_gauge(name: str, description: str, read: Read) -> None:
    """A number that goes up and down, such as `conferences_running`."""
    readings.offered[f"meetingserver_{name}"] = (GaugeMetricFamily, description, read)


def offer_counter(name: str, description: str, read: Read) -> None:
    """A number that only grows, such as `media_packets_forwarded`."""
    readings.offered[f"meetingserver_{name}"] = (CounterMetricFamily, description, read)


def request_answered(method: str, status: int, seconds: float) -> None:
    requests.labels(method if method in METHODS else "other", str(status)).inc()
    durations.observe(seconds)


def page() -> bytes:
    """The text exposition format of Prometheus."""
    return generate_latest(registry)
