"""What is gathered from the texts that graphs were loaded from is what their store gives."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from kg import KnowledgeGraph
from kg.common.namespaces import BASE, PREFIXES
from kg.entities.index.kind_sets import KindSet, parse_kind_sets
from kg.entities.index.name_reader import NameReader
from kg.entities.index.schema import PROPERTIES
from kg.pipeline.build import Summary
from kg.pipeline.cached_ntriples import blocks_of
from kg.store import CachedNTriples, Graph, Store
from kg.store.embedded import EmbeddedStore

THING = "<https://example.org/a>"
LABEL, TITLE = f"<{PREFIXES['skos']}prefLabel>", f"<{PREFIXES['dcterms']}title>"
TYPE, STAGE = f"<{PREFIXES['rdf']}type>", f"<{PREFIXES['std']}stage>"
LABELS, IDENTIFIERS = ("skos", "prefLabel"), ("dcterms", "identifier")
GRAPH = ox.NamedNode("https://example.org/graph")
LINES = f"""\
{THING} {TYPE} <https://example.org/Kind> .
{THING} {TYPE} _:b0 .
{THING} {TYPE} "a literal" .
{THING} {LABEL} "ISO 1" .
{THING} {LABEL} "ISO 1" .
{THING} {LABEL} <https://example.org/no-literal> .
{THING} <{PREFIXES["dcterms"]}identifier> "ISO 1" .
<https://example.org/other> {LABEL} "ISO 2" .
<https://example.org/another> <{PREFIXES["dcterms"]}identifier> "ISO 2" .
{THING} {TITLE} "called \\"so\\",\\nin two lines"@en .
{THING} {TITLE} "C:\\\\"@fr .
{THING} {TITLE} "a> .\u2028 <b"@zh-Hans .
{THING} {LABEL} "01"^^<{PREFIXES["xsd"]}integer> .
{THING} {LABEL} "\\u4E2D"^^<{PREFIXES["xsd"]}string> .
{THING} {STAGE} <{BASE}scheme/stage/published> .
{THING} {STAGE} <{BASE}scheme/stage/withdrawn> .
{THING} {STAGE} <{BASE}scheme/stage/development> .
<https://example.org/nameless> {TYPE} <https://example.org/Other> .
_:b0 {LABEL} "of no thing" .
""".encode()

Named = dict[str, tuple[KindSet, str, frozenset[tuple[int, str, str]]]]


def gathered(store: Store, text_of: CachedNTriples | None = None) -> Named:
    """The kinds, stage and names of each thing that has a name, an identifier only if no label."""
    found = NameReader()
    names: dict[int, set[tuple[int, str, str]]] = {}
    for number, *name in found.names(store, text_of):
        place, language, text = name
        assert isinstance(place, int)
        names.setdefault(number, set()).add((place, str(language), str(text)))
    label, identifier = (PROPERTIES.index(PREFIXES[p] + n) for p, n in (LABELS, IDENTIFIERS))
    for each in names.values():
        each -= {(identifier, language, text) for place, language, text in each if place == label}
    kinds = parse_kind_sets(found.kind_sets.rows(store))
    assert [number in names for number in found.ids.values()] == list(map(bool, found.has_name))
    return {
        iri: (kinds[found.kind_set[at]], found.stage[at], frozenset(names[at]))
        for iri, at in found.ids.items()
        if at in names
    }


def test_texts_and_store_say_the_same_of_a_small_world(
    joined: Summary, world: KnowledgeGraph
) -> None:
    assert world.store.path is not None
    text_of = blocks_of(world.store.path)
    assert all(text_of(account.graph) is not None for account in joined.catalogues)
    found = gathered(world.store, text_of)
    assert found == gathered(world.store)
    assert len(found) > 1000


def test_lines_of_all_forms_say_what_the_store_says() -> None:
    store = EmbeddedStore.in_memory(
        ox.Quad(quad.subject, quad.predicate, quad.object, GRAPH)
        for quad in ox.parse(LINES, format=ox.RdfFormat.N_TRIPLES)
    )

    def text_of(graph: Graph) -> Iterator[bytes] | None:
        return iter([LINES]) if graph == GRAPH else None

    found = gathered(store, text_of)
    assert found == gathered(store)
    kinds, stage, names = found[THING[1:-1]]
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
