"""What a view shows of a store, as its kind has it: a network, or a picture."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kg import entities
from kg.errors import KgError
from kg.pictures import figures, overview, timeline
from kg.pictures.drawing import Drawing
from kg.store import Store
from kg.views import View
from kg.views.adjacency import Adjacency
from kg.views.filters import Filter
from kg.views.kinds import named
from kg.views.selection import part


def filtered(
    store: Store,
    kinds: Iterable[str],
    since: str,
    until: str,
    place: str,
    around: str,
    hops: int | None,
) -> Filter:
    """The filter that names mean; KgError for an unknown name or kind, or hops from nothing."""
    if hops is not None and not around:
        raise KgError("hops count from a thing: give --around too")
    return Filter(
        tuple(named(store, kind) for kind in kinds),
        since,
        until,
        entities.resolve(store, place, "std:Place").value if place else "",
        entities.resolve(store, around).value if around else "",
        1 if hops is None else hops,
    )


def drawing(
    store: Store, view: View, wanted: Filter, index: Adjacency | None, at_most: int | None
) -> Drawing:
    """A view of a store, of which the filter keeps a part.

    ``index`` holds the relations of the view, if any does; of a network of more than ``at_most``
    things nothing is loaded. Raises KgError for such a one, and for a filter that a picture does
    not take.
    """
    if view.kind == "network":
        return Drawing(view, part(store, view, index, wanted, at_most))
    if view.kind == "timeline":
        taken, drawn = "since and until", timeline.picture(store, view, wanted)
        rest = replace(wanted, since="", until="")
    else:
        kind = overview if view.kind == "overview" else figures
        taken, drawn, rest = "no filters", kind.picture(store, view), wanted
    if rest != Filter():
        raise KgError(f"the view {view.name!r} is no network: it takes {taken}")
    return Drawing(view, drawn)
