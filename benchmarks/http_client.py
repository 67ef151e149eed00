"""A client of HTTP that costs little itself, so that it is the server that is measured."""

from __future__ import annotations

import asyncio
import statistics
import time
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from benchmarks.serving import JSON_RESULTS

_END_OF_HEAD = b"\r\n\r\n"


@dataclass(frozen=True)
class Latencies:
    """Seconds of the requests that were answered with 200, in all, and how many were not."""

    seconds: tuple[float, ...]
    wall: float
    failed: int

    @property
    def per_second(self) -> float:
        """Answers in a second."""
        return len(self.seconds) / self.wall

    def percentile(self, percent: int) -> float:
        """Return a percentile in milliseconds."""
        return 1000 * statistics.quantiles(self.seconds, n=100)[percent - 1]


class _Connection(asyncio.Protocol):
    """A connection that is kept open; one request at a time."""

    def __init__(self) -> None:
        self._received = bytearray()
        self._answer: asyncio.Future[bytes] | None = None
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._received += data
        head, found, body = self._received.partition(_END_OF_HEAD)
        if not found or self._answer is None:
            return
        fields = head.lower()
        _, has_length, rest = fields.partition(b"content-length:")
        if has_length:
            whole = len(body) >= int(rest.split(b"\r\n")[0])
        else:
            whole = body.endswith(b"0\r\n\r\n")
        if whole:
            answer, self._received = bytes(self._received), bytearray()
            self._answer.set_result(answer)

    def connection_lost(self, error: Exception | None) -> None:
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(ConnectionError("the server closed the connection"))

    async def request(self, data: bytes) -> bytes:
        assert self._transport is not None
        self._answer = asyncio.get_running_loop().create_future()
        self._transport.write(data)
        return await self._answer


async def _send(
    address: str, targets: Iterable[str], connections: int, until: float, headers: str
) -> Latencies:
    parts = urlsplit(address)
    host, port = str(parts.hostname), int(parts.port or 80)
    waiting, failed = iter(targets), 0
    seconds: list[float] = []
    loop = asyncio.get_running_loop()

    async def one() -> None:
        nonlocal failed
        _, connection = await loop.create_connection(_Connection, host, port)
        for target in waiting:
            head = f"GET {target} HTTP/1.1\r\nHost: {parts.netloc}\r\n{headers}\r\n"
            begin = time.perf_counter()
            if begin > until:
                return
            try:
                answer = await connection.request(head.encode())
            except ConnectionError:
                failed += 1
                _, connection = await loop.create_connection(_Connection, host, port)
                continue
            if answer.startswith(b"HTTP/1.1 200"):
                seconds.append(time.perf_counter() - begin)
            else:
                failed += 1

    begin = time.perf_counter()
    await asyncio.gather(*(one() for _ in range(connections)))
    return Latencies(tuple(seconds), time.perf_counter() - begin, failed)


def send(
    address: str,
    targets: Iterable[str],
    connections: int = 1,
    seconds: float = float("inf"),
    accept: str = f"{JSON_RESULTS}, */*;q=0.1",
    client: str = "",
) -> Latencies:
    """Send requests one after the other on each of some connections, for some seconds at most.

    ``client`` is an address for X-Forwarded-For, by which a server behind a proxy tells clients
    apart.
    """
    headers = f"Accept: {accept}\r\n"
    if client:
        headers += f"X-Forwarded-For: {client}\r\n"
    until = time.perf_counter() + seconds
    return asyncio.run(_send(address, targets, connections, until, headers))
