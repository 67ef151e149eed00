"""Checks: SPARQL queries (``ontology/checks``) that return a row for every defect of the graph.

They query the graph together with an inventory of terms: those that the data, shapes, rules,
queries and the JSON-LD context use, and those that the named vocabularies define.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from kg.common.errors import KgError, QueryError
from kg.common.namespaces import BASE, ONTOLOGY_GRAPH, PREFIXES, RDF_TYPE, expand, iri
from kg.store.embedded import EmbeddedStore
from kg.validation.vocabularies import defined_terms

CHECK: Final = BASE + "check#"
INVENTORY_GRAPH: Final = BASE + "graph/inventory"
_PREFIXED: Final = re.compile(r"(?<![\w<:/#?$])([A-Za-z]\w*):([A-Za-z][\w.-]*\w|[A-Za-z])")
_NOISE: Final = re.compile(r'#[^\n]*|"(?:\\.|[^"\\\n])*"|<[^>\s]*>')

_MAPPINGS: Final = frozenset(
    iri(name)
    for name in (
        *(f"skos:{kind}Match" for kind in ("exact", "close", "broad", "narrow", "related")),
        *("rdfs:subClassOf", "rdfs:subPropertyOf"),
        *("owl:equivalentClass", "owl:equivalentProperty"),
    )
)


@dataclass(frozen=True)
class Defect:
    """A defect of the graph: name and meaning of the check that found it, and the row it returned.

    ``values`` are pairs of column and value.
    """

    check: str
    meaning: str
    values: tuple[tuple[str, str], ...]

    def __str__(self) -> str:
        return f"{self.check}: {self.meaning} " + ", ".join(f"{k} = {v}" for k, v in self.values)


def run_checks(quads: Iterable[ox.Quad], ontology: Path, queries: Path) -> list[Defect]:
    """Run all checks of the folder ``ontology`` on a graph; return the defects.

    Raises QueryError for a check that is not a valid SELECT query.
    """
    quads = list(quads)
    store = EmbeddedStore.in_memory([*quads, *term_inventory(quads, ontology, queries)])
    defects = []
    for file in sorted((ontology / "checks").glob("*.rq")):
        text = file.read_text(encoding="utf-8")
        meaning = text.split("\n", 1)[0].removeprefix("#").strip()
        try:
            table = store.select(f"PREFIX check: <{CHECK}>\n{text}")
        except KgError as error:
            raise QueryError(f"{file}: {error}") from error
        for row in table.rows:
            cells = zip(table.columns, row, strict=True)
            values = tuple(
                (name, getattr(term, "value", "")) for name, term in cells if term is not None
            )
            defects.append(Defect(file.stem, meaning, values))
    return defects


def term_inventory(quads: Iterable[ox.Quad], ontology: Path, queries: Path) -> Iterator[ox.Quad]:
    """Yield where the project uses each term, and which terms the vocabularies define.

    The quads are in ``graph/inventory``: ``?term check:usedIn "place"``,
    ``?term check:definedBy <namespace>``, ``<namespace> a check:Vocabulary``.
    """
    graph = ox.NamedNode(INVENTORY_GRAPH)
    used_in = ox.NamedNode(CHECK + "usedIn")
    for term, place in sorted({*_used_in_data(quads), *_used_in_files(ontology, queries)}):
        yield ox.Quad(ox.NamedNode(term), used_in, ox.Literal(place), graph)
    defined_by, vocabulary = ox.NamedNode(CHECK + "definedBy"), ox.NamedNode(CHECK + "Vocabulary")
    for namespace, terms in defined_terms().items():
        yield ox.Quad(ox.NamedNode(namespace), RDF_TYPE, vocabulary, graph)
        for term in sorted(terms):
            yield ox.Quad(
                ox.NamedNode(namespace + term), defined_by, ox.NamedNode(namespace), graph
            )


def _used_in_data(quads: Iterable[ox.Quad]) -> Iterator[tuple[str, str]]:
    own = (PREFIXES["std"], BASE + "scheme/")
    role_property = iri("std:roleProperty")
    for quad in quads:
        graph = quad.graph_name
        place = graph.value if isinstance(graph, ox.NamedNode) else "the default graph"
        yield quad.predicate.value, place
        if isinstance(quad.object, ox.Literal):
            yield quad.object.datatype.value, place
        elif isinstance(quad.object, ox.NamedNode):
            if quad.predicate.value == role_property:
                yield quad.object.value, f"std:roleProperty of {quad.subject}"
            elif quad.predicate.value in _MAPPINGS and not quad.object.value.startswith(BASE):
                yield quad.object.value, f"mapping of {quad.subject}"
            elif quad.predicate == RDF_TYPE or (
                place != ONTOLOGY_GRAPH and quad.object.value.startswith(own)
            ):
                yield quad.object.value, place


def _used_in_files(ontology: Path, queries: Path) -> Iterator[tuple[str, str]]:
    texts = [
        *(ontology / "rules").glob("*.rq"),
        *(ontology / "checks").glob("*.rq"),
        *queries.rglob("*.rq"),
    ]
    shapes = list((ontology / "shapes").rglob("*.ttl"))
    for file in texts + shapes:
        text = file.read_text(encoding="utf-8")
        own = {**PREFIXES, "check": CHECK}
        for prefix, local in _PREFIXED.findall(_NOISE.sub(" ", text.replace('"""', " "))):
            if prefix in own and prefix not in ("shape", "graph", "check", "claim"):
                yield own[prefix] + local, file.name
    context = json.loads((ontology / "context.jsonld").read_text(encoding="utf-8"))["@context"]
    for term, definition in context.items():
        name = definition.get("@id", "") if isinstance(definition, dict) else str(definition)
        if name.partition(":")[0] in PREFIXES and (used := expand(name)):
            yield used.value, f"context.jsonld ({term})"
