"""The frame of a picture: title, description, legend, notes and sources around a drawing."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from kg.common.bilingual import Text
from kg.evidence.proofs import Proof
from kg.evidence.short_citations import in_short
from kg.pictures.svg import text
from kg.pictures.svg.elements import element, text_line
from kg.pictures.svg.geometry import px
from kg.pictures.svg.style import FONTS, palette
from kg.queries.views import View

MARGIN: Final = 28.0
"""The margin of a picture, in px."""
NARROW_MARGIN: Final = 8.0
"""The margin of a picture in a narrow window, in px."""

_MIN_WIDTH: Final = 560.0
_TITLE_SIZE: Final = 20.0
_TEXT_SIZE: Final = 13.0
_SMALL_SIZE: Final = 12.0
_SOURCE_SIZE: Final = 11.0
_MAX_PHRASES: Final = 3
_UNSCALED_WIDTH: Final = 1700.0
"""Maximum width of a drawing, in px, at which the text around it keeps its size."""
_MAX_SCALE: Final = 2.4
_SOURCES: Final = Text("Sources: ", "来源：")
_SEPARATOR: Final = Text("; ", "；")
_QUOTE: Final = Text("“{}” – {}", "“{}”——{}")
_TAG: Final = Text("en", "zh-Hans")


def evidence_lines(proofs: Sequence[Proof], lang: str) -> list[str]:
    """Return lines that quote the phrases of evidence, each with its source."""
    lines = list(
        dict.fromkeys(
            _QUOTE.of(lang).format(proof.phrase, proof.source_name(lang))
            if proof.phrase
            else proof.source_with_snapshot(lang)
            for proof in in_short(proofs)
        )
    )
    more = len(lines) - _MAX_PHRASES
    return [*lines[:_MAX_PHRASES], *([f"… +{more}"] if more > 0 else [])]


def ranked_sources(proofs: Iterable[Proof], lang: str) -> list[tuple[str, str | None]]:
    """Return names and URLs of the sources of evidence, most used first."""
    count: dict[tuple[str, str | None], int] = {}
    for proof in proofs:
        key = proof.source_with_snapshot(lang), proof.url
        count[key] = count.get(key, 0) + 1
    return sorted(count, key=lambda key: (-count[key], key[0], key[1] or ""))


@dataclass(frozen=True)
class Frame:
    """The text and legend around a drawing, in one language (``en`` or ``zh``).

    ``name`` makes element ids unique; ``legend`` holds items of an SVG drawn at (0, 0) and a name;
    ``notes`` explain how to read the drawing; ``sources`` are names and URLs. ``margin`` and
    ``min_width`` (without margins) are in px.
    """

    name: str
    title: str
    description: str
    lang: str
    dark: bool
    legend: Sequence[tuple[str, str]]
    notes: Sequence[str]
    sources: Sequence[tuple[str, str | None]]
    margin: float = MARGIN
    min_width: float = _MIN_WIDTH

    @classmethod
    def of_view(
        cls,
        view: View,
        lang: str,
        dark: bool,
        legend: Sequence[tuple[str, str]],
        notes: Iterable[Text],
        proofs: Iterable[Proof],
        margin: float = MARGIN,
        min_width: float = _MIN_WIDTH,
    ) -> Frame:
        """Return the frame of a view, with its title and description, and sources of ``proofs``."""
        return cls(
            view.name,
            view.title.of(lang),
            view.description.of(lang),
            lang,
            dark,
            legend,
            [note.of(lang) for note in notes],
            ranked_sources(proofs, lang),
            margin,
            min_width,
        )

    def narrowed(self, width: float) -> Frame:
        """Return the frame for a narrow window; ``width`` is that of the drawing, in px."""
        return replace(self, margin=NARROW_MARGIN, min_width=width)

    def draw(self, body: str, size: tuple[float, float]) -> str:
        """Write the SVG document around a drawing of a size (px) with its origin at (0, 0).

        The text around a large drawing is scaled up, so that both can be read together.
        """
        inner_width = max(size[0], self.min_width)
        scale = min(max(1.0, inner_width / _UNSCALED_WIDTH), _MAX_SCALE)
        text_width = inner_width / scale
        header: list[str] = []
        header_height = self._draw_header(header, text_width) * scale
        footer: list[str] = []
        y = self._draw_legend(footer, 0.0, text_width)
        y = self._draw_notes(footer, y, text_width)
        footer_height = self._draw_sources(footer, y, text_width) * scale
        footer_top = header_height + size[1] + 26 * scale
        left = self.margin * scale + (inner_width - size[0]) / 2
        scaled = f" scale({scale:.3f})" if scale > 1 else ""
        inner = (
            element(
                "g",
                *header,
                class_="header",
                data_height=header_height,
                transform=f"translate(0 0){scaled}",
            )
            + element("g", body, transform=f"translate({px(left)} {px(header_height)})")
            + element("g", *footer, transform=f"translate(0 {px(footer_top)}){scaled}")
        )
        width = inner_width + 2 * self.margin * scale
        height = footer_top + footer_height + (self.margin - 14) * scale
        # Whole px, so that no row of pixels of a PNG is covered in part.
        return self._document(inner, math.ceil(width), math.ceil(height))

    def _draw_header(self, out: list[str], width: float) -> float:
        colors = palette(self.dark)
        y = self.margin + _TITLE_SIZE
        for line in text.wrap_balanced(self.title, _TITLE_SIZE, width):
            out.append(
                text_line(
                    line,
                    self.margin,
                    y,
                    class_="heading",
                    font_size=_TITLE_SIZE,
                    fill=colors.ink,
                )
            )
            y += _TITLE_SIZE * 1.3
        y += 0.5
        for line in text.wrap_balanced(self.description, _TEXT_SIZE, min(width, 960)):
            out.append(text_line(line, self.margin, y, font_size=_TEXT_SIZE, fill=colors.soft))
            y += 19
        return y + 10

    def _draw_notes(self, out: list[str], y: float, width: float) -> float:
        color = palette(self.dark).soft
        for note in self.notes:
            for line in text.wrap_balanced(note, _SMALL_SIZE, width):
                out.append(text_line(line, self.margin, y, font_size=_SMALL_SIZE, fill=color))
                y += 18
        return y

    def _document(self, inner: str, width: float, height: float) -> str:
        # Ids must differ between pictures on one page.
        key = re.sub(r"[^a-z0-9]+", "-", f"{self.name}-{self.lang}".casefold()).strip("-")
        tag = _TAG.of(self.lang)
        head = element("title", text.escape(self.title), id=f"t-{key}")
        head += element("desc", text.escape(self.description), id=f"d-{key}")
        head += element("rect", width="100%", height="100%", fill=palette(self.dark).paper)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{px(width)}" height="{px(height)}" '
            f'viewBox="0 0 {px(width)} {px(height)}" role="img" '
            f'aria-labelledby="t-{key} d-{key}" '
            f'lang="{tag}" xml:lang="{tag}" font-family="{FONTS}">{head}{inner}</svg>\n'
        )

    def _draw_legend(self, out: list[str], y: float, width: float) -> float:
        x = self.margin
        if not self.legend:
            return y
        for symbol, name in self.legend:
            item_width = 22 + text.width(name, _SMALL_SIZE) + 22
            if x > self.margin and x + item_width > self.margin + width + 22:
                x, y = self.margin, y + 21
            label = text_line(name, 22, 0, font_size=_SMALL_SIZE, fill=palette(self.dark).ink)
            place = f"translate({px(x)} {px(y)})"
            out.append(element("g", symbol, label, class_="legend", transform=place))
            x += item_width
        return y + 24

    def _draw_sources(self, out: list[str], y: float, width: float) -> float:
        color = palette(self.dark).soft
        x, size = self.margin, _SOURCE_SIZE
        if not self.sources:
            return y
        head = _SOURCES.of(self.lang)
        out.append(text_line(head, x, y, font_size=size, fill=color))
        x += text.width(head, size)
        for index, (name, url) in enumerate(self.sources):
            last = index == len(self.sources) - 1
            label = text.shorten(name, 40) + ("" if last else _SEPARATOR.of(self.lang))
            label_width = text.width(label, size)
            if x + label_width > self.margin + width and x > self.margin:
                x, y = self.margin, y + 16
            line = text_line(label, x, y, font_size=size, fill=color)
            if url is not None and re.fullmatch(r"https?://\S+", url):
                line = element("a", line, href=url, target="_blank", rel="noopener")
            out.append(line)
            x += label_width + 2
        return y + 16
