"""The editions of a work in their order, each with its status and the records that list it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from kg.common.bilingual import Text
from kg.common.namespaces import iri
from kg.entities.as_of import StatusOf
from kg.entities.document_status import DocumentStatus
from kg.entities.editions import editions_of
from kg.entities.index import NameIndex
from kg.entities.index.schema import Rank
from kg.entities.lookup import bilingual_labels, property_values
from kg.evidence.proofs import Proof, proofs_of_pairs
from kg.store import Store

_EDITION_OF: Final = iri("std:editionOf")
_PART_OF: Final = iri("std:partOf")
_DATES: Final = (iri("std:publishedOn"), iri("std:issuedOn"))
_EDITION: Final = iri("std:edition")
_NUMBER: Final = re.compile(r"\d+")
_PARTS: Final = "SELECT ?part ?work WHERE { ?part std:partOf ?work }"


@dataclass(frozen=True)
class Edition:
    """An edition of a work.

    ``iri`` and ``label`` are its own, ``edition`` its number or version, and ``date`` the first
    date of its publication, as precise as the source; both may be empty. ``proofs`` are the
    evidence that it is an edition of the work.
    """

    iri: str
    label: Text
    edition: str
    date: str
    status: DocumentStatus
    proofs: tuple[Proof, ...]


def editions_of_work(
    store: Store, index: NameIndex, work: str, status_of: StatusOf, limit: int | None = None
) -> tuple[tuple[Edition, ...], int]:
    """Return the editions of a work (IRI), latest first, at most ``limit``, and how many there are.

    They are in the order of their numbers where all have one, else of their dates. For a work whose
    text stands in other documents, as that of an Internet Standard in RFCs (RFC 1818), these are
    returned. Other entities have none. ``status_of`` is that of
    :func:`kg.entities.as_of.status_reader`.
    """
    if index.status(work).rank != Rank.WORK:
        return (), 0
    # Most entities are no works, and the grammars take a third of a start-up.
    from kg.identifiers import parse

    relation, documents = _documents(store, work)
    dates: dict[str, list[str]] = {}
    numbers: dict[str, str] = {}
    for document, property_, value, _ in property_values(store, documents, (*_DATES, _EDITION)):
        if property_ == _EDITION:
            numbers.setdefault(document, value.value)
        else:
            dates.setdefault(document, []).append(value.value)
    labels = bilingual_labels(store, documents)
    for document in documents:
        designation = parse(labels[document].en)
        if designation is not None and designation.edition:
            numbers[document] = designation.edition
    by_number = all(document in numbers for document in documents)
    first_dates = {document: min(dates.get(document, [""])) for document in documents}

    def order(document: str) -> tuple[object, ...]:
        number = [int(each) for each in _NUMBER.findall(numbers.get(document, ""))]
        date = first_dates[document]
        return (number, date, document) if by_number else (date, number, document)

    listed = sorted(documents, key=order, reverse=True)[:limit]
    proofs = proofs_of_pairs(store, relation, [(document, work) for document in listed])
    editions = tuple(
        Edition(
            document,
            labels[document],
            numbers.get(document, ""),
            first_dates[document],
            status_of(document),
            proofs[document, work],
        )
        for document in listed
    )
    return editions, len(documents)


def _documents(store: Store, work: str) -> tuple[str, list[str]]:
    """Return the editions of a work, or else its parts, and the relation that leads to the work."""
    if editions := editions_of(store, [work]):
        return _EDITION_OF, editions
    rows = store.select(_PARTS, {"work": ox.NamedNode(work)}).rows
    return _PART_OF, sorted({part.value for part, _ in rows if isinstance(part, ox.NamedNode)})
