"""What a reference comes to, as a few kinds that are shown in colors: in pages, copies, reports."""

from __future__ import annotations

from typing import Final

from kg.entities.match import Match

_KINDS: Final = {
    "current": "current",
    "draft": "draft",
    "upcoming": "draft",
    "superseded": "replaced",
    "withdrawn": "replaced",
    "cancelled": "replaced",
}
"""Kinds of the statuses that have one of their own."""
COLORS: Final = {
    "current": ("#d3f0d9", "#17502a"),
    "draft": ("#d8e6fb", "#1f447d"),
    "replaced": ("#ffdcd6", "#8a1f10"),
    "other": ("#fbeec2", "#6b4e00"),
    "none": ("#e6e6ea", "#44444f"),
}
"""Background and text color by kind: in force; not yet in force; replaced, withdrawn or cancelled;
another status or none told; nothing meant for certain."""


def mark_of(match: Match) -> str:
    """Return the kind of what a reference means, a key of :data:`COLORS`."""
    if not match.iri:
        return "none"
    if match.status.successors:
        return "replaced"
    return _KINDS.get(match.status.key, "other")


def style_of_marks(selector: str) -> str:
    """Return the style sheet of the kinds; ``selector`` stands before the class of each."""
    return "".join(
        f"{selector}.{kind} {{ background: {back}; color: {front} }}\n"
        for kind, (back, front) in COLORS.items()
    )
