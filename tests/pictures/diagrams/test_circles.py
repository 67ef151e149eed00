"""Nested circles: parts inside their whole, and no circle over another."""

from __future__ import annotations

import random
from itertools import combinations
from math import dist

from kg.pictures.diagrams.circles import nest_circles, pack_circles


def test_no_circle_is_over_another_or_over_the_center() -> None:
    drawn = random.Random(7)
    radii = [drawn.choice([1, 1.5, 4, 9]) for _ in range(150)]
    places, around = pack_circles(radii, 6, 0.5)
    circles = list(zip(places, radii, strict=True))
    for (one, r), (other, s) in combinations(circles, 2):
        assert dist(one, other) >= r + s + 0.5 - 1e-9
    for place, r in circles:
        assert 6 + r <= dist(place, (0, 0)) + 1e-9
        assert dist(place, (0, 0)) + r <= around


def test_parts_lie_in_their_whole() -> None:
    parts = {"a": ["b", "c"], "b": ["d", "e", "f"]}
    own = dict.fromkeys("abcdefg", 1.0)
    found = nest_circles(["a", "g"], parts, own, 0.2)
    assert found.keys() == own.keys()
    for whole, inside in parts.items():
        x, y, r = found[whole]
        for part in inside:
            assert dist(found[part][:2], (x, y)) + found[part][2] <= r
    assert dist(found["a"][:2], found["g"][:2]) > found["a"][2] + found["g"][2]
