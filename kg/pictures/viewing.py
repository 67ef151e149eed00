"""What a view shows of a store, as its kind has it: a network, or a picture."""

from __future__ import annotations

from dataclasses import replace

from kg.errors import KgError
from kg.pictures import figures, overview, timeline
from kg.pictures.drawing import Drawing
from kg.store import Store
from kg.views import View
from kg.views.adjacency import Adjacency
from kg.views.filters import Filter
from kg.views.selection import part


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
