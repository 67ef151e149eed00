"""The drawing of the overview: all panels in one picture, side by side or in one column."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kg.evidence.proofs import Proof
from kg.pictures.charts.panels import Panel
from kg.pictures.charts.panels_drawing import draw_panel
from kg.pictures.svg.elements import element
from kg.pictures.svg.frame import Frame
from kg.pictures.svg.geometry import px
from kg.queries.views import View

_WIDTH: Final = 1270.0
_GAP: Final = 40.0
_NARROW_WIDTH: Final = 316.0


def draw(
    view: View, panels: Sequence[Panel], proofs: Sequence[Proof], lang: str, *, narrow: bool
) -> str:
    """Draw panels as SVG: the first over the whole width, the others in pairs.

    ``narrow`` puts them in one column, as wide as a phone.
    """
    out: list[str] = []
    y, width = 0.0, _NARROW_WIDTH if narrow else _WIDTH
    half = (_WIDTH - _GAP) / 2
    if narrow:
        rows = [[panel] for panel in panels]
    else:
        rows = [[*panels[:1]], *([*panels[i : i + 2]] for i in range(1, len(panels), 2))]
    for row in rows:
        row_height = 0.0
        for index, panel in enumerate(row):
            svg, height = draw_panel(panel, width if len(row) == 1 else half, lang, narrow)
            place = f"translate({px(index * (half + _GAP))} {px(y)})"
            out.append(element("g", svg, transform=place))
            row_height = max(row_height, height)
        y += row_height + _GAP
    frame = Frame.of_view(view, lang, False, (), (), proofs)
    if narrow:
        frame = frame.narrowed(width)
    return frame.draw("".join(out), (width, y - _GAP))
