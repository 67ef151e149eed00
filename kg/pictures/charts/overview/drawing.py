"""The drawing of the overview: its panels on one sheet, beside or under one another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kg.evidence.proofs import Proof
from kg.pictures.charts.panels import Panel
from kg.pictures.charts.panels_drawing import draw as drawn
from kg.pictures.svg.elements import el
from kg.pictures.svg.geometry import num
from kg.pictures.svg.paper import Paper
from kg.queries.views import View

_WIDE: Final = 1270.0
_NARROW: Final = 316.0
_SLIM: Final = 8.0
_GAP: Final = 40.0


def draw(
    view: View, panels: Sequence[Panel], proofs: Sequence[Proof], lang: str, *, narrow: bool
) -> str:
    """Draw panels in a language as SVG: the first over the whole width, the others in pairs.

    ``narrow`` puts all of them under one another, at the width of a phone.
    """
    out: list[str] = []
    y, wide = 0.0, _NARROW if narrow else _WIDE
    half = (_WIDE - _GAP) / 2
    rows = [panels[:1], *(panels[i : i + 2] for i in range(1, len(panels), 2))]
    if narrow:
        rows = [[panel] for panel in panels]
    for row in rows:
        most = 0.0
        for rank, panel in enumerate(row):
            own = wide if len(row) == 1 else half
            svg, high = drawn(panel, own, lang, narrow)
            at = f"translate({num(rank * (half + _GAP))} {num(y)})"
            out.append(el("g", svg, transform=at))
            most = max(most, high)
        y += most + _GAP
    around = (_SLIM, wide) if narrow else ()
    paper = Paper.of(view, lang, False, (), (), proofs, *around)
    return paper.draw("".join(out), (wide, y - _GAP))
