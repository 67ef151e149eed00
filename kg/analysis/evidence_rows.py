"""Profiles and paths as tables for programs: one row for each piece of evidence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.analysis.model import Fact, Profile
from kg.common.namespaces import iri
from kg.evidence.proofs import Proof
from kg.store import Table, Term
from kg.tables import LabeledTable

if TYPE_CHECKING:
    from kg.analysis.path_statements import Way

_DECIMAL: Final = ox.NamedNode(iri("xsd:decimal"))
_PROOF_COLUMNS: Final = ("phrase", "source", "url", "snapshot", "record", "claim")
_FACT_COLUMNS: Final = (
    *("thing", "direction", "property", "name", "value", "valueDate", "date", "sentence"),
)
_STEP_COLUMNS: Final = (
    *("way", "cost", "count", "step", "from", "relation", "to", "date", "sentence"),
)
_ALTERNATIVE_COLUMNS: Final = ("alternative", "station", "alike")

_Row = tuple[Term | None, ...]
_NO_OTHER: Final = (None,) * len(_ALTERNATIVE_COLUMNS)


def profile_rows(profile: Profile, facts: Iterable[Fact], lang: str) -> LabeledTable:
    """Return the facts about an entity, with names, sentences and labels in a language.

    Literals come in all their languages. ``name`` and ``date`` belong to the relation,
    ``valueDate`` is the date of the entity at its other end.
    """
    entity = ox.NamedNode(profile.iri)
    labels = {ox.NamedNode(iri): label.of(lang) for iri, label in profile.labels.items()}
    labels[entity] = profile.label.of(lang)
    rows: list[_Row] = []
    for fact in facts:
        if isinstance(fact.value, ox.NamedNode):
            labels[fact.value] = fact.shown.of(lang)
        cells = (
            entity,
            ox.Literal(fact.direction),
            ox.Literal(fact.property),
            ox.Literal(fact.name.of(lang), language=lang),
            fact.value,
            _literal(fact.when),
            _literal(fact.date),
            ox.Literal(fact.sentence.of(lang), language=lang) if fact.sentence else None,
        )
        rows += [(*cells, *proof) for proof in _proof_cells(fact.proofs)]
    return LabeledTable((*_FACT_COLUMNS, *_PROOF_COLUMNS), tuple(rows), labels, lang)


def path_rows(paths: Sequence[Way], lang: str) -> Table:
    """Return the statements of each path, followed by the other paths that say the same.

    ``count`` is the number of paths that say the same. The rows of another path have its number
    (``alternative``), a ``station`` in place of which it has an ``alike`` one, the step that leads
    there and the evidence, but no sentence.
    """
    rows: list[_Row] = []
    for number, path in enumerate(paths, 1):
        cost = ox.Literal(f"{path.cost:.2f}", datatype=_DECIMAL)
        path_cells = ox.Literal(number), cost, ox.Literal(path.count)
        for step_number, step in enumerate(path.steps, 1):
            for statement in step:
                cells = (
                    *path_cells,
                    ox.Literal(step_number),
                    ox.NamedNode(statement.source),
                    ox.Literal(statement.relation),
                    ox.NamedNode(statement.target),
                    _literal(statement.date),
                    ox.Literal(statement.sentence.of(lang), language=lang),
                )
                rows += [(*cells, *proof, *_NO_OTHER) for proof in _proof_cells(statement.proofs)]
        empty = (None,) * (len(_STEP_COLUMNS) - len(path_cells) - 1)
        for other_number, other in enumerate(path.alike, 1):
            pairs = zip(path.stations, other.stations, strict=True)
            for step_number, (station, alike) in enumerate(pairs):
                if station == alike:
                    continue
                place = (*path_cells, ox.Literal(step_number), *empty)
                ends = ox.Literal(other_number), ox.NamedNode(station), ox.NamedNode(alike)
                rows += [(*place, *proof, *ends) for proof in _proof_cells(other.proofs)]
    return Table((*_STEP_COLUMNS, *_PROOF_COLUMNS, *_ALTERNATIVE_COLUMNS), tuple(rows))


def _proof_cells(proofs: Iterable[Proof]) -> list[_Row]:
    """Return the cells of each proof, or one row of empty cells if there is none."""
    rows: list[_Row] = [
        (
            _literal(proof.phrase),
            ox.NamedNode(proof.source),
            _literal(proof.url),
            _literal(proof.snapshot),
            _literal(proof.record),
            ox.NamedNode(proof.claim),
        )
        for proof in proofs
    ]
    return rows or [(None,) * len(_PROOF_COLUMNS)]


def _literal(text: str | None) -> ox.Literal | None:
    return ox.Literal(text) if text else None
