"""The application: its routes, and what stands before them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import cast

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route
from starlette_compress import CompressMiddleware, add_compress_type

from kg.common.errors import KgError
from kg.web import errors, sparql
from kg.web.access import Access
from kg.web.api.routes import api_routes
from kg.web.calls import OperationError
from kg.web.errors import CLIENT_LEFT, HttpError
from kg.web.formats import GRAPH_FORMATS, TABLE_FORMATS
from kg.web.health import show_health
from kg.web.linked_data import routes as linked_data
from kg.web.mcp.endpoint import mcp_routes
from kg.web.metrics import MEDIA_TYPE, Metrics, Observed
from kg.web.pages import routes as pages
from kg.web.queue import BusyError
from kg.web.reconciliation import routes as reconciliation
from kg.web.state import State


def create_app(state: State, metrics: Metrics) -> Starlette:
    """Return the application; the workers live as long as it runs."""

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        await state.pool.start()
        try:
            yield
        finally:
            await state.pool.close()
            await state.dumps.close()
            metrics.write_log()

    async def show_metrics(request: Request) -> Response:
        return Response(metrics.text(), headers={"Content-Type": MEDIA_TYPE})

    app = Starlette(
        routes=[
            Route("/sparql", sparql.endpoint, methods=["GET", "POST"]),
            Route("/health", show_health),
            Route("/metrics", show_metrics),
            *([] if state.plain else [*pages.ROUTES, *api_routes(), *reconciliation.ROUTES]),
            *([] if state.plain else [*mcp_routes(), *linked_data.ROUTES]),
        ],
        middleware=[
            Middleware(Observed, metrics=metrics),
            Middleware(Access, local_only=state.local_only),
            Middleware(CompressMiddleware, zstd=False, minimum_size=1000),
        ],
        exception_handlers={
            HttpError: errors.handle,
            KgError: errors.handle,
            BusyError: errors.handle,
            HTTPException: _handle_routing,
            ClientDisconnect: _handle_left,
            OperationError: errors.handle_failure,
            Exception: errors.handle_failure,
        },
        lifespan=lifespan,
    )
    for media_type in (*TABLE_FORMATS, *GRAPH_FORMATS, errors.MEDIA_TYPE):
        add_compress_type(media_type)
    app.state.server = state
    return app


async def _handle_routing(request: Request, error: Exception) -> Response:
    failed = cast(HTTPException, error)
    detail = f"{request.url.path}: {failed.detail.lower()}"
    return errors.problem(HttpError(failed.status_code, detail, dict(failed.headers or {})))


async def _handle_left(request: Request, error: Exception) -> Response:
    # Nobody reads it.
    return Response(status_code=CLIENT_LEFT)
