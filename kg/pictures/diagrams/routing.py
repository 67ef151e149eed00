"""Edge routing: curves between the borders of boxes, around other boxes, and room for labels."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, TypeAlias

from kg.pictures.svg.geometry import Point, Rect, px

GridCell: TypeAlias = tuple[int, int]

# Control points of the detours to try, best first: where along the straight line, and how far to
# its side (both as a share of its length).
_DETOURS: Final = (
    *(((0.5, by),) for by in (0.0, 0.12, -0.12, 0.24, -0.24, 0.38, -0.38)),
    *(((at, by),) for by in (0.2, -0.2, 0.35, -0.35) for at in (0.2, 0.8)),
    *(((0.3, by), (0.7, -by)) for by in (0.2, -0.2, 0.4, -0.4)),
    *(((0.5, by),) for by in (0.55, -0.55)),
)
_LABEL_PLACES: Final = (0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.18, 0.82)
"""Where along a curve to try a label, best first."""
_SAMPLES: Final = 24
_CELL_SIZE: Final = 160.0
_FINE_CELL_SIZE: Final = 8.0
_CUBIC: Final = 4
_MIN_LENGTH: Final = 0.01


class ObstacleGrid:
    """Rectangles indexed by the cells of a grid, for fast lookup by place."""

    def __init__(self, rects: Iterable[Rect] = ()) -> None:
        self._cells: dict[GridCell, list[Rect]] = {}
        for rect in rects:
            self.add(rect)

    def __bool__(self) -> bool:
        return bool(self._cells)

    def add(self, rect: Rect) -> None:
        """Add a rectangle."""
        for cell in _cells(rect):
            self._cells.setdefault(cell, []).append(rect)

    def overlapping(self, rect: Rect) -> list[Rect]:
        """Return the rectangles that overlap a given rectangle; some may be repeated."""
        return [
            other
            for cell in _cells(rect)
            for other in self._cells.get(cell, ())
            if other.overlaps(rect)
        ]

    def containing(self, point: Point) -> list[Rect]:
        """Return the rectangles that contain a point."""
        cell = int(point[0] // _CELL_SIZE), int(point[1] // _CELL_SIZE)
        return [rect for rect in self._cells.get(cell, ()) if rect.contains(point)]


@dataclass(frozen=True)
class Curve:
    """A Bezier curve (SVG 2, 9.3) by its control points: 2 for a line, 3 or 4 for a curve."""

    points: tuple[Point, ...]

    def at(self, t: float) -> Point:
        """Return the point at a parameter ``t`` from 0 to 1 (de Casteljau's algorithm)."""
        points = self.points
        while len(points) > 1:
            points = _interpolated(points, t)
        return points[0]

    def between(self, start: float, end: float) -> Curve:
        """Return the part of the curve between two parameters."""
        return self._until(end)._from(start / end if end else 0)

    def svg_path(self) -> str:
        """Return the data of an SVG path, in tenths of a px."""
        head, *rest = [f"{px(x)} {px(y)}" for x, y in self.points]
        return f"M{head}{' LQC'[len(rest)]}{' '.join(rest)}"

    def samples(self, count: int = _SAMPLES) -> Iterator[Point]:
        """Yield ``count`` - 1 points along the curve, without its ends."""
        return (self.at(step / count) for step in range(1, count))

    def _until(self, t: float) -> Curve:
        kept, points = [self.points[0]], self.points
        while len(points) > 1:
            points = _interpolated(points, t)
            kept.append(points[0])
        return Curve(tuple(kept))

    def _from(self, t: float) -> Curve:
        reversed_part = Curve(self.points[::-1])._until(1 - t)
        return Curve(reversed_part.points[::-1])


def _interpolated(points: Sequence[Point], t: float) -> tuple[Point, ...]:
    """Return the points that divide the lines between successive points at a parameter."""
    return tuple((a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t) for a, b in pairwise(points))


def route(
    source: Rect, target: Rect, offset: float, obstacles: ObstacleGrid, clearance: float = 4
) -> Curve:
    """Route an edge between two boxes, from border to border.

    The curve is straight, or bowed by ``offset`` px, which separates parallel edges; where it would
    cross other boxes, it takes the smallest detour that avoids most of them. ``obstacles`` has all
    boxes, expanded by ``clearance`` px, including the two boxes of the edge.
    """
    a, b = source.center, target.center
    length = math.hypot(b[0] - a[0], b[1] - a[1]) or 1.0
    ends = (source.expanded(clearance), target.expanded(clearance))
    best, lowest = _clipped(_bowed(a, b, ((0.5, offset),)), source, target), math.inf
    for detour in _DETOURS if obstacles else ():
        controls = tuple((t, offset + share * length) for t, share in detour)
        curve = _clipped(_bowed(a, b, controls), source, target)
        crossed = {
            rect
            for point in curve.samples(max(_SAMPLES, int(length / 14)))
            for rect in obstacles.containing(point)
            if rect not in ends
        }
        cost = len(crossed) + max(abs(share) for _, share in detour) * 0.5
        if cost < lowest:
            best, lowest = curve, cost
        if not crossed:
            break
    return best


def _bowed(a: Point, b: Point, controls: Sequence[tuple[float, float]]) -> Curve:
    """Return a curve between two points.

    Each inner control point is given by its place along the line (0 to 1) and its distance from
    it in px.
    """
    if not any(distance for _, distance in controls):
        return Curve((a, b))
    dx, dy = b[0] - a[0], b[1] - a[1]
    length = math.hypot(dx, dy) or 1.0
    inner = (
        (a[0] + dx * t - dy / length * distance, a[1] + dy * t + dx / length * distance)
        for t, distance in controls
    )
    return Curve((a, *inner, b))


def self_loop(rect: Rect, index: int) -> Curve:
    """Return the curve of the self-loop number ``index`` (from 0) of a box, over its corner."""
    reach = 34.0 + 16 * index
    x, y = rect.x1, rect.y0
    return Curve(((x - 22, y), (x - 22, y - reach), (x + reach, y + 12), (x, y + 12)))


def place_label(
    curve: Curve,
    size: tuple[float, float],
    obstacles: ObstacleGrid,
    curves: Mapping[GridCell, set[int]],
    own: int,
) -> Rect | None:
    """Find room for a label of a size (px) on a curve; None if there is none.

    Of the places that overlap no obstacle, returns the one that crosses the fewest other curves:
    ``curves`` has their indexes by cell (see :func:`rasterize`), ``own`` is the index of this
    curve.
    """
    centers = [curve.at(t) for t in _LABEL_PLACES]
    if len(curve.points) == _CUBIC:
        # A self-loop is small: its label may be above it or to its side.
        (x, y), (width, height) = curve.at(0.5), size
        centers += [
            (x, y - height / 2 - 1),
            (x + width / 2 + 1, y),
            (x + width / 2, y - height / 2),
        ]
    rects = (Rect.around(center, size) for center in centers)
    free = [rect for rect in rects if not obstacles.overlapping(rect)]

    def crossings(rect: Rect) -> int:
        cells = _cells(rect.expanded(-1), _FINE_CELL_SIZE)
        return len({index for cell in cells for index in curves.get(cell, ())} - {own})

    return min(free, key=crossings, default=None)


def rasterize(curves: Iterable[Curve]) -> dict[GridCell, set[int]]:
    """Return the indexes of the curves that pass through each cell of a fine grid."""
    cells: dict[GridCell, set[int]] = {}
    for index, curve in enumerate(curves):
        (x0, y0), (x1, y1) = curve.points[0], curve.points[-1]
        steps = int(2 * (abs(x1 - x0) + abs(y1 - y0)) / _FINE_CELL_SIZE) + _SAMPLES
        for x, y in curve.samples(steps):
            cell = int(x // _FINE_CELL_SIZE), int(y // _FINE_CELL_SIZE)
            cells.setdefault(cell, set()).add(index)
    return cells


def parallel_offsets(count: int, length: float) -> Sequence[float]:
    """Return by how many px to bow each of ``count`` edges between nodes ``length`` px apart."""
    if count == 1:
        return (0.0,)
    step = max(0.2 * length, 44.0)
    return [step * (index - (count - 1) / 2) for index in range(count)]


def arrowhead(curve: Curve, size: float) -> str:
    """Return the points of an SVG polygon: an arrowhead of a size (px) at the end of a curve."""
    tip = curve.points[-1]
    before = next(p for p in (*reversed(curve.points[:-1]), (tip[0] - 1, tip[1])) if p != tip)
    direction = math.atan2(tip[1] - before[1], tip[0] - before[0])
    corners = [tip]
    for side in (0.42, -0.42):
        angle = direction + math.pi + side
        corners.append((tip[0] + size * math.cos(angle), tip[1] + size * math.sin(angle)))
    return " ".join(f"{px(x)},{px(y)}" for x, y in corners)


def _clipped(curve: Curve, source: Rect, target: Rect) -> Curve:
    """Return the part of a curve between two boxes, with a small gap at the target."""
    goal = target.expanded(1.5)
    start = _bisect(lambda t: not source.contains(curve.at(t)), 0, 1)
    end = _bisect(lambda t: goal.contains(curve.at(t)), start, 1)
    # Overlapping boxes leave nothing between them, but an arrow still needs a direction.
    return curve.between(start, end) if end - start > _MIN_LENGTH else curve


def _bisect(condition: Callable[[float], bool], low: float, high: float) -> float:
    """Return the parameter between two others at which a condition becomes true."""
    for _ in range(11):
        middle = (low + high) / 2
        low, high = (low, middle) if condition(middle) else (middle, high)
    return high


def _cells(rect: Rect, size: float = _CELL_SIZE) -> Iterator[GridCell]:
    for x in range(int(rect.x0 // size), int(rect.x1 // size) + 1):
        for y in range(int(rect.y0 // size), int(rect.y1 // size) + 1):
            yield x, y
