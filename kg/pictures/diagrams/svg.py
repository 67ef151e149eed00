"""A network as a standalone SVG: no scripts, no outside resources, the same bytes each time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from kg.network.model import Edge, Node, by_ends, edges_of, nodes_of
from kg.pictures.diagrams.bundles import ABOVE, SMALL, STEP, Label, labels, strands
from kg.pictures.diagrams.positions import LINE, MARK, PAD, SIZE, box, lines
from kg.pictures.diagrams.routing import Course, arrow
from kg.pictures.svg.elements import el, tooltip, words
from kg.pictures.svg.geometry import Rect, num
from kg.pictures.svg.marks import legend, mark
from kg.pictures.svg.paper import Paper, evidence, language, sources
from kg.pictures.svg.style import GROUND, color, mix

if TYPE_CHECKING:
    from kg.network.networkx_graph import Network


_HUB: Final = 8
_PLANNED: Final = ("planned", "计划中")
_KIND_OF: Final = ("is a kind of", "是…的一种")
_UNNAMED: Final = (
    "The names of the relations stand in the table and the tooltips.",
    "关系名称见表格与悬停提示。",
)
_DROPPED: Final = (
    "{} of {} relation names are left out for want of room; the table and the tooltips have all.",
    "因空间所限，略去 {1} 个关系名称中的 {0} 个；表格与悬停提示中列有全部。",
)


def draw(
    graph: Network, positions: Mapping[str, tuple[float, float]], lang: str, dark: bool = False
) -> str:
    """Draw a network with its nodes at the given centers (px, as of ``layout.positions``).

    Returns an SVG document with a text for screen readers, a legend and the sources. Each node is a
    ``<g class="node">`` with its IRI in ``data-id``, each edge a ``<g class="edge">`` with
    ``data-source``, ``data-target`` and ``data-key``; their ``<title>`` holds labels in full, and
    of edges the phrases. ``lang`` is ``zh`` or ``en``; ``dark`` draws on a dark ground. What labels
    hold is shown as text whatever it is.
    """
    lang = language(lang)
    rects = {
        node.iri: Rect.around(positions[node.iri], box(node.label.of(lang)))
        for node in nodes_of(graph)
    }
    edges = sorted(edges_of(graph), key=by_ends)
    drawn = strands(edges, rects)
    named, dropped, count = labels(drawn, rects, lang)
    frame = _frame(rects, [strand.course for strand in drawn])
    paths = [
        _edge(graph, edge, strand.course if edge is strand.edges[0] else None, lang, dark)
        for strand in drawn
        for edge in strand.edges
    ]
    said = [_label(label, dark) for label in named]
    nodes = [
        _node(Node.of(graph, iri), graph.degree(iri), rects[iri], lang, dark)
        for iri in sorted(graph)
    ]
    body = el("g", *paths, *nodes, *said, transform=f"translate({num(-frame.x0)} {num(-frame.y0)})")
    return Paper(
        name=str(graph.graph["name"]),
        title=graph.graph[f"title_{lang}"],
        description=graph.graph[f"description_{lang}"],
        lang=lang,
        dark=dark,
        legend=_legend(graph, edges, lang, dark),
        notes=_notes(dropped, count, lang),
        sources=sources((p for many in graph.graph["proofs"].values() for p in many), lang),
    ).draw(body, (frame.x1 - frame.x0, frame.y1 - frame.y0))


def _notes(dropped: int, names: int, lang: str) -> list[str]:
    note = (_UNNAMED if dropped == names else _DROPPED)[lang == "zh"]
    return [note.format(dropped, names)] if dropped else []


def _frame(rects: Mapping[str, Rect], courses: list[Course]) -> Rect:
    points = [point for line in courses for point in (*line.samples(), *line.points[::2])]
    xs = [x for r in rects.values() for x in (r.x0, r.x1)] + [x for x, _ in points] or [0.0]
    ys = [y for r in rects.values() for y in (r.y0, r.y1)] + [y for _, y in points] or [0.0]
    return Rect(min(xs), min(ys), max(xs), max(ys)).grown(6)


def _edge(graph: Network, edge: Edge, line: Course | None, lang: str, dark: bool) -> str:
    """An edge with its tooltip; one that shares the line of another has no ``line``."""
    proofs = edge.evidence(graph.graph["proofs"])
    ends = (Node.of(graph, iri).label.of(lang) for iri in (edge.source, edge.target))
    said = f" — {edge.relation_label.of(lang)} → ".join(ends)
    when = " · ".join(
        part for part in (edge.span.text, _PLANNED[lang == "zh"] if edge.planned else "") if part
    )
    stroke = GROUND[dark].line
    path = line and el(
        "path",
        d=line.path(),
        fill="none",
        stroke=stroke,
        stroke_width=1.2,
        stroke_dasharray="6 4" if edge.planned else None,
    )
    return el(
        "g",
        tooltip([said, *([when] if when else []), *evidence(proofs, lang)]),
        *([path, _head(line, edge.relation, dark)] if path and line else []),
        class_="edge",
        data_source=edge.source,
        data_target=edge.target,
        data_key=edge.key,
    )


def _head(line: Course, relation: str, dark: bool) -> str:
    """The head of an arrow; hollow where it leads to the class above, as in UML."""
    ground = GROUND[dark]
    if relation != ABOVE:
        return el("polygon", points=arrow(line, 8.5), fill=ground.line)
    return el("polygon", points=arrow(line, 11), fill=ground.paper, stroke=ground.line)


def _label(label: Label, dark: bool) -> str:
    ground, rect = GROUND[dark], label.rect
    x, _ = rect.center
    shown = (
        words(line, x, rect.y0 + 1 + STEP * (rank + 0.5) + SMALL * 0.36)
        for rank, line in enumerate(label.lines)
    )
    return el(
        "g",
        *shown,
        class_="relation",
        font_size=SMALL,
        text_anchor="middle",
        fill=ground.soft,
        stroke=ground.paper,
        stroke_width=4,
        stroke_linejoin="round",
        paint_order="stroke",
    )


def _node(node: Node, degree: int, rect: Rect, lang: str, dark: bool) -> str:
    ground, own = GROUND[dark], color(node.group, dark)
    label = node.label.of(lang)
    full = [label, " · ".join(p for p in (node.kind_label.of(lang), node.span.text) if p)]
    shown = lines(label)
    x = rect.x0 + PAD[0] + MARK
    y = (rect.y0 + rect.y1) / 2 - (len(shown) - 1) * LINE / 2 + SIZE * 0.36
    return el(
        "g",
        tooltip([*full, *([node.identifier] if node.identifier else [])]),
        el(
            "rect",
            x=rect.x0,
            y=rect.y0,
            width=rect.x1 - rect.x0,
            height=rect.y1 - rect.y0,
            rx=7,
            fill=mix(own, ground.paper, 0.1 if degree < _HUB else 0.22),
            stroke=own,
            stroke_width=1.2 if degree < _HUB else 2,
        ),
        mark(node.group, (rect.x0 + PAD[0] + 5, (rect.y0 + rect.y1) / 2), 5.5, dark),
        *(
            words(line, x, y + LINE * rank, font_size=SIZE, fill=ground.ink)
            for rank, line in enumerate(shown)
        ),
        class_="node",
        data_id=node.iri,
        data_group=node.group,
    )


def _legend(graph: Network, edges: list[Edge], lang: str, dark: bool) -> list[tuple[str, str]]:
    found = legend({node.group for node in nodes_of(graph)}, lang, dark)
    line = Course(((0, -4), (18, -4)))
    stroke = GROUND[dark].line
    if any(edge.planned for edge in edges):
        dashes = el("path", d=line.path(), stroke=stroke, stroke_width=1.4, stroke_dasharray="5 3")
        found.append((dashes, _PLANNED[lang == "zh"]))
    if any(edge.relation == ABOVE for edge in edges):
        above = el("path", d=line.path(), stroke=stroke, stroke_width=1.2)
        found.append((above + _head(line, ABOVE, dark), _KIND_OF[lang == "zh"]))
    return found
