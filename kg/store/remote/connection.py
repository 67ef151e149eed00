"""Requests to an endpoint over HTTP, with their failures told in one line.

SPARQL 1.1 Protocol (https://www.w3.org/TR/sparql11-protocol/). Answers are first received whole,
in a temporary file if they are large: one that breaks off is asked for again, so that nothing of
it is lost or repeated. Only reads are repeated; whether an update was carried out before its
answer broke off is for its caller to find out.
"""

from __future__ import annotations

import tempfile
import time
import weakref
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import IO, Final, cast
from urllib.parse import urljoin

from kg.common.errors import MissingPackageError, QueryError, QueryLimitError, StoreError
from kg.store.remote.authentication import ChosenAuth
from kg.store.remote.endpoint import Endpoint, shown

try:
    import httpx
except ModuleNotFoundError as error:  # pragma: no cover
    raise MissingPackageError(
        "an endpoint needs packages that are not installed: pip install 'stdkg[endpoint]'"
    ) from error

_TRIES: Final = 5
_FIRST_PAUSE: Final = 0.25
_LONGEST_PAUSE: Final = 30.0
_CONNECT: Final = 10.0
_IN_MEMORY: Final = 8 << 20
_BLOCK: Final = 1 << 16
_REDIRECTS: Final = 5
_TOLD: Final = 300
"""Characters of an engine's message that are passed on."""
_BUSY: Final = (429, 503)
_REDIRECTED: Final = (301, 302, 303, 307, 308)
_OF_TIME: Final = (408, 504)
_ABSENT: Final = (404, 405, 410, 415, 501)
_REFUSED: Final = (401, 403, 407)
_INTERRUPTED: Final = (
    httpx.ReadError,
    httpx.WriteError,
    httpx.RemoteProtocolError,
    httpx.CloseError,
)
Form = Iterable[tuple[str, str]]


@dataclass(frozen=True)
class Answer:
    """A whole answer: the address it came from, its content, media type and headers."""

    source: str
    content: IO[bytes]
    media_type: str
    headers: Mapping[str, str]


