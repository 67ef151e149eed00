"""The paper on which pictures are drawn: title, description, legend, sources; and SVG's grammar."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from kg.common.bilingual import Text
from kg.evidence.proofs import Proof
from kg.pictures.svg import text
from kg.pictures.svg.elements import el, words
from kg.pictures.svg.geometry import num
from kg.pictures.svg.style import FONTS, GROUND
from kg.queries.views import View

MARGIN: Final = 28.0
"""The empty border of every picture, in px."""

_LEAST: Final = 560.0
_TITLE: Final = 20.0
_SMALL: Final = 12.0
_PHRASES: Final = 3
_PAGE: Final = 1700.0
_LARGEST: Final = 2.4


def evidence(proofs: Sequence[Proof], lang: str) -> list[str]:
    """Lines that say on which phrases of which sources something stands."""
    marks = "“{}” – {}" if lang == "en" else "“{}”——{}"
    found = list(
        dict.fromkeys(
            marks.format(p.phrase, p.source_name(lang)) if p.phrase else p.source_as_read(lang)
            for p in proofs
        )
    )
    more = len(found) - _PHRASES
    rest = [f"… +{more}"] if more > 0 else []
    return [*found[:_PHRASES], *rest]


def sources(proofs: Iterable[Proof], lang: str) -> list[tuple[str, str | None]]:
    """The names and addresses of the sources of some evidence, the most used ones first."""
    count: dict[tuple[str, str | None], int] = {}
    for proof in proofs:
        key = proof.source_as_read(lang), proof.url
        count[key] = count.get(key, 0) + 1
    return sorted(count, key=lambda key: (-count[key], key[0], key[1] or ""))


def language(lang: str) -> str:
    """``zh`` or ``en``, whichever a language tag comes nearest to."""
    return "zh" if lang.casefold().split("-")[0] == "zh" else "en"


@dataclass(frozen=True)
class Paper:
    """What stands around a picture. ``legend`` holds items: an SVG drawn at (0, 0), and its name.

    ``notes`` are lines that say how to read the picture. ``margin`` is the empty border, ``least``
    the least width inside of it, in px.
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
    least: float = _LEAST

    @classmethod
    def of(
        cls,
        view: View,
        lang: str,
        dark: bool,
        legend: Sequence[tuple[str, str]],
        notes: Iterable[Text],
        proofs: Iterable[Proof],
        margin: float = MARGIN,
        least: float = _LEAST,
    ) -> Paper:
        """The paper of a view: its title and description, and the sources of some evidence."""
        title, description = view.title.of(lang), view.description.of(lang)
        said = [note.of(lang) for note in notes]
        found = sources(proofs, lang)
        return cls(view.name, title, description, lang, dark, legend, said, found, margin, least)

    def draw(self, body: str, size: tuple[float, float]) -> str:
        """The whole SVG around a body of a size (px) that begins at (0, 0).

        What stands around a large body is larger, so that both can be read at once.
        """
        across = max(size[0], self.least)
        scale = min(max(1.0, across / _PAGE), _LARGEST)
        head: list[str] = []
        top = self._head(head, across / scale) * scale
        foot: list[str] = []
        after = self._legend(foot, 0.0, across / scale)
        after = self._notes(foot, after, across / scale)
        after = self._sources(foot, after, across / scale) * scale
        below = top + size[1] + 26 * scale
        left = self.margin * scale + (across - size[0]) / 2
        larger = f" scale({scale:.3f})" if scale > 1 else ""
        inner = (
            el("g", *head, transform=f"translate(0 0){larger}")
            + el("g", body, transform=f"translate({num(left)} {num(top)})")
            + el("g", *foot, transform=f"translate(0 {num(below)}){larger}")
        )
        # Whole px, so that no row of dots of a PNG is covered in part.
        wide, high = across + 2 * self.margin * scale, below + after + (self.margin - 14) * scale
        return self._whole(inner, math.ceil(wide), math.ceil(high))

    def _head(self, out: list[str], across: float) -> float:
        ground = GROUND[self.dark]
        y = self.margin + _TITLE
        for line in text.wrap(self.title, _TITLE, across):
            out.append(
                words(line, self.margin, y, class_="heading", font_size=_TITLE, fill=ground.ink)
            )
            y += _TITLE * 1.3
        y += 0.5
        for line in text.wrap(self.description, 13, min(across, 960)):
            out.append(words(line, self.margin, y, font_size=13.0, fill=ground.soft))
            y += 19
        return y + 10

    def _notes(self, out: list[str], y: float, across: float) -> float:
        soft = GROUND[self.dark].soft
        for line in (part for note in self.notes for part in text.wrap(note, _SMALL, across)):
            out.append(words(line, self.margin, y, font_size=_SMALL, fill=soft))
            y += 18
        return y

    def _whole(self, inner: str, wide: float, high: float) -> str:
        key = re.sub(r"[^a-z0-9]+", "-", f"{self.name}-{self.lang}".casefold()).strip("-")
        tag = "zh-Hans" if self.lang == "zh" else "en"
        # The one identifier per element must differ between pictures on one page.
        head = el("title", text.escape(self.title), id=f"t-{key}")
        head += el("desc", text.escape(self.description), id=f"d-{key}")
        head += el("rect", width="100%", height="100%", fill=GROUND[self.dark].paper)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{num(wide)}" height="{num(high)}" '
            f'viewBox="0 0 {num(wide)} {num(high)}" role="img" aria-labelledby="t-{key} d-{key}" '
            f'lang="{tag}" xml:lang="{tag}" font-family="{FONTS}">{head}{inner}</svg>\n'
        )

    def _legend(self, out: list[str], y: float, across: float) -> float:
        x = self.margin
        if not self.legend:
            return y
        for drawing, name in self.legend:
            wide = 22 + text.width(name, _SMALL) + 22
            if x > self.margin and x + wide > self.margin + across + 22:
                x, y = self.margin, y + 21
            label = words(name, 22, 0, font_size=_SMALL, fill=GROUND[self.dark].ink)
            out.append(
                el("g", drawing, label, class_="legend", transform=f"translate({num(x)} {num(y)})")
            )
            x += wide
        return y + 24

    def _sources(self, out: list[str], y: float, across: float) -> float:
        ground = GROUND[self.dark]
        head = "来源：" if self.lang == "zh" else "Sources: "
        gap = "；" if self.lang == "zh" else "; "
        x, size = self.margin, 11.0
        if not self.sources:
            return y
        out.append(words(head, x, y, font_size=size, fill=ground.soft))
        x += text.width(head, size)
        for rank, (name, url) in enumerate(self.sources):
            last = rank == len(self.sources) - 1
            shown = text.shorten(name, 40) + ("" if last else gap)
            wide = text.width(shown, size)
            if x + wide > self.margin + across and x > self.margin:
                x, y = self.margin, y + 16
            said = words(shown, x, y, font_size=size, fill=ground.soft)
            safe = url is not None and re.fullmatch(r"https?://\S+", url)
            out.append(el("a", said, href=url, target="_blank", rel="noopener") if safe else said)
            x += wide + 2
        return y + 16
