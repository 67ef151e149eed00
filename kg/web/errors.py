"""Errors as answers of HTTP: problem details (RFC 9457)."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Final, cast

from starlette.requests import Request
from starlette.responses import Response

from kg.common.errors import ExportError, KgError, QueryLimitError, StoreError
from kg.web.queue import RETRY_AFTER, BusyError

MEDIA_TYPE: Final = "application/problem+json"

CLIENT_LEFT: Final = 499
"""The status of a request whose client left before it got an answer; nobody receives it."""


class HttpError(Exception):
    """A request that is answered with an error: the status, and what is wrong and what to do."""

    def __init__(self, status: int, detail: str, headers: dict[str, str] | None = None) -> None:
        super().__init__(detail)
        self.status = status
        self.headers = headers or {}


def problem(error: HttpError | KgError | BusyError) -> Response:
    """Return the answer to a request that failed."""
    failed = error if isinstance(error, HttpError) else _with_status(error)
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


def _with_status(error: KgError | BusyError) -> HttpError:
    retry = {"Retry-After": str(RETRY_AFTER)}
    if isinstance(error, BusyError):
        if error.by_client:
            return HttpError(429, "too many of your queries are waiting: send fewer at once", retry)
        return HttpError(503, "too many queries are waiting: try again", retry)
    if isinstance(error, QueryLimitError):
        return HttpError(503, str(error))
    if isinstance(error, ExportError):
        return HttpError(406, str(error))
    if isinstance(error, StoreError):
        return HttpError(503, str(error), retry)
    return HttpError(400, str(error))
