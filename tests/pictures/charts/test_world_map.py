"""The map of the world: where places are on it, and that no coast crosses it."""

from __future__ import annotations

import re
from itertools import pairwise
from math import cos, radians

import pytest

from kg.pictures.charts.world_map import WIDTH, country_points, height, land_path, project


def test_the_projection_keeps_areas() -> None:
    def area(latitude: float) -> float:
        """Of a square degree; the map has the same for all, beside the cosine."""
        (x1, y1), (x2, y2) = project(0, latitude), project(1, latitude + 0.1)
        (x3, _), (x4, _) = project(0, latitude + 0.1), project(1, latitude)
        return ((x4 - x1) + (x2 - x3)) / 2 * (y1 - y2)

    shares = [area(each) / cos(radians(each + 0.05)) for each in (-50, 0, 30, 70)]
    assert shares == pytest.approx([shares[0]] * 4, rel=1e-3)


def test_countries_lie_where_they_are() -> None:
    points = country_points()
    assert len(points) > 200
    for code, longitude, latitude in (("CN", 103, 36), ("SG", 104, 1), ("BR", -53, -11)):
        assert points[code] == pytest.approx(project(longitude, latitude), abs=12)
    for x, y in points.values():
        assert 0 <= x <= WIDTH
        assert y > 0
    assert height() == pytest.approx(WIDTH * 0.435, rel=0.02)


def test_a_coast_at_the_date_line_does_not_cross_the_map() -> None:
    for part in land_path().split("Z"):
        xs = [int(x) for x in re.findall(r"[ML](-?\d+) ", part)]
        assert all(abs(a - b) < WIDTH / 3 for a, b in pairwise(xs))