class Connection:
    """Asks an endpoint; safe to use in several threads."""

    def __init__(self, endpoint: Endpoint) -> None:
        self.endpoint: Final = endpoint
        self._has_answered = False
        self._client = httpx.Client(
            auth=ChosenAuth(endpoint),
            headers={"User-Agent": "stdkg", **endpoint.headers},
            timeout=httpx.Timeout(endpoint.wait, connect=min(_CONNECT, endpoint.wait)),
            trust_env=True,
            follow_redirects=False,
        )
        # Nobody closes a graph that is opened for one command or call.
        weakref.finalize(self, self._client.close)

    def close(self) -> None:
        """Close all connections."""
        self._client.close()

    def read(self, form: Form, accept: str, deadline: float | None = None) -> Answer:
        """Return the answer to a query, sent as a form; ``accept`` are its media types.

        ``deadline`` is a time of :func:`time.monotonic`; QueryLimitError if it passes. Raises
        QueryError if the engine refuses the query, and StoreError for all other failures.
        """
        pause = _FIRST_PAUSE
        for attempt in range(1, _TRIES + 1):
            last = attempt == _TRIES
            try:
                with self._translated(deadline):
                    return self._receive(dict_of_lists(form), accept, deadline)
            except _Busy as busy:
                if last:
                    raise busy.error from None
                wait = busy.after if busy.after is not None else pause
            except _Broken as broken:
                if last or not (broken.began or self._has_answered):
                    raise broken.error from broken
                wait = pause
            pause *= 2
            self._pause(min(wait, _LONGEST_PAUSE), deadline)
        raise AssertionError  # pragma: no cover

    def write(self, update: bytes) -> None:
        """Carry out an update, and never a second time.

        Raises QueryError if the engine refuses it, and StoreError for all other failures, after
        which it may have been carried out or not.
        """
        url = self.endpoint.update_url or self.endpoint.url
        try:
            with self._translated(None):
                self._check(
                    self._client.post(
                        url,
                        content=update,
                        headers={"Content-Type": "application/sparql-update", "Accept": "*/*"},
                    ),
                    is_update=True,
                )
                self._has_answered = True
        except _Busy as busy:
            raise busy.error from None
        except _Broken as broken:
            raise broken.error from broken

    def _pause(self, seconds: float, deadline: float | None) -> None:
        if deadline is not None:
            seconds = min(seconds, max(0.0, deadline - time.monotonic()))
        time.sleep(seconds)

    def _receive(self, form: dict[str, list[str]], accept: str, deadline: float | None) -> Answer:
        url = self.endpoint.url
        for _ in range(_REDIRECTS):
            request = self._client.build_request(
                "POST", url, data=form, headers={"Accept": accept}, timeout=self._timeout(deadline)
            )
            response = self._client.send(request, stream=True)
            try:
                if response.status_code not in _REDIRECTED:
                    return self._content(response, accept, deadline)
                url = self._target(response)
            finally:
                response.close()
        raise StoreError(f"{self.endpoint} redirects in a circle: correct the address")

    def _content(self, response: httpx.Response, accept: str, deadline: float | None) -> Answer:
        if response.status_code != httpx.codes.OK:
            response.read()
        self._check(response)
        media_type = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        if media_type not in {part.partition(";")[0].strip() for part in accept.split(",")}:
            start = next(response.iter_bytes(_TOLD), b"")
            raise StoreError(
                f"{self.endpoint} answers with {media_type or '?'} instead of a result of SPARQL"
                f"{_quoted(start.decode('utf-8', 'replace'))}: is it the address of a SPARQL"
                " endpoint?"
            )
        # Closed with the answer that has it.
        content = cast(IO[bytes], tempfile.SpooledTemporaryFile(_IN_MEMORY))  # noqa: SIM115
        for block in response.iter_bytes(_BLOCK):
            content.write(block)
            if deadline is not None and time.monotonic() > deadline:
                raise httpx.ReadTimeout("deadline")
        content.seek(0)
        self._has_answered = True
        return Answer(str(self.endpoint), content, media_type, response.headers)

    def _timeout(self, deadline: float | None) -> httpx.Timeout:
        wait = self.endpoint.wait
        if deadline is not None:
            wait = max(0.001, min(wait, deadline - time.monotonic()))
        return httpx.Timeout(wait, connect=min(_CONNECT, wait))

    def _target(self, response: httpx.Response) -> str:
        """Return where a redirect leads; StoreError if it leads to another host."""
        before = response.request.url
        target = _location(response)
        is_upgrade = before.scheme == "http" and target.scheme == "https"
        same_port = before.port == target.port or (
            is_upgrade and before.port is None and target.port is None
        )
        if target.host != before.host or not (same_port and target.scheme in _schemes(before)):
            raise StoreError(
                f"{self.endpoint} redirects to {shown(str(target))}, another server, to which"
                " nothing was sent: if you trust it, give its address"
            )
        return str(target)

    def _check(self, response: httpx.Response, *, is_update: bool = False) -> None:
        """Raise the error that the status of an answer tells."""
        code = response.status_code
        if response.is_success:
            return
        what = shown(str(response.request.url))
        if response.is_redirect or code in _REDIRECTED:
            target = shown(str(_location(response)))
            raise StoreError(f"{what} redirects updates to {target}: give that address instead")
        told = _told(response)
        if code in _BUSY:
            error = StoreError(f"{what} is overloaded (HTTP {code}){told}: try again later")
            raise _Busy(error, _retry_after(response))
        if code in _REFUSED:
            raise self._refusal(what, code)
        if code in _OF_TIME:
            raise QueryLimitError(f"{what} ran out of time (HTTP {code}){told}: narrow the query")
        if code in _ABSENT and is_update:
            raise StoreError(f"{what} takes no updates (HTTP {code}){told}: give the --update-url")
        if code in _ABSENT:
            raise StoreError(f"{what} is no endpoint (HTTP {code}){told}: check the address")
        if is_update:
            raise QueryError(f"{what} refuses the update (HTTP {code}){told}")
        raise QueryError(f"{what} refuses the query (HTTP {code}){told}")

    def _refusal(self, what: str, code: int) -> StoreError:
        named = (name.lower() == "authorization" for name in self.endpoint.headers)
        if self.endpoint.user is not None or any(named):
            return StoreError(
                f"{what} refuses these credentials (HTTP {code}): correct --user and the password"
                " in KG_ENDPOINT_PASSWORD or ~/.netrc, or the token in KG_ENDPOINT_HEADERS"
            )
        return StoreError(
            f"{what} asks for credentials (HTTP {code}): give --user and the password in"
            " KG_ENDPOINT_PASSWORD or ~/.netrc, or a token in KG_ENDPOINT_HEADERS"
        )

    @contextmanager
    def _translated(self, deadline: float | None) -> Iterator[None]:
        """Raise the errors of a transfer as those of this project."""
        where = str(self.endpoint)
        try:
            yield
        except httpx.TimeoutException as error:
            if deadline is not None and time.monotonic() >= deadline - 0.01:
                raise QueryLimitError(
                    "the query took longer than its time limit: narrow it, or raise the limit"
                ) from error
            if isinstance(error, httpx.ConnectTimeout):
                raise StoreError(f"{where} can't be reached: it does not answer") from error
            raise StoreError(
                f"{where} sent nothing for {self.endpoint.wait:g} s: try again, or wait longer with"
                " KG_ENDPOINT_WAIT"
            ) from error
        except _INTERRUPTED as error:
            raise _Broken(
                StoreError(f"{where} broke off its answer: {_reason(error)}; try again"),
                began=True,
            ) from error
        except httpx.ConnectError as error:
            raise _Broken(
                StoreError(f"{where} can't be reached: {_reason(error)}; is the server running?"),
                began=False,
            ) from error
        except httpx.HTTPError as error:
            raise StoreError(f"{where} can't be read: {_reason(error)}") from error


