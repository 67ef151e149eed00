"""How two things are related: paths whose steps are sentences with their evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.common.errors import ArgumentError, ResolutionError
from kg.entities.lookup import bilingual_labels
from kg.web.pages.groups import entity_groups
from kg.web.pages.html import render
from kg.web.pages.outcomes import Refused
from kg.web.pages.reader import Reader

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph

_PATHS: Final = 4


def show(graph: KnowledgeGraph, reader: Reader, start: str, end: str, hops: int) -> str | Refused:
    """Return the page of the paths between two things, given by name; a form without both."""
    if not (start and end):
        return render(reader, "relate.html", start=start, end=end, hops=hops, ways=None, problem="")
    try:
        ways = graph.relate(start, end, paths=_PATHS, hops=hops)
        ends = graph.resolve(start), graph.resolve(end)
    except (ArgumentError, ResolutionError) as error:
        html = render(
            reader, "relate.html", start=start, end=end, hops=hops, ways=None, problem=str(error)
        )
        return Refused(html)
    stations = {iri for way in ways for iri in way.stations} | set(ends)
    return render(
        reader,
        "relate.html",
        start=start,
        end=end,
        hops=hops,
        ways=ways,
        ends=ends,
        names=bilingual_labels(graph.store, stations),
        marks=entity_groups(graph.store, stations),
        problem="",
    )
