"""What happened between the last two builds, in the formats of the interface."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.changes.formats import changes_bytes
from kg.web.changes import Selection
from kg.web.rendering import CSV, HTML, JSON, Context, Page

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph

ATOM: Final = "application/atom+xml"
_FORMATS: Final = {JSON: "json", CSV: "csv", HTML: "html", ATOM: "atom"}


def render(graph: KnowledgeGraph, page: Page[Selection], context: Context) -> bytes:
    """Return the events in the format of the request (a renderer)."""
    del graph
    chosen, format_ = page.items, _FORMATS[context.media_type]
    link = context.address(context.path, context.parameters)
    return changes_bytes(chosen.changes, chosen.events, format_, context.lang, link=link)
