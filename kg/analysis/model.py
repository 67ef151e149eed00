"""What a profile of an entity consists of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from kg.analysis.editions import Edition
from kg.common.bilingual import Text
from kg.common.namespaces import compact
from kg.entities.document_status import DocumentStatus
from kg.evidence.proofs import Proof
from kg.network.model import UNNAMED
from kg.store import Term

_NOT_A_DOCUMENT: Final = DocumentStatus()

DIRECTIONS: Final = ("value", "out", "in")
"""Groups of facts, in their order."""


@dataclass(frozen=True)
class Fact:
    """A value or relation of an entity.

    ``direction``: ``value`` for a literal or a concept of a code list, ``out`` for a relation from
    the entity, ``in`` for one to it. ``property`` is a compact IRI, ``name`` its name. ``planned``
    if the relation is only announced. ``heading`` has the words of a relation between the names of
    its ends, as far as the ontology phrases it. ``value`` is
    the literal or the IRI at the other end, ``shown`` its name. ``sentence`` phrases a relation.
    ``date`` is the date of the relation and ``when`` that of the entity at the other end, which
    need not agree; both are as precise as the source, or empty.
    """

    direction: str
    property: str
    name: Text
    value: Term
    shown: Text
    when: str
    date: str
    sentence: Text | None
    proofs: tuple[Proof, ...]
    planned: bool = False
    heading: Text = UNNAMED


@dataclass(frozen=True)
class TruncatedRelation:
    """A kind of relation for which only the first ``listed`` of ``total`` entities are facts.

    ``direction``, ``property``, ``name`` and ``planned`` are the same as in its facts.
    """

    direction: str
    property: str
    name: Text
    listed: int
    total: int
    planned: bool = False


@dataclass(frozen=True, repr=False)
class Profile:
    """The profile of an entity: label, kinds, other names, and facts with their evidence.

    ``iri`` is the entity's. ``facts`` are sorted by direction, name and date. ``labels`` maps
    the claims and sources of the evidence (IRIs), and the documents that the status names, to their
    names; ``truncated`` are the kinds of relation with more entities than listed. ``status`` is
    that of a document, and ``status_proofs`` are the evidence for it. ``editions`` are
    those of a work, latest first, up to the limit, and ``edition_count`` is the number of all.
    ``notes`` say what is left out of the profile of an earlier day.
    """

    iri: str
    label: Text
    kinds: tuple[Text, ...]
    names: tuple[str, ...]
    facts: tuple[Fact, ...]
    labels: Mapping[str, Text]
    truncated: tuple[TruncatedRelation, ...] = ()
    status: DocumentStatus = _NOT_A_DOCUMENT
    status_proofs: tuple[Proof, ...] = ()
    editions: tuple[Edition, ...] = ()
    edition_count: int = 0
    notes: tuple[Text, ...] = ()

    def __repr__(self) -> str:
        return f"<Profile {self.label.en} {compact(self.iri)}: {len(self.facts)} facts>"
