"""A view of the graph, ready to be shown or written in any format."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from io import BytesIO
from typing import TYPE_CHECKING, Final

from kg.common.bilingual import Text, language
from kg.common.errors import ArgumentError, ExportError
from kg.network.filters import Filter
from kg.pictures.charts.chart import Chart, counted
from kg.pictures.svg.style import GROUP_STYLES
from kg.queries.views import View

if TYPE_CHECKING:
    from kg.common.dates import PartialDate
    from kg.network.adjacency.arrays import Adjacency
    from kg.network.model import Network
    from kg.store import Store

FORMATS: Final = ("html", "svg", "png", "graphml", "gexf", "cytoscape", "csv")
"""The formats of drawings."""

MAX_NODES: Final = 2000
"""Maximum number of nodes to draw; a larger network is illegible and slow to lay out."""


@dataclass(frozen=True, repr=False)
class Drawing:
    """A view, ready to be written in any format; shown as a picture in a notebook.

    ``content`` is a ``networkx.MultiDiGraph`` for a view of the kind ``network``, else a chart.
    ``notes`` say what is left out of a view of an earlier day.
    """

    view: View
    content: Network | Chart
    notes: tuple[Text, ...] = ()
    _positions: dict[str, dict[str, tuple[float, float]]] = field(
        default_factory=dict, compare=False
    )

    def __repr__(self) -> str:
        """Return a short form, such as ``<Drawing committees: 16 nodes, 19 edges>``."""
        if isinstance(self.content, Chart):
            size = counted(len(self.content.rows), "row")
        else:
            edges = counted(self.content.number_of_edges(), "edge")
            size = f"{counted(len(self.content), 'node')}, {edges}"
        return f"<Drawing {self.view.name}: {size}>"

    @property
    def network(self) -> Network:
        """The ``networkx.MultiDiGraph`` of the view; ExportError for a chart."""
        if isinstance(self.content, Chart):
            raise ExportError(
                f"the view {self.view.name!r} is not a network: use html, svg, png or csv"
            )
        return self.content

    @property
    def empty(self) -> bool:
        """Whether there is nothing to show."""
        return not (self.content.rows if isinstance(self.content, Chart) else self.content)

    def positions(self, lang: str = "en") -> dict[str, tuple[float, float]]:
        """Return the center of each node of the network in px, y downward; computed once.

        Raises ExportError for a chart and for a network of more than ``MAX_NODES`` nodes.
        """
        from kg.pictures.diagrams.positions import positions

        if len(self.network) > MAX_NODES:
            raise ExportError(
                f"{len(self.network):,} entities are too many to draw (at most {MAX_NODES:,}):"
                " narrow the view with filters, or write it as csv, graphml, gexf or cytoscape"
            )
        if lang not in self._positions:
            self._positions[lang] = positions(self.network, lang)
        return self._positions[lang]

    def write(self, format: str, lang: str = "en", *, dark: bool = False) -> bytes:
        """Write the view in a format (one of ``FORMATS``, except csv: see :meth:`csv`).

        ``lang`` (``en`` or ``zh``) is the language of names, and the initial one of the page;
        ``dark`` gives the SVG and PNG of a network a dark background. Raises ExportError for a
        format that the view can't be written in, and for PNG without the packages of the extra
        ``pictures``.
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
            positions=self.positions(lang) if len(self.network) <= MAX_NODES else None,
            colors={name: style.light for name, style in GROUP_STYLES.items()},
        )
        return stream.getvalue()

    def csv(self, lang: str = "en") -> dict[str, str]:
        """Return the view as CSV: ``nodes`` and ``edges`` of a network, or ``rows`` of a chart."""
        from kg.export.networks import csv_tables

        if isinstance(self.content, Chart):
            return {"rows": self.content.csv(lang)}
        return {
            "nodes": csv_tables.node_table(self.content, lang),
            "edges": csv_tables.edge_table(self.content, lang),
        }

    def svg(self, lang: str = "en", *, dark: bool = False) -> str:
        """Return the view as SVG; a chart always has a light background."""
        if isinstance(self.content, Chart):
            return self.content.svg[language(lang)]
        from kg.pictures.diagrams.svg import draw

        return draw(self.content, self.positions(lang), lang, dark=dark)

    def _repr_html_(self) -> str:
        return self.svg("en")

    def _page(self, lang: str) -> str:
        from kg.pictures.page import page

        if isinstance(self.content, Chart):
            return page.chart_page(self.content, lang)
        return page.network_page(self.content, self.positions(lang), lang)


def draw_view(
    store: Store,
    view: View,
    wanted: Filter,
    index: Adjacency | None,
    at_most: int | None,
    day: PartialDate | None = None,
) -> Drawing:
    """Load the part of a view that a filter keeps, and draw it if it is a chart.

    ``index`` is that of the view ``everything``; only this view and those that take catalogues from
    it need it. A network of more than ``at_most`` nodes is folded. With a ``day``, the view is as
    it stood then. Raises ArgumentError for a filter, or a day, that the view does not support.
    """
    if view.kind == "network":
        from kg.network.selection import load_filtered

        if day is None:
            return Drawing(view, load_filtered(store, view, index, wanted, at_most))
        from kg.network.past import PastNetwork, past_network

        found: list[PastNetwork] = []

        def past(whole: Adjacency) -> Adjacency:
            found.append(past_network(store, whole, day))
            return found[-1].index

        network = load_filtered(store, view, index, wanted, at_most, past)
        return Drawing(view, network, tuple(note for each in found for note in each.notes))
    # Before the view is read, which can take a while.
    supported = "since and until" if view.kind == "timeline" else "no filters"
    others = replace(wanted, since="", until="") if view.kind == "timeline" else wanted
    if day is not None and view.kind == "timeline":
        wanted = replace(wanted, until=_earlier(wanted.until, str(day)))
    elif day is not None:
        raise ArgumentError(
            f"the view {view.name!r} is not a network or timeline: it has no state as of a day"
        )
    if others != Filter():
        raise ArgumentError(f"the view {view.name!r} is not a network: it takes {supported}")
    from kg.pictures.charts import observations, timeline
    from kg.pictures.charts.overview import overview

    if view.kind == "timeline":
        return Drawing(view, timeline.build_chart(store, view, wanted))
    charts = overview if view.kind == "overview" else observations
    return Drawing(view, charts.build_chart(store, view))


def _earlier(date: str, day: str) -> str:
    """Return a date, or else a day, whichever ends earlier."""
    from kg.network.filters import is_outside

    return day if not date or is_outside(day, day, "", date) or date > day else date
