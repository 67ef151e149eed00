"""Routes that answer with data in several formats, and describe themselves.

A :class:`DataRoute` names its parameters, the operation on the graph that answers, and a renderer
for each media type (:mod:`kg.web.rendering`). Pages for people are one more of its renderers, under
``HTML``, or a route before it for those who prefer HTML.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kg.web.calls import Call
from kg.web.errors import HttpError
from kg.web.negotiation import best_type
from kg.web.parameters import LANG, LIMIT, Parameter, Values, choose_language, read_parameters
from kg.web.rendering import CSV, HTML, JSON, TSV, Context, Renderer, render
from kg.web.responses import entity_tag, unchanged, without_body
from kg.web.state import State

_Result = TypeVar("_Result")

_TYPES: Final = {"json": JSON, "csv": CSV, "tsv": TSV, "html": HTML}
_FILES: Final = (CSV, TSV)
"""Media types that are saved as files, which don't say that they are only a part."""


@dataclass(frozen=True)
class Body:
    """What a POST request sends: its media types with their schemas, and how it is read.

    ``read`` returns values that replace those of the parameters in the address.
    """

    read: Callable[[Request], Awaitable[Values]]
    content: Mapping[str, Any]


@dataclass(frozen=True)
class DataRoute(Generic[_Result]):
    """A route whose answer has several formats.

    ``call`` returns the call for the values of the ``parameters``, of ``path_parameters``, and of
    ``lang``. The first of the ``renderers``, by media type, is for clients that accept everything.
    ``schema`` is the JSON Schema of the JSON. ``tag`` groups routes in descriptions.
    """

    path: str
    tag: str
    summary: str
    parameters: tuple[Parameter, ...]
    call: Callable[[Values], Call[_Result]]
    renderers: Mapping[str, Renderer[_Result]]
    schema: Mapping[str, Any]
    description: str = ""
    path_parameters: tuple[Parameter, ...] = ()
    body: Body | None = None

    @property
    def all_parameters(self) -> tuple[Parameter, ...]:
        """The parameters in the address after the question mark."""
        names = tuple(name for name, type_ in _TYPES.items() if type_ in self.renderers)
        format_ = Parameter("format", "Format, instead of the Accept header.", choices=names)
        return (*self.parameters, LANG, *((format_,) if names else ()))

    def route(self) -> Route:
        """Return the route for the application."""
        path = self.path
        for parameter in self.path_parameters:
            path = path.replace(f"{{{parameter.name}}}", f"{{{parameter.name}:path}}")
        return Route(path, self.answer, methods=["GET", *(["POST"] if self.body else [])])

    async def answer(self, request: Request) -> Response:
        """Answer a request."""
        state: State = request.app.state.server
        query = request.query_params
        sent = await self.body.read(request) if self.body and request.method == "POST" else {}
        values = read_parameters(query, self.all_parameters, sent)
        media_type = self._media_type(request, values.pop("format", None))
        lang = choose_language(values["lang"], request.headers.get("accept-language", ""))
        context = Context(
            media_type,
            lang,
            state.address(request),
            request.url.path.removeprefix("/"),
            {name: tuple(query.getlist(name)) for name in query},
            whole=media_type in _FILES and "limit" not in query,
        )
        version = state.store().version
        tagged = not sent
        if tagged and (response := unchanged(request, entity_tag(version, context))):
            return response
        if context.whole and "limit" in values:
            values["limit"] = LIMIT
        in_path = {each.name: request.path_params[each.name] for each in self.path_parameters}
        call = self.call({**values, **in_path, "lang": lang})
        result = await state.call(request, render, call, self.renderers[media_type], context)
        links = [f'<{address}>; rel="{name}"' for name, address in result.value.links.items()]
        headers = {
            **({"ETag": entity_tag(result.store.version, context)} if tagged else {}),
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
