"""How groups of things look, in all pictures alike: fill in light and dark, and shape."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Look:
    """Fill colors (hex) for a light and a dark ground, and the shape of the node.

    Shapes differ as well as colors, so that a picture can be read without color.
    """

    light: str
    dark: str
    shape: str


LOOKS: Final[Mapping[str, Look]] = {
    "body": Look("#1f77b4", "#5aa9e6", "ellipse"),
    "organization": Look("#17a2a2", "#4fd1c5", "round-rectangle"),
    "people": Look("#8c6d31", "#d6b370", "ellipse"),
    "place": Look("#6b7a8f", "#a3b1c6", "rectangle"),
    "standard": Look("#c0392b", "#ff8a7a", "rectangle"),
    "decision": Look("#8e44ad", "#c99be0", "diamond"),
    "event": Look("#d68910", "#f5b94d", "round-rectangle"),
    "reform": Look("#2e8b57", "#6fcf97", "hexagon"),
    "document": Look("#7f5539", "#c9a27e", "rectangle"),
    "figure": Look("#ad1457", "#f06292", "triangle"),
    "topic": Look("#5d6d7e", "#b0bec5", "tag"),
}
"""The look of each group of :data:`kg.views.groups.GROUPS`."""
