"""The ontology: each class and property with its definition, examples and shapes."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.common import resources
from kg.common.bilingual import Text
from kg.common.namespaces import STD, compact
from kg.entities.lookup import bilingual_labels
from kg.validation.shacl import SH
from kg.validation.shapes import read_shapes
from kg.web.pages.html import render
from kg.web.pages.reader import Reader

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.graph import KnowledgeGraph

_TERMS: Final = """
SELECT ?term ?kind ?property ?value WHERE {
    GRAPH <graph/ontology> {
        ?term a ?kind ; ?property ?value
        FILTER(?kind IN (owl:Class, owl:ObjectProperty, owl:DatatypeProperty))
        FILTER(?property IN (skos:definition, rdfs:subClassOf, rdfs:subPropertyOf,
            schema:domainIncludes, schema:rangeIncludes, <http://purl.org/linked-data/cube#codeList>))
    }
} ORDER BY ?term ?property ?value"""
_EXAMPLES: Final = "SELECT DISTINCT ?thing WHERE {{ ?thing a {term} }} LIMIT 3"
_SHAPES: Final = ("targetClass", "path")


@dataclass
class Term:
    """A class or property: IRI, label, definition, and what it is related to, by local names."""

    iri: str
    label: Text
    definition: dict[str, str] = field(default_factory=dict)
    related: dict[str, list[str]] = field(default_factory=dict)
    examples: list[str] = field(default_factory=list)
    shapes: list[str] = field(default_factory=list)

    @property
    def local(self) -> str:
        """The name after the hash."""
        return self.iri.removeprefix(STD)


def picture(graph: KnowledgeGraph, lang: str, scheme: str) -> str:
    """Return the classes and how they are related as SVG, for a light or ``dark`` page."""
    return graph.view("ontology").svg(lang, dark=scheme == "dark")


def show(graph: KnowledgeGraph, reader: Reader) -> str:
    """Return the page of the ontology."""
    rows = [
        (term.value, kind.value, property_.value, value)
        for term, kind, property_, value in graph.store.select(_TERMS).rows
        if term is not None and kind is not None and property_ is not None and value is not None
    ]
    iris = {iri for iri, *_ in rows if iri.startswith(STD)}
    related = {value.value for *_, value in rows if isinstance(value, ox.NamedNode)}
    labels = bilingual_labels(graph.store, iris | related)
    found: dict[str, dict[str, Term]] = {"classes": {}, "properties": {}}
    for iri, kind, property_, value in rows:
        if iri not in iris:
            continue
        part = "classes" if kind.endswith("#Class") else "properties"
        term = found[part].setdefault(iri, Term(iri, labels[iri]))
        if isinstance(value, ox.Literal):
            term.definition[value.language or "en"] = value.value
        elif isinstance(value, ox.NamedNode):
            term.related.setdefault(property_.replace("#", "/").rpartition("/")[2], []).append(
                value.value
            )
    shapes = _shapes_by_term()
    for part, terms in found.items():
        for term in terms.values():
            term.shapes = sorted(shapes.get(term.iri, ()))
            if part == "classes":
                query = _EXAMPLES.format(term=ox.NamedNode(term.iri))
                term.examples = [r[0].value for r in graph.store.select(query).rows if r[0]]
    named = bilingual_labels(
        graph.store, {iri for term in found["classes"].values() for iri in term.examples}
    )
    parts = {
        part: sorted(terms.values(), key=lambda term: term.label.of(reader.lang))
        for part, terms in found.items()
    }
    return render(reader, "ontology.html", parts=parts, labels={**labels, **named}, compact=compact)


@cache
def _shapes_by_term() -> Mapping[str, frozenset[str]]:
    """Return the shapes (compact IRIs) that constrain each class or property."""
    found: dict[str, set[str]] = {}
    for triple in read_shapes(resources.ontology() / "shapes"):
        name = triple.predicate.value.removeprefix(SH)
        if name in _SHAPES and isinstance(triple.object, ox.NamedNode):
            found.setdefault(triple.object.value, set()).add(
                compact(str(triple.subject).strip("<>"))
            )
    return {term: frozenset(shapes) for term, shapes in found.items()}
