"""The addresses of pages; of an address that programs ask too, browsers get the page."""

from __future__ import annotations

import asyncio
from typing import Final

from starlette.datastructures import Headers, QueryParams
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Match, Route
from starlette.types import Scope

from kg.common.namespaces import BASE
from kg.web.errors import HttpError
from kg.web.negotiation import best_type
from kg.web.pages import article, assets, search, start, thing
from kg.web.pages.answers import answer, failure, known_by_now
from kg.web.pages.html import render
from kg.web.pages.responses import reader_of, respond

_HTML: Final = "text/html"
_OFFERED: Final = ("application/json", _HTML)


class PageRoute(Route):
    """A route for those who prefer HTML, and name no other format; others get the next one."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Return whether this route answers a request."""
        if scope["type"] == "http" and not wants_page(scope):
            return Match.NONE, {}
        return super().matches(scope)


def wants_page(scope: Scope) -> bool:
    """Return whether a request is for a page: it prefers HTML to JSON, and names no format."""
    accepted = Headers(scope=scope).get("accept", "")
    return best_type(accepted, _OFFERED) == _HTML and b"format=" not in scope["query_string"]


async def show_entity(request: Request) -> Response:
    """Show an entity by its IRI, or all its relations of one kind."""
    entity = BASE + request.path_params["path"]
    query = request.query_params
    if key := query.get("relation"):
        start = _number(query, "start")
        return await answer(request, thing.relation, entity, key, start, asked=entity)
    return await answer(request, thing.show, entity, asked=entity)


async def find_entity(request: Request) -> Response:
    """Lead from a name to the page of what it means; show what has no address of its own."""
    text = request.query_params.get("entity", "").strip()
    if not text:
        return RedirectResponse(reader_of(request).url("/"), 303)
    return await answer(request, thing.find, text, asked=text)


async def search_all(request: Request) -> Response:
    """Show the hits of a search."""
    query = request.query_params
    text, group = query.get("q", ""), query.get("group", "")
    return await answer(request, search.results, text.strip(), group, _number(query, "start"))


async def first_page(request: Request) -> Response:
    """Show the first page, with the counts if they are there by now."""
    counted, timeline, questions = await asyncio.gather(
        known_by_now(request, start.glance, _PATIENCE),
        known_by_now(request, start.events, _PATIENCE),
        known_by_now(request, start.answered, _PATIENCE, reader_of(request).lang),
    )
    return await answer(request, start.start, counted, timeline or (), questions or ())


async def read_article(request: Request) -> Response:
    """Show an article claim by claim."""
    name = request.path_params.get("name", "")
    return await answer(
        request, article.read, name, _number(request.query_params, "start"), asked=name
    )


async def suggest(request: Request) -> Response:
    """Send what the text of a search box can mean, as options of a list."""
    query = request.query_params
    return await answer(request, search.suggestions, query.get("q", "").strip(), query.get("class"))


async def nowhere(request: Request) -> Response:
    """Answer for an address that nothing is at."""
    return failure(request, HttpError(404, f"{request.url.path}: not found"))


async def design(request: Request) -> Response:
    """Show the parts that pages are made of."""
    return respond(request, render(reader_of(request), "design.html"))


def _number(query: QueryParams, name: str) -> int:
    """Return a number of a request; 0 for any other text."""
    text = query.get(name, "")
    return int(text) if text.isdecimal() and len(text) < _DIGITS else 0


_DIGITS: Final = 10
_PATIENCE: Final = 1.0
"""Seconds that the first page waits for counts."""

ROUTES: Final[list[BaseRoute]] = [
    Route("/static/{name}", assets.serve),
    Route("/design", design),
    PageRoute("/", first_page),
    PageRoute("/article", read_article),
    PageRoute("/article/{name}", read_article),
    PageRoute("/suggest", suggest),
    PageRoute("/search", search_all),
    PageRoute("/show", find_entity),
    PageRoute("/show/{path:path}", show_entity),
]
