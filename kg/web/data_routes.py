"""Routes that answer with data in several formats, and describe themselves.

A :class:`DataRoute` names its parameters, the operation on the graph that answers, and a renderer
for each media type (:mod:`kg.web.rendering`). Pages for people are one more of its renderers, under
``HTML``: a browser prefers it by its Accept header.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Generic, TypeVar

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kg.web.calls import Call
from kg.web.errors import HttpError
from kg.web.negotiation import best_type
from kg.web.parameters import LANG, Parameter, Values, choose_language, read_parameters
from kg.web.rendering import CSV, HTML, JSON, TSV, Context, Renderer, render
from kg.web.responses import entity_tag, unchanged, without_body
from kg.web.state import State

_Result = TypeVar("_Result")

_TYPES: Final = {"json": JSON, "csv": CSV, "tsv": TSV, "html": HTML}


@dataclass
class DataRoute(Generic[_Result]):
    """A route whose answer has several formats.

    ``call`` returns the call for the values of the ``parameters``, those in the path included; the
    parameters ``lang`` and ``format`` are added to them. The first of the ``renderers``, by media
    type, is for clients that accept everything. ``schema`` is the JSON Schema of the JSON.
    """

    path: str
    summary: str
    parameters: tuple[Parameter, ...]
    call: Callable[[Values], Call[_Result]]
    renderers: dict[str, Renderer[_Result]]
    schema: Mapping[str, Any]
    description: str = ""
    path_parameters: tuple[Parameter, ...] = field(default=())

    @property
    def all_parameters(self) -> tuple[Parameter, ...]:
        """The parameters in the address after the question mark."""
        names = tuple(name for name, type_ in _TYPES.items() if type_ in self.renderers)
        format_ = Parameter("format", "Format, instead of the Accept header.", choices=names)
        return (*self.parameters, LANG, format_)

    def route(self) -> Route:
        """Return the route for the application."""
        return Route(self.path, self.answer)

    async def answer(self, request: Request) -> Response:
        """Answer a request."""
        state: State = request.app.state.server
        query = request.query_params
        values = read_parameters(query, self.all_parameters)
        media_type = self._media_type(request, values.pop("format"))
        lang = choose_language(values.pop("lang"), request.headers.get("accept-language", ""))
        context = Context(
            lang,
            str(request.base_url),
            request.url.path.removeprefix("/"),
            {name: tuple(query.getlist(name)) for name in query},
        )
        version = state.store().version
        if response := unchanged(request, entity_tag(version, context, media_type)):
            return response
        call = self.call({**values, **request.path_params})
        result = await state.call(request, render, call, self.renderers[media_type], context)
        links = [f'<{address}>; rel="{name}"' for name, address in result.value.links.items()]
        headers = {
            "ETag": entity_tag(result.store.version, context, media_type),
            "Cache-Control": "no-cache",
            "Vary": "Accept, Accept-Language",
            "Content-Language": lang,
            **({"Link": ", ".join(links)} if links else {}),
            **result.store.headers(),
        }
        if media_type.startswith("text/"):
            media_type += "; charset=utf-8"
        response = Response(result.value.body, 200, headers, media_type)
        return without_body(response) if request.method == "HEAD" else response

    def _media_type(self, request: Request, format_: str | None) -> str:
        if format_ is not None:
            return _TYPES[format_]
        media_type = best_type(request.headers.get("accept", ""), self.renderers)
        if not media_type:
            raise HttpError(406, f"this is answered as one of {', '.join(self.renderers)}")
        return media_type
