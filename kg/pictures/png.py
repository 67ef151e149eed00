"""SVG to PNG without a browser, in a font with simplified Chinese glyphs.

Rendered by resvg (https://github.com/linebender/resvg, Apache-2.0 or MIT) through resvg-py (MIT).
The font is Noto Sans SC (SIL Open Font License 1.1) from a package, so that a picture looks the
same on every machine. Noto's pan-CJK font for traditional Chinese would draw simplified text with
the wrong glyphs, since resvg does not choose glyphs by language.
"""

from __future__ import annotations

import math
import re
from typing import Final

from kg.common.errors import ArgumentError, ExportError, MissingPackageError

FAMILY: Final = "Noto Sans SC"
"""The font family of PNGs."""

_ROOT: Final = re.compile(r'<svg\b[^>]*?\bwidth="(\d+(?:\.\d+)?)"[^>]*?\bheight="(\d+(?:\.\d+)?)"')
_MAX_PIXELS: Final = 64_000_000


def png(svg: str, scale: float = 2.0) -> bytes:
    """Render an SVG as PNG with ``scale`` pixels per px.

    The scale is lowered where the picture would exceed 64 million pixels. The same SVG gives the
    same bytes. Raises MissingPackageError without the packages of the extra ``pictures``,
    ExportError if the text is not an SVG with width and height, ArgumentError if ``scale`` is not
    above 0.
    """
    try:
        import resvg_py
        from pylopdf_fonts_zh_cn import sans_path
    except ImportError as error:
        raise MissingPackageError(
            "PNG needs two more packages: pip install 'stdkg[pictures]'"
        ) from error
    match = _ROOT.search(svg)
    width, height = map(float, match.groups()) if match else (0.0, 0.0)
    if not width * height:
        raise ExportError("not drawn: the SVG has no width and height in px")
    if not 0 < scale < math.inf:
        raise ArgumentError(f"{scale} is not a scale: give a number above 0, such as 2")
    scale = min(scale, math.sqrt(_MAX_PIXELS / (width * height)))
    font = str(sans_path())
    try:
        pixels = resvg_py.svg_to_bytes(
            svg_string=svg,
            width=max(1, round(width * scale)),
            skip_system_fonts=True,
            font_files=[font],
            font_family=FAMILY,
            sans_serif_family=FAMILY,
            serif_family=FAMILY,
            monospace_family=FAMILY,
        )
    except ValueError as error:
        raise ExportError(f"not drawn: {error}") from error
    return bytes(pixels)
