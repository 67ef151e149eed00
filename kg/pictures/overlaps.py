"""Boxes that overlap are pushed apart, and loose parts are packed side by side."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix = NDArray[np.float64]

GAP: Final = (34.0, 26.0)
"""The least room between two boxes, beside and above each other, in px."""

_ROUNDS: Final = 600
_FEW: Final = 600
_HAIR: Final = 0.01


def push_apart(places: Any, sizes: Any, rooms: Iterable[tuple[int, int, float, float]] = ()) -> Any:
    """Places (px, centers) near the given ones at which no two boxes come nearer than ``GAP``.

    Boxes that an edge joins keep room for its label: ``rooms`` has pairs with its width and height.

    Each pair that is too near moves along the axis on which less is to go, each by one half. What
    is left after many rounds is settled by moving boxes down one by one.
    """
    import numpy as np  # noqa: PLC0415

    places = np.array(places, dtype=np.float64)
    need = (sizes[:, None, :] + sizes[None, :, :]) / 2 + np.array(GAP)
    for one, other, wide, high in rooms:
        room = (sizes[one] + sizes[other]) / 2 + np.array(GAP) + (wide, high)
        need[one, other] = need[other, one] = np.maximum(need[one, other], room)
    upper = np.triu(np.ones((len(places), len(places)), dtype=bool), 1)
    for _ in range(_ROUNDS if len(places) < _FEW else _ROUNDS // 6):
        apart = places[:, None, :] - places[None, :, :]
        lack = need - np.abs(apart)
        near = (lack > _HAIR).all(-1) & upper
        if not near.any():
            break
        first, second = np.nonzero(near)
        miss = lack[first, second]
        axis = np.where(miss[:, 0] * 0.6 < miss[:, 1], 0, 1)
        rows = np.arange(len(first))
        step = np.zeros((len(first), 2))
        signs = np.where(apart[first, second, axis] >= 0, 1.0, -1.0)
        step[rows, axis] = signs * (miss[rows, axis] / 2 + 0.05)
        move, count = np.zeros_like(places), np.ones_like(places)
        for node, by in ((first, step), (second, -step)):
            np.add.at(move, node, by)
            np.add.at(count, node, 0.25 * (step != 0))
        places += move / count
    return _settle(places, need)


def _settle(places: Any, need: Any) -> Any:
    import numpy as np  # noqa: PLC0415

    order = np.lexsort((places[:, 0], places[:, 1]))
    for rank, node in enumerate(order):
        before = order[:rank]
        for _ in range(rank):
            apart = np.abs(places[node] - places[before])
            near = before[(apart < need[node, before] - 2 * _HAIR).all(1)]
            if not len(near):
                break
            places[node, 1] = (places[near, 1] + need[node, near, 1]).max() + _HAIR
    return places


def pack(parts: list[tuple[Any, Any]], gap: float, ratio: float) -> list[Any]:
    """Move the parts of a picture (places and sizes of boxes) side by side, none over another.

    Parts fill shelves from the left, the largest first; the width at which the whole comes nearest
    to ``ratio`` (width to height) is taken. Returns the moved places in the order given.
    """
    frames = [((at - size / 2).min(0), (at + size / 2).max(0)) for at, size in parts]
    extents = [high - low for low, high in frames]
    order = sorted(range(len(parts)), key=lambda i: (-extents[i][1], -extents[i][0], i))
    widest = max(float(extent[0]) for extent in extents)
    total = sum(float(extent[0]) + gap for extent in extents)

    def shelves(most: float) -> tuple[float, dict[int, tuple[float, float]]]:
        at: dict[int, tuple[float, float]] = {}
        x = y = height = reach = 0.0
        for i in order:
            wide, high = map(float, extents[i])
            if x and x + wide > most:
                x, y, height = 0.0, y + height + gap, 0.0
            at[i] = (x, y)
            x, height = x + wide + gap, max(height, high)
            reach = max(reach, x - gap)
        whole = y + height
        return abs(reach / (whole or 1) - ratio) / ratio + 1e-5 * whole, at

    tries = [widest + (total - widest) * step / 24 for step in range(25)]
    _, at = min((shelves(most + 0.1) for most in tries), key=lambda pair: pair[0])
    return [places - frames[i][0] + at[i] for i, (places, _) in enumerate(parts)]
