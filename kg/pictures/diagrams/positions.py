"""The positions of a network's nodes, shared by all formats."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from kg.common.bilingual import language
from kg.network.model import Node, edges_of
from kg.network.parallel_edges import group_edges
from kg.pictures.diagrams.bundles import (
    MAX_LABELED_EDGES,
    label_size,
    relation_names,
)
from kg.pictures.diagrams.layered import layered
from kg.pictures.diagrams.overlaps import pack, push_apart
from kg.pictures.diagrams.stress import stress
from kg.pictures.svg import text

if TYPE_CHECKING:
    from kg.network.model import Network

FONT_SIZE: Final = 12.0
"""Font size of node labels, in px."""
LINE_HEIGHT: Final = 15.5
"""Line height of node labels, in px."""
SYMBOL_WIDTH: Final = 18.0
"""Room for the symbol of the group, left of a label, in px."""
PADDING: Final = (9.0, 6.5)
"""Horizontal and vertical padding of boxes, in px."""

_MAX_LABEL: Final = 32.0
"""Longest label, in em."""
_MAX_LINE_WIDTH: Final = 132.0
_ASPECT_RATIO: Final = 1.6
_EDGE_LENGTH: Final = (150.0, 96.0)
"""Horizontal and vertical length of an edge, in px."""
_EVEN: Final = 0.75
"""How far nodes move towards an even density, from 0 to 1."""
_COMPONENT_GAP: Final = 48.0
_MAX_CAREFUL: Final = 300
"""Largest component that is laid out in layers, or whose boxes are moved off edges."""
_MIN_LAYERED: Final = 6
"""Largest component laid out in layers even if that is taller than wide."""
_FLAT: Final = 2.2
"""Aspect ratio above which layers are stretched."""
_MAX_STRETCH: Final = 1.7
_LAYER_GAP: Final = 52.0


@lru_cache(maxsize=4096)
def label_lines(label: str) -> tuple[str, ...]:
    """Return the lines of a node's label; a long label is cut with …, an empty one becomes –."""
    shortened = text.shorten(label, _MAX_LABEL) or "–"
    return tuple(text.wrap_balanced(shortened, FONT_SIZE, _MAX_LINE_WIDTH))


def box_size(label: str) -> tuple[float, float]:
    """Return width and height (px) of the box around a node's label and the symbol of its group."""
    lines = label_lines(label)
    width = max(text.width(line, FONT_SIZE) for line in lines)
    return (
        round(width + SYMBOL_WIDTH + 2 * PADDING[0], 1),
        round(len(lines) * LINE_HEIGHT + 2 * PADDING[1], 1),
    )


def positions(graph: Network, lang: str) -> dict[str, tuple[float, float]]:
    """Return the centers of all nodes in px; x is to the right and y down from the top left.

    No two boxes (see :func:`box_size`) of labels in ``lang`` overlap; the aspect ratio is about 16
    to 10. The method is ``graph.graph["layout"]``: ``layered`` orders nodes from left to right
    along edges, unless that is taller than wide; ``force`` makes distances in the picture follow
    those in the network. The same graph gives the same positions.
    """
    import networkx as nx
    import numpy as np

    if not graph:
        return {}
    lang = language(lang)
    labeled = graph.number_of_edges() <= MAX_LABELED_EDGES
    components = [sorted(nodes) for nodes in nx.weakly_connected_components(graph)]
    components.sort(key=lambda nodes: (-len(nodes), nodes))
    parts: list[tuple[Any, Any]] = []
    for nodes in components:
        sizes = np.array([box_size(Node.of(graph, node).label.of(lang)) for node in nodes])
        index = {node: number for number, node in enumerate(nodes)}
        edges = list(edges_of(graph, nodes))
        pairs = sorted({(index[edge.source], index[edge.target]) for edge in edges})
        label_sizes = [
            (index[group[0].source], index[group[0].target], *label_size(names))
            for group in group_edges(edges)
            if labeled and (names := relation_names(group, lang))
        ]
        careful = len(nodes) <= _MAX_CAREFUL
        centers = None
        if graph.graph["layout"] == "layered" and careful:
            centers = _in_layers(sizes, pairs, [width for *_, width, _ in label_sizes])
        if centers is None:
            start = _evened(stress(len(nodes), pairs)) * np.array(_EDGE_LENGTH)
            centers = push_apart(start, sizes, label_sizes, pairs if careful else ())
        parts.append((centers, sizes))
    packed = pack(parts, _COMPONENT_GAP, _ASPECT_RATIO)
    return {
        node: (round(float(x), 1), round(float(y), 1))
        for nodes, centers in zip(components, packed, strict=True)
        for node, (x, y) in zip(nodes, centers, strict=True)
    }


def _evened(centers: Any) -> Any:
    """Move nodes towards an even density along each axis, which keeps their order.

    A long chain at the side of a dense part would leave half of the picture empty.
    """
    import numpy as np

    low, high = centers.min(0), centers.max(0)
    ranks = centers.argsort(0, kind="stable").argsort(0, kind="stable")
    even = low + (high - low) * ranks / max(len(centers) - 1, 1)
    return np.asarray((1 - _EVEN) * centers + _EVEN * even)


def _in_layers(sizes: Any, pairs: list[tuple[int, int]], label_widths: list[float]) -> Any:
    """Return centers in layers; None if these are taller than wide."""
    # A few long labels may overflow rather than make all gaps wide.
    room = sorted(label_widths)[int(len(label_widths) * 0.9)] if label_widths else 0.0
    centers = layered(sizes, pairs, room + _LAYER_GAP)
    width, height = (centers + sizes / 2).max(0) - (centers - sizes / 2).min(0)
    if width < height and len(centers) > _MIN_LAYERED:
        return None
    if len(centers) > _MIN_LAYERED:
        centers[:, 1] *= min(_MAX_STRETCH, max(1.0, width / height / _FLAT))
    return centers
