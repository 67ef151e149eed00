"""SVG elements as text."""

from __future__ import annotations

from collections.abc import Iterable

from kg.pictures.svg import text
from kg.pictures.svg.geometry import num


def el(tag: str, *content: str, **attributes: object) -> str:
    """An SVG element; an attribute is escaped, a float rounded, ``_`` in a name becomes ``-``.

    >>> el("text", "A", x=1.04, font_size=9, class_="a&b")
    '<text x="1" font-size="9" class="a&amp;b">A</text>'
    """
    written = "".join(
        f' {name.rstrip("_").replace("_", "-")}="'
        f'{num(value) if isinstance(value, float) else text.escape(str(value))}"'
        for name, value in attributes.items()
        if value is not None
    )
    inner = "".join(content)
    return f"<{tag}{written}>{inner}</{tag}>" if inner else f"<{tag}{written}/>"


def words(said: str, x: float, y: float, **attributes: object) -> str:
    """One line of text, its baseline at ``y`` px."""
    return el("text", text.escape(said), x=x, y=y, **attributes)


def tooltip(said: Iterable[str]) -> str:
    """A ``<title>``, which browsers show as a tooltip: one line for each text."""
    return f"<title>{chr(10).join(text.escape(line) for line in said)}</title>"
