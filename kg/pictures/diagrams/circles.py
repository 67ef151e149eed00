"""Nested circles: each around those of its parts, none of them over another."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from math import ceil, hypot, pi, sqrt
from typing import Final, TypeVar

_Key = TypeVar("_Key", bound=Hashable)

_GOLDEN: Final = pi * (3 - sqrt(5))
_STEP: Final = 0.4
"""Distance between places of the spiral, as a share of the smallest circle's radius."""
_MOST: Final = 60_000
"""Places of the spiral."""
_APART: Final = 10
"""Distance between outermost circles, as a multiple of that between others."""
_DENSITY: Final = 0.55
"""Share of the area that is surely filled."""


def nest_circles(
    roots: Sequence[_Key],
    parts: Mapping[_Key, Sequence[_Key]],
    own: Mapping[_Key, float],
    gap: float,
    aspect: float = 1.0,
) -> dict[_Key, tuple[float, float, float]]:
    """Return x, y and the radius of the circle around each key and its parts.

    ``parts`` must have no cycles. ``own`` is the radius of a key itself, which lies at the center
    of its circle with its parts around it; ``gap`` is the distance between neighbors. The whole is
    about ``aspect`` times as wide as high.
    """
    radius: dict[_Key, float] = {}
    inside: dict[_Key, list[tuple[float, float]]] = {}
    order = _parts_first(roots, parts)
    for key in order:
        below = parts.get(key, ())
        places, radius[key] = pack_circles([radius[each] for each in below], own[key], gap)
        inside[key] = places
    outermost = [radius[each] for each in roots]
    places, _ = pack_circles(outermost, 0, gap * _APART, aspect)
    found = {key: (x, y, radius[key]) for key, (x, y) in zip(roots, places, strict=True)}
    for key in reversed(order):
        x, y, _ = found[key]
        for each, (dx, dy) in zip(parts.get(key, ()), inside[key], strict=True):
            found[each] = (x + dx, y + dy, radius[each])
    return found


def pack_circles(
    radii: Sequence[float], center: float, gap: float, aspect: float = 1.0
) -> tuple[list[tuple[float, float]], float]:
    """Place circles close around the origin, and return the places and the radius around all.

    A circle of the radius ``center`` at the origin stays free. The largest are placed first, each
    at the first free place of a sunflower's spiral (https://doi.org/10.1016/0025-5564(79)90080-4).
    """
    import numpy as np

    if not radii:
        return [], center
    areas = sum((radius + gap) ** 2 for radius in radii) + center**2
    reach = sqrt(areas / _DENSITY) + 2 * (max(radii) + gap) + center
    step = max(_STEP * (min(radii) + gap), reach / sqrt(_MOST))
    at = np.arange(ceil((reach / step) ** 2), dtype=float)
    spiral = (
        np.stack((np.cos(at * _GOLDEN), np.sin(at * _GOLDEN)), 1) * (step * np.sqrt(at))[:, None]
    )
    spiral *= [sqrt(aspect), 1 / sqrt(aspect)]
    # How far each place of the spiral is from the nearest circle.
    free = np.hypot(spiral[:, 0], spiral[:, 1]) - center if center else np.full(len(at), np.inf)
    places = [(0.0, 0.0)] * len(radii)
    around = center
    for each in sorted(range(len(radii)), key=lambda index: -radii[index]):
        fits = free >= radii[each] + gap
        chosen = int(fits.argmax() if fits.any() else free.argmax())
        x, y = map(float, spiral[chosen])
        places[each] = x, y
        around = max(around, hypot(x, y) + radii[each])
        free = np.minimum(free, np.hypot(spiral[:, 0] - x, spiral[:, 1] - y) - radii[each])
    return places, around + gap


def _parts_first(roots: Sequence[_Key], parts: Mapping[_Key, Sequence[_Key]]) -> list[_Key]:
    order: list[_Key] = []
    waiting = list(reversed(roots))
    while waiting:
        key = waiting.pop()
        order.append(key)
        waiting.extend(reversed(parts.get(key, ())))
    return order[::-1]
