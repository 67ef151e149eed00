"""Connections of clients: Uvicorn's, bounded in number, in time and in the size of heads.

Uvicorn waits for the end of a head, and for a client that doesn't read, without end.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import Any, Final, TypeAlias

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

PATIENCE: Final = 10
"""Seconds in which a client must send the head of a request, and in which one that reads an answer
must take some of it; also how long a connection may be idle."""
_CONNECTIONS: Final = 1000
_END_OF_HEAD: Final = b"\r\n\r\n"
_HEAD: Final = 1 << 16
"""Bytes of the head of a request, with the query of a GET."""

Direct: TypeAlias = Callable[[bytes, list[tuple[bytes, bytes]]], bytes | None]
"""Returns the response to the bytes of a request, with some more fields; None to pass it on."""


class Connection(HttpToolsProtocol):
    """A connection of a client."""

    def __init__(self, *arguments: Any, direct: Direct, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._direct = direct
        self._head_size = 0
        self._in_message = self._in_body = self._is_refused = False
        self._deadline = 0.0
        self._pauses = 0
        self._unread: tuple[int, int] | None = None
        self._timer: asyncio.TimerHandle | None = None

    @property
    def is_busy(self) -> bool:
        """Whether a request is being answered."""
        return self.cycle is not None and not self.cycle.response_complete

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for a request; of too many connections, end the one idle for longest."""
        super().connection_made(transport)
        self._wait()
        self._check_at(self._deadline)
        if len(self.connections) > _CONNECTIONS:
            idle = (each for each in self.connections if isinstance(each, Connection))
            waiting = (each for each in idle if not each.is_busy and each is not self)
            longest = min(waiting, key=lambda each: each._deadline, default=self)
            longest.transport.abort()

    def connection_lost(self, error: Exception | None) -> None:
        """End the work for the client."""
        if self._timer is not None:
            self._timer.cancel()
        super().connection_lost(error)

    def data_received(self, data: bytes) -> None:
        """Answer a request at once, or read it for the application."""
        if self._is_refused:
            return
        if not (self._in_message or self.is_busy or self.flow.write_paused):
            answer = self._direct(data, self.server_state.default_headers)
            if answer is not None:
                self._unset_keepalive_if_required()
                self._wait()
                self.transport.write(answer)
                return
        if not self._in_body:
            end = data.find(_END_OF_HEAD)
            self._head_size += len(data) if end < 0 else end
            if self._head_size > _HEAD:
                self._refuse(431, f"the head has more than {_HEAD} bytes: send the query by POST")
                return
        super().data_received(data)

    def on_message_begin(self) -> None:
        """Note where the parser is."""
        super().on_message_begin()
        self._in_message = True

    def on_headers_complete(self) -> None:
        """Note where the parser is."""
        self._head_size, self._in_body = 0, True
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """Note where the parser is."""
        super().on_message_complete()
        self._in_message = self._in_body = False

    def on_response_complete(self) -> None:
        """Wait for the next request, or for the rest of this one, which nobody needs."""
        super().on_response_complete()
        self._wait()

    def pause_writing(self) -> None:
        """Note that the client doesn't read as fast as it is answered."""
        self._pauses += 1
        super().pause_writing()

    def send_400_response(self, msg: str) -> None:
        """Refuse what is no request."""
        self._refuse(400, "this is no request of HTTP/1.1")

    def _refuse(self, status: int, detail: str) -> None:
        if self.is_busy:
            # Whatever is sent now would be a part of the answer.
            self.transport.abort()
            return
        titles = {400: "Bad Request", 431: "Request Header Fields Too Large"}
        content = {"title": titles[status], "status": status, "detail": detail}
        body = json.dumps(content).encode() + b"\n"
        head = (
            f"HTTP/1.1 {status} {titles[status]}\r\nContent-Type: application/problem+json\r\n"
            f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n"
        )
        self.transport.write(head.encode() + body)
        # A connection that is closed while data comes is reset: the client would not see why.
        self.transport.write_eof()
        self._is_refused = True
        self._wait()

    def _wait(self) -> None:
        self._deadline = self.loop.time() + PATIENCE

    def _check_at(self, time: float) -> None:
        self._timer = self.loop.call_at(time, self._check)

    def _check(self) -> None:
        """End the connection if nothing has come of it for too long."""
        now = self.loop.time()
        size = self.transport.get_write_buffer_size()
        unread = (self._pauses, size) if size else None
        if self.transport.is_closing() or (unread is not None and unread == self._unread):
            self.transport.abort()
        elif not self.is_busy and now >= self._deadline and unread is None:
            self.transport.close()
        else:
            self._unread = unread
            self._check_at(now + PATIENCE if self.is_busy or size else self._deadline)
