"""Colors, shapes and fonts shared by all pictures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class GroupStyle:
    """Fill colors (hex) on a light and a dark background, and the shape of a node.

    Shapes differ as well as colors, so that a picture can be read without color; shape names are
    those of Cytoscape.js. Each color has a contrast of at least 4.5 to 1 against its background
    (WCAG 2.2, 1.4.3), so that it may carry text or be text.
    """

    light: str
    dark: str
    shape: str


GROUP_STYLES: Final[Mapping[str, GroupStyle]] = {
    "body": GroupStyle("#1e40af", "#7aa2ff", "ellipse"),
    "organization": GroupStyle("#0369a1", "#4cc3ff", "round-rectangle"),
    "people": GroupStyle("#6b6b00", "#d3cf5a", "pentagon"),
    "place": GroupStyle("#0f766e", "#3fd1bf", "octagon"),
    "standard": GroupStyle("#c2372a", "#ff8a7a", "rectangle"),
    "decision": GroupStyle("#6d3fd1", "#b79bff", "diamond"),
    "event": GroupStyle("#b45309", "#f7a94b", "star"),
    "reform": GroupStyle("#3f7d20", "#86d36b", "hexagon"),
    "document": GroupStyle("#795548", "#cfa58f", "rhomboid"),
    "figure": GroupStyle("#b0186b", "#ff82bd", "triangle"),
    "topic": GroupStyle("#5b6878", "#aab7c8", "tag"),
}
"""The style of each group of :data:`kg.entities.groups.GROUPS`."""

FONTS: Final = (
    "'Noto Sans CJK SC','Noto Sans SC','Source Han Sans SC','PingFang SC',"
    "'Microsoft YaHei',sans-serif"
)
"""CSS list of fonts with simplified Chinese glyphs; most machines have one of them."""


@dataclass(frozen=True)
class Palette:
    """Colors (hex) besides those of nodes: background, text, secondary text, lines, faint lines."""

    paper: str
    ink: str
    soft: str
    line: str
    faint: str


LIGHT: Final = Palette("#ffffff", "#1b2430", "#556070", "#8f9bab", "#e3e7ed")
DARK: Final = Palette("#11161d", "#e8edf3", "#a6b1c0", "#66717f", "#2a323d")


def palette(dark: bool) -> Palette:
    """Return the palette of a dark or a light picture."""
    return DARK if dark else LIGHT


def group_color(group: str, dark: bool) -> str:
    """Return the color of a group; an unknown group gets that of topics."""
    style = GROUP_STYLES.get(group, GROUP_STYLES["topic"])
    return style.dark if dark else style.light


def blend(color: str, other: str, share: float) -> str:
    """Mix two colors (hex), with ``share`` (0 to 1) of the first.

    >>> blend("#000000", "#ffffff", 0.2)
    '#cccccc'
    """
    channels = ((int(color[i : i + 2], 16), int(other[i : i + 2], 16)) for i in (1, 3, 5))
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02x}" for a, b in channels)
