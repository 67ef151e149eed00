"""The editions of a work: the one that is current, and all of them on a line of time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.analysis.editions import editions_of_work
from kg.common.bilingual import Text
from kg.entities.as_of import status_reader
from kg.entities.index import name_index
from kg.entities.search import choose_title

if TYPE_CHECKING:
    from kg.analysis.editions import Edition
    from kg.analysis.model import Profile
    from kg.graph import KnowledgeGraph

WIDTH: Final = 720
"""Of the picture, in px."""
_EDITIONS: Final = 20
_MARGIN: Final = 36
_LABEL: Final = 64
"""Width that the label of an edition needs, in px."""
_ROWS: Final = 3
STANDINGS: Final = {
    "current": Text("current", "现行"),
    "upcoming": Text("published, not yet in force", "已发布，尚未实施"),
    "draft": Text("draft", "草案"),
    "ended": Text("replaced or withdrawn", "被代替或废止"),
    "untold": Text("status not told", "未注明状态"),
}
"""What became of editions, in the words of the legend."""
_MONTHS: Final = 12


@dataclass(frozen=True)
class EditionMark:
    """An edition: where it stands, in which row its year is written (-1: nowhere), and its status.

    ``status`` is a key of STANDINGS.
    """

    iri: str
    label: Text
    date: str
    x: float
    row: int
    status: str


@dataclass(frozen=True)
class Strip:
    """The dated editions, earliest first, and the number of rows of their years."""

    marks: tuple[EditionMark, ...]
    rows: int


def edition_strip(editions: Iterable[Edition]) -> Strip | None:
    """Return the editions that have a date on a line; None for fewer than two."""
    dated = sorted(((_year(each.date), each) for each in editions if each.date), key=_first)
    if len(dated) < 2:  # noqa: PLR2004
        return None
    first, last = dated[0][0], dated[-1][0]
    scale = (WIDTH - 2 * _MARGIN) / ((last - first) or 1)
    free = [-1.0 * WIDTH] * _ROWS
    marks = []
    for year, edition in dated:
        x = _MARGIN + (year - first) * scale
        row = next((row for row in range(_ROWS) if x - free[row] >= _LABEL), -1)
        if row >= 0:
            free[row] = x
        standing = edition.status.standing
        standing = standing if standing in STANDINGS else "untold"
        marks.append(
            EditionMark(edition.iri, edition.label, edition.date, round(x, 1), row, standing)
        )
    return Strip(tuple(marks), 1 + max(mark.row for mark in marks))


def _first(pair: tuple[float, Edition]) -> tuple[float, str]:
    return pair[0], pair[1].iri


def _year(date: str) -> float:
    """Return a date as a number of years; one without a month stands at its beginning."""
    parts = [int(part) for part in date.split("-")[:2]]
    return parts[0] + ((parts[1] - 1) / _MONTHS if len(parts) > 1 else 0)


@dataclass(frozen=True)
class Newest:
    """The edition of a work that is current, or the newest one, with its title in a language."""

    edition: Edition
    title: str

    @property
    def is_current(self) -> bool:
        """Whether a source gives it as current, and none names a successor."""
        return self.edition.status.standing == "current"


def editions_shown(
    graph: KnowledgeGraph, profile: Profile, lang: str
) -> tuple[tuple[Edition, ...], Newest | None]:
    """Return the editions of a work, or of that of an edition, and of a work the newest one."""
    store, names = graph.store, name_index(graph.store)
    status_of = status_reader(store, names, None)
    if not profile.editions:
        works = [
            fact.value.value
            for fact in profile.facts
            if (fact.direction, fact.property) == ("out", "std:editionOf")
        ]
        found = editions_of_work(store, names, works[0], status_of, _EDITIONS)[0] if works else ()
        return found, None
    editions = profile.editions
    if profile.edition_count > len(editions):
        editions = editions_of_work(store, names, profile.iri, status_of, _EDITIONS)[0]
    current = [each for each in editions if Newest(each, "").is_current]
    edition = (current or editions)[0]
    return editions, Newest(edition, choose_title(names.titles(edition.iri), lang, "en"))
