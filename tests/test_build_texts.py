"""The texts that a graph was loaded from stand for the graph only where they are the same."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg import KnowledgeGraph, resources
from kg.build import Summary, texts
from kg.namespaces import BASE, PREFIXES
from kg.sources.rdf_file import read_shapes
from kg.store.embedded import EmbeddedStore
from kg.store.generations import current
from kg.validate import catalogues, parts

SHAPES = read_shapes(resources.ontology() / "shapes" / "catalogues")
ISO = ox.NamedNode(BASE + "graph/relaton-data-iso")
THING, VALUE = ox.NamedNode("https://example.org/a"), ox.NamedNode("https://example.org/b")


def written(store: Path | None, graph: ox.NamedNode = ISO) -> tuple[int | None, list[bytes]]:
    out = io.BytesIO()
    number = texts.at_hand(store)(graph, out)
    return number, out.getvalue().splitlines()


@pytest.fixture
def copy(joined: Summary, tmp_path: Path) -> Path:
    """The cache and the accounts of the small world, whose files a test may change."""
    generation = current(joined.folder)
    shutil.copytree(joined.folder / "converted", tmp_path / "converted")
    home = tmp_path / "generations" / generation.name
    home.mkdir(parents=True)
    shutil.copy(generation / "catalogues.jsonl", home)
    return home / "store"


def test_a_text_at_hand_is_what_the_store_gives(
    joined: Summary, world: KnowledgeGraph, tmp_path: Path
) -> None:
    for account in joined.catalogues:
        number, lines = written(world.store.path, account.graph)
        world.store.dump(account.graph, tmp_path / "dumped.nt")
        dumped = (tmp_path / "dumped.nt").read_bytes().splitlines()
        assert sorted(set(lines)) == sorted(dumped)
        assert number == len(dumped) > 0


def test_findings_are_the_same_with_texts_and_without(world: KnowledgeGraph) -> None:
    quick = world.validate_catalogues("shacl")
    plain = catalogues.run(world.store, SHAPES, "shacl")
    assert quick is not None
    assert plain is not None
    assert [(r.identity, r.messages) for r in quick] == [(r.identity, r.messages) for r in plain]
    assert (len(quick), quick.triples) == (len(plain), plain.triples)
    assert len(plain) > 0


def test_what_follows_from_catalogues_has_no_text(world: KnowledgeGraph) -> None:
    assert written(world.store.path, parts.listed(world.store)[-1]) == (None, [])
    assert written(None) == (None, [])


def test_a_text_that_is_gone_or_damaged_is_none(copy: Path, world: KnowledgeGraph) -> None:
    assert written(copy) == written(world.store.path)
    [file] = (copy.parents[2] / "converted").glob("relaton-data-iso-*.nt.zst")
    whole = file.read_bytes()
    changed = 0
    for at in range(len(whole) // 4, len(whole) - 4, len(whole) // 10):
        file.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        assert written(copy)[0] is None
        changed += 1
    assert changed > 5
    file.write_bytes(b"this is no archive" + whole)
    assert written(copy)[0] is None
    file.unlink()
    assert written(copy)[0] is None


@pytest.mark.parametrize(
    ("value", "alike"),
    [
        (ox.Literal("2016"), True),
        (ox.Literal("標準 01", language="zh"), True),
        (ox.Literal("2016-07-04", datatype=ox.NamedNode(PREFIXES["xsd"] + "date")), True),
        (ox.Literal("2016-07-41", datatype=ox.NamedNode(PREFIXES["xsd"] + "date")), True),
        (ox.Literal("2016", datatype=ox.NamedNode(PREFIXES["xsd"] + "gYear")), True),
        (ox.Literal("2016-07", datatype=ox.NamedNode(PREFIXES["xsd"] + "gYearMonth")), True),
        (ox.Literal("2016-07-04+00:00", datatype=ox.NamedNode(PREFIXES["xsd"] + "date")), False),
        (ox.Literal("2016", datatype=ox.NamedNode(PREFIXES["xsd"] + "date")), False),
        (ox.Literal(10**17), True),
        (ox.Literal(10**18), False),
        (ox.Literal(0), True),
        (ox.Literal("-0", datatype=ox.NamedNode(PREFIXES["xsd"] + "integer")), False),
        (ox.Literal("01", datatype=ox.NamedNode(PREFIXES["xsd"] + "integer")), False),
        (ox.Literal("7", datatype=ox.NamedNode(PREFIXES["xsd"] + "nonNegativeInteger")), False),
        (ox.Literal("2016", datatype=ox.NamedNode(PREFIXES["xsd"] + "decimal")), False),
        (ox.Literal("1", datatype=ox.NamedNode(PREFIXES["xsd"] + "boolean")), False),
        (ox.BlankNode("b"), False),
    ],
)
def test_a_text_counts_where_the_store_holds_its_terms_as_they_are(
    value: ox.Literal | ox.BlankNode, alike: bool
) -> None:
    triple = ox.Triple(THING, VALUE, value)
    line = ox.serialize([triple], format=ox.RdfFormat.N_TRIPLES) or b""
    assert texts._alike(line) == alike
    assert texts._alike(line * 3 + b"<x:s> <x:p> <x:o> .\n") == alike
    store = EmbeddedStore.in_memory([ox.Quad(THING, VALUE, value, ISO)])
    held = ox.serialize((q.triple for q in store.quads(ISO)), format=ox.RdfFormat.N_TRIPLES)
    assert held == line or not alike
