"""``/metrics``: counts and times of a server, for Prometheus.

Each label has as many values as the code has routes, queries and pages; none comes from an asker.
"""

from collections.abc import Iterator

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector
from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    InfoMetricFamily,
    Metric,
)
from prometheus_client.exposition import choose_encoder
from prometheus_client.registry import Collector
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from register.builds import built_at
from register.observed import Done
from register.queries.register import newest_source
from register.store import RegisterUnavailable, Store

PATH = "/metrics"

SECONDS = (0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)
"""The bounds by which times are counted; a question takes milliseconds, and at most a minute."""


class Metrics:
    """What one server counts."""

    def __init__(self, store: Store) -> None:
        self.registry = CollectorRegistry()
        self.requests = self._times(
            "http_request", "Requests, by route, method and status", "route", "method", "status"
        )
        self._done = {
            "run": self._times("page_run", "Runs of a page", "page", "outcome"),
            "query": self._times("query", "Queries that no cache answered", "query", "outcome"),
        }
        self.sessions = Gauge(
            "partnerships_sessions", "Sessions that are open", registry=self.registry
        )
        self.refused_sessions = Counter(
            "partnerships_sessions_refused", "Sessions refused", registry=self.registry
        )
        self.registry.register(_Register(store))
        ProcessCollector(registry=self.registry)

    def done(self, done: Done) -> None:
        """Count a query or the run of a page."""
        self._done[done.kind].labels(done.name, done.outcome).observe(done.seconds)

    def _times(self, name: str, about: str, *labels: str) -> Histogram:
        return Histogram(
            f"partnerships_{name}_seconds", about, labels, buckets=SECONDS, registry=self.registry
        )


class _Register(Collector):
    """The register that is served, and its cache, as they are when somebody asks."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def collect(self) -> Iterator[Metric]:
        cache = self._store.cache
        answers, size = cache.size()
        asked = CounterMetricFamily(
            "partnerships_cache_requests", "Questions to the cache", labels=["result"]
        )
        asked.add_metric(["hit"], cache.hits)
        asked.add_metric(["miss"], cache.misses)
        yield asked
        yield GaugeMetricFamily("partnerships_cache_answers", "Answers that are kept", answers)
        yield GaugeMetricFamily("partnerships_cache_bytes", "Bytes that they take", size)
        yield from self._version()

    def _version(self) -> Iterator[Metric]:
        try:
            version = self._store.current()
            newest = version.ask(newest_source)
        except RegisterUnavailable:
            yield GaugeMetricFamily("partnerships_register_available", "Whether it can be read", 0)
            return
        yield GaugeMetricFamily("partnerships_register_available", "Whether it can be read", 1)
        facts = {"version": version.name, "newest_source": newest or ""}
        yield InfoMetricFamily("partnerships_register", "The register that is served", facts)
        if built := version.file and built_at(version.file.name):
            name = "partnerships_register_built_timestamp_seconds"
            yield GaugeMetricFamily(name, "When it was built", built.timestamp())


def route(metrics: Metrics) -> Route:
    """Where the counts are read; ``middleware.private`` says by whom."""

    def answer(request: Request) -> Response:
        encode, media_type = choose_encoder(request.headers.get("accept", ""))
        headers = {"Cache-Control": "no-store", "Content-Type": media_type}
        return Response(encode(metrics.registry), headers=headers)

    return Route(PATH, answer)
