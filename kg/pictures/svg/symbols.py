"""Small symbols that show the group of a node by shape as well as by color."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable

from kg.entities.groups import GROUPS
from kg.pictures.svg.elements import element
from kg.pictures.svg.geometry import Point, px
from kg.pictures.svg.style import GROUP_STYLES, group_color


def group_symbol(group: str, center: Point, radius: float, dark: bool) -> str:
    """Return the symbol of a group around a center; ``radius`` in px."""
    shape = GROUP_STYLES.get(group, GROUP_STYLES["topic"]).shape
    x, y = center
    fill = group_color(group, dark)
    if shape == "ellipse":
        return element("circle", cx=float(x), cy=float(y), r=float(radius), fill=fill)
    if shape in ("rectangle", "round-rectangle"):
        half = radius * 0.88
        corner = radius * 0.5 if shape == "round-rectangle" else None
        return element(
            "rect", x=x - half, y=y - half, width=2 * half, height=2 * half, rx=corner, fill=fill
        )
    points = " ".join(f"{px(x + radius * a)},{px(y + radius * b)}" for a, b in _outline(shape))
    return element("polygon", points=points, fill=fill)


def group_legend(present: Collection[str], lang: str, dark: bool) -> list[tuple[str, str]]:
    """Return legend items (symbol as SVG, name) of the groups in a picture."""
    return [
        (group_symbol(group, (8, -4), 6, dark), name.of(lang))
        for group, name in GROUPS.items()
        if group in present
    ]


def _outline(shape: str) -> Iterable[Point]:
    if shape == "star":
        return [
            _on_circle((corner + 5 / 2) / 10 - 0.5, 1.2 if corner % 2 == 0 else 0.5)
            for corner in range(10)
        ]
    if shape == "tag":
        return [(-1.1, -0.7), (0.4, -0.7), (1.1, 0), (0.4, 0.7), (-1.1, 0.7)]
    if shape == "rhomboid":
        return [(-1.15, -0.75), (0.55, -0.75), (1.15, 0.75), (-0.55, 0.75)]
    if shape == "triangle":
        return [(0, -1.05), (1.1, 0.85), (-1.1, 0.85)]
    corners = {"diamond": 4, "pentagon": 5, "hexagon": 6, "octagon": 8}.get(shape, 4)
    first = {"hexagon": 0.0, "octagon": 1 / 16}.get(shape, -0.25)
    return [_on_circle(first + corner / corners, 1.12) for corner in range(corners)]


def _on_circle(turn: float, radius: float) -> Point:
    return radius * math.cos(turn * 2 * math.pi), radius * math.sin(turn * 2 * math.pi)
