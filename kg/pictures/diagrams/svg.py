"""A network as a standalone SVG: no scripts, no external resources, the same bytes each time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from kg.common.bilingual import Text, language
from kg.network.model import Edge, Node, by_ends, edges_of, nodes_of
from kg.network.parallel_edges import SUBCLASS
from kg.pictures.diagrams.bundles import (
    LABEL_LINE_HEIGHT,
    LABEL_SIZE,
    EdgeLabel,
    place_labels,
    route_edges,
)
from kg.pictures.diagrams.positions import (
    FONT_SIZE,
    LINE_HEIGHT,
    PADDING,
    SYMBOL_WIDTH,
    box_size,
    label_lines,
)
from kg.pictures.diagrams.routing import Curve, arrowhead
from kg.pictures.svg.elements import element, text_line, tooltip
from kg.pictures.svg.frame import Frame, evidence_lines, ranked_sources
from kg.pictures.svg.geometry import Rect, px
from kg.pictures.svg.style import blend, group_color, palette
from kg.pictures.svg.symbols import group_legend, group_symbol

if TYPE_CHECKING:
    from kg.network.model import Network


_HUB: Final = 8
"""Degree from which a node is emphasized."""
_PLANNED: Final = Text("planned", "计划中")
_KIND_OF: Final = Text("is a kind of", "是…的一种")
_UNLABELED: Final = Text(
    "The names of the relations stand in the table and the tooltips.",
    "关系名称见表格与悬停提示。",
)
_DROPPED: Final = Text(
    "{} of {} relation names are left out for want of room; the table and the tooltips have all.",
    "因空间所限，略去 {1} 个关系名称中的 {0} 个；表格与悬停提示中列有全部。",
)


def draw(
    graph: Network, positions: Mapping[str, tuple[float, float]], lang: str, dark: bool = False
) -> str:
    """Draw a network with its nodes at given centers.

    ``positions`` are in px (see :func:`kg.pictures.diagrams.positions.positions`), ``lang`` is
    ``zh`` or ``en``. Returns an SVG document with a description for screen readers, a legend and
    the sources. Each node is a ``<g class="node">`` with its IRI in ``data-id``, each edge a
    ``<g class="edge">`` with ``data-source``, ``data-target`` and ``data-key``; their ``<title>``
    has the full label, and the phrases of an edge's evidence. All labels are escaped.
    """
    lang = language(lang)
    rects = {
        node.iri: Rect.around(positions[node.iri], box_size(node.label.of(lang)))
        for node in nodes_of(graph)
    }
    edges = sorted(edges_of(graph), key=by_ends)
    bundles = route_edges(edges, rects)
    labels, dropped, count = place_labels(bundles, rects, lang)
    bounds = _bounding_box(rects, [bundle.curve for bundle in bundles])
    drawn = [
        _edge(graph, edge, bundle.curve if edge is bundle.edges[0] else None, lang, dark)
        for bundle in bundles
        for edge in bundle.edges
    ]
    drawn += [
        _node(Node.of(graph, iri), graph.degree(iri), rects[iri], lang, dark)
        for iri in sorted(graph)
    ]
    drawn += [_label(label, dark) for label in labels]
    body = element("g", *drawn, transform=f"translate({px(-bounds.x0)} {px(-bounds.y0)})")
    proofs = (proof for some in graph.graph["proofs"].values() for proof in some)
    return Frame(
        name=str(graph.graph["name"]),
        title=graph.graph[f"title_{lang}"],
        description=graph.graph[f"description_{lang}"],
        lang=lang,
        dark=dark,
        legend=_legend(graph, edges, lang, dark),
        notes=_notes(dropped, count, lang),
        sources=ranked_sources(proofs, lang),
    ).draw(body, (bounds.x1 - bounds.x0, bounds.y1 - bounds.y0))


def _notes(dropped: int, count: int, lang: str) -> list[str]:
    note = _UNLABELED if dropped == count else _DROPPED
    return [note.of(lang).format(dropped, count)] if dropped else []


def _bounding_box(rects: Mapping[str, Rect], curves: list[Curve]) -> Rect:
    points = [point for curve in curves for point in (*curve.samples(), *curve.points[::2])]
    xs = [x for r in rects.values() for x in (r.x0, r.x1)] + [x for x, _ in points] or [0.0]
    ys = [y for r in rects.values() for y in (r.y0, r.y1)] + [y for _, y in points] or [0.0]
    return Rect(min(xs), min(ys), max(xs), max(ys)).expanded(6)


def _edge(graph: Network, edge: Edge, curve: Curve | None, lang: str, dark: bool) -> str:
    """Return an edge with its tooltip; ``curve`` is None if it shares the line of another edge."""
    ends = (Node.of(graph, iri).label.of(lang) for iri in (edge.source, edge.target))
    statement = f" — {edge.relation_label.of(lang)} → ".join(ends)
    planned = _PLANNED.of(lang) if edge.planned else ""
    when = " · ".join(part for part in (edge.span.text, planned) if part)
    evidence = evidence_lines(edge.evidence(graph.graph["proofs"]), lang)
    line = []
    if curve:
        path = element(
            "path",
            d=curve.svg_path(),
            fill="none",
            stroke=palette(dark).line,
            stroke_width=1.2,
            stroke_dasharray="6 4" if edge.planned else None,
        )
        line = [path] if edge.symmetric else [path, _arrowhead(curve, edge.relation, dark)]
    return element(
        "g",
        tooltip([statement, *([when] if when else []), *evidence]),
        *line,
        class_="edge",
        data_source=edge.source,
        data_target=edge.target,
        data_key=edge.key,
    )


def _arrowhead(curve: Curve, relation: str, dark: bool) -> str:
    """Return the arrowhead of a relation; hollow where it leads to the superclass, as in UML."""
    colors = palette(dark)
    if relation != SUBCLASS:
        return element("polygon", points=arrowhead(curve, 8.5), fill=colors.line)
    return element("polygon", points=arrowhead(curve, 11), fill=colors.paper, stroke=colors.line)


def _label(label: EdgeLabel, dark: bool) -> str:
    colors, rect = palette(dark), label.rect
    x, _ = rect.center
    lines = (
        text_line(line, x, rect.y0 + 1 + LABEL_LINE_HEIGHT * (index + 0.5) + LABEL_SIZE * 0.36)
        for index, line in enumerate(label.lines)
    )
    return element(
        "g",
        *lines,
        class_="relation",
        font_size=LABEL_SIZE,
        text_anchor="middle",
        fill=colors.soft,
        stroke=colors.paper,
        stroke_width=4,
        stroke_linejoin="round",
        paint_order="stroke",
    )


def _node(node: Node, degree: int, rect: Rect, lang: str, dark: bool) -> str:
    colors, color = palette(dark), group_color(node.group, dark)
    label, kind = node.label.of(lang), node.kind_label.of(lang)
    title = [label, " · ".join(part for part in (kind, node.span.text) if part)]
    if node.identifier:
        title.append(node.identifier)
    lines = label_lines(label)
    x = rect.x0 + PADDING[0] + SYMBOL_WIDTH
    middle = (rect.y0 + rect.y1) / 2
    y = middle - (len(lines) - 1) * LINE_HEIGHT / 2 + FONT_SIZE * 0.36
    return element(
        "g",
        tooltip(title),
        element(
            "rect",
            x=rect.x0,
            y=rect.y0,
            width=rect.x1 - rect.x0,
            height=rect.y1 - rect.y0,
            rx=7,
            fill=blend(color, colors.paper, 0.1 if degree < _HUB else 0.22),
            stroke=color,
            stroke_width=1.2 if degree < _HUB else 2,
        ),
        group_symbol(node.group, (rect.x0 + PADDING[0] + 5, middle), 5.5, dark),
        *(
            text_line(line, x, y + LINE_HEIGHT * index, font_size=FONT_SIZE, fill=colors.ink)
            for index, line in enumerate(lines)
        ),
        class_="node",
        data_id=node.iri,
        data_group=node.group,
    )


def _legend(graph: Network, edges: list[Edge], lang: str, dark: bool) -> list[tuple[str, str]]:
    items = group_legend({node.group for node in nodes_of(graph)}, lang, dark)
    line = Curve(((0, -4), (18, -4)))
    color = palette(dark).line
    if any(edge.planned for edge in edges):
        dashes = element(
            "path", d=line.svg_path(), stroke=color, stroke_width=1.4, stroke_dasharray="5 3"
        )
        items.append((dashes, _PLANNED.of(lang)))
    if any(edge.relation == SUBCLASS for edge in edges):
        subclass = element("path", d=line.svg_path(), stroke=color, stroke_width=1.2)
        items.append((subclass + _arrowhead(line, SUBCLASS, dark), _KIND_OF.of(lang)))
    return items
