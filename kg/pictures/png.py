"""SVG -> PNG without a browser, with a font that has simplified Chinese glyphs.

Drawn by resvg (https://github.com/linebender/resvg, Apache-2.0 or MIT) through
resvg-py (MIT); the font is Noto Sans SC (SIL Open Font License 1.1) from a package of its own, so
that a picture looks alike on every machine. Noto's pan-CJK font for traditional Chinese would draw
simplified text with the wrong forms, since resvg does not choose glyphs by language.
"""

from __future__ import annotations

import math
import re
from typing import Final

from kg.common.errors import KgError

FAMILY: Final = "Noto Sans SC"
"""The font in which PNGs are written."""

_ROOT: Final = re.compile(r'<svg\b[^>]*?\bwidth="(\d+(?:\.\d+)?)"[^>]*?\bheight="(\d+(?:\.\d+)?)"')
_MOST: Final = 64_000_000


def png(svg: str, scale: float = 2.0) -> bytes:
    """Draw an SVG as PNG, ``scale`` dots for each of its px.

    A picture that would pass 64 million dots is drawn at the scale at which it does not. The same
    SVG gives the same bytes. Raises KgError when the packages of the extra ``pictures`` are
    missing, when ``scale`` is not above 0, or when the text is no SVG with a width and height.
    """
    try:
        import resvg_py
        from pylopdf_fonts_zh_cn import sans_path
    except ImportError as error:
        raise KgError("PNG needs two more packages: pip install 'stdkg[pictures]'") from error
    found = _ROOT.search(svg)
    wide, high = map(float, found.groups()) if found else (0.0, 0.0)
    if not wide * high:
        raise KgError("not drawn: the SVG has no width and height in px")
    if not 0 < scale < math.inf:
        raise KgError(f"{scale} is no scale: give a number above 0, such as 2")
    scale = min(scale, math.sqrt(_MOST / (wide * high)))
    font = str(sans_path())
    try:
        drawn = resvg_py.svg_to_bytes(
            svg_string=svg,
            width=max(1, round(wide * scale)),
            skip_system_fonts=True,
            font_files=[font],
            font_family=FAMILY,
            sans_serif_family=FAMILY,
            serif_family=FAMILY,
            monospace_family=FAMILY,
        )
    except ValueError as error:
        raise KgError(f"not drawn: {error}") from error
    return bytes(drawn)
