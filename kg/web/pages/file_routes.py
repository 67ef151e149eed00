"""Addresses of files that pages lead to: answers, records of documents, pictures, paths."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from kg.web.errors import HttpError
from kg.web.pages import cite, everything, graph, ontology
from kg.web.pages.answers import answer, failure, known_by_now
from kg.web.pages.sparql_page import DOWNLOADS
from kg.web.sparql import endpoint

_PICTURE_PATIENCE: Final = 30.0
"""Seconds that a picture is waited for."""


async def find_path(request: Request) -> Response:
    """Send the best path between two things of the canvas."""
    query, state = request.query_params, request.app.state.server
    arguments = query.get("lang", "en"), query.get("from", ""), query.get("to", "")
    result = await state.call(request, graph.path, *arguments)
    return JSONResponse(result.value, headers=result.store.headers())


async def draw_everything(request: Request) -> Response:
    """Send what the script of the whole picture draws."""
    found = await known_by_now(request, everything.everything, _PICTURE_PATIENCE)
    if found is None:
        return failure(request, HttpError(503, "the picture is being made: try again"))
    drawn = everything.picture(found, request.query_params.get("lang", "en"))
    state = request.app.state.server
    return JSONResponse(drawn, headers={"Cache-Control": "no-cache", **state.store().headers()})


async def download_rows(request: Request) -> Response:
    """Send the answer to a query as a file, in the format of ``?format=``."""
    chosen = request.query_params.get("format", "")
    if chosen not in DOWNLOADS:
        return failure(request, HttpError(400, f"format={chosen}: use {', '.join(DOWNLOADS)}"))
    kept = [pair for pair in request.scope["headers"] if pair[0] != b"accept"]
    accepted = (b"accept", DOWNLOADS[chosen].encode())
    response = await endpoint(Request({**request.scope, "headers": [*kept, accepted]}))
    response.headers["Content-Disposition"] = f'attachment; filename="answer.{chosen}"'
    return response


async def draw_ontology(request: Request) -> Response:
    """Send the picture of the ontology; what stands in the image alone needs its own styles."""
    query = request.query_params
    lang = "zh" if query.get("lang") == "zh" else "en"
    scheme = "dark" if query.get("scheme") == "dark" else "light"
    drawn = await known_by_now(request, ontology.picture, _PICTURE_PATIENCE, lang, scheme)
    if drawn is None:
        return failure(request, HttpError(503, "the picture is being made: try again"))
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    headers = {"Content-Security-Policy": policy, "Cache-Control": "no-cache"}
    return Response(drawn, 200, headers, "image/svg+xml")


async def cite_document(request: Request) -> Response:
    """Send the bibliographic record of a document as a file."""
    query = request.query_params
    document, style = query.get("document", "").strip(), query.get("style", "")
    if style not in cite.FORMATS:
        return failure(request, HttpError(400, f"style={style}: use {', '.join(cite.FORMATS)}"))
    response = await answer(request, cite.record, document, style, asked=document)
    if response.status_code == HTTPStatus.OK:
        written = cite.FORMATS[style]
        response.headers["Content-Type"] = written.media_type
        file = f'attachment; filename="document.{written.suffix}"'
        response.headers["Content-Disposition"] = file
    return response


ROUTES: Final[list[BaseRoute]] = [
    Route("/graph/path", find_path),
    Route("/graph/everything", draw_everything),
    Route("/query/download", download_rows),
    Route("/ontology.svg", draw_ontology),
    Route("/cite", cite_document),
]
