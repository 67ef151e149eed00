"""What must never be: SPARQL queries whose every row is a defect.

The checks of ``ontology/checks`` ask the graph together with an inventory of the project: which
terms its data, shapes, rules, queries and JSON-LD context use, and which terms the vocabularies
that it names really define.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from kg.common.errors import KgError
from kg.common.namespaces import BASE, ONTOLOGY_GRAPH, PREFIXES
from kg.store.embedded import EmbeddedStore

CHECK: Final = BASE + "check#"
INVENTORY_GRAPH: Final = BASE + "graph/inventory"
_PREFIXED: Final = re.compile(r"(?<![\w<:/#?$])([A-Za-z]\w*):([A-Za-z][\w.-]*\w|[A-Za-z])")
_NOISE: Final = re.compile(r'#[^\n]*|"(?:\\.|[^"\\\n])*"|<[^>\s]*>')

OA_TERMS: Final = frozenset(
    [
        "Annotation",
        "SpecificResource",
        "TextPositionSelector",
        "TextQuoteSelector",
        "end",
        "exact",
        "hasBody",
        "hasSelector",
        "hasSource",
        "hasTarget",
        "prefix",
        "start",
        "suffix",
    ]
)
"""Those of the Web Annotation vocabulary that may be used; rdflib has no list of them."""


@dataclass(frozen=True)
class Defect:
    """One row of one check: what the check looks for, and what it found."""

    check: str
    meaning: str
    found: tuple[tuple[str, str], ...]

    def __str__(self) -> str:
        return f"{self.check}: {self.meaning} " + ", ".join(f"{k} = {v}" for k, v in self.found)


def run(quads: Iterable[ox.Quad], ontology: Path, queries: Path) -> list[Defect]:
    """Run all checks of ``ontology/checks`` over a graph; returns its defects, best none.

    Raises KgError for a check that is no sound SELECT query.
    """
    quads = list(quads)
    store = EmbeddedStore.in_memory([*quads, *inventory(quads, ontology, queries)])
    defects = []
    for file in sorted((ontology / "checks").glob("*.rq")):
        text = file.read_text(encoding="utf-8")
        meaning = text.split("\n", 1)[0].removeprefix("#").strip()
        try:
            table = store.select(f"PREFIX check: <{CHECK}>\n{text}")
        except KgError as error:
            raise KgError(f"{file}: {error}") from error
        for row in table.rows:
            cells = zip(table.columns, row, strict=True)
            found = tuple(
                (name, getattr(term, "value", "")) for name, term in cells if term is not None
            )
            defects.append(Defect(file.stem, meaning, found))
    return defects


def inventory(quads: Iterable[ox.Quad], ontology: Path, queries: Path) -> Iterator[ox.Quad]:
    """Which terms the project uses and where, and which terms the named vocabularies define.

    Quads in ``graph/inventory``: ``?term check:usedIn "place"``,
    ``?term check:definedBy <namespace>``, ``<namespace> a check:Vocabulary``.
    """
    graph = ox.NamedNode(INVENTORY_GRAPH)
    used_in = ox.NamedNode(CHECK + "usedIn")
    for term, place in sorted({*_used_in_data(quads), *_used_in_files(ontology, queries)}):
        yield ox.Quad(ox.NamedNode(term), used_in, ox.Literal(place), graph)
    kind = ox.NamedNode(PREFIXES["rdf"] + "type")
    defined_by, vocabulary = ox.NamedNode(CHECK + "definedBy"), ox.NamedNode(CHECK + "Vocabulary")
    for namespace, terms in _vocabularies().items():
        yield ox.Quad(ox.NamedNode(namespace), kind, vocabulary, graph)
        for term in sorted(terms):
            yield ox.Quad(
                ox.NamedNode(namespace + term), defined_by, ox.NamedNode(namespace), graph
            )


def _used_in_data(quads: Iterable[ox.Quad]) -> Iterator[tuple[str, str]]:
    own = (PREFIXES["std"], BASE + "scheme/")
    type_, role_property = PREFIXES["rdf"] + "type", PREFIXES["org"] + "roleProperty"
    for quad in quads:
        graph = quad.graph_name
        place = graph.value if isinstance(graph, ox.NamedNode) else "the default graph"
        yield quad.predicate.value, place
        if isinstance(quad.object, ox.Literal):
            yield quad.object.datatype.value, place
        elif isinstance(quad.object, ox.NamedNode):
            if quad.predicate.value == role_property:
                yield quad.object.value, f"org:roleProperty of {quad.subject}"
            elif quad.predicate.value == type_ or (
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
        iri = definition.get("@id", "") if isinstance(definition, dict) else str(definition)
        prefix, _, local = iri.partition(":")
        if prefix in PREFIXES and not local.startswith("//"):
            yield PREFIXES[prefix] + local, f"context.jsonld ({term})"


def _vocabularies() -> dict[str, set[str]]:
    from rdflib import namespace as known

    named = [
        "DCAT",
        "DCTERMS",
        "FOAF",
        "ORG",
        "OWL",
        "PROV",
        "RDF",
        "RDFS",
        "SDO",
        "SH",
        "SKOS",
        "VANN",
        "VOID",
        "XSD",
    ]
    found: dict[str, set[str]] = {PREFIXES["oa"]: set(OA_TERMS)}
    for name in named:
        vocabulary = getattr(known, name)
        base = str(vocabulary)
        found[base] = {str(term).removeprefix(base) for term in dir(vocabulary)}
        found[base].update(vocabulary._extras)
    return found
