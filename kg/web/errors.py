"""Errors as answers of HTTP: problem details (RFC 9457)."""

from __future__ import annotations

import json
import logging
from http import HTTPStatus
from typing import Final, cast

from starlette.requests import Request
from starlette.responses import Response

from kg.common.errors import (
    ExportError,
    KgError,
    QueryLimitError,
    ResolutionError,
    StoreError,
)
from kg.web.queue import RETRY_AFTER, BusyError

MEDIA_TYPE: Final = "application/problem+json"

CLIENT_LEFT: Final = 499
"""The status of a request whose client left before it got an answer; nobody receives it."""


_STATUS: Final[dict[type, int]] = {
    QueryLimitError: 503,
    StoreError: 503,
    ExportError: 406,
    ResolutionError: 404,
}
"""The status for each kind of error; 400 for the others."""

_log: Final = logging.getLogger("kg.web")


class HttpError(Exception):
    """A request that is answered with an error: the status, and what is wrong and what to do."""

    def __init__(self, status: int, detail: str, headers: dict[str, str] | None = None) -> None:
        super().__init__(detail)
        self.status = status
        self.headers = headers or {}


def problem(error: HttpError | KgError | BusyError) -> Response:
    """Return the answer to a request that failed."""
    failed = to_http_error(error)
    content = {
        "title": HTTPStatus(failed.status).phrase,
        "status": failed.status,
        "detail": str(failed),
    }
    return Response(
        json.dumps(content, ensure_ascii=False) + "\n",
        failed.status,
        {"Cache-Control": "no-store", **failed.headers},
        MEDIA_TYPE,
    )


async def handle(request: Request, error: Exception) -> Response:
    """Answer a request that raised an error (a handler of Starlette)."""
    return problem(cast(HttpError | KgError | BusyError, error))


async def handle_failure(request: Request, error: Exception) -> Response:
    """Answer a request that met an error of the program, which is logged."""
    _log.error("%s %s failed: %s", request.method, request.url.path, error)
    return problem(HttpError(500, "this is an error of the server, and was logged"))


def to_http_error(error: HttpError | KgError | BusyError) -> HttpError:
    """Return an error with the status and the words for a client."""
    return error if isinstance(error, HttpError) else _with_status(error)


def _with_status(error: KgError | BusyError) -> HttpError:
    retry = {"Retry-After": str(RETRY_AFTER)}
    if isinstance(error, BusyError):
        if error.by_client:
            return HttpError(429, "too many of your queries are waiting: send fewer at once", retry)
        return HttpError(503, "too many queries are waiting: try again", retry)
    status = next((_STATUS[kind] for kind in type(error).__mro__ if kind in _STATUS), 400)
    return HttpError(status, str(error), retry if isinstance(error, StoreError) else None)
