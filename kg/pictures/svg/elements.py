"""SVG elements as text."""

from __future__ import annotations

from collections.abc import Iterable

from kg.pictures.svg import text
from kg.pictures.svg.geometry import px


def element(tag: str, *content: str, **attributes: object) -> str:
    """Write an SVG element around content that is SVG already.

    Attribute values are escaped, floats rounded, and None omits the attribute; ``_`` in a name
    becomes ``-``, a final one is dropped.

    >>> element("text", "A", x=1.04, font_size=9, class_="a&b")
    '<text x="1" font-size="9" class="a&amp;b">A</text>'
    """
    written = "".join(
        f' {name.rstrip("_").replace("_", "-")}="'
        f'{px(value) if isinstance(value, float) else text.escape(str(value))}"'
        for name, value in attributes.items()
        if value is not None
    )
    inner = "".join(content)
    return f"<{tag}{written}>{inner}</{tag}>" if inner else f"<{tag}{written}/>"


def text_line(line: str, x: float, y: float, **attributes: object) -> str:
    """Return a ``<text>`` of one line with its baseline at ``y`` px."""
    return element("text", text.escape(line), x=x, y=y, **attributes)


def tooltip(lines: Iterable[str]) -> str:
    """Return a ``<title>``, which browsers show as a tooltip."""
    return f"<title>{chr(10).join(text.escape(line) for line in lines)}</title>"
