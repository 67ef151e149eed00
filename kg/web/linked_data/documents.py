"""Documents about an entity: what the graph states of it, with the evidence (operations).

A document has the statements that begin with the entity, those that lead to it (the first
``_INCOMING``), the claims that make them with their phrases and sources, and the names of all that
is mentioned. That of a claim has its statements, that of the ontology all its terms, and that of a
shape its constraints.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.common import resources
from kg.common.errors import ResolutionError
from kg.common.namespaces import BASE, CLAIM, ONTOLOGY_GRAPH, RDF_TYPE, SHAPE, node
from kg.entities.index import name_index
from kg.entities.resolution import is_known
from kg.export import export
from kg.web.linked_data.names import iris_of

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph
    from kg.store import Store

FORMATS: Final = {
    "ttl": ("turtle", "text/turtle"),
    "nt": ("ntriples", "application/n-triples"),
    "jsonld": ("jsonld", "application/ld+json"),
    "trig": ("trig", "application/trig"),
}
"""Formats of documents by the suffix of their addresses, with their media types."""
PAGE: Final = "html"

ONTOLOGY: Final = BASE + "ontology"
SHAPES: Final = SHAPE.rstrip("/")
DATASET: Final = BASE + "dataset"

_INCOMING: Final = 500
_CUT: Final = {
    "en": f"Of the statements that lead to the entity, {_INCOMING} are given:"
    " the SPARQL endpoint has all.",
    "zh": f"指向该实体的陈述仅列出{_INCOMING}条，全部陈述可用SPARQL查询。",
}
_NAMED: Final = 2000
_NEAREST: Final = 5
_ABOUT: Final = """
SELECT ?graph ?subject ?property {{ GRAPH ?graph {{ ?subject ?property <{iri}> }} }} LIMIT {limit}
"""
_EVIDENCE: Final = (node("std:evidence"), node("oa:hasSelector"), node("oa:hasSource"))
_NAMES: Final = (
    *(node("skos:prefLabel"), node("rdfs:label"), node("dcterms:title")),
    node("dcterms:identifier"),
)
_LICENSE: Final = ox.NamedNode("https://creativecommons.org/licenses/by/4.0/")


@dataclass(frozen=True)
class Located:
    """The IRI that a path means, and the suffix of the format that it asks for, or empty."""

    iri: str
    suffix: str


def locate(graph: KnowledgeGraph, path: str) -> Located:
    """Return what a path means; ResolutionError with the nearest IRIs if the graph has no such."""
    for iri in iris_of(path):
        if _is_described(graph.store, iri):
            return Located(iri, "")
    stem, dot, suffix = path.rpartition(".")
    if dot and suffix in (*FORMATS, PAGE):
        for iri in iris_of(stem):
            if _is_described(graph.store, iri):
                return Located(iri, suffix)
    asked = iris_of(path)[0]
    nearest = name_index(graph.store).nearest_iris(asked, _NEAREST)
    hint = f"; nearest: {', '.join(nearest)}" if nearest else ""
    raise ResolutionError(f"nothing has the IRI {asked}{hint}")


def _is_described(store: Store, iri: str) -> bool:
    try:
        entity = ox.NamedNode(iri)
    except ValueError:
        return False
    if is_known(store, entity) or next(iter(store.quads(graph=entity)), None):
        return True
    return iri == SHAPES or (iri.startswith(SHAPE) and bool(_shape_quads(iri)))


def is_page(iri: str) -> bool:
    """Return whether an entity is shown by a page; shapes are not in the graph."""
    return not (iri + "/").startswith(SHAPE)


def describe(graph: KnowledgeGraph, iri: str, suffix: str, address: str, alias: str) -> bytes:
    """Return the document about an entity in a format of :data:`FORMATS`.

    ``address`` is that of the document, without the suffix. An ``alias`` that isn't empty is
    another IRI of the entity, under the server's own domain.
    """
    quads = set(_quads(graph.store, iri))
    quads |= set(_about_document(iri, suffix, address, alias))
    if sum(quad.object == ox.NamedNode(iri) for quad in quads) >= _INCOMING:
        document = ox.NamedNode(f"{address}.{suffix}")
        quads |= {
            ox.Quad(document, node("rdfs:comment"), ox.Literal(text, language=lang))
            for lang, text in _CUT.items()
        }
    output = io.BytesIO()
    export(quads, FORMATS[suffix][0], output)
    return output.getvalue()


def _about_document(iri: str, suffix: str, address: str, alias: str) -> Iterator[ox.Quad]:
    document, entity = ox.NamedNode(f"{address}.{suffix}"), ox.NamedNode(iri)
    yield ox.Quad(document, RDF_TYPE, node("foaf:Document"))
    yield ox.Quad(document, node("foaf:primaryTopic"), entity)
    yield ox.Quad(document, node("void:inDataset"), ox.NamedNode(DATASET))
    yield ox.Quad(document, node("dcterms:license"), _LICENSE)
    for other in FORMATS:
        if other != suffix:
            format_ = ox.NamedNode(f"{address}.{other}")
            yield ox.Quad(document, node("dcterms:hasFormat"), format_)
    if alias:
        yield ox.Quad(ox.NamedNode(alias), node("owl:sameAs"), entity)


def _quads(store: Store, iri: str) -> Iterator[ox.Quad]:
    if iri == SHAPES:
        yield from _all_shapes()
        return
    if iri.startswith(SHAPE):
        yield from _shape_quads(iri)
        return
    entity = ox.NamedNode(iri)
    quads = [*store.quads(subject=entity), *_incoming(store, entity)]
    if iri == ONTOLOGY:
        quads += [
            quad
            for quad in store.quads(graph=ox.NamedNode(ONTOLOGY_GRAPH))
            if isinstance(quad.subject, ox.NamedNode) and quad.subject.value.startswith(f"{iri}#")
        ]
    if iri.startswith(CLAIM):
        quads += store.quads(graph=entity)
    yield from quads
    claims = {
        quad.graph_name
        for quad in quads
        if isinstance(quad.graph_name, ox.NamedNode) and quad.graph_name.value.startswith(CLAIM)
    }
    evidence = list(_evidence(store, claims, _EVIDENCE))
    yield from evidence
    if iri != ONTOLOGY:
        yield from _names(store, [*quads, *evidence])


def _incoming(store: Store, entity: ox.NamedNode) -> Iterator[ox.Quad]:
    rows = store.select(_ABOUT.format(iri=entity.value, limit=_INCOMING)).rows
    for graph, subject, property_ in rows:
        if (
            isinstance(graph, ox.NamedNode)
            and isinstance(subject, ox.NamedNode)
            and isinstance(property_, ox.NamedNode)
        ):
            yield ox.Quad(subject, property_, entity, graph)


def _evidence(
    store: Store, nodes: Iterable[ox.NamedNode], properties: tuple[ox.NamedNode, ...]
) -> Iterator[ox.Quad]:
    """Yield the descriptions of claims, and step by step of their evidence, selectors, sources."""
    waiting = sorted(nodes, key=str)
    seen = set(waiting)
    while waiting:
        for quad in store.quads(subject=waiting.pop()):
            yield quad
            following = quad.object
            if (
                quad.predicate in properties
                and isinstance(following, ox.NamedNode)
                and following not in seen
            ):
                seen.add(following)
                waiting.append(following)


def _names(store: Store, quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """Yield the names of all entities and terms that statements mention."""
    mentioned: dict[ox.NamedNode, None] = {}
    for quad in quads:
        for term in (quad.subject, quad.predicate, quad.object):
            if isinstance(term, ox.NamedNode):
                mentioned[term] = None
    for subject, property_, name, graph in store.about(list(mentioned)[:_NAMED], _NAMES):
        yield ox.Quad(subject, property_, name, graph)


@cache
def _all_shapes() -> tuple[ox.Quad, ...]:
    from kg.validation.shapes import read_shapes

    folder = resources.ontology() / "shapes"
    triples = [*read_shapes(folder), *read_shapes(folder / "catalogues")]
    return tuple(ox.Quad(each.subject, each.predicate, each.object) for each in triples)


def _shape_quads(iri: str) -> list[ox.Quad]:
    """Return a shape with its property shapes, and what blank nodes they have."""
    by_subject: dict[object, list[ox.Quad]] = {}
    for quad in _all_shapes():
        by_subject.setdefault(quad.subject, []).append(quad)
    waiting: list[object] = [ox.NamedNode(iri)]
    seen = set(waiting)
    found: list[ox.Quad] = []
    while waiting:
        quads = by_subject.get(waiting.pop(), [])
        found += quads
        for quad in quads:
            inside = isinstance(quad.object, ox.BlankNode) or quad.predicate == node("sh:property")
            if inside and quad.object not in seen:
                seen.add(quad.object)
                waiting.append(quad.object)
    return found
