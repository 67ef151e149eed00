"""Where the nodes of a network stand on paper: the same places for every kind of picture."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from kg.network.model import Node, edges_of
from kg.pictures.diagrams.bundles import NAMED, bundle, label_size, names
from kg.pictures.diagrams.layered import layered
from kg.pictures.diagrams.overlaps import pack, push_apart
from kg.pictures.diagrams.stress import stress
from kg.pictures.svg import text

if TYPE_CHECKING:
    from kg.network.networkx_graph import Network

SIZE: Final = 12.0
"""The size of the letters of a node's label, in px."""
LINE: Final = 15.5
"""The height of a line of a label, in px."""
MARK: Final = 18.0
"""The room for the mark that shows the group, left of a label, in px."""
PAD: Final = (9.0, 6.5)
"""The room around a label within its box, in px."""

_LIMIT: Final = 32.0
_MOST: Final = 132.0
_RATIO: Final = 1.6
_EDGE: Final = (150.0, 96.0)
_FEW: Final = 300
_SMALL: Final = 6
_FLAT: Final = 2.2
_STRETCH: Final = 1.7
_ROOM: Final = 52.0


@lru_cache(maxsize=4096)
def lines(label: str) -> tuple[str, ...]:
    """The lines of a node's label in a picture; a long one is cut with …, an empty one is –."""
    return tuple(text.wrap(text.shorten(label, _LIMIT) or "–", SIZE, _MOST))


def box(label: str) -> tuple[float, float]:
    """Width and height (px) of the box that holds a node's label and the mark of its group."""
    shown = lines(label)
    wide = max(text.width(line, SIZE) for line in shown)
    return round(wide + MARK + 2 * PAD[0], 1), round(len(shown) * LINE + 2 * PAD[1], 1)


def positions(graph: Network, lang: str) -> dict[str, tuple[float, float]]:
    """The centers of all nodes in px, x to the right and y down, from (0, 0) at the top left.

    No two boxes (see :func:`box`) of labels in ``lang`` overlap, and the whole is about 16 by 10.
    ``graph.graph["layout"]`` says how: ``layered`` puts what edges lead to on the right, unless
    that gets higher than wide; ``force`` lets distances on paper follow those in the network. The
    same graph gives the same places.
    """
    import networkx as nx
    import numpy as np

    if not graph:
        return {}
    tag = "zh" if lang.casefold().split("-")[0] == "zh" else "en"
    few = graph.number_of_edges() <= NAMED
    groups = [sorted(part) for part in nx.weakly_connected_components(graph)]
    groups.sort(key=lambda part: (-len(part), part))
    parts: list[tuple[Any, Any]] = []
    for nodes in groups:
        sizes = np.array([box(Node.of(graph, node).label.of(lang)) for node in nodes])
        index = {node: place for place, node in enumerate(nodes)}
        edges = list(edges_of(graph, nodes))
        pairs = sorted({(index[edge.source], index[edge.target]) for edge in edges})
        rooms = [
            (index[first.source], index[first.target], *label_size(said))
            for first, said in ((b[0], names(b, tag)) for b in bundle(edges))
            if few and said
        ]
        places = None
        if graph.graph["layout"] == "layered" and len(nodes) <= _FEW:
            places = _in_columns(sizes, pairs, [room[2] for room in rooms])
        if places is None:
            start = stress(len(nodes), pairs) * np.array(_EDGE)
            places = push_apart(start, sizes, rooms, pairs if len(nodes) <= _FEW else ())
        parts.append((places, sizes))
    packed = pack(parts, 48.0, _RATIO)
    return {
        node: (round(float(x), 1), round(float(y), 1))
        for nodes, places in zip(groups, packed, strict=True)
        for node, (x, y) in zip(nodes, places, strict=True)
    }


def _in_columns(sizes: Any, pairs: list[tuple[int, int]], rooms: list[float]) -> Any:
    """Places in columns; None where they would be higher than wide."""
    # A few long names may cross a border rather than make all columns wide.
    room = sorted(rooms)[int(len(rooms) * 0.9)] if rooms else 0.0
    places = layered(sizes, pairs, room + _ROOM)
    wide, high = (places + sizes / 2).max(0) - (places - sizes / 2).min(0)
    if wide < high and len(places) > _SMALL:
        return None
    if len(places) > _SMALL:
        places[:, 1] *= min(_STRETCH, max(1.0, wide / high / _FLAT))
    return places
