"""What is said of things as rows for programs: one for each piece of evidence, nothing left out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.analysis.profile import Fact, Profile
from kg.common.namespaces import PREFIXES
from kg.evidence.proofs import Proof
from kg.store import Table, Term
from kg.tables import Presentable

if TYPE_CHECKING:
    from kg.analysis.paths import Way

_DECIMAL: Final = ox.NamedNode(PREFIXES["xsd"] + "decimal")
_PROOF: Final = ("phrase", "source", "url", "snapshot", "record", "claim")
_FACT: Final = ("thing", "direction", "property", "name", "value", "valueDate", "date", "sentence")
_STEP: Final = ("way", "cost", "step", "from", "relation", "to", "date", "sentence")
_ALIKE: Final = ("station", "alike")

_Row = tuple[Term | None, ...]


def of_profile(found: Profile, facts: Iterable[Fact], lang: str) -> Presentable:
    """The facts of a thing; names, sentences and labels in a language, literals in all of theirs.

    ``name`` is that of the relation, ``date`` is that of the relation too, and ``valueDate`` that
    of the thing at its other end.
    """
    thing = ox.NamedNode(found.iri)
    names = {ox.NamedNode(iri): label.of(lang) for iri, label in found.labels.items()}
    names[thing] = found.label.of(lang)
    rows: list[_Row] = []
    for fact in facts:
        if isinstance(fact.value, ox.NamedNode):
            names[fact.value] = fact.shown.of(lang)
        head = (
            thing,
            ox.Literal(fact.direction),
            ox.Literal(fact.property),
            ox.Literal(fact.name.of(lang), language=lang),
            fact.value,
            _text(fact.when),
            _text(fact.date),
            ox.Literal(fact.sentence.of(lang), language=lang) if fact.sentence else None,
        )
        rows += [(*head, *cells) for cells in _proofs(fact.proofs)]
    return Presentable((*_FACT, *_PROOF), tuple(rows), names, lang)


def of_ways(found: Sequence[Way], lang: str) -> Table:
    """The statements of ways, and after those of a way, what could stand in place of its stations.

    A row of the latter kind has a ``station``, what is ``alike``, the step that leads there and the
    evidence; no sentence.
    """
    rows: list[_Row] = []
    for number, way in enumerate(found, 1):
        head = (ox.Literal(number), ox.Literal(f"{way.cost:.2f}", datatype=_DECIMAL))
        for place, step in enumerate(way.steps, 1):
            for statement in step:
                said = (
                    ox.Literal(place),
                    ox.NamedNode(statement.source),
                    ox.Literal(statement.relation),
                    ox.NamedNode(statement.target),
                    _text(statement.date),
                    ox.Literal(statement.sentence.of(lang), language=lang),
                )
                rows += [(*head, *said, *cells, None, None) for cells in _proofs(statement.proofs)]
        empty = (None,) * (len(_STEP) - len(head) - 1)
        for station, others in way.alike.items():
            leading = ox.Literal(way.stations.index(station))
            for other, proofs in others.items():
                pair = ox.NamedNode(station), ox.NamedNode(other)
                rows += [(*head, leading, *empty, *cells, *pair) for cells in _proofs(proofs)]
    return Table((*_STEP, *_PROOF, *_ALIKE), tuple(rows))


def _proofs(proofs: Iterable[Proof]) -> list[_Row]:
    """The cells of each proof; of what has none, a row of empty cells."""
    cells: list[_Row] = [
        (
            _text(proof.phrase),
            ox.NamedNode(proof.source),
            _text(proof.url),
            _text(proof.snapshot),
            _text(proof.record),
            ox.NamedNode(proof.claim),
        )
        for proof in proofs
    ]
    return cells or [(None,) * len(_PROOF)]


def _text(text: str | None) -> ox.Literal | None:
    return ox.Literal(text) if text else None
