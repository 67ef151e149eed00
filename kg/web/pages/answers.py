"""Pages that operations of the graph write, and pages for what went wrong."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Hashable
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Concatenate, Final, TypeVar
from weakref import WeakKeyDictionary

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from kg.common.errors import KgError, QueryLimitError, ResolutionError
from kg.web.calls import Call, OperationError
from kg.web.errors import HttpError, handle_failure, problem
from kg.web.pages import search
from kg.web.pages.html import render
from kg.web.pages.outcomes import Moved, Refused
from kg.web.pages.reader import Reader
from kg.web.pages.responses import reader_of, respond
from kg.web.queue import BusyError
from kg.web.state import State

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph

_Result = TypeVar("_Result")

_KEPT: Final[WeakKeyDictionary[Starlette, dict[tuple[Hashable, ...], asyncio.Task[Any]]]] = (
    WeakKeyDictionary()
)
_PATIENT: Final = 120.0
"""Seconds that an operation may take whose result is kept."""
_MOST_KEPT: Final = 500
"""Results that are kept; those that were made first go."""
_NOT_FOUND: Final = 404
_SEE_OTHER: Final = 303


async def answer(
    request: Request,
    operation: Callable[Concatenate[KnowledgeGraph, Reader, ...], str | Moved | Refused],
    *arguments: Any,
    asked: str = "",
) -> Response:
    """Return the page that an operation writes, or one that helps on.

    ``asked`` is what the page is about: if it is unknown, the nearest names are offered.
    """
    reader = reader_of(request)
    state: State = request.app.state.server
    try:
        result = await state.call(request, operation, reader, *arguments)
    except ResolutionError as error:
        unknown = await state.call(request, search.unknown, reader, asked, str(error))
        return respond(request, unknown.value, _NOT_FOUND)
    except OperationError as error:
        await handle_failure(request, error)
        logged = reader.t("This is an error of the server, and was logged.", "服务器出错，已记录。")
        return failure(request, HttpError(HTTPStatus.INTERNAL_SERVER_ERROR, logged))
    except (HttpError, KgError, BusyError) as error:
        return failure(request, error)
    if isinstance(result.value, Moved):
        return RedirectResponse(result.value.address, _SEE_OTHER)
    if isinstance(result.value, Refused):
        return respond(request, result.value.html, result.value.status)
    return respond(request, result.value)


def failure(request: Request, error: HttpError | KgError | BusyError) -> Response:
    """Return the page for an error: what is wrong, and what to do."""
    plain = problem(error)
    html = render(
        reader_of(request),
        "failure.html",
        status=plain.status_code,
        detail=str(error),
        too_long=isinstance(error, QueryLimitError),
    )
    response = respond(request, html, plain.status_code)
    if "Retry-After" in plain.headers:
        response.headers["Retry-After"] = plain.headers["Retry-After"]
    response.headers["Cache-Control"] = "no-store"
    return response


async def known_by_now(
    request: Request,
    operation: Callable[Concatenate[KnowledgeGraph, ...], _Result],
    patience: float,
    *arguments: Hashable,
) -> _Result | None:
    """Return the result of an operation that runs once for each version of the graph.

    None if it takes longer than ``patience`` seconds: it goes on, and a later request gets it.
    """
    state: State = request.app.state.server
    key = state.store().version, operation.__qualname__, *arguments
    kept = _KEPT.setdefault(request.app, {})
    if key not in kept:
        for old in [known for known in kept if known[0] != key[0]]:
            kept.pop(old).cancel()
        call = state.pool.call("", Call.of(operation, *arguments), _PATIENT)
        kept[key] = asyncio.create_task(call)
        excess = max(0, len(kept) - _MOST_KEPT)
        for old in [known for known, task in kept.items() if task.done()][:excess]:
            del kept[old]
    # Others that wait for it may take it out meanwhile.
    task = kept[key]
    done, _ = await asyncio.wait({task}, timeout=patience)
    if not done:
        return None
    try:
        result: _Result = task.result().value
    except (KgError, BusyError, asyncio.CancelledError):
        # It took too long, or the store was replaced: the next request tries again.
        kept.pop(key, None)
        return None
    return result
