"""A view ready to be shown or written, in whatever format one takes along."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from io import BytesIO
from typing import TYPE_CHECKING, Final

from kg.common.errors import KgError
from kg.network.filters import Filter
from kg.pictures.charts.chart import Picture
from kg.pictures.svg.style import LOOKS
from kg.queries.views import View

if TYPE_CHECKING:
    from kg.network.adjacency.arrays import Adjacency
    from kg.network.networkx_graph import Network
    from kg.store import Store

FORMATS: Final = ("html", "svg", "png", "graphml", "gexf", "cytoscape", "csv")
"""What a drawing can be written as."""

MOST: Final = 2000
"""How many things of a network are drawn at most: more can't be told apart, nor in time."""


@dataclass(frozen=True)
class Drawing:
    """A view of the graph with what is in it: a network, or a picture of dates or figures."""

    view: View
    content: Network | Picture
    _places: dict[str, dict[str, tuple[float, float]]] = field(
        default_factory=dict, repr=False, compare=False
    )

    @property
    def network(self) -> Network:
        """The ``networkx.MultiDiGraph`` of the view; KgError for a view that is no network."""
        if isinstance(self.content, Picture):
            raise KgError(
                f"the view {self.view.name!r} is no network: take it as html, svg, png or csv"
            )
        return self.content

    @property
    def empty(self) -> bool:
        """Whether there is nothing to see."""
        return not (self.content.rows if isinstance(self.content, Picture) else self.content)

    def positions(self, lang: str = "en") -> dict[str, tuple[float, float]]:
        """Where each node of the network stands, in pixels, y downward; computed once.

        Raises KgError for a network of more than ``MOST`` things.
        """
        from kg.pictures.diagrams.positions import positions

        if len(self.network) > MOST:
            raise KgError(
                f"{len(self.network):,} things are more than can be drawn ({MOST:,}): narrow the"
                " view with filters, or write it as csv, graphml, gexf or cytoscape"
            )
        if lang not in self._places:
            self._places[lang] = positions(self.network, lang)
        return self._places[lang]

    def write(self, format: str, lang: str = "en", *, dark: bool = False) -> bytes:
        """Write the view in a format (one of ``FORMATS``, except csv: see :meth:`csv`).

        ``lang`` (``en`` or ``zh``) is the language of names, in which the page opens; ``dark``
        draws the SVG and PNG of a network on a dark ground. Raises KgError for a format that the
        view does not have, and for PNG without the packages of the extra ``pictures``.
        """
        if format == "html":
            return self._page(lang).encode("utf-8")
        if format == "svg":
            return self.svg(lang, dark=dark).encode("utf-8")
        if format == "png":
            from kg.pictures.png import png

            return png(self.svg(lang, dark=dark))
        from kg.export import export_network

        stream = BytesIO()
        export_network(
            self.network,
            format,
            stream,
            lang,
            positions=self.positions(lang) if len(self.network) <= MOST else None,
            colors={name: look.light for name, look in LOOKS.items()},
        )
        return stream.getvalue()

    def csv(self, lang: str = "en") -> dict[str, str]:
        """The view as CSV: ``nodes`` and ``edges`` of a network, or the ``rows`` of a picture."""
        from kg.export.networks import csv_tables

        if isinstance(self.content, Picture):
            return {"rows": self.content.csv(lang)}
        return {
            "nodes": csv_tables.node_table(self.content, lang),
            "edges": csv_tables.edge_table(self.content, lang),
        }

    def svg(self, lang: str = "en", *, dark: bool = False) -> str:
        """The view as SVG."""
        if isinstance(self.content, Picture):
            return self.content.svg[lang]
        from kg.pictures.diagrams.svg import draw

        return draw(self.content, self.positions(lang), lang, dark=dark)

    def _repr_html_(self) -> str:
        return self.svg("en")

    def _page(self, lang: str) -> str:
        from kg.pictures.page import page

        if isinstance(self.content, Picture):
            return page.picture_page(self.content, lang)
        return page.network_page(self.content, self.positions(lang), lang)


def drawing(
    store: Store, view: View, wanted: Filter, index: Adjacency | None, at_most: int | None
) -> Drawing:
    """A view of a store, of which the filter keeps a part.

    ``index`` holds the relations of the view, if any does; of a network of more than ``at_most``
    things nothing is loaded. Raises KgError for such a one, and for a filter that a picture does
    not take.
    """
    if view.kind == "network":
        from kg.network.selection import load_filtered

        return Drawing(view, load_filtered(store, view, index, wanted, at_most))
    from kg.pictures.charts import figures, timeline
    from kg.pictures.charts.overview import overview

    if view.kind == "timeline":
        taken, drawn = "since and until", timeline.picture(store, view, wanted)
        rest = replace(wanted, since="", until="")
    else:
        kind = overview if view.kind == "overview" else figures
        taken, drawn, rest = "no filters", kind.picture(store, view), wanted
    if rest != Filter():
        raise KgError(f"the view {view.name!r} is no network: it takes {taken}")
    return Drawing(view, drawn)
