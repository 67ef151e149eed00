"""The IRIs of the graph as addresses: each leads to a document or a page about what it names."""

from __future__ import annotations

import base64
from typing import Final
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Route

from kg.common.errors import ResolutionError
from kg.web.dumps import NAME
from kg.web.errors import HttpError
from kg.web.linked_data import catalog, documents, site
from kg.web.linked_data.documents import FORMATS, PAGE
from kg.web.linked_data.names import page_path, path_of
from kg.web.negotiation import best_type
from kg.web.pages.routes import nowhere, wants_page
from kg.web.rendering import HTML
from kg.web.responses import entity_tag, unchanged, without_body
from kg.web.state import State

_TYPES: Final = {media_type: suffix for suffix, (_, media_type) in FORMATS.items()}
"""Maps media types to suffixes of documents, the preferred one first."""


async def dereference(request: Request) -> Response:
    """Lead from an IRI to a document or a page, or answer with the document."""
    state: State = request.app.state.server
    if request.query_params:
        raise HttpError(400, "IRIs have no parameters: remove what follows the question mark")
    path = _path(request)
    try:
        located = (await state.call(request, documents.locate, path)).value
    except ResolutionError:
        if wants_page(request.scope):
            return await nowhere(request)
        raise
    name = path_of(located.iri)
    if name is None:
        raise HttpError(404, f"{located.iri} is no IRI of this graph")
    address = state.address(request) + name
    alternates = [
        f'<{address}.{suffix}>; rel="alternate"; type="{media_type}"'
        for media_type, suffix in _TYPES.items()
    ]
    page = state.address(request) + page_path(name) if documents.is_page(located.iri) else ""
    if page:
        alternates.append(f'<{page}>; rel="alternate"; type="{HTML}"')
    links = {"Link": ", ".join(alternates)}
    if located.suffix and located.suffix != PAGE:
        return await _document(request, located, address, links)
    is_named = located.suffix == PAGE
    target = (page or f"{address}.ttl") if is_named else _target(request, address, page)
    return Response(status_code=303, headers={"Location": target, "Vary": "Accept", **links})


def _path(request: Request) -> str:
    """Return the path as the client has escaped it, without the first slash."""
    raw = request.scope.get("raw_path") or quote(request.url.path).encode()
    return raw.decode("latin-1").partition("?")[0].removeprefix("/")


def _target(request: Request, address: str, page: str) -> str:
    # A client that accepts everything is a program more often than a person.
    offered = [*_TYPES, *([HTML] if page else [])]
    media_type = best_type(request.headers.get("accept", ""), offered)
    if not media_type:
        raise HttpError(406, f"documents are one of {', '.join(offered)}")
    return page if media_type == HTML else f"{address}.{_TYPES[media_type]}"


async def _document(
    request: Request, located: documents.Located, address: str, links: dict[str, str]
) -> Response:
    state: State = request.app.state.server
    alias = address if state.base else ""
    key = (located, address, alias)
    if response := unchanged(request, entity_tag(state.store().version, *key)):
        return response
    described = await state.call(
        request, documents.describe, located.iri, located.suffix, address, alias
    )
    headers = {
        "ETag": entity_tag(described.store.version, *key),
        "Cache-Control": "no-cache",
        **links,
        **described.store.headers(),
    }
    media_type = FORMATS[located.suffix][1]
    if media_type.startswith("text/"):
        media_type += "; charset=utf-8"
    response = Response(described.value, 200, headers, media_type)
    return without_body(response) if request.method == "HEAD" else response


async def dump(request: Request) -> Response:
    """Send the dump of the graph."""
    state: State = request.app.state.server
    store = state.store()
    written = await state.dumps.get(store)
    digest = base64.b64encode(bytes.fromhex(written.sha256)).decode()
    headers = {
        "ETag": f'"{written.sha256}"',
        # RFC 9530
        "Repr-Digest": f"sha-256=:{digest}:",
        "Cache-Control": "no-cache",
        **store.headers(),
    }
    if written.sha256 in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return FileResponse(written.file, headers=headers, media_type="application/gzip")


async def checksums(request: Request) -> Response:
    """Send the checksum of the dump, as sha256sum reads it."""
    state: State = request.app.state.server
    store = state.store()
    written = await state.dumps.get(store)
    headers = {"Cache-Control": "no-cache", **store.headers()}
    return PlainTextResponse(f"{written.sha256}  {NAME}\n", headers=headers)


async def robots(request: Request) -> Response:
    """Say what crawlers may read."""
    state: State = request.app.state.server
    return PlainTextResponse(site.robots(state.address(request)))


async def sitemap(request: Request) -> Response:
    """List the pages of all entities, or the lists of them."""
    state: State = request.app.state.server
    base, store = state.address(request), state.store()
    tag = entity_tag(store.version, base, request.url.path)
    if response := unchanged(request, tag):
        return response
    if "number" in request.path_params:
        number = request.path_params["number"]
        body = (await state.call(request, site.sitemap, base, number)).value
        if body is None:
            raise HttpError(404, f"there is no sitemap {number}: see {base}sitemap.xml")
    else:
        body = (await state.call(request, site.sitemap_index, base, store.snapshot)).value
    headers = {"ETag": tag, "Cache-Control": "no-cache", **store.headers()}
    response = Response(body, 200, headers, "application/xml")
    return without_body(response) if request.method == "HEAD" else response


ROUTES: Final = [
    Route("/.well-known/void", catalog.void),
    Route("/catalog", catalog.catalog),
    Route(f"/dumps/{NAME}", dump),
    Route("/dumps/SHA256SUMS", checksums),
    Route("/robots.txt", robots),
    Route("/sitemap.xml", sitemap),
    Route("/sitemaps/{number:int}.xml", sitemap),
    Route("/{path:path}", dereference),
]
"""The last one is for every other address, so these routes come last."""
