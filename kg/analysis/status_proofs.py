"""The evidence for what became of documents: of what replaced them, and of dates."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import Final

import pyoxigraph as ox

from kg.common.namespaces import iri
from kg.entities.document_status import DocumentStatus
from kg.evidence.proofs import Proof, proofs_of_claims, proofs_of_pairs, proofs_of_statements
from kg.evidence.records import Statement
from kg.store import Store

_REPLACES: Final = iri("std:replaces")
_OF_KEPT_STATES: Final = (iri("std:oldRecord"), iri("std:newRecord"))
"""Properties whose value is itself the record that proves something."""


def proofs_of_statuses(
    store: Store, statuses: Sequence[DocumentStatus]
) -> tuple[tuple[Proof, ...], ...]:
    """Return the evidence for each status, without repetitions."""
    pairs = proofs_of_pairs(store, _REPLACES, _each(status.statements for status in statuses))
    basis = {status: [_statement(*each) for each in status.basis] for status in statuses}
    stated = proofs_of_statements(store, _each(basis.values()))
    kept = {each: each.value.value for each in stated if each.property.value in _OF_KEPT_STATES}
    records = proofs_of_claims(store, kept.values())
    stated |= {each: records[record] for each, record in kept.items()}
    return tuple(
        tuple(
            dict.fromkeys(
                chain(
                    _each(pairs[pair] for pair in status.statements),
                    _each(stated[each] for each in basis[status]),
                )
            )
        )
        for status in statuses
    )


def _statement(
    graph: str, subject: str, property_: str, value: ox.NamedNode | ox.BlankNode | ox.Literal
) -> Statement:
    return Statement(graph, ox.NamedNode(subject), ox.NamedNode(property_), value)


_each = chain.from_iterable
