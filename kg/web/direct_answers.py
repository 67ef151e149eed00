"""Answers that need neither routes nor workers: those known already, and those to lookups.

The head of a GET request for ``/sparql`` is read here if it is as plain as those of most programs.
Everything else, and whatever goes wrong, is left to the application, which gives the same answer.
"""

from __future__ import annotations

import gzip
import time
from functools import lru_cache
from typing import Final
from urllib.parse import unquote_to_bytes

from kg.common.errors import KgError
from kg.store import FreeQuery
from kg.web.access import ALWAYS, is_local
from kg.web.answer_cache import KnownAnswer
from kg.web.formats import GRAPH_FORMATS, JSON_RESULTS, TABLE_FORMATS
from kg.web.lookups import Lookups, is_lookup
from kg.web.metrics import Metrics
from kg.web.negotiation import best_type
from kg.web.responses import query_headers, query_tag
from kg.web.state import State
from kg.web.worker_process import ServedStore

_PATH: Final = "/sparql"
_BEGIN: Final = b"GET /sparql?query="
_END: Final = b"\r\n\r\n"
_VERSION: Final = b" HTTP/1.1"
_STATUS: Final = b"HTTP/1.1 200 OK\r\n"
_PATH_END: Final = len(b"GET /sparql?")
_HOST: Final = b"host"
_ACCEPT: Final = b"accept"
_ENCODING: Final = b"accept-encoding"
_CONNECTION: Final = b"connection"
_HARMLESS: Final = frozenset(
    (_HOST, _ACCEPT, _ENCODING, _CONNECTION, b"accept-language", b"user-agent", b"cache-control")
) | frozenset((b"pragma", b"x-forwarded-for", b"x-forwarded-proto", b"x-real-ip", b"forwarded"))
"""Fields of a head that change nothing here but what is read of them."""
_COMPRESSED_FROM: Final = 1000
_COMPRESSED_UP_TO: Final = 1 << 14
"""Bytes; longer answers are compressed by the application, between other requests."""
_LEVEL: Final = 4
_FOUND_FOR: Final = 0.02
"""Seconds before the current store is looked for again."""
_SIZE: Final = 8 << 20
"""Bytes of the requests and responses that are kept, apart from answers that cost more."""


class DirectAnswers:
    """Gives direct answers from the state of a server."""

    def __init__(self, state: State, metrics: Metrics) -> None:
        self._state = state
        self._metrics = metrics
        self._lookups = Lookups()
        self._store: ServedStore | None = None
        self._found_at = 0.0
        self._recent: dict[bytes, bytes] = {}
        self._recent_size = 0

    def answer(self, data: bytes, fields: list[tuple[bytes, bytes]]) -> bytes | None:
        """Return the whole response to the bytes of a request; None if the application answers it.

        ``fields`` are added to its head.
        """
        if self._state.plain or not data.startswith(_BEGIN) or data.find(_END) != len(data) - 4:
            return None
        begin = time.perf_counter()
        if begin - self._found_at > _FOUND_FOR:
            self._find_store(begin)
        response = self._recent.get(data)
        if response is None:
            response = self._response(data)
            if response is None:
                return None
            self._keep(data, response)
        else:
            self._state.answers.hits += 1
        query = data[_PATH_END : data.index(_VERSION)].decode("latin-1")
        self._metrics.note("GET", _PATH, query, 200, time.perf_counter() - begin)
        return b"".join([_STATUS, *(b"%b: %b\r\n" % field for field in fields), response])

    def _find_store(self, now: float) -> None:
        before, self._found_at = self._store, now
        try:
            self._store = self._state.store()
        except KgError:
            # The application says so.
            self._store = None
        if self._store != before:
            self._recent.clear()
            self._recent_size = 0

    def _keep(self, data: bytes, response: bytes) -> None:
        self._recent_size += len(data) + len(response)
        if self._recent_size > _SIZE:
            self._recent.clear()
            self._recent_size = len(data) + len(response)
        self._recent[data] = response

    def _response(self, data: bytes) -> bytes | None:
        """Return the response without the first lines of its head."""
        encoded, *lines = data[len(_BEGIN) : -4].split(b"\r\n")
        head = _read_head(lines)
        if head is None or not encoded.endswith(_VERSION) or not self._may_ask(head):
            return None
        text = _read_query(encoded[: -len(_VERSION)])
        if text is None or self._store is None:
            return None
        query, formats = FreeQuery(text), _formats(head.get(_ACCEPT, b""))
        tag = query_tag(self._store.version, query, formats)
        known = self._state.answers.get(tag)
        if known is None and formats[0] == JSON_RESULTS and is_lookup(text):
            known = self._look_up(self._store, query, tag)
        if known is None:
            return None
        return _encode(known, _encoding(head.get(_ENCODING, b"")), self._state.local_only)

    def _may_ask(self, head: dict[bytes, bytes]) -> bool:
        host = head.get(_HOST, b"")
        return bool(host) and (not self._state.local_only or _is_local(host))

    def _look_up(self, store: ServedStore, query: FreeQuery, tag: str) -> KnownAnswer | None:
        body = self._lookups.answer(store, query)
        if body is None:
            return None
        self._state.pool.counts.answered += 1
        return KnownAnswer(body, JSON_RESULTS, {**query_headers(store), "ETag": tag})


