"""Boxes that overlap are pushed apart, and loose parts are packed side by side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final, TypeAlias

Skyline: TypeAlias = list[tuple[float, float, float]]

GAP: Final = (34.0, 26.0)
"""The least room between two boxes, beside and above each other, in px."""

_ROUNDS: Final = 600
_GROW_AFTER: Final = 50
_GROW: Final = 1.05
_FLAT: Final = 0.6
_FILLED: Final = 0.5
_HAIR: Final = 0.01
_LINE_ROUNDS: Final = 200
_OFF: Final = 6.0
_SOFT: Final = 0.12
_JUMP: Final = 12.0
_TRIES: Final = 24


def push_apart(
    places: Any,
    sizes: Any,
    rooms: Iterable[tuple[int, int, float, float]] = (),
    lines: Sequence[tuple[int, int]] = (),
) -> Any:
    """Places (px, centers) near the given ones at which no two boxes come nearer than ``GAP``.

    Boxes that an edge joins keep room for its label: ``rooms`` has pairs with its width and height.
    Boxes on which ``lines`` between others lie move off them as far as that goes.

    Each pair that is too near moves along the axis on which less is to go, each by one half, over
    and over; what is too crowded for that grows. What is left in the end moves down box by box.
    """
    import numpy as np

    places = _spread(np.array(places, dtype=np.float64), sizes)
    extra: dict[tuple[int, int], Any] = {}
    for one, other, wide, high in rooms:
        pair = min(one, other), max(one, other)
        extra[pair] = np.maximum(extra.get(pair, 0), (wide, high))
    joined = np.array(sorted(extra), dtype=int).reshape(-1, 2)
    room = np.array([extra[one, other] for one, other in joined.tolist()]).reshape(-1, 2)
    ends = np.array([line for line in lines if line[0] != line[1]], dtype=int).reshape(-1, 2)
    for step in range(_ROUNDS):
        off = _off_lines(places, sizes, ends) if step < _LINE_ROUNDS else np.zeros_like(places)
        one, other = _near(places, sizes)
        gaps = np.tile(GAP, (len(one), 1))
        one, other = np.r_[one, joined[:, 0]], np.r_[other, joined[:, 1]]
        need = (sizes[one] + sizes[other]) / 2 + np.r_[gaps, room + GAP]
        apart = places[one] - places[other]
        lack = need - np.abs(apart)
        near = (lack > _HAIR).all(1)
        if not near.any() and not off.any():
            break
        move, count = np.zeros_like(places), np.ones_like(places)
        one, other, lack, apart = one[near], other[near], lack[near], apart[near]
        axis = np.where(lack[:, 0] * _FLAT < lack[:, 1], 0, 1)
        rows = np.arange(len(one))
        push = np.zeros_like(lack)
        signs = np.where(apart[rows, axis] >= 0, 1.0, -1.0)
        push[rows, axis] = signs * (lack[rows, axis] / 2 + 5 * _HAIR)
        for node, by in ((one, push), (other, -push)):
            np.add.at(move, node, by)
            np.add.at(count, node, 0.25 * (push != 0))
        places += move / count + off
        if step % _GROW_AFTER == _GROW_AFTER - 1:
            places *= _GROW
    return _settle(places, sizes)


def _off_lines(places: Any, sizes: Any, ends: Any) -> Any:
    """How far (px) each box moves to come off the lines through it, and they off it."""
    import numpy as np

    move = np.zeros_like(places)
    if not len(ends):
        return move
    start, end = places[ends[:, 0]], places[ends[:, 1]]
    along = end - start
    length = np.maximum(np.hypot(along[:, 0], along[:, 1]), 1)
    across = np.c_[-along[:, 1], along[:, 0]] / length[:, None]
    part = (along @ places.T - (along * start).sum(1)[:, None]) / length[:, None] ** 2
    aside = across @ places.T - (across * start).sum(1)[:, None]
    half = np.abs(across) @ sizes.T / 2 + _OFF
    lack = half - np.abs(aside)
    own = (ends[:, :1] == np.arange(len(places))) | (ends[:, 1:] == np.arange(len(places)))
    line, node = np.nonzero((lack > 0) & (part > 0) & (part < 1) & ~own)
    step = lack[line, node] * np.where(aside[line, node] >= 0, _SOFT, -_SOFT)
    push = step[:, None] * across[line]
    np.add.at(move, node, push)
    for side in (0, 1):
        np.add.at(move, ends[line, side], -push / 2)
    return np.clip(move, -_JUMP, _JUMP)


def _spread(places: Any, sizes: Any) -> Any:
    """The same places, drawn out as far as all boxes need to have room at all."""
    import numpy as np

    wanted = float(((sizes + GAP).prod(1)).sum()) / _FILLED
    there = float(np.prod(places.max(0) - places.min(0) + sizes.mean(0)))
    return places * max(1.0, (wanted / there) ** 0.5)


def _near(places: Any, sizes: Any) -> tuple[Any, Any]:
    """All pairs of boxes that may be nearer than ``GAP``: a sweep from left to right."""
    import numpy as np

    order = np.argsort(places[:, 0], kind="stable")
    xs = places[order, 0]
    reach = np.searchsorted(xs, xs + sizes[:, 0].max() + GAP[0], side="right")
    first = np.arange(len(xs))
    counts = reach - first - 1
    one = np.repeat(first, counts)
    other = np.arange(len(one)) - np.repeat(np.cumsum(counts) - counts, counts) + one + 1
    one, other = order[one], order[other]
    close = np.abs(places[one, 1] - places[other, 1]) < sizes[:, 1].max() + GAP[1]
    return one[close], other[close]


def _settle(places: Any, sizes: Any) -> Any:
    """Move down, from the top on, each box that still lies on one above it."""
    import numpy as np

    one, other = _near(places, sizes)
    need = (sizes[one] + sizes[other]) / 2 + GAP
    if not (np.abs(places[one] - places[other]) < need - 2 * _HAIR).all(1).any():
        return places
    order = np.lexsort((places[:, 0], places[:, 1]))
    for rank, node in enumerate(order):
        before = order[:rank]
        need = (sizes[node] + sizes[before]) / 2 + GAP
        for _ in range(rank):
            near = (np.abs(places[node] - places[before]) < need - 2 * _HAIR).all(1)
            if not near.any():
                break
            places[node, 1] = (places[before][near, 1] + need[near, 1]).max() + _HAIR
    return places


def pack(parts: list[tuple[Any, Any]], gap: float, ratio: float) -> list[Any]:
    """Move the parts of a picture (places and sizes of boxes) side by side, none over another.

    The highest comes first; each falls to where its top is highest (bottom-left, upside down). Of
    some widths the one is taken at which the whole comes nearest to ``ratio`` (width to height).
    Returns the moved places in the order given.
    """
    frames = [((at - size / 2).min(0), (at + size / 2).max(0)) for at, size in parts]
    extents = [(float(high[0] - low[0]), float(high[1] - low[1])) for low, high in frames]
    order = sorted(range(len(parts)), key=lambda i: (-extents[i][1], -extents[i][0], i))
    widest = max(wide for wide, _ in extents)
    total = sum(wide + gap for wide, _ in extents)

    def fill(most: float) -> tuple[float, dict[int, tuple[float, float]]]:
        skyline = [(0.0, most + gap, 0.0)]
        at: dict[int, tuple[float, float]] = {}
        for i in order:
            at[i], skyline = _drop(skyline, extents[i][0] + gap, extents[i][1] + gap)
        reach = max(at[i][0] + extents[i][0] for i in order)
        high = max(at[i][1] + extents[i][1] for i in order)
        return abs(reach / (high or 1) - ratio) / ratio + 1e-5 * high, at

    tries = [widest + (total - widest) * step / _TRIES for step in range(_TRIES + 1)]
    _, at = min((fill(most) for most in tries), key=lambda pair: pair[0])
    return [places - frames[i][0] + at[i] for i, (places, _) in enumerate(parts)]


def _drop(skyline: Skyline, wide: float, high: float) -> tuple[tuple[float, float], Skyline]:
    """Where a part falls on a skyline (left, right and level of each step), and the new skyline."""
    most = skyline[-1][1]
    starts = [left for left, _, _ in skyline if left + wide <= most + _HAIR] or [0.0]

    def level(x: float) -> float:
        return max(y for left, right, y in skyline if left < x + wide - _HAIR and right > x + _HAIR)

    x = min(starts, key=lambda start: (level(start), start))
    y = level(x)
    before = [(left, min(right, x), up) for left, right, up in skyline if left < x - _HAIR]
    after = [
        (max(left, x + wide), right, up) for left, right, up in skyline if right > x + wide + _HAIR
    ]
    return (x, y), [*before, (x, x + wide, y + high), *after]
