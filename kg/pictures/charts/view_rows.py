"""Data for charts: the rows of a view, and names and groups of its entities."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from kg.common.bilingual import Text
from kg.entities.groups import group_of, main_kind
from kg.entities.lookup import bilingual_labels, query_values
from kg.pictures.charts.chart import TableCell
from kg.store import Store

_KINDS: Final = """
SELECT DISTINCT ?iri ?kind WHERE {{
    VALUES ?iri {{ {iris} }}
    # A participation has the kind of what it is a participation in.
    ?iri std:in? ?whole .
    ?whole a ?kind .
    FILTER NOT EXISTS {{ ?whole a ?narrower . ?narrower rdfs:subClassOf+ ?kind }}
}}"""
_YEAR_LENGTH: Final = 4
_MONTH_LENGTH: Final = 7


@dataclass(frozen=True)
class Entities:
    """Names and groups of entities, by IRI."""

    names: Mapping[str, Text]
    groups: Mapping[str, str]

    @classmethod
    def load(cls, store: Store, iris: Iterable[str]) -> Entities:
        """Look up IRIs; other texts are ignored."""
        found = bilingual_labels(store, iris)
        kinds = query_values(store, _KINDS, found)
        return cls(found, {iri: group_of(iri, main_kind(kinds.get(iri, ()))) for iri in found})

    def name(self, iri: str) -> Text:
        """Return the name of an entity; a text that is not an IRI is its own name."""
        return self.names.get(iri, Text(iri, iri))

    def cell(self, iri: str) -> TableCell:
        """Return a table cell with the name of an entity, linked to it."""
        return TableCell(self.name(iri), iri)


def format_date(date: str, part: Text | None = None) -> Text:
    """Return a date (ISO 8601) with the part of it that the source names, in both languages.

    >>> format_date("2018", Text("early", "初"))
    Text(en='early 2018', zh='2018年初')
    >>> format_date("2019-04-12", Text("afternoon", "下午")).en
    '2019-04-12 afternoon'
    >>> format_date("2019-04-11T17:22:00").en
    '2019-04-11 17:22'
    """
    day, _, time = date.partition("T")
    shown = f"{day} {time[:5]}" if time else day
    if part is None:
        return Text(shown, shown)
    prefix = "end of" if part.en == "end" else part.en
    english = f"{prefix} {shown}" if len(day) <= _MONTH_LENGTH else f"{shown} {part.en}"
    chinese = f"{shown}年{part.zh}" if len(day) == _YEAR_LENGTH else f"{shown} {part.zh}"
    return Text(english, chinese)