def _read_head(lines: list[bytes]) -> dict[bytes, bytes] | None:
    """Return the fields of a head; None if there are others than these, or one twice."""
    head: dict[bytes, bytes] = {}
    for line in lines:
        name, _, value = line.partition(b":")
        name = name.lower()
        if name not in _HARMLESS or name in head:
            return None
        head[name] = value.strip()
    return head if head.get(_CONNECTION, b"keep-alive").lower() == b"keep-alive" else None


def _read_query(encoded: bytes) -> str | None:
    """Return the text of an encoded query; None if the address has anything else."""
    if b"&" in encoded or b"#" in encoded or b" " in encoded or not encoded.isascii():
        return None
    try:
        return unquote_to_bytes(encoded.replace(b"+", b" ")).decode()
    except UnicodeDecodeError:
        return None


@lru_cache(1000)
def _is_local(host: bytes) -> bool:
    return is_local(host.decode("latin-1"), None)


@lru_cache(1000)
def _formats(accepted: bytes) -> tuple[str, str]:
    text = accepted.decode("latin-1")
    return best_type(text, TABLE_FORMATS), best_type(text, GRAPH_FORMATS)


@lru_cache(1000)
def _encoding(accepted: bytes) -> str | None:
    """Return the encoding to use, empty for none; None for headers with more than names."""
    if not accepted:
        return ""
    names = {name.strip() for name in accepted.lower().split(b",")}
    if b";" in accepted:
        return None
    return "gzip" if b"gzip" in names else None if b"br" in names else ""


def _encode(known: KnownAnswer, encoding: str | None, local_only: bool) -> bytes | None:
    """Return fields and body of a response; None if its encoding is for the application."""
    body, field = known.body, b""
    if len(body) >= _COMPRESSED_FROM and encoding != "":
        if encoding is None or len(body) > _COMPRESSED_UP_TO:
            return None
        body, field = gzip.compress(body, _LEVEL, mtime=0), b"content-encoding: gzip\r\n"
    head = "".join([f"{name}: {value}\r\n" for name, value in known.headers.items()])
    head += f"content-type: {known.media_type}\r\ncontent-length: {len(body)}\r\n"
    return b"".join([head.encode(), field, _FIXED[local_only], body])


_FIXED: Final = {
    local_only: "".join(
        [
            *(f"{name}: {value}\r\n" for name, value in ALWAYS.items()),
            "vary: Accept-Encoding, Origin\r\n" if local_only else "vary: Accept-Encoding\r\n",
            "\r\n",
        ]
    ).encode()
    for local_only in (True, False)
}
"""Fields of every head, and its end."""
