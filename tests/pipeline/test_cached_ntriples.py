"""Cached N-Triples replace the store only if they are equal to it."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg import KnowledgeGraph
from kg.common import resources
from kg.common.namespaces import BASE, PREFIXES
from kg.pipeline import cached_ntriples
from kg.pipeline.build import Summary
from kg.store.embedded import EmbeddedStore
from kg.store.generations import current_generation
from kg.validation import catalogues, partitions
from kg.validation.shapes import read_shapes

SHAPES = read_shapes(resources.ontology() / "shapes" / "catalogues")
ISO = ox.NamedNode(BASE + "graph/relaton-data-iso")
THING, VALUE = ox.NamedNode("https://example.org/a"), ox.NamedNode("https://example.org/b")


def written(store: Path, graph: ox.NamedNode = ISO) -> tuple[bool, list[bytes]]:
    out = io.BytesIO()
    texts = cached_ntriples.cached_texts(store)
    assert texts is not None
    return texts.write_graph(graph, out), out.getvalue().splitlines()


def here(world: KnowledgeGraph) -> Path:
    assert world.store.path is not None
    return world.store.path


@pytest.fixture
def copy(joined: Summary, tmp_path: Path) -> Path:
    """The cache and the accounts of the small world, whose files a test may change."""
    generation = current_generation(joined.folder)
    shutil.copytree(joined.folder / "converted", tmp_path / "converted")
    home = tmp_path / "generations" / generation.name
    home.mkdir(parents=True)
    for name in ("catalogues.jsonl", "summary.json"):
        shutil.copy(generation / name, home)
    return home / "store"


def test_a_cached_text_equals_the_dump_of_the_store(
    joined: Summary, world: KnowledgeGraph, tmp_path: Path
) -> None:
    for account in joined.catalogues:
        whole, lines = written(here(world), account.graph)
        assert whole
        world.store.dump(account.graph, tmp_path / "dumped.nt")
        dumped = (tmp_path / "dumped.nt").read_bytes().splitlines()
        assert sorted(set(lines)) == sorted(dumped)
        assert len(dumped) > 0


def test_findings_are_the_same_with_texts_and_without(world: KnowledgeGraph) -> None:
    quick = world.validate_catalogues("shacl")
    plain = catalogues.validate_catalogues(world.store, SHAPES, "shacl")
    assert quick is not None
    assert plain is not None
    assert [(r.identity, r.messages) for r in quick] == [(r.identity, r.messages) for r in plain]
    assert (len(quick), quick.triples) == (len(plain), plain.triples)
    assert len(plain) > 0


def test_derived_triples_have_no_text(world: KnowledgeGraph) -> None:
    assert written(here(world), partitions.catalogue_part(world.store)[-1]) == (False, [])
    assert cached_ntriples.cached_texts(None) is None


def test_a_missing_or_damaged_text_is_not_used(copy: Path, world: KnowledgeGraph) -> None:
    assert written(copy) == written(here(world))
    assert written(copy)[0]
    [file] = (copy.parents[2] / "converted").glob("relaton-data-iso-*.nt.zst")
    whole = file.read_bytes()
    changed = 0
    for at in range(len(whole) // 4, len(whole) - 4, len(whole) // 10):
        file.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        assert not written(copy)[0]
        changed += 1
    assert changed > 5
    # Of the last two, each piece is sound: one is missing, or is there that was not loaded.
    for other in (b"this is no archive" + whole, b"", whole * 2):
        file.write_bytes(other)
        assert not written(copy)[0]
    file.unlink()
    assert not written(copy)[0]


def test_a_graph_without_a_recorded_count_has_no_texts(copy: Path) -> None:
    (copy.parent / "summary.json").write_text("{}", encoding="utf-8")
    assert cached_ntriples.cached_texts(copy) is None


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
def test_a_text_is_used_if_the_store_keeps_its_terms_unchanged(
    value: ox.Literal | ox.BlankNode, alike: bool
) -> None:
    triple = ox.Triple(THING, VALUE, value)
    line = ox.serialize([triple], format=ox.RdfFormat.N_TRIPLES) or b""
    assert cached_ntriples._is_canonical(line) == alike
    assert cached_ntriples._is_canonical(line * 3 + b"<x:s> <x:p> <x:o> .\n") == alike
    store = EmbeddedStore.in_memory([ox.Quad(THING, VALUE, value, ISO)])
    held = ox.serialize((q.triple for q in store.quads(ISO)), format=ox.RdfFormat.N_TRIPLES)
    assert held == line or not alike
