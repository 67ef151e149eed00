"""A network as a standalone SVG: no scripts, no outside resources, the same bytes each time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from kg.pictures import text
from kg.pictures.edges import Course, Ground, Rect, arrow, bows, course, label_at, loop, num
from kg.pictures.layout import LINE, MARK, PAD, SIZE, box, lines
from kg.pictures.marks import mark
from kg.pictures.paper import Paper, el, evidence, language, sources, tooltip, words
from kg.pictures.style import GROUND, color, mix
from kg.views.groups import GROUPS

if TYPE_CHECKING:
    from kg.views.network import Network

Edge = tuple[str, str, str, Mapping[str, Any]]

_SMALL: Final = 10.0
_MANY: Final = 150
_HUB: Final = 8
_NO_DETOUR: Final = 1500
_PLANNED: Final = ("planned", "计划中")
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
        node: Rect.around(positions[node], box(about[f"label_{lang}"]))
        for node, about in graph.nodes(data=True)
    }
    edges: list[Edge] = [*sorted(graph.edges(keys=True, data=True), key=lambda edge: edge[:3])]
    courses = _courses(edges, rects)
    labels, dropped = _labels(edges, courses, rects, lang)
    frame = _frame(rects, courses)
    drawn = [_edge(graph, e, c, lang, dark) for e, c in zip(edges, courses, strict=True)]
    named = [_label(said, rect, dark) for said, rect in labels]
    nodes = [_node(n, graph.nodes[n], graph.degree(n), rects[n], lang, dark) for n in sorted(graph)]
    body = el(
        "g", *drawn, *nodes, *named, transform=f"translate({num(-frame.x0)} {num(-frame.y0)})"
    )
    return Paper(
        name=str(graph.graph["name"]),
        title=graph.graph[f"title_{lang}"],
        description=graph.graph[f"description_{lang}"],
        lang=lang,
        dark=dark,
        legend=_legend(graph, edges, lang, dark),
        notes=_notes(dropped, len(edges), lang),
        sources=sources((p for many in graph.graph["proofs"].values() for p in many), lang),
    ).draw(body, (frame.x1 - frame.x0, frame.y1 - frame.y0))


def _courses(edges: list[Edge], rects: Mapping[str, Rect]) -> list[Course]:
    between: dict[frozenset[str], int] = {}
    for source, target, *_ in edges:
        pair = frozenset((source, target))
        between[pair] = between.get(pair, 0) + 1
    seen: dict[frozenset[str], int] = {}
    few = len(edges) < _NO_DETOUR
    ground = Ground(rect.grown(4) for rect in rects.values()) if few else Ground()
    found = []
    for source, target, *_ in edges:
        pair = frozenset((source, target))
        rank = seen.setdefault(pair, 0)
        seen[pair] += 1
        if source == target:
            found.append(loop(rects[source], rank))
            continue
        bow = bows(between[pair])[rank]
        # Across is measured from source to target: the way back would bow to the other side.
        bow = bow if source < target else -bow
        found.append(course(rects[source], rects[target], bow, ground))
    return found


def _labels(
    edges: list[Edge], courses: list[Course], rects: Mapping[str, Rect], lang: str
) -> tuple[list[tuple[str, Rect]], int]:
    """The names of relations that find room, and how many do not; big networks show none."""
    if len(edges) > _MANY:
        return [], len(edges)
    taken = Ground(rect.grown(3) for rect in rects.values())
    found: list[tuple[str, Rect]] = []
    for (_, _, _, about), line in zip(edges, courses, strict=True):
        said = text.shorten(about[f"relation_{lang}"], 16)
        rect = label_at(line, (text.width(said, _SMALL) + 6, 14), taken) if said else None
        if rect:
            taken.add(rect)
            found.append((said, rect))
    return found, len(edges) - len(found)


def _notes(dropped: int, edges: int, lang: str) -> list[str]:
    note = (_UNNAMED if dropped == edges else _DROPPED)[lang == "zh"]
    return [note.format(dropped, edges)] if dropped else []


def _frame(rects: Mapping[str, Rect], courses: list[Course]) -> Rect:
    points = [point for line in courses for point in (*line.samples(), *line.points[::2])]
    xs = [x for r in rects.values() for x in (r.x0, r.x1)] + [x for x, _ in points] or [0.0]
    ys = [y for r in rects.values() for y in (r.y0, r.y1)] + [y for _, y in points] or [0.0]
    return Rect(min(xs), min(ys), max(xs), max(ys)).grown(6)


def _edge(graph: Network, edge: Edge, line: Course, lang: str, dark: bool) -> str:
    source, target, key, about = edge
    proofs = [p for claim in about["claims"] for p in graph.graph["proofs"].get(claim, ())]
    ends = (graph.nodes[node][f"label_{lang}"] for node in (source, target))
    said = f" — {about[f'relation_{lang}']} → ".join(ends)
    when = " · ".join(
        part for part in (about["date"], _PLANNED[lang == "zh"] if about["planned"] else "") if part
    )
    stroke = GROUND[dark].line
    return el(
        "g",
        tooltip([said, *([when] if when else []), *evidence(proofs, lang)]),
        el(
            "path",
            d=line.path(),
            fill="none",
            stroke=stroke,
            stroke_width=1.2,
            stroke_dasharray="6 4" if about["planned"] else None,
        ),
        el("polygon", points=arrow(line, 8.5), fill=stroke),
        class_="edge",
        data_source=source,
        data_target=target,
        data_key=key,
    )


def _label(said: str, rect: Rect, dark: bool) -> str:
    ground = GROUND[dark]
    return words(
        said,
        (rect.x0 + rect.x1) / 2,
        (rect.y0 + rect.y1) / 2 + _SMALL * 0.36,
        class_="relation",
        font_size=_SMALL,
        text_anchor="middle",
        fill=ground.soft,
        stroke=ground.paper,
        stroke_width=3,
        stroke_linejoin="round",
        paint_order="stroke",
    )


def _node(
    node: str, about: Mapping[str, Any], degree: int, rect: Rect, lang: str, dark: bool
) -> str:
    ground, own = GROUND[dark], color(about["group"], dark)
    label = about[f"label_{lang}"]
    full = [label, " · ".join(p for p in (about[f"kind_{lang}"], about["date"]) if p)]
    shown = lines(label)
    x = rect.x0 + PAD[0] + MARK
    y = (rect.y0 + rect.y1) / 2 - (len(shown) - 1) * LINE / 2 + SIZE * 0.36
    return el(
        "g",
        tooltip([*full, *([about["identifier"]] if about["identifier"] else [])]),
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
        mark(about["group"], (rect.x0 + PAD[0] + 5, (rect.y0 + rect.y1) / 2), 5.5, dark),
        *(
            words(line, x, y + LINE * rank, font_size=SIZE, fill=ground.ink)
            for rank, line in enumerate(shown)
        ),
        class_="node",
        data_id=node,
        data_group=about["group"],
    )


def _legend(graph: Network, edges: list[Edge], lang: str, dark: bool) -> list[tuple[str, str]]:
    present = {about["group"] for _, about in graph.nodes(data=True)}
    found = [
        (mark(group, (8, -4), 6, dark), name.of(lang))
        for group, name in GROUPS.items()
        if group in present
    ]
    if any(about["planned"] for *_, about in edges):
        line = Course(((0, -4), (18, -4)))
        dashes = el(
            "path",
            d=line.path(),
            stroke=GROUND[dark].line,
            stroke_width=1.4,
            stroke_dasharray="5 3",
        )
        found.append((dashes, _PLANNED[lang == "zh"]))
    return found
