"""Points and rectangles, in px."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

Point: TypeAlias = tuple[float, float]


@dataclass(frozen=True)
class Rect:
    """A rectangle in px: left, top, right and bottom."""

    x0: float
    y0: float
    x1: float
    y1: float

    @classmethod
    def around(cls, center: Point, size: tuple[float, float]) -> Rect:
        """Return the rectangle of a size (width, height) around a center."""
        (x, y), (w, h) = center, size
        return cls(x - w / 2, y - h / 2, x + w / 2, y + h / 2)

    @property
    def center(self) -> Point:
        """The center point."""
        return (self.x0 + self.x1) / 2, (self.y0 + self.y1) / 2

    def expanded(self, by: float) -> Rect:
        """Return the rectangle with ``by`` px more on each side."""
        return Rect(self.x0 - by, self.y0 - by, self.x1 + by, self.y1 + by)

    def contains(self, point: Point) -> bool:
        """Return whether a point lies inside, not on the border."""
        return self.x0 < point[0] < self.x1 and self.y0 < point[1] < self.y1

    def overlaps(self, other: Rect) -> bool:
        """Return whether two rectangles share an area."""
        return (
            self.x0 < other.x1 and other.x0 < self.x1 and self.y0 < other.y1 and other.y0 < self.y1
        )


def px(value: float) -> str:
    """Return a length or coordinate as written in SVG, rounded to a tenth of a px.

    >>> px(12.0), px(3.14159), px(-0.01)
    ('12', '3.1', '0')
    """
    return f"{round(value, 1) + 0.0:.1f}".removesuffix(".0")
