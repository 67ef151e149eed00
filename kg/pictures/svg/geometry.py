"""Points and rectangles, in px."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

Point: TypeAlias = tuple[float, float]


@dataclass(frozen=True)
class Rect:
    """A rectangle in px: its left, top, right and bottom."""

    x0: float
    y0: float
    x1: float
    y1: float

    @classmethod
    def around(cls, center: Point, size: tuple[float, float]) -> Rect:
        """The rectangle of a size around a center."""
        (x, y), (w, h) = center, size
        return cls(x - w / 2, y - h / 2, x + w / 2, y + h / 2)

    @property
    def center(self) -> Point:
        """The point in its middle."""
        return (self.x0 + self.x1) / 2, (self.y0 + self.y1) / 2

    def grown(self, by: float) -> Rect:
        """The rectangle with ``by`` px more on each side."""
        return Rect(self.x0 - by, self.y0 - by, self.x1 + by, self.y1 + by)

    def holds(self, point: Point) -> bool:
        """Whether a point lies inside."""
        return self.x0 < point[0] < self.x1 and self.y0 < point[1] < self.y1

    def meets(self, other: Rect) -> bool:
        """Whether two rectangles share some ground."""
        return (
            self.x0 < other.x1 and other.x0 < self.x1 and self.y0 < other.y1 and other.y0 < self.y1
        )


def num(value: float) -> str:
    """A coordinate as SVG has it, rounded to a tenth.

    >>> num(12.0), num(3.14159), num(-0.01)
    ('12', '3.1', '0')
    """
    return f"{round(value, 1) + 0.0:.1f}".removesuffix(".0")
