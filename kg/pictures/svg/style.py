"""How groups of things look, in all pictures alike: fill in light and dark, and shape."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Look:
    """Fill colors (hex) for a light and a dark ground, and the shape of the node.

    Shapes differ as well as colors, so that a picture can be read without color; their names are
    those of Cytoscape.js. A color has a contrast of 4.5 to 1 or more against its ground (WCAG 2.2,
    1.4.3), so that it may carry text or be text.
    """

    light: str
    dark: str
    shape: str


LOOKS: Final[Mapping[str, Look]] = {
    "body": Look("#1e40af", "#7aa2ff", "ellipse"),
    "organization": Look("#0369a1", "#4cc3ff", "round-rectangle"),
    "people": Look("#6b6b00", "#d3cf5a", "pentagon"),
    "place": Look("#0f766e", "#3fd1bf", "octagon"),
    "standard": Look("#c2372a", "#ff8a7a", "rectangle"),
    "decision": Look("#6d3fd1", "#b79bff", "diamond"),
    "event": Look("#b45309", "#f7a94b", "star"),
    "reform": Look("#3f7d20", "#86d36b", "hexagon"),
    "document": Look("#795548", "#cfa58f", "rhomboid"),
    "figure": Look("#b0186b", "#ff82bd", "triangle"),
    "topic": Look("#5b6878", "#aab7c8", "tag"),
}
"""The look of each group of :data:`kg.entities.groups.GROUPS`."""

FONTS: Final = (
    "'Noto Sans CJK SC','Noto Sans SC','Source Han Sans SC','PingFang SC',"
    "'Microsoft YaHei',sans-serif"
)
"""Fonts with simplified Chinese glyphs, as CSS names them; one of them is on most machines."""


@dataclass(frozen=True)
class Ground:
    """The colors (hex) of what is no node: paper, text, secondary text, lines."""

    paper: str
    ink: str
    soft: str
    line: str
    faint: str


GROUND: Final[Mapping[bool, Ground]] = {
    False: Ground("#ffffff", "#1b2430", "#556070", "#8f9bab", "#e3e7ed"),
    True: Ground("#11161d", "#e8edf3", "#a6b1c0", "#66717f", "#2a323d"),
}
"""The ground of a picture, by whether it is dark."""


def color(group: str, dark: bool) -> str:
    """The color of a group on a light or a dark ground; one that is not known looks like a term."""
    look = LOOKS.get(group, LOOKS["topic"])
    return look.dark if dark else look.light


def mix(one: str, other: str, share: float) -> str:
    """A color between two (hex), with ``share`` (0 to 1) of the first.

    >>> mix("#000000", "#ffffff", 0.2)
    '#cccccc'
    """
    pairs = ((int(one[i : i + 2], 16), int(other[i : i + 2], 16)) for i in (1, 3, 5))
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02x}" for a, b in pairs)
