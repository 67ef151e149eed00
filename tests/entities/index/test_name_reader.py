"""Names read from cached N-Triples are those read from the store."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from kg import KnowledgeGraph
from kg.common.namespaces import BASE, iri
from kg.entities.index.kind_sets import KindSet, parse_kind_sets
from kg.entities.index.name_reader import NameReader
from kg.entities.index.schema import PROPERTIES
from kg.pipeline.build import Summary
from kg.pipeline.cached_ntriples import block_reader
from kg.store import CachedNTriples, Graph, Store
from kg.store.embedded import EmbeddedStore

ENTITY = "<https://example.org/a>"
LABEL, TITLE = f"<{iri('skos:prefLabel')}>", f"<{iri('dcterms:title')}>"
TYPE, STAGE = f"<{iri('rdf:type')}>", f"<{iri('std:stage')}>"
GRAPH = ox.NamedNode("https://example.org/graph")
LINES = f"""\
{ENTITY} {TYPE} <https://example.org/Kind> .
{ENTITY} {TYPE} _:b0 .
{ENTITY} {TYPE} "a literal" .
{ENTITY} {LABEL} "ISO 1" .
{ENTITY} {LABEL} "ISO 1" .
{ENTITY} {LABEL} <https://example.org/no-literal> .
{ENTITY} <{iri("dcterms:identifier")}> "ISO 1" .
<https://example.org/other> {LABEL} "ISO 2" .
<https://example.org/another> <{iri("dcterms:identifier")}> "ISO 2" .
{ENTITY} {TITLE} "called \\"so\\",\\nin two lines"@en .
{ENTITY} {TITLE} "C:\\\\"@fr .
{ENTITY} {TITLE} "a> .\u2028 <b"@zh-Hans .
{ENTITY} {LABEL} "01"^^<{iri("xsd:integer")}> .
{ENTITY} {LABEL} "\\u4E2D"^^<{iri("xsd:string")}> .
{ENTITY} {STAGE} <{BASE}scheme/stage/published> .
{ENTITY} {STAGE} <{BASE}scheme/stage/withdrawn> .
{ENTITY} {STAGE} <{BASE}scheme/stage/development> .
<https://example.org/nameless> {TYPE} <https://example.org/Other> .
_:b0 {LABEL} "of a blank node" .
""".encode()

Entities = dict[str, tuple[KindSet, str, frozenset[tuple[int, str, str]]]]


def read_all(store: Store, cached: CachedNTriples | None = None) -> Entities:
    """Return kinds, stage and names of each named entity, without identifiers equal to a label."""
    reader = NameReader()
    names: dict[int, set[tuple[int, str, str]]] = {}
    for number, *name in reader.names(store, cached):
        place, language, text = name
        assert isinstance(place, int)
        names.setdefault(number, set()).add((place, str(language), str(text)))
    label, identifier = (
        PROPERTIES.index(iri(name)) for name in ("skos:prefLabel", "dcterms:identifier")
    )
    for each in names.values():
        each -= {(identifier, language, text) for place, language, text in each if place == label}
    kinds = parse_kind_sets(reader.kind_sets.rows(store))
    assert [number in names for number in reader.ids.values()] == list(map(bool, reader.has_name))
    return {
        iri: (kinds[reader.kind_set[at]], reader.stage[at], frozenset(names[at]))
        for iri, at in reader.ids.items()
        if at in names
    }


def test_cached_graphs_and_store_have_the_same_names(
    joined: Summary, world: KnowledgeGraph
) -> None:
    assert world.store.path is not None
    cached = block_reader(world.store.path)
    assert all(cached(account.graph) is not None for account in joined.catalogues)
    found = read_all(world.store, cached)
    assert found == read_all(world.store)
    assert len(found) > 1000


def test_lines_of_all_forms_are_read_as_from_the_store() -> None:
    store = EmbeddedStore.in_memory(
        ox.Quad(quad.subject, quad.predicate, quad.object, GRAPH)
        for quad in ox.parse(LINES, format=ox.RdfFormat.N_TRIPLES)
    )

    def cached(graph: Graph) -> Iterator[bytes] | None:
        return iter([LINES]) if graph == GRAPH else None

    found = read_all(store, cached)
    assert found == read_all(store)
    kinds, stage, names = found[ENTITY[1:-1]]
    assert len(found) == 3
    assert kinds.narrow == ("https://example.org/Kind",)
    assert stage == f"{BASE}scheme/stage/withdrawn"
    assert {text for _, _, text in names} == {
        "ISO 1",
        'called "so",\nin two lines',
        "C:\\",
        "a> .\u2028 <b",
        "1",
        "中",
    }
