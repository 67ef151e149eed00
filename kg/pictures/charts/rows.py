"""What pictures of dates and figures read from the graph: rows, names, groups, dates in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from kg.common.bilingual import Text
from kg.entities.groups import group_of, main_kind
from kg.entities.lookup import bilingual_labels, query_values
from kg.pictures.charts.chart import Cell
from kg.queries.views import View
from kg.store import Store

_KINDS: Final = """
SELECT DISTINCT ?iri ?kind WHERE {{
    VALUES ?iri {{ {iris} }}
    # Who did what in a thing belongs with that thing.
    ?iri std:in? ?whole .
    ?whole a ?kind .
    FILTER NOT EXISTS {{ ?whole a ?narrower . ?narrower rdfs:subClassOf+ ?kind }}
}}"""
_YEAR: Final = 4
_MONTH: Final = 7


@dataclass(frozen=True)
class Things:
    """Names in both languages, and groups, of the IRIs in some rows."""

    names: Mapping[str, Text]
    groups: Mapping[str, str]

    @classmethod
    def read(cls, store: Store, iris: Iterable[str]) -> Things:
        """Look up IRIs; what is no IRI is left out."""
        found = bilingual_labels(store, iris)
        kinds = query_values(store, _KINDS, found)
        return cls(found, {iri: group_of(iri, main_kind(kinds.get(iri, ()))) for iri in found})

    def name(self, iri: str) -> Text:
        """The name of a thing; a text that is no IRI stands for itself."""
        return self.names.get(iri, Text(iri, iri))

    def cell(self, iri: str) -> Cell:
        """The name of a thing as a cell that leads to it; an empty one for nothing."""
        return Cell(self.name(iri), iri)


def read(store: Store, view: View) -> list[dict[str, str]]:
    """The rows of a view: by column an IRI or the text of a literal, empty where nothing is."""
    table = store.select(view.sparql)
    return [
        {
            column: term.value if term is not None else ""
            for column, term in zip(table.columns, row, strict=True)
        }
        for row in table.rows
    ]


def dated(date: str, part: Text | None = None) -> Text:
    """A date (ISO 8601) with the part of it that the source names, in both languages.

    >>> dated("2018", Text("early", "初"))
    Text(en='early 2018', zh='2018年初')
    >>> dated("2019-04-12", Text("afternoon", "下午")).en, dated("2019-04-11T17:22:00").en
    ('2019-04-12 afternoon', '2019-04-11 17:22')
    """
    day, _, time = date.partition("T")
    shown = f"{day} {time[:5]}" if time else day
    if part is None:
        return Text(shown, shown)
    said = "end of" if part.en == "end" else part.en
    english = f"{said} {shown}" if len(day) <= _MONTH else f"{shown} {part.en}"
    return Text(english, f"{shown}年{part.zh}" if len(day) == _YEAR else f"{shown} {part.zh}")
