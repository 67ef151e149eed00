"""Cells of tables: terms as people read them, with the evidence that a row cites."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.common.date_words import spell_date
from kg.common.dates import PartialDate
from kg.entities.labels import labels
from kg.evidence.proofs import Proof, proofs_of_claims
from kg.store import Store, Table, Term
from kg.tables.columns import is_number

if TYPE_CHECKING:
    from collections.abc import Mapping

BESIDE: Final = ("claim", "record", "evidence", "catalogues", "catalogue", "source")
"""Columns that say where a row comes from."""
_CITED: Final = ("claim", "record", "evidence")


@dataclass(frozen=True)
class Cell:
    """A cell: its text, the IRI that it names, if any, whether it is a number, and its evidence."""

    text: str
    iri: str = ""
    is_number: bool = False
    proofs: tuple[Proof, ...] = ()


@dataclass(frozen=True)
class Reading:
    """Reads the terms of a table in a language."""

    names: Mapping[ox.NamedNode, str]
    proofs: Mapping[str, tuple[Proof, ...]]
    lang: str

    @classmethod
    def of(
        cls,
        store: Store,
        columns: tuple[str, ...],
        rows: Iterable[tuple[Term | None, ...]],
        lang: str,
    ) -> Reading:
        """Look up the labels and the evidence of rows."""
        listed = list(rows)
        iris = {term for row in listed for term in row if isinstance(term, ox.NamedNode)}
        places = [place for place, name in enumerate(columns) if name in _CITED]
        cited = {
            term.value
            for row in listed
            for place in places
            if isinstance(term := row[place], ox.NamedNode)
        }
        return cls(labels(store, iris, lang), proofs_of_claims(store, cited), lang)

    def cell(self, term: Term | None) -> Cell:
        """Return a term as a cell."""
        if isinstance(term, ox.NamedNode):
            return Cell(self.names[term], term.value, proofs=self.proofs.get(term.value, ()))
        if term is None:
            return Cell("")
        if is_number(term):
            text = f"{int(term.value):,}" if term.value.lstrip("+-").isdecimal() else term.value
            return Cell(text, is_number=True)
        if isinstance(term, ox.Literal) and PartialDate.parse_typed(term.value):
            return Cell(spell_date(term.value, self.lang))
        return Cell(term.value)


def row_cells(
    store: Store, table: Table, row: tuple[Term | None, ...], lang: str
) -> Iterator[tuple[str, Cell]]:
    """Yield the filled cells of a row with their columns."""
    reading = Reading.of(store, table.columns, [row], lang)
    for column, term in zip(table.columns, row, strict=True):
        if term is not None:
            yield column, reading.cell(term)
