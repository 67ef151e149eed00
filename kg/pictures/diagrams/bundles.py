"""Edges as they are drawn: each a line of its own, or several relations of classes on one line."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kg.network.model import Edge, by_ends
from kg.pictures.diagrams.routing import Course, Ground, bows, course, label_at, loop, trace
from kg.pictures.svg import text
from kg.pictures.svg.geometry import Rect

ABOVE: Final = "rdfs:subClassOf"
"""The relation of a class to the class above it, which is drawn without a name."""
SMALL: Final = 10.0
"""The size of the letters of an edge's label, in px."""
STEP: Final = 12.5
"""The height of a line of an edge's label, in px."""
NAMED: Final = 150
"""A network with more edges than this does not name them in a picture."""

_LIMIT: Final = 16.0
_NO_DETOUR: Final = 1500


@dataclass(frozen=True)
class Strand:
    """Edges of one direction between two nodes that share a line, and its course."""

    edges: tuple[Edge, ...]
    course: Course


@dataclass(frozen=True)
class Label:
    """The names that stand on a strand, one a line, and where."""

    lines: tuple[str, ...]
    rect: Rect


def bundle(edges: Iterable[Edge]) -> list[tuple[Edge, ...]]:
    """The edges that share a line: those of one direction on which no claim stands.

    An edge that has evidence of its own has a line of its own, too, so that it can be pointed at.
    """
    found: dict[tuple[str, ...], list[Edge]] = {}
    for edge in sorted(edges, key=by_ends):
        own = edge.claims or edge.relation == ABOVE
        found.setdefault((edge.source, edge.target, edge.key if own else ""), []).append(edge)
    return [tuple(many) for many in found.values()]


def names(edges: Iterable[Edge], lang: str) -> list[str]:
    """The names of the relations of a bundle, as they stand on its line."""
    said = (edge.relation_label.of(lang) for edge in edges if edge.relation != ABOVE)
    return [text.shorten(name, _LIMIT) for name in dict.fromkeys(said) if name]


def label_size(lines: Sequence[str]) -> tuple[float, float]:
    """The room (px, width and height) that the names of a bundle take."""
    return max(text.width(line, SMALL) for line in lines) + 6, len(lines) * STEP + 2


def strands(edges: Sequence[Edge], rects: Mapping[str, Rect]) -> list[Strand]:
    """The courses of edges between boxes; parallel ones are bowed apart, loops stand over a corner.

    Where there are very many edges, none makes a detour around boxes.
    """
    bundles = bundle(edges)
    between: dict[frozenset[str], int] = {}
    for first, *_ in bundles:
        pair = frozenset((first.source, first.target))
        between[pair] = between.get(pair, 0) + 1
    few = len(edges) < _NO_DETOUR
    ground = Ground(rect.grown(4) for rect in rects.values()) if few else Ground()
    seen: dict[frozenset[str], int] = {}
    found = []
    for many in bundles:
        source, target = many[0].source, many[0].target
        pair = frozenset((source, target))
        rank = seen.get(pair, 0)
        seen[pair] = rank + 1
        if source == target:
            found.append(Strand(many, loop(rects[source], rank)))
            continue
        (ax, ay), (bx, by) = rects[source].center, rects[target].center
        bow = bows(between[pair], math.hypot(bx - ax, by - ay))[rank]
        # Sides are counted from source to target: on the way back they would be swapped.
        bow = bow if source < target else -bow
        found.append(Strand(many, course(rects[source], rects[target], bow, ground)))
    return found


def labels(
    drawn: Sequence[Strand], rects: Mapping[str, Rect], lang: str
) -> tuple[list[Label], int, int]:
    """The labels that find room off all boxes and other labels, and how many names do not, of all.

    Networks of more than ``NAMED`` edges get none.
    """
    count = sum(len(names(strand.edges, lang)) for strand in drawn)
    if sum(len(strand.edges) for strand in drawn) > NAMED:
        return [], count, count
    taken = Ground(rect.grown(3) for rect in rects.values())
    cells = trace(strand.course for strand in drawn)
    found: list[Label] = []
    for rank, strand in enumerate(drawn):
        said = names(strand.edges, lang)
        if not said:
            continue
        rect = label_at(strand.course, label_size(said), taken, cells, rank)
        if rect:
            taken.add(rect)
            found.append(Label(tuple(said), rect))
    return found, count - sum(len(label.lines) for label in found), count
