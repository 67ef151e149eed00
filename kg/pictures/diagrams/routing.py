"""The courses of edges: from border to border, around the boxes between, labels where room is."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, TypeAlias

from kg.pictures.svg.geometry import Point, Rect, num

Cell: TypeAlias = tuple[int, int]

# Ways around: where along a line it is pulled aside, and how far (a share of its length).
_DETOURS: Final = (
    *(((0.5, by),) for by in (0.0, 0.12, -0.12, 0.24, -0.24, 0.38, -0.38)),
    *(((at, by),) for by in (0.2, -0.2, 0.35, -0.35) for at in (0.2, 0.8)),
    *(((0.3, by), (0.7, -by)) for by in (0.2, -0.2, 0.4, -0.4)),
    *(((0.5, by),) for by in (0.55, -0.55)),
)
_BY: Final = (0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.18, 0.82)
_SAMPLES: Final = 24
_CELL: Final = 160.0
_FINE: Final = 8.0
_LOOP: Final = 4
_TINY: Final = 0.01


class Ground:
    """Rectangles by the cell of a grid in which they lie, so that near ones are found fast."""

    def __init__(self, rects: Iterable[Rect] = ()) -> None:
        self._cells: dict[Cell, list[Rect]] = {}
        for rect in rects:
            self.add(rect)

    def __bool__(self) -> bool:
        return bool(self._cells)

    def add(self, rect: Rect) -> None:
        """Put down a rectangle."""
        for cell in _cells(rect):
            self._cells.setdefault(cell, []).append(rect)

    def near(self, rect: Rect) -> list[Rect]:
        """The rectangles that share some ground with one."""
        return [
            other
            for cell in _cells(rect)
            for other in self._cells.get(cell, ())
            if other.meets(rect)
        ]

    def at(self, point: Point) -> list[Rect]:
        """The rectangles in which a point lies."""
        cell = int(point[0] // _CELL), int(point[1] // _CELL)
        return [rect for rect in self._cells.get(cell, ()) if rect.holds(point)]


@dataclass(frozen=True)
class Course:
    """A Bezier curve (SVG 2, 9.3): 2 points for a line, 3 or 4 for a curve."""

    points: tuple[Point, ...]

    def at(self, part: float) -> Point:
        """The point after a part (0 to 1) of the curve (de Casteljau's way)."""
        points = self.points
        while len(points) > 1:
            points = tuple(
                (a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part)
                for a, b in pairwise(points)
            )
        return points[0]

    def between(self, start: float, end: float) -> Course:
        """The same curve from one part to another."""
        return self._until(end)._from(start / end if end else 0)

    def path(self) -> str:
        """The data of an SVG path, in tenths of a px."""
        head, *rest = [f"{num(x)} {num(y)}" for x, y in self.points]
        return f"M{head}{' LQC'[len(rest)]}{' '.join(rest)}"

    def samples(self, count: int = _SAMPLES) -> Iterator[Point]:
        """Points along the curve, without its ends."""
        return (self.at(step / count) for step in range(1, count))

    def _until(self, part: float) -> Course:
        kept, points = [self.points[0]], self.points
        while len(points) > 1:
            points = tuple(
                (a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part)
                for a, b in pairwise(points)
            )
            kept.append(points[0])
        return Course(tuple(kept))

    def _from(self, part: float) -> Course:
        back = Course(self.points[::-1])._until(1 - part)
        return Course(back.points[::-1])


def course(source: Rect, target: Rect, bow: float, boxes: Ground, room: float = 4) -> Course:
    """The course of an edge between two boxes, from border to border.

    ``boxes`` holds all boxes, grown by ``room`` px.

    It is straight, or pulled aside by ``bow`` px, which parts parallel edges; where that would run
    through other boxes, it is bowed as little more as clears the most of them.
    """
    a, b = source.center, target.center
    length = math.hypot(b[0] - a[0], b[1] - a[1]) or 1.0
    ends = (source.grown(room), target.grown(room))
    best, fewest = _clipped(_bent(a, b, ((0.5, bow),)), source, target), math.inf
    for pulls in _DETOURS if boxes else ():
        aside = tuple((part, bow + share * length) for part, share in pulls)
        tried = _clipped(_bent(a, b, aside), source, target)
        met = {
            rect
            for point in tried.samples(max(_SAMPLES, int(length / 14)))
            for rect in boxes.at(point)
            if rect not in ends
        }
        cost = len(met) + max(abs(share) for _, share in pulls) * 0.5
        if cost < fewest:
            best, fewest = tried, cost
        if not met:
            break
    return best


def _bent(a: Point, b: Point, aside: Sequence[tuple[float, float]]) -> Course:
    """A curve whose inner points lie aside of a line: after which part of it, by how many px."""
    if not any(by for _, by in aside):
        return Course((a, b))
    dx, dy = b[0] - a[0], b[1] - a[1]
    length = math.hypot(dx, dy) or 1.0
    inner = (
        (a[0] + dx * part - dy / length * by, a[1] + dy * part + dx / length * by)
        for part, by in aside
    )
    return Course((a, *inner, b))


def loop(rect: Rect, rank: int) -> Course:
    """The course of the ``rank``-th edge (0 ...) from a box to itself, over its corner."""
    reach = 34.0 + 16 * rank
    x, y = rect.x1, rect.y0
    return Course(((x - 22, y), (x - 22, y - reach), (x + reach, y + 12), (x, y + 12)))


def label_at(
    line: Course, size: tuple[float, float], taken: Ground, drawn: Mapping[Cell, set[int]], own: int
) -> Rect | None:
    """Where on a course a label of a size (px) finds room; None if nowhere.

    Of the places that are not ``taken``, it is the one under which the fewest other courses run:
    ``drawn`` says which do by cell (see :func:`trace`), ``own`` is the label's course among them.
    """
    centers = [line.at(part) for part in _BY]
    if len(line.points) == _LOOP:
        # A loop is small: its label may stand over it or beside it.
        (x, y), (wide, high) = line.at(0.5), size
        centers += [(x, y - high / 2 - 1), (x + wide / 2 + 1, y), (x + wide / 2, y - high / 2)]
    free = (Rect.around(center, size) for center in centers)
    places = [rect for rect in free if not taken.near(rect)]

    def crossed(rect: Rect) -> int:
        lines = {course for cell in _cells(rect.grown(-1), _FINE) for course in drawn.get(cell, ())}
        return len(lines - {own})

    return min(places, key=crossed, default=None)


def trace(courses: Iterable[Course]) -> dict[Cell, set[int]]:
    """Which courses (by their rank) run through each cell of a fine grid."""
    found: dict[Cell, set[int]] = {}
    for rank, line in enumerate(courses):
        (x0, y0), (x1, y1) = line.points[0], line.points[-1]
        steps = int(2 * (abs(x1 - x0) + abs(y1 - y0)) / _FINE) + _SAMPLES
        for x, y in line.samples(steps):
            found.setdefault((int(x // _FINE), int(y // _FINE)), set()).add(rank)
    return found


def bows(count: int, length: float) -> Sequence[float]:
    """How far (px) to pull ``count`` edges between the same two nodes to both sides of a line."""
    if count == 1:
        return (0.0,)
    step = max(0.2 * length, 44.0)
    return [step * (rank - (count - 1) / 2) for rank in range(count)]


def arrow(line: Course, size: float) -> str:
    """The points of an arrowhead of a size (px) at the end of a course."""
    tip = line.points[-1]
    before = next(p for p in (*reversed(line.points[:-1]), (tip[0] - 1, tip[1])) if p != tip)
    turn = math.atan2(tip[1] - before[1], tip[0] - before[0])
    corners = [tip]
    for side in (0.42, -0.42):
        angle = turn + math.pi + side
        corners.append((tip[0] + size * math.cos(angle), tip[1] + size * math.sin(angle)))
    return " ".join(f"{num(x)},{num(y)}" for x, y in corners)


def _clipped(whole: Course, source: Rect, target: Rect) -> Course:
    """The part of a course between two boxes; the arrow's tip keeps off the border by a hair."""
    goal = target.grown(1.5)
    start = _change(lambda part: not source.holds(whole.at(part)), 0, 1)
    end = _change(lambda part: goal.holds(whole.at(part)), start, 1)
    # Boxes that overlap leave nothing between them, and an arrow still has to point somewhere.
    return whole.between(start, end) if end - start > _TINY else whole


def _change(holds: Callable[[float], bool], low: float, high: float) -> float:
    """Where between two parts of a curve something begins to hold, halving again and again."""
    for _ in range(11):
        middle = (low + high) / 2
        low, high = (low, middle) if holds(middle) else (middle, high)
    return high


def _cells(rect: Rect, size: float = _CELL) -> Iterator[Cell]:
    for x in range(int(rect.x0 // size), int(rect.x1 // size) + 1):
        for y in range(int(rect.y0 // size), int(rect.y1 // size) + 1):
            yield x, y
