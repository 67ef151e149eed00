"""The addresses of pages; of an address that programs ask too, browsers get the page."""

from __future__ import annotations

import asyncio
from http import HTTPStatus
from typing import Final

from starlette.datastructures import Headers, QueryParams, UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Match, Route
from starlette.types import Scope

from kg.common.errors import QueryError, QueryLimitError
from kg.common.namespaces import BASE
from kg.web.errors import HttpError
from kg.web.negotiation import best_type
from kg.web.pages import (
    article,
    assets,
    changes,
    compare,
    everything,
    file_routes,
    graph,
    my_list,
    ontology,
    panels,
    questions,
    relate,
    relation_list,
    search,
    sparql_page,
    start,
    thing,
)
from kg.web.pages.answers import answer, failure, known_by_now
from kg.web.pages.html import render
from kg.web.pages.query_rows import first_rows
from kg.web.pages.responses import allow_embedding, reader_of, respond
from kg.web.state import State

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
        choice = relation_list.Choice(
            *(query.get(name, "").strip() for name in ("filter", "status", "sort"))
        )
        start = _number(query, "start")
        return await answer(request, relation_list.show, entity, key, choice, start, asked=entity)
    if day := query.get("as_of", "").strip():
        # Figures are those of today.
        return await answer(request, thing.show, entity, (), day, asked=entity)
    found = await known_by_now(
        request, panels.find, _PANEL_PATIENCE, entity, reader_of(request).lang
    )
    return await answer(request, thing.show, entity, found, asked=entity)


async def find_entity(request: Request) -> Response:
    """Lead from a name to the page of what it means; show what has no address of its own."""
    text = request.query_params.get("name", "").strip()
    if not text:
        return RedirectResponse(reader_of(request).url("/"), 303)
    day = request.query_params.get("as_of", "").strip()
    return await answer(request, thing.find, text, day, asked=text)


async def search_all(request: Request) -> Response:
    """Show the hits of a search."""
    query = request.query_params
    text, group = query.get("q", ""), query.get("kind", "")
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
    state: State = request.app.state.server
    start_at = _number(request.query_params, "start")
    return await answer(request, article.read, name, start_at, dict(state.texts), asked=name)


async def suggest(request: Request) -> Response:
    """Send what the text of a search box can mean, as options of a list."""
    query = request.query_params
    return await answer(request, search.suggestions, query.get("q", "").strip(), query.get("kind"))


async def list_questions(request: Request) -> Response:
    """List the canned questions."""
    return await answer(request, questions.listing)


async def ask_question(request: Request) -> Response:
    """Show the form of a question, and its answer."""
    query, name = request.query_params, request.path_params["name"]
    given = {**query, "site": str(request.base_url).rstrip("/")}
    response = await answer(request, questions.show, name, given, _number(query, "start"))
    if questions.EMBED in query:
        allow_embedding(response)
    return response


async def relate_things(request: Request) -> Response:
    """Show how two things are related."""
    query = request.query_params
    ends = (query.get(name, "").strip() for name in ("from", "to"))
    hops = min(_number(query, "hops") or _HOPS, _MOST_HOPS)
    return await answer(request, relate.show, *ends, hops)


async def compare_things(request: Request) -> Response:
    """Show two things side by side."""
    query = request.query_params
    return await answer(
        request, compare.show, query.get("a", "").strip(), query.get("b", "").strip()
    )


async def show_changes(request: Request) -> Response:
    """Show what the last build changed, or what changed between two kept states."""
    query = request.query_params
    names = {"kind": "kind", "since": "since", "watch": "watch", "first": "from", "last": "to"}
    texts = {field: query.get(name, "").strip() for field, name in names.items()}
    asked = changes.Asked(start=_number(query, "start"), **texts)
    found = (
        None
        if asked.is_between_states
        else await known_by_now(request, changes.find, _PATIENCE, asked)
    )
    return await answer(request, changes.show, found, asked, asked=asked.watch)


async def match_list(request: Request) -> Response:
    """Show the form for a list, or what the references of a list mean."""
    if request.method == "GET":
        return respond(request, my_list.form(reader_of(request)))
    length = request.headers.get("content-length", "")
    if not length.isdecimal() or int(length) > _LONGEST_LIST:
        too_long = f"the list is longer than {_LONGEST_LIST:,} bytes: send a part of it"
        return failure(request, HttpError(413, too_long))
    async with request.form(max_files=1, max_fields=5, max_part_size=_LONGEST_LIST) as form:
        file, text, column = form.get("file"), form.get("text"), str(form.get("column") or "")
        day = str(form.get("as_of") or "").strip()
        if isinstance(file, UploadFile) and file.filename:
            name, data = file.filename, await file.read()
        else:
            name, data = "", str(text or "").encode()
    if form.get("download"):
        response = await answer(request, my_list.download, data, column, day)
        if response.status_code == HTTPStatus.OK:
            response.headers["Content-Type"] = "text/csv; charset=utf-8"
            response.headers["Content-Disposition"] = 'attachment; filename="list.csv"'
    else:
        response = await answer(request, my_list.show, name, data, column, day)
    response.headers["Cache-Control"] = "no-store"
    return response


async def show_graph(request: Request) -> Response:
    """Show the graph around a thing, or all of it."""
    around = request.query_params.get("around", "").strip()
    whole = None if around else await known_by_now(request, everything.everything, _PATIENCE)
    return await answer(request, graph.show, around, whole)


async def expand_graph(request: Request) -> Response:
    """Send what a step on the canvas adds."""
    query, state = request.query_params, request.app.state.server
    arguments = query.get("lang", "en"), query.get("entity", ""), query.get("relation", "")
    result = await state.call(request, graph.expand, *arguments, _number(query, "start"))
    return JSONResponse(result.value, headers=result.store.headers())


async def show_ontology(request: Request) -> Response:
    """Show the terms of the ontology."""
    return await answer(request, ontology.show)


async def query_page(request: Request) -> Response:
    """Show a form for queries, and the answer to one."""
    text = request.query_params.get("query", "").strip()
    example = request.query_params.get("question", "")
    state: State = request.app.state.server
    rows, problem = None, ""
    if text:
        try:
            rows = await first_rows(state, state.client(request), text)
        except (QueryError, QueryLimitError) as error:
            problem = str(error)
    view = request.query_params.get("view", "")
    return await answer(request, sparql_page.show, text, example, rows, problem, view)


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
_HOPS: Final = 4
_MOST_HOPS: Final = 6
_LONGEST_LIST: Final = 4 << 20
"""Bytes."""
_PANEL_PATIENCE: Final = 0.7
"""Seconds that the page of a thing waits for its panels."""
_PATIENCE: Final = 1.0
"""Seconds that a page waits for what takes long the first time."""

ROUTES: Final[list[BaseRoute]] = [
    Route("/static/{name}", assets.serve),
    Route("/design", design),
    *file_routes.ROUTES,
    PageRoute("/", first_page),
    PageRoute("/article", read_article),
    PageRoute("/article/{name}", read_article),
    PageRoute("/suggest", suggest),
    PageRoute("/questions", list_questions),
    PageRoute("/questions/{name}", ask_question),
    PageRoute("/relate", relate_things),
    PageRoute("/compare", compare_things),
    PageRoute("/changes", show_changes),
    PageRoute("/graph", show_graph),
    Route("/graph/expand", expand_graph),
    PageRoute("/ontology", show_ontology),
    PageRoute("/query", query_page),
    PageRoute("/match", match_list, methods=["GET", "POST"]),
    PageRoute("/search", search_all),
    PageRoute("/show", find_entity),
    PageRoute("/show/{path:path}", show_entity),
]
