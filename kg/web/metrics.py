"""Metrics in the text format of Prometheus, and a line of log for each request."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Iterable
from dataclasses import fields
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.web import schemas
from kg.web.answer_cache import AnswerCache
from kg.web.descriptions import THE_SERVER, PathItem, responses
from kg.web.errors import CLIENT_LEFT
from kg.web.pool import Counts, Pool

MEDIA_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"

DESCRIPTION: Final[PathItem] = {
    "get": {
        "tags": [THE_SERVER],
        "summary": "Count requests, queries and workers, for Prometheus",
        "operationId": "get-metrics",
        "responses": responses({"text/plain": {"schema": schemas.TEXT}}, ()),
    }
}
"""The description of the route ``/metrics`` in OpenAPI."""

_log: Final = logging.getLogger("kg.web")
_LOG_AFTER: Final = 0.2
"""Seconds after which lines are written to the log, together."""


class Metrics:
    """The metrics and the log of one server; what was asked is logged only if ``log_queries``."""

    def __init__(self, pool: Pool, answers: AnswerCache, log_queries: bool = False) -> None:
        self._log_queries = log_queries
        self._lines: list[str] = []
        self._counters: dict[int, Counter] = {}
        self._registry = CollectorRegistry()
        self._registry.register(_Collector(pool, answers))
        self.requests = Counter(
            "kg_requests", "Requests by status.", ["status"], registry=self._registry
        )
        self.seconds = Histogram(
            "kg_request_seconds", "Time to the end of the answer.", registry=self._registry
        )

    def note(self, method: str, path: str, query: str, status: int, seconds: float) -> None:
        """Count a request, and log it soon."""
        if status not in self._counters:
            self._counters[status] = self.requests.labels(str(status))
        self._counters[status].inc()
        self.seconds.observe(seconds)
        if self._log_queries and query:
            path += f"?{query}"
        if not self._lines:
            asyncio.get_running_loop().call_later(_LOG_AFTER, self.write_log)
        self._lines.append(f"{method} {path} {status} {seconds * 1000:.0f} ms")

    def write_log(self) -> None:
        """Write the lines of the last requests."""
        if self._lines:
            _log.info("\n".join(self._lines))
            self._lines.clear()

    def text(self) -> bytes:
        """Return all metrics."""
        return generate_latest(self._registry)


class _Collector(Collector):
    def __init__(self, pool: Pool, answers: AnswerCache) -> None:
        self._pool = pool
        self._answers = answers

    def collect(self) -> Iterable[Metric]:
        queries = CounterMetricFamily("kg_queries", "Queries by outcome.", labels=["outcome"])
        for outcome in fields(Counts):
            if outcome.name != "started":
                queries.add_metric([outcome.name], getattr(self._pool.counts, outcome.name))
        yield queries
        hits = self._answers.hits
        yield CounterMetricFamily("kg_answers_repeated", "Answers that were known already.", hits)
        started = self._pool.counts.started
        yield CounterMetricFamily("kg_workers_started", "Worker processes started.", started)
        queue = self._pool.queue
        yield GaugeMetricFamily("kg_queries_running", "Queries that run.", queue.running)
        yield GaugeMetricFamily("kg_queries_waiting", "Queries that wait.", queue.waiting)


class Observed:
    """Counts and logs the requests."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle a request (ASGI)."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begin, status = time.monotonic(), CLIENT_LEFT

        async def observe(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, observe)
        finally:
            seconds = time.monotonic() - begin
            asked = scope["query_string"].decode("latin-1")
            self._metrics.note(scope["method"], scope["path"], asked, status, seconds)
