"""Bundles of edges that share a line, and the labels on lines."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kg.network.model import Edge
from kg.network.parallel_edges import SUBCLASS, group_edges
from kg.pictures.diagrams.routing import (
    Curve,
    ObstacleGrid,
    parallel_offsets,
    place_label,
    rasterize,
    route,
    self_loop,
)
from kg.pictures.svg import text
from kg.pictures.svg.geometry import Rect

LABEL_SIZE: Final = 10.0
"""Font size of edge labels, in px."""
LABEL_LINE_HEIGHT: Final = 12.5
"""Line height of edge labels, in px."""
MAX_LABELED_EDGES: Final = 150
"""Largest network whose edges are labeled."""

_MAX_LABEL: Final = 16.0
"""Longest relation name, in em."""
_MAX_DETOURS: Final = 1500
"""Number of edges above which no edge is routed around boxes."""


@dataclass(frozen=True)
class Bundle:
    """Edges of one direction between two nodes that share a line."""

    edges: tuple[Edge, ...]
    curve: Curve


@dataclass(frozen=True)
class EdgeLabel:
    """The relation names on a line, one per line of text, and their box."""

    lines: tuple[str, ...]
    rect: Rect


def relation_names(edges: Iterable[Edge], lang: str) -> list[str]:
    """Return the relation names of a bundle, as its label shows them, with the number of each."""
    names: Counter[str] = Counter()
    for edge in edges:
        if edge.relation != SUBCLASS:
            names[edge.relation_label.of(lang)] += edge.count
    return [
        text.shorten(name, _MAX_LABEL) + (f" ×{count:,}" if count > 1 else "")
        for name, count in names.items()
        if name
    ]


def label_size(lines: Sequence[str]) -> tuple[float, float]:
    """Return width and height (px) of an edge label."""
    width = max(text.width(line, LABEL_SIZE) for line in lines)
    return width + 6, len(lines) * LABEL_LINE_HEIGHT + 2


def route_edges(edges: Sequence[Edge], rects: Mapping[str, Rect]) -> list[Bundle]:
    """Bundle edges and route them between the boxes of their nodes.

    Parallel bundles are bowed apart, self-loops go over a corner. In very large networks edges do
    not go around boxes.
    """
    groups = group_edges(edges)
    parallel: dict[frozenset[str], int] = {}
    for first, *_ in groups:
        pair = frozenset((first.source, first.target))
        parallel[pair] = parallel.get(pair, 0) + 1
    detours = len(edges) < _MAX_DETOURS
    obstacles = ObstacleGrid(rect.expanded(4) for rect in rects.values() if detours)
    routed: dict[frozenset[str], int] = {}
    bundles = []
    for group in groups:
        source, target = group[0].source, group[0].target
        pair = frozenset((source, target))
        index = routed.get(pair, 0)
        routed[pair] = index + 1
        if source == target:
            bundles.append(Bundle(group, self_loop(rects[source], index)))
            continue
        (ax, ay), (bx, by) = rects[source].center, rects[target].center
        offset = parallel_offsets(parallel[pair], math.hypot(bx - ax, by - ay))[index]
        # Offsets are relative to the direction of an edge: a reverse edge needs the opposite sign.
        offset = offset if source < target else -offset
        bundles.append(Bundle(group, route(rects[source], rects[target], offset, obstacles)))
    return bundles


def place_labels(
    bundles: Sequence[Bundle], rects: Mapping[str, Rect], lang: str
) -> tuple[list[EdgeLabel], int, int]:
    """Place the labels of bundles where they overlap no box and no other label.

    Returns the labels, the number of relation names left out for want of room, and the number of
    all relation names. Networks of more than ``MAX_LABELED_EDGES`` edges get no labels.
    """
    count = sum(len(relation_names(bundle.edges, lang)) for bundle in bundles)
    if sum(len(bundle.edges) for bundle in bundles) > MAX_LABELED_EDGES:
        return [], count, count
    obstacles = ObstacleGrid(rect.expanded(3) for rect in rects.values())
    curves = rasterize(bundle.curve for bundle in bundles)
    labels: list[EdgeLabel] = []
    for index, bundle in enumerate(bundles):
        names = relation_names(bundle.edges, lang)
        if not names:
            continue
        rect = place_label(bundle.curve, label_size(names), obstacles, curves, index)
        if rect:
            obstacles.add(rect)
            labels.append(EdgeLabel(tuple(names), rect))
    return labels, count - sum(len(label.lines) for label in labels), count
