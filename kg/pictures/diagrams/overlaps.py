"""Removal of overlaps between boxes, and packing of components side by side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final, TypeAlias

Skyline: TypeAlias = list[tuple[float, float, float]]
"""The lower border of packed boxes: left, right and y of each step."""

GAP: Final = (34.0, 26.0)
"""Minimum horizontal and vertical gap between two boxes, in px."""

_ROUNDS: Final = 600
_GROW_AFTER: Final = 50
_GROW: Final = 1.05
_FLAT: Final = 0.6
_FILLED: Final = 0.5
_TOLERANCE: Final = 0.01
_LINE_ROUNDS: Final = 200
_LINE_GAP: Final = 6.0
_LINE_STEP: Final = 0.12
_MAX_LINE_MOVE: Final = 12.0
_WIDTHS_TRIED: Final = 24


def push_apart(
    centers: Any,
    sizes: Any,
    label_sizes: Iterable[tuple[int, int, float, float]] = (),
    lines: Sequence[tuple[int, int]] = (),
) -> Any:
    """Move boxes apart until none is closer to another than ``GAP``; returns their centers (px).

    ``centers`` and ``sizes`` are arrays of two columns in px. ``label_sizes`` are pairs of boxes
    with the width and height of the label of the edge between them, which needs room.
    Boxes move off the ``lines`` between other boxes where they can.

    In each round, every pair that is too close moves apart along the axis that needs the shorter
    move, each box by half; crowded boxes are spread from time to time. Boxes that still
    overlap in the end move down one by one.
    """
    import numpy as np

    centers = _spread(np.array(centers, dtype=np.float64), sizes)
    extra: dict[tuple[int, int], Any] = {}
    for one, other, width, height in label_sizes:
        pair = min(one, other), max(one, other)
        extra[pair] = np.maximum(extra.get(pair, 0), (width, height))
    joined = np.array(sorted(extra), dtype=int).reshape(-1, 2)
    room = np.array([extra[one, other] for one, other in joined.tolist()]).reshape(-1, 2)
    ends = np.array([line for line in lines if line[0] != line[1]], dtype=int).reshape(-1, 2)
    for step in range(_ROUNDS):
        off = _off_lines(centers, sizes, ends) if step < _LINE_ROUNDS else np.zeros_like(centers)
        one, other = _close_pairs(centers, sizes)
        gaps = np.tile(GAP, (len(one), 1))
        one, other = np.r_[one, joined[:, 0]], np.r_[other, joined[:, 1]]
        needed = (sizes[one] + sizes[other]) / 2 + np.r_[gaps, room + GAP]
        apart = centers[one] - centers[other]
        missing = needed - np.abs(apart)
        close = (missing > _TOLERANCE).all(1)
        if not close.any() and not off.any():
            break
        move, count = np.zeros_like(centers), np.ones_like(centers)
        one, other, missing, apart = one[close], other[close], missing[close], apart[close]
        axis = np.where(missing[:, 0] * _FLAT < missing[:, 1], 0, 1)
        rows = np.arange(len(one))
        push = np.zeros_like(missing)
        signs = np.where(apart[rows, axis] >= 0, 1.0, -1.0)
        push[rows, axis] = signs * (missing[rows, axis] / 2 + 5 * _TOLERANCE)
        for box, by in ((one, push), (other, -push)):
            np.add.at(move, box, by)
            np.add.at(count, box, 0.25 * (push != 0))
        centers += move / count + off
        if step % _GROW_AFTER == _GROW_AFTER - 1:
            centers *= _GROW
    return _settle(centers, sizes)


def _off_lines(centers: Any, sizes: Any, ends: Any) -> Any:
    """Return the moves (px) that take boxes off the lines across them, ends of lines included."""
    import numpy as np

    move = np.zeros_like(centers)
    if not len(ends):
        return move
    start, end = centers[ends[:, 0]], centers[ends[:, 1]]
    along = end - start
    length = np.maximum(np.hypot(along[:, 0], along[:, 1]), 1)
    across = np.c_[-along[:, 1], along[:, 0]] / length[:, None]
    part = (along @ centers.T - (along * start).sum(1)[:, None]) / length[:, None] ** 2
    distance = across @ centers.T - (across * start).sum(1)[:, None]
    needed = np.abs(across) @ sizes.T / 2 + _LINE_GAP
    missing = needed - np.abs(distance)
    own = (ends[:, :1] == np.arange(len(centers))) | (ends[:, 1:] == np.arange(len(centers)))
    line, box = np.nonzero((missing > 0) & (part > 0) & (part < 1) & ~own)
    step = missing[line, box] * np.where(distance[line, box] >= 0, _LINE_STEP, -_LINE_STEP)
    push = step[:, None] * across[line]
    np.add.at(move, box, push)
    for side in (0, 1):
        np.add.at(move, ends[line, side], -push / 2)
    return np.clip(move, -_MAX_LINE_MOVE, _MAX_LINE_MOVE)


def _spread(centers: Any, sizes: Any) -> Any:
    """Scale centers up until their area has room for all boxes."""
    import numpy as np

    needed = float(((sizes + GAP).prod(1)).sum()) / _FILLED
    area = float(np.prod(centers.max(0) - centers.min(0) + sizes.mean(0)))
    return centers * max(1.0, (needed / area) ** 0.5)


def _close_pairs(centers: Any, sizes: Any) -> tuple[Any, Any]:
    """Return all pairs of boxes that may be closer than ``GAP``, by a sweep from left to right."""
    import numpy as np

    order = np.argsort(centers[:, 0], kind="stable")
    xs = centers[order, 0]
    reach = np.searchsorted(xs, xs + sizes[:, 0].max() + GAP[0], side="right")
    first = np.arange(len(xs))
    counts = reach - first - 1
    one = np.repeat(first, counts)
    other = np.arange(len(one)) - np.repeat(np.cumsum(counts) - counts, counts) + one + 1
    one, other = order[one], order[other]
    close = np.abs(centers[one, 1] - centers[other, 1]) < sizes[:, 1].max() + GAP[1]
    return one[close], other[close]


def _settle(centers: Any, sizes: Any) -> Any:
    """Move each box that still overlaps a box above it downward, starting from the top."""
    import numpy as np

    one, other = _close_pairs(centers, sizes)
    needed = (sizes[one] + sizes[other]) / 2 + GAP
    apart = np.abs(centers[one] - centers[other])
    if not (apart < needed - 2 * _TOLERANCE).all(1).any():
        return centers
    order = np.lexsort((centers[:, 0], centers[:, 1]))
    for rank, box in enumerate(order):
        above = order[:rank]
        needed = (sizes[box] + sizes[above]) / 2 + GAP
        for _ in range(rank):
            close = (np.abs(centers[box] - centers[above]) < needed - 2 * _TOLERANCE).all(1)
            if not close.any():
                break
            centers[box, 1] = (centers[above][close, 1] + needed[close, 1]).max() + _TOLERANCE
    return centers


def pack(parts: list[tuple[Any, Any]], gap: float, aspect_ratio: float) -> list[Any]:
    """Move the parts of a picture (centers and sizes of boxes) side by side without overlap.

    The highest part comes first; each goes where its top is highest (bottom-left packing, upside
    down). Several widths are tried; the result closest to ``aspect_ratio`` (width to
    height) is chosen. Returns the moved centers in the order of the parts; ``gap`` is in px.
    """
    frames = [((centers - size / 2).min(0), (centers + size / 2).max(0)) for centers, size in parts]
    extents = [(float(high[0] - low[0]), float(high[1] - low[1])) for low, high in frames]
    order = sorted(range(len(parts)), key=lambda i: (-extents[i][1], -extents[i][0], i))
    widest = max(width for width, _ in extents)
    total = sum(width + gap for width, _ in extents)

    def fill(max_width: float) -> tuple[float, dict[int, tuple[float, float]]]:
        skyline = [(0.0, max_width + gap, 0.0)]
        corners: dict[int, tuple[float, float]] = {}
        for i in order:
            corners[i], skyline = _drop(skyline, extents[i][0] + gap, extents[i][1] + gap)
        width = max(corners[i][0] + extents[i][0] for i in order)
        height = max(corners[i][1] + extents[i][1] for i in order)
        cost = abs(width / (height or 1) - aspect_ratio) / aspect_ratio + 1e-5 * height
        return cost, corners

    widths = [widest + (total - widest) * step / _WIDTHS_TRIED for step in range(_WIDTHS_TRIED + 1)]
    _, corners = min((fill(width) for width in widths), key=lambda pair: pair[0])
    return [centers - frames[i][0] + corners[i] for i, (centers, _) in enumerate(parts)]


def _drop(skyline: Skyline, width: float, height: float) -> tuple[tuple[float, float], Skyline]:
    """Put a part against a skyline; returns its top left corner and the new skyline."""
    max_width = skyline[-1][1]
    starts = [left for left, _, _ in skyline if left + width <= max_width + _TOLERANCE] or [0.0]

    def level(x: float) -> float:
        return max(
            y
            for left, right, y in skyline
            if left < x + width - _TOLERANCE and right > x + _TOLERANCE
        )

    x = min(starts, key=lambda start: (level(start), start))
    y = level(x)
    before = [(left, min(right, x), step) for left, right, step in skyline if left < x - _TOLERANCE]
    after = [
        (max(left, x + width), right, step)
        for left, right, step in skyline
        if right > x + width + _TOLERANCE
    ]
    return (x, y), [*before, (x, x + width, y + height), *after]
