"""How results of operations become answers: renderers, which run in the worker beside the graph.

A *renderer* is a function at the top of a module: it takes the graph, the result of an operation
and the :class:`Context` of the request, and returns the answer in one media type. As modules of
operations do, those of renderers stay free of the web framework (:mod:`kg.web.calls`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Generic, TypeAlias, TypeVar
from urllib.parse import quote, urlencode

from kg.common.errors import ArgumentError
from kg.web.calls import Call

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph

_Result = TypeVar("_Result")
_Items = TypeVar("_Items")

JSON: Final = "application/json"
CSV: Final = "text/csv"
TSV: Final = "text/tab-separated-values"
HTML: Final = "text/html"


@dataclass(frozen=True)
class Context:
    """What a renderer knows of the request.

    ``media_type`` is that of the answer, ``lang`` is ``en`` or ``zh``. ``base`` is the address of
    the server, with a slash at its end; ``path`` is that of the request, without the first slash;
    ``parameters`` are those in its address, with the texts that were given. If the answer must be
    ``whole``, it has no pages.
    """

    media_type: str
    lang: str
    base: str
    path: str
    parameters: Mapping[str, tuple[str, ...]]
    whole: bool = False

    def address(self, path: str, parameters: Mapping[str, object]) -> str:
        """Return the address of a path of the server with some parameters, without empty ones."""
        given = {name: value for name, value in parameters.items() if value not in (None, ())}
        query = urlencode(given, doseq=True)
        return f"{self.base}{path}" + (f"?{query}" if query else "")

    def link(self, **changed: object) -> str:
        """Return the address of the same request with some parameters changed (None: left out)."""
        return self.address(quote(self.path), {**self.parameters, **changed})


@dataclass(frozen=True)
class Page(Generic[_Items]):
    """Some of the items of a long answer: ``limit`` of them from ``offset`` on.

    ``total`` is the number of all, None if it isn't known; ``more`` says whether others follow.
    """

    items: _Items
    offset: int
    limit: int
    total: int | None
    more: bool

    def links(self, context: Context) -> dict[str, str]:
        """Return the addresses of the next and the previous page, if there are any, by relation."""
        links = {}
        if self.more:
            links["next"] = context.link(offset=self.offset + self.limit)
        if self.offset:
            links["prev"] = context.link(offset=max(0, self.offset - self.limit) or None)
        return links


@dataclass(frozen=True)
class Rendered:
    """An answer, and the addresses that belong to it, by relation (RFC 8288)."""

    body: bytes
    links: Mapping[str, str]


Renderer: TypeAlias = Callable[["KnowledgeGraph", _Result, Context], bytes]


def render(
    graph: KnowledgeGraph, call: Call[_Result], renderer: Renderer[_Result], context: Context
) -> Rendered:
    """Run an operation and render its result (an operation).

    Raises ArgumentError if the answer has more rows than fit into one without pages.
    """
    result = call.operation(graph, *call.arguments, **call.named)
    if context.whole and isinstance(result, Page) and result.more:
        raise ArgumentError(
            f"the answer has more than {result.limit} rows: ask for pages with limit and offset"
        )
    links = result.links(context) if isinstance(result, Page) else {}
    return Rendered(renderer(graph, result, context), links)
