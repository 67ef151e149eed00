"""Where an endpoint is, and how it is asked: addresses, credentials and headers."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal, cast, get_args
from urllib.parse import urlsplit, urlunsplit

from kg.common.errors import ArgumentError

WAIT: Final = 300.0
"""Seconds without a byte of an answer after which an endpoint counts as stuck."""

Joins = Literal["auto", "server", "local"]

_PASSWORD: Final = "KG_ENDPOINT_PASSWORD"  # noqa: S105 - the name of the variable
_HEADERS: Final = "KG_ENDPOINT_HEADERS"


@dataclass(frozen=True)
class Endpoint:
    """The address of a SPARQL 1.1 endpoint, and what its owner asks of clients.

    ``url`` answers queries, ``update_url`` takes updates (None: ``url``). The password of ``user``
    is ``password``, or else that of ~/.netrc for the host; ``headers`` are sent with each request,
    such as ``Authorization`` with a token. ``wait`` is the number of seconds without a byte of an
    answer after which a request fails. ``joins`` says where queries are evaluated: by the
    ``server``, or here (``local``) on statements that it returns; ``auto`` trusts the engines that
    are known to be right. Raises ArgumentError for what is no address or header.
    """

    url: str
    update_url: str | None = None
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    wait: float = WAIT
    joins: Joins = "auto"

    def __post_init__(self) -> None:
        for url in (self.url, self.update_url):
            if url is not None:
                check_address(url)
        for name, value in self.headers.items():
            if not _is_header(name, value):
                raise ArgumentError(f"{name!r} is no header: write it as 'Name: value'")
        if self.joins not in get_args(Joins):
            raise ArgumentError(f"joins are 'auto', 'server' or 'local', not {self.joins!r}")
        if not self.wait > 0:
            raise ArgumentError("the time to wait for an endpoint must be above 0 seconds")

    def __str__(self) -> str:
        return shown(self.url)

    def to_json(self) -> dict[str, Any]:
        """Return all settings, secrets too, for a process that this one starts."""
        return {**vars(self), "headers": dict(self.headers)}

    @classmethod
    def of_environment(
        cls,
        url: str,
        update_url: str | None = None,
        user: str | None = None,
        headers: Mapping[str, str] | None = None,
        wait: float | None = None,
    ) -> Endpoint:
        """Fill in what environment variables tell.

        These are KG_UPDATE_URL, KG_ENDPOINT_USER, KG_ENDPOINT_PASSWORD, KG_ENDPOINT_WAIT,
        KG_ENDPOINT_JOINS, and KG_ENDPOINT_HEADERS, which has a header in each line.
        """
        told = parse_headers(os.environ.get(_HEADERS, "").splitlines())
        return cls(
            url,
            update_url or os.environ.get("KG_UPDATE_URL") or None,
            user or os.environ.get("KG_ENDPOINT_USER") or None,
            os.environ.get(_PASSWORD),
            {**told, **(headers or {})},
            _seconds(os.environ.get("KG_ENDPOINT_WAIT")) if wait is None else wait,
            cast(Joins, os.environ.get("KG_ENDPOINT_JOINS") or "auto"),
        )


def parse_headers(lines: list[str] | tuple[str, ...]) -> dict[str, str]:
    """Return headers written as ``Name: value``; ArgumentError for others."""
    headers = {}
    for line in filter(None, map(str.strip, lines)):
        name, colon, value = line.partition(":")
        if not colon or not _is_header(name, value.strip()):
            # Without the value, which may be a secret.
            raise ArgumentError("a header for the endpoint is malformed: write it as 'Name: value'")
        headers[name] = value.strip()
    return headers


def check_address(url: str) -> None:
    """Raise ArgumentError for what is no address of an endpoint."""
    try:
        parts = urlsplit(url)
        named = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        named = False
    if not named or any(sign.isspace() for sign in url):
        # In what is no address, anything before the last @ may be a password.
        raise ArgumentError(
            f"{url.rpartition('@')[2]!r} is no address of an endpoint: give one like"
            " http://localhost:7878/query"
        )
    if parts.username is not None or parts.password is not None:
        raise ArgumentError(
            f"{shown(url)}: a user name in the address would be shown in messages: give --user,"
            f" and the password in {_PASSWORD} or ~/.netrc"
        )


def shown(url: str) -> str:
    """Return an address without a password."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    host = parts.netloc.rpartition("@")[2]
    return urlunsplit((parts.scheme, host, parts.path, parts.query, ""))


def _is_header(name: str, value: str) -> bool:
    plain = name.isascii() and name.replace("-", "").replace("_", "").isalnum()
    return plain and value.isascii() and value.isprintable()


def _seconds(text: str | None) -> float:
    if not text:
        return WAIT
    try:
        return float(text)
    except ValueError as error:
        raise ArgumentError(f"KG_ENDPOINT_WAIT is {text!r}: give a number of seconds") from error
