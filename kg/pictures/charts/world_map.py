"""The land of the world and the middle of each country, in the Equal Earth projection.

The outlines are those of Natural Earth (public domain, https://www.naturalearthdata.com/) as
TopoJSON (https://github.com/topojson/topojson-specification) from the package world-atlas, see
``hatch_build.py``. Only coasts are drawn: countries are points, so that no border is asserted. The
projection keeps areas (https://doi.org/10.1080/13658816.2018.1504949).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from math import asin, cos, radians, sin, sqrt
from pathlib import Path
from typing import Any, Final

_VENDOR: Final = Path(__file__).resolve().parents[1] / "vendor"
_LAND: Final = _VENDOR / "land-110m.json"
_COUNTRIES: Final = _VENDOR / "countries-50m.json"
WIDTH: Final = 1000.0
"""Of the map, in px."""
_WIDEST: Final = 2.7066299836
"""Half the width of the projected globe of radius 1."""
_SCALE: Final = WIDTH / (2 * _WIDEST)
_NORTH: Final = 84.0
_SOUTH: Final = -57.0
"""Land that reaches farther south is left out: it has no countries."""
_FACTORS: Final = (1.340264, -0.081106, 0.000893, 0.003796)
_JUMP: Final = 180.0
"""Degrees between two points on both sides of the date line."""

Ring = list[tuple[float, float]]


def is_available() -> bool:
    """Return whether the outlines are there; a checkout that was not built lacks them."""
    return _LAND.is_file() and _COUNTRIES.is_file()


def project(longitude: float, latitude: float) -> tuple[float, float]:
    """Return the place of a point (degrees) on the map, in px from the top left.

    >>> [round(value) for value in project(0, 0)]
    [500, 241]
    """
    x, y = _equal_earth(longitude, latitude)
    top = _equal_earth(0, _NORTH)[1]
    return WIDTH / 2 + x * _SCALE, (top - y) * _SCALE


def height() -> float:
    """Return the height of the map, in px."""
    return project(0, _SOUTH)[1]


@cache
def land_path() -> str:
    """Return the coasts as the path of an SVG."""
    parts = []
    for polygon in _polygons(_LAND, "land"):
        for ring in polygon["rings"]:
            if all(y > _SOUTH for _, y in ring):
                parts += [_path(part) for part in _split(ring)]
    return "".join(parts)


@cache
def country_points() -> Mapping[str, tuple[float, float]]:
    """Return the middle of each country's largest land on the map, by ISO 3166-1 alpha-2."""
    from babel.core import get_global

    codes = get_global("territory_aliases")
    points: dict[str, tuple[float, tuple[float, float]]] = {}
    for polygon in _polygons(_COUNTRIES, "countries"):
        code = codes.get(polygon["id"] or "", ())
        if len(code) == 1:
            area, middle = _middle(polygon["rings"][0])
            if area > points.get(code[0], (0.0, middle))[0]:
                points[code[0]] = area, middle
    return {code: project(*middle) for code, (_, middle) in points.items()}


def _path(ring: Ring) -> str:
    points = [project(x, min(y, _NORTH)) for x, y in ring]
    return "M" + "L".join(f"{x:.0f} {y:.0f}" for x, y in points) + "Z"


def _split(ring: Ring) -> list[Ring]:
    """Cut a ring where it crosses the date line, which is the edge of the map."""
    parts: list[Ring] = [[]]
    for point in ring:
        if parts[-1] and abs(point[0] - parts[-1][-1][0]) > _JUMP:
            parts.append([])
        parts[-1].append(point)
    if len(parts) > 1 and abs(ring[0][0] - ring[-1][0]) < _JUMP:
        parts[0] = parts.pop() + parts[0]
    return parts


def _equal_earth(longitude: float, latitude: float) -> tuple[float, float]:
    a1, a2, a3, a4 = _FACTORS
    t = asin(sqrt(3) / 2 * sin(radians(latitude)))
    t2, t6 = t**2, t**6
    slope = a1 + 3 * a2 * t2 + t6 * (7 * a3 + 9 * a4 * t2)
    x = 2 * sqrt(3) * radians(longitude) * cos(t) / (3 * slope)
    return x, t * (a1 + a2 * t2 + t6 * (a3 + a4 * t2))


def _polygons(file: Path, name: str) -> list[dict[str, Any]]:
    """Return the polygons of an object, each with the id of its geometry and its rings."""
    topology = json.loads(file.read_text(encoding="utf-8"))
    arcs = [_arc(arc, topology["transform"]) for arc in topology["arcs"]]
    found = []
    for geometry in topology["objects"][name]["geometries"]:
        shapes = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        found += [
            {"id": geometry.get("id"), "rings": [_ring(ring, arcs) for ring in shape]}
            for shape in shapes
        ]
    return found


def _arc(arc: Sequence[Sequence[int]], transform: Mapping[str, Sequence[float]]) -> Ring:
    (kx, ky), (dx, dy) = transform["scale"], transform["translate"]
    x = y = 0
    points = []
    for step_x, step_y in arc:
        x, y = x + step_x, y + step_y
        points.append((x * kx + dx, y * ky + dy))
    return points


def _ring(indexes: Sequence[int], arcs: Sequence[Ring]) -> Ring:
    """Join arcs; a negative index is an arc that is taken backwards (its one's complement)."""
    ring: Ring = []
    for index in indexes:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        ring += arc[1:] if ring else arc
    return ring


def _middle(ring: Ring) -> tuple[float, tuple[float, float]]:
    """Return the area (in squares of degrees at the equator) and the centroid of a ring."""
    double, x, y = 0.0, 0.0, 0.0
    for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True):
        cross = x1 * y2 - x2 * y1
        double, x, y = double + cross, x + (x1 + x2) * cross, y + (y1 + y2) * cross
    if not double:
        return 0.0, ring[0]
    middle = x / (3 * double), y / (3 * double)
    return abs(double) / 2 * cos(radians(middle[1])), middle
