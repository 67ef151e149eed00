"""Claims as nanopublications (https://nanopub.net/guidelines/working_draft/), in TriG.

Each claim becomes a nanopublication: its statements are the assertion, its evidence down to the
phrases and their sources the provenance. Nothing is signed, and no time is stated, so that an
unchanged claim keeps its IRI: the hash of the content (a trusty URI, module RA,
https://trustyuri.net/specification/).
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator
from typing import BinaryIO, Final

import pyoxigraph as ox

from kg.common.errors import ExportError
from kg.common.namespaces import BASE, CLAIM, PREFIXES, RDF_TYPE, node
from kg.export.rdf.canonical_order import Quads
from kg.store import Store, Term
from kg.store.embedded import EmbeddedStore

NAMESPACE: Final = BASE + "nanopub/"
_NP: Final = "http://www.nanopub.org/nschema#"
_PLACE: Final = " "
"""Stands for the hash in IRIs while it is computed; no IRI has a space."""
_LICENSE: Final = ox.NamedNode("https://creativecommons.org/licenses/by/4.0/")
_DATASET: Final = ox.NamedNode(BASE + "dataset")
_EVIDENCE: Final = node("std:evidence")
_SOURCE: Final = node("oa:hasSource")
_OF_EVIDENCE: Final = (_SOURCE, node("oa:hasSelector"))
_OF_SOURCE: Final = (
    RDF_TYPE,
    *map(node, ("skos:prefLabel", "schema:url", "std:sha256")),
    *map(node, ("dcterms:license", "dcterms:rights", "std:textShown")),
)
_LABEL: Final = node("skos:prefLabel")

_Quad = tuple[str, str, str, Term]
"""Graph, subject, predicate (IRIs with the place of the hash) and object."""


def write_nanopubs(data: Quads, output: BinaryIO) -> None:
    """Write a nanopublication for each claim, sorted by claim; equal claims give equal bytes.

    Raises ExportError for a claim with a blank node.
    """
    store = EmbeddedStore.in_memory(data) if isinstance(data, Iterable) else data
    claims = sorted(
        {
            quad.subject.value
            for quad in store.quads(predicate=_EVIDENCE)
            if isinstance(quad.subject, ox.NamedNode) and quad.subject.value.startswith(CLAIM)
        }
    )
    quads = (quad for claim in claims for quad in _nanopub(store, ox.NamedNode(claim)))
    prefixes = {"np": _NP, **PREFIXES}
    ox.serialize(quads, output, ox.RdfFormat.TRIG, prefixes=prefixes)


def _nanopub(store: Store, claim: ox.NamedNode) -> list[ox.Quad]:
    """Return the quads of the nanopublication of a claim; none if it states nothing."""
    assertion = list(store.quads(graph=claim))
    if not assertion:
        return []
    itself = NAMESPACE + _PLACE
    graphs = {name: f"{itself}#{name}" for name in ("Head", "assertion", "provenance", "pubinfo")}
    quads: list[_Quad] = [
        (graphs["Head"], itself, RDF_TYPE.value, ox.NamedNode(f"{_NP}Nanopublication"))
    ]
    quads += [(graphs["assertion"], *_parts(quad)) for quad in assertion]
    quads += [(graphs["provenance"], *parts) for parts in _provenance(store, claim, graphs)]
    quads += [(graphs["pubinfo"], itself, *parts) for parts in _publication(store, claim)]
    links = {
        f"{_NP}hasAssertion": graphs["assertion"],
        f"{_NP}hasProvenance": graphs["provenance"],
        f"{_NP}hasPublicationInfo": graphs["pubinfo"],
    }
    # An IRI with the place of the hash is no valid term yet.
    marked = [(graphs["Head"], itself, link, target) for link, target in links.items()]
    hashed = _hash(quads, marked)
    return [
        *(
            ox.Quad(_node(subject, hashed), ox.NamedNode(property_), value, _node(graph, hashed))
            for graph, subject, property_, value in sorted(quads, key=str)
        ),
        *(
            ox.Quad(
                _node(subject, hashed),
                ox.NamedNode(property_),
                _node(target, hashed),
                _node(graph, hashed),
            )
            for graph, subject, property_, target in marked
        ),
    ]


def _parts(quad: ox.Quad) -> tuple[str, str, Term]:
    subject, value = quad.subject, quad.object
    if not isinstance(subject, ox.NamedNode) or isinstance(value, ox.Triple):
        raise ExportError(
            f"{quad.graph_name}: nanopublications have no blank nodes: give the node an IRI"
        )
    return subject.value, quad.predicate.value, value


def _provenance(
    store: Store, claim: ox.NamedNode, graphs: dict[str, str]
) -> Iterator[tuple[str, str, Term]]:
    """Yield where the assertion comes from: its evidence with selectors, and their sources."""
    derived = node("prov:wasDerivedFrom").value
    seen: set[ox.NamedNode] = set()
    waiting: list[ox.NamedNode] = []
    for quad in store.quads(predicate=_EVIDENCE, subject=claim):
        if isinstance(quad.object, ox.NamedNode):
            yield graphs["assertion"], derived, quad.object
            waiting.append(quad.object)
    while waiting:
        piece = waiting.pop()
        if piece in seen:
            continue
        seen.add(piece)
        for quad in store.quads(subject=piece):
            yield _parts(quad)
            if isinstance(quad.object, ox.NamedNode) and quad.predicate in _OF_EVIDENCE:
                if quad.predicate == _SOURCE:
                    seen.add(quad.object)
                    yield from _source(store, quad.object)
                else:
                    waiting.append(quad.object)


def _source(store: Store, source: ox.NamedNode) -> Iterator[tuple[str, str, Term]]:
    for subject, property_, value, _ in store.about([source], _OF_SOURCE):
        yield subject.value, property_.value, value


def _publication(store: Store, claim: ox.NamedNode) -> Iterator[tuple[str, Term]]:
    """Yield what the nanopublication is: the claim of this graph, its names and its license."""
    yield node("dcterms:isFormatOf").value, claim
    yield node("dcterms:isPartOf").value, _DATASET
    yield node("dcterms:license").value, _LICENSE
    for quad in store.quads(predicate=_LABEL, subject=claim):
        if isinstance(quad.object, ox.Literal):
            yield node("rdfs:label").value, quad.object


def _node(text: str, hashed: str) -> ox.NamedNode:
    return ox.NamedNode(text.replace(_PLACE, hashed))


def _hash(quads: list[_Quad], marked: list[tuple[str, str, str, str]]) -> str:
    """Return the artifact code of a trusty URI: the hash of all quads, sorted."""
    keyed = [
        *((*quad[:3], *_object_key(quad[3])) for quad in quads),
        *((*quad[:3], False, quad[3], "", "") for quad in marked),
    ]
    digest = hashlib.sha256()
    for graph, subject, property_, is_literal, text, datatype, language in sorted(set(keyed)):
        value = text
        if is_literal:
            kind = f"@{language.lower()}" if language else f"^{datatype}"
            value = f"{kind} " + text.replace("\\", "\\\\").replace("\n", "\\n")
        digest.update(f"{graph}\n{subject}\n{property_}\n{value}\n".encode())
    return "RA" + base64.urlsafe_b64encode(digest.digest()).decode().rstrip("=")


def _object_key(term: Term) -> tuple[bool, str, str, str]:
    """Return an object as it is sorted: IRIs first, then texts, by datatype and language."""
    if isinstance(term, ox.Literal):
        language = term.language or ""
        return True, term.value, "" if language else term.datatype.value, language
    return False, term.value, "", ""
