"""Writes ontology/shape-domains.ttl: what the shapes say of the domains and ranges of properties.

Run as ``python docs/make_domains.py`` after a change of the shapes or of ontology/domains.ttl. A
property is for the target classes of the shapes that have it as a path, and its values are of the
classes, datatypes and code lists that they ask for; what ontology/domains.ttl says already is left
out. Labels, and the terms of RDF, RDFS, OWL, SKOS and Web Annotation, are for any thing.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from kg.common.namespaces import PREFIXES, compact
from kg.sources.rdf import reader
from kg.store.embedded import EmbeddedStore
from kg.validation.shapes import read_shapes

ROOT: Final = Path(__file__).resolve().parent.parent
ONTOLOGY: Final = ROOT / "ontology"
FILE: Final = ONTOLOGY / "shape-domains.ttl"
_VOCABULARIES: Final = ("std", "dcterms", "schema")
_SHOWN: Final = (*_VOCABULARIES, "oa", "qb", "owl", "rdf", "rdfs", "skos", "xsd")
_QB: Final = "http://purl.org/linked-data/cube#"
_HEAD: Final = """\
# What the shapes say of the domains and ranges of properties, besides domains.ttl: for editors,
# completion and forms. Made by `python docs/make_domains.py`.

"""
_QUERIES: Final = {
    "schema:domainIncludes": """
        SELECT DISTINCT ?property ?value WHERE {
            ?shape sh:targetClass ?value ; sh:property/sh:path ?property
            FILTER NOT EXISTS {
                ?property schema:domainIncludes ?any . ?value rdfs:subClassOf* ?any
            }
        }""",
    "schema:rangeIncludes": """
        SELECT DISTINCT ?property ?value WHERE {
            ?shape sh:path ?property ; (sh:or/rdf:rest*/rdf:first)?/(sh:class|sh:datatype) ?value
            FILTER NOT EXISTS {
                ?property schema:rangeIncludes ?any . ?value rdfs:subClassOf* ?any
            }
        }""",
    "qb:codeList": """
        SELECT DISTINCT ?property (IRI(?list) AS ?value) WHERE {
            ?shape sh:path ?property ; sh:pattern ?pattern
            BIND(REPLACE(?pattern, "^[\\\\^](.*)/$", "$1") AS ?list)
            FILTER(REGEX(?list, "/scheme/[A-Za-z]+$"))
        }""",
}


def text() -> str:
    """Return the file in Turtle."""
    shapes = (read_shapes(ONTOLOGY / "shapes" / part) for part in ("", "catalogues"))
    names = ("standardization.ttl", "catalogues.ttl", "domains.ttl")
    quads = [quad for name in names for quad in reader.read_rdf(ONTOLOGY / name)]
    triples = [*(t for part in shapes for t in part), *(quad.triple for quad in quads)]
    store = EmbeddedStore.in_memory(ox.Quad(*triple) for triple in triples)
    found: dict[str, dict[str, list[str]]] = {}
    for predicate, query in _QUERIES.items():
        for property_, value in _rows(store, query):
            found.setdefault(property_, {}).setdefault(predicate, []).append(value)
    statements = (
        f"{property_} "
        + " ;\n    ".join(f"{name} {', '.join(sorted(values))}" for name, values in parts.items())
        + " .\n"
        for property_, parts in sorted(found.items())
    )
    namespaces = {**PREFIXES, "qb": _QB}
    prefixes = (f"@prefix {name}: <{namespaces[name]}> .\n" for name in sorted(_SHOWN))
    return f"{_HEAD}{''.join(prefixes)}\n{''.join(statements)}"


def _rows(store: EmbeddedStore, query: str) -> Iterator[tuple[str, str]]:
    for row in store.select(query).rows:
        property_, value = (getattr(term, "value", "") for term in row)
        if compact(property_).partition(":")[0] in _VOCABULARIES:
            shown = compact(value)
            yield compact(property_), f"<{value}>" if shown.startswith("<") else shown


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8")