class _Busy(Exception):  # noqa: N818
    """The endpoint asks to come again later."""

    def __init__(self, error: StoreError, after: float | None) -> None:
        super().__init__(error)
        self.error, self.after = error, after


class _Broken(Exception):  # noqa: N818
    """An answer broke off, or did not begin."""

    def __init__(self, error: StoreError, *, began: bool) -> None:
        super().__init__(error)
        self.error, self.began = error, began


def dict_of_lists(form: Form) -> dict[str, list[str]]:
    """Return the fields of a form as httpx encodes them, some with several values."""
    fields: dict[str, list[str]] = {}
    for name, value in form:
        fields.setdefault(name, []).append(value)
    return fields


def _schemes(url: httpx.URL) -> tuple[str, ...]:
    return ("http", "https") if url.scheme == "http" else ("https",)


def _location(response: httpx.Response) -> httpx.URL:
    """Return where a redirect leads; StoreError if that is no address."""
    before = str(response.request.url)
    try:
        return httpx.URL(urljoin(before, response.headers.get("Location", "")))
    except (ValueError, httpx.InvalidURL) as error:
        raise StoreError(
            f"{shown(before)} redirects to what is no address ({_reason(error)}): check the address"
        ) from error


def _reason(error: Exception) -> str:
    return " ".join(str(error).split())[:_TOLD] or type(error).__name__


def _told(response: httpx.Response) -> str:
    """Return what an engine says about a failure, on one line; empty for a page of HTML."""
    if "html" in response.headers.get("Content-Type", ""):
        return ""
    lines = (line.strip() for line in response.text[: 10 * _TOLD].splitlines())
    text = " ".join(next(filter(None, lines), "").split())
    return f": {text[:_TOLD]}" if text else ""


def _quoted(text: str) -> str:
    start = " ".join(text.split())[:60]
    return f" ({start!r} …)" if start else ""


def _retry_after(response: httpx.Response) -> float | None:
    """Return the seconds that an endpoint asks to wait (RFC 9110, 10.2.3)."""
    text = response.headers.get("Retry-After", "")
    if text.isdigit():
        return float(text)
    try:
        return max(0.0, parsedate_to_datetime(text).timestamp() - time.time())
    except ValueError:
        return None
