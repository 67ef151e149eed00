"""Exports that are sorted in chunks, in temporary files, have the same bytes."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.common.errors import KgError
from kg.common.namespaces import BASE, PREFIXES
from kg.export import FORMATS, export
from kg.export.rdf import canonical_order, external_sort
from kg.graph import KnowledgeGraph
from kg.store.embedded import EmbeddedStore

pytestmark = pytest.mark.slow

STD = PREFIXES["std"]
TYPE = ox.NamedNode(PREFIXES["rdf"] + "type")
MANY = settings(max_examples=60, deadline=None, derandomize=True, database=None)


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder of temporary files, which must be empty in the end."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    yield tmp_path
    assert not list(tmp_path.iterdir())


@pytest.fixture(scope="module")
def real() -> EmbeddedStore:
    store = KnowledgeGraph.in_memory().store
    assert isinstance(store, EmbeddedStore)
    return store


def statement(predicate: str, value: Any, graph: str = "") -> ox.Quad:
    where = ox.NamedNode(graph) if graph else ox.DefaultGraph()
    return ox.Quad(ox.NamedNode(BASE + "s"), ox.NamedNode(predicate), value, where)


def in_order(quads: Iterable[ox.Quad]) -> list[ox.Quad]:
    """Sort quads by their terms."""

    def key(quad: ox.Quad) -> tuple[str, ...]:
        graph = "" if isinstance(quad.graph_name, ox.DefaultGraph) else str(quad.graph_name)
        predicate = "" if quad.predicate == TYPE else quad.predicate.value
        return graph, str(quad.subject), predicate, str(quad.object)

    return sorted(set(quads), key=key)


def test_quads_are_sorted_by_their_terms(real: EmbeddedStore, bench: Any) -> None:
    quads = in_order(real.quads())
    assert bench.write(real, "nquads") == ox.serialize(quads, format=ox.RdfFormat.N_QUADS)
    triples = [quad.triple for quad in in_order(bench.flatten(quads))]
    assert bench.write(real, "ntriples") == ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES)


@pytest.mark.parametrize("syntax", FORMATS)
def test_chunks_give_the_same_bytes(
    syntax: str, real: EmbeddedStore, temporary: Path, bench: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = bench.write(real, syntax)
    assert bench.write(real.quads(), syntax) == whole
    assert "杭州市".encode() in whole
    monkeypatch.setattr(external_sort, "CHUNK_SIZE", 200_000)
    monkeypatch.setattr(external_sort, "_READ_SIZE", 5_000)
    monkeypatch.setattr(canonical_order, "_BLOCK_SIZE", 20_000)
    seen: set[Path] = set()

    class ChunkWatcher(io.BytesIO):
        def write(self, data: Any, /) -> int:
            seen.update(temporary.glob("*/*"))
            return super().write(data)

    output = ChunkWatcher()
    export(real, syntax, output)
    assert len(seen) > 5
    assert output.getvalue() == whole


@MANY
@given(data=st.data())
def test_any_graph_in_chunks(
    data: st.DataObject, graphs: st.SearchStrategy[list[ox.Quad]], bench: Any
) -> None:
    quads = data.draw(graphs)
    syntax = data.draw(st.sampled_from(["nquads", "ntriples", "turtle", "trig"]))
    whole = bench.write(quads, syntax)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(external_sort, "CHUNK_SIZE", 1)
        assert bench.write(EmbeddedStore.in_memory(quads), syntax) == whole
    if not any(isinstance(term, ox.BlankNode) for quad in quads for term in quad):
        expected = ox.serialize(in_order(quads), format=ox.RdfFormat.N_QUADS)
        assert bench.write(quads, "nquads") == expected


def test_iris_with_a_common_prefix_and_types_first(
    temporary: Path, bench: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    tails = ("", "!", "-", "1", "a", "浙", "/")
    values = [ox.Literal("a"), ox.Literal("a", language="en"), ox.Literal("a b")]
    values += [ox.Literal("a", datatype=ox.NamedNode(STD + tail)) for tail in tails]
    quads = [
        statement(predicate, value, graph and graph + tail)
        for value in [*values, *(ox.NamedNode(STD + tail) for tail in tails)]
        for predicate in (TYPE.value, *(STD + "p" + one for one in tails))
        for graph in ("", BASE + "g")
        for tail in tails
    ]
    expected = ox.serialize(in_order(quads), format=ox.RdfFormat.N_QUADS) or b""
    assert bench.write(quads, "nquads") == expected
    monkeypatch.setattr(external_sort, "CHUNK_SIZE", 10_000)
    monkeypatch.setattr(external_sort, "_READ_SIZE", 1_000)
    assert bench.write(EmbeddedStore.in_memory(quads), "nquads") == expected
    assert str(TYPE) in expected.splitlines()[0].decode()
    assert not list(temporary.iterdir())


@pytest.mark.parametrize("syntax", ["turtle", "ntriples", "rdfxml"])
@pytest.mark.usefixtures("temporary")
def test_triples_of_several_graphs_are_written_once(
    syntax: str, bench: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    values = [ox.Literal(f"浙江{number}") for number in range(50)]
    once = [statement(STD + "p", value) for value in values]
    many = [statement(STD + "p", value, f"{BASE}g/{n}") for n in range(20) for value in values]
    monkeypatch.setattr(external_sort, "CHUNK_SIZE", 5_000)
    monkeypatch.setattr(external_sort, "_READ_SIZE", 500)
    written = bench.write(EmbeddedStore.in_memory(many), syntax)
    assert written == bench.write(once, syntax)
    assert len(bench.from_pyoxigraph(written, syntax)) == 50


@pytest.mark.usefixtures("temporary")
def test_blank_nodes_are_sorted_by_canonical_label(
    bench: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    chain = [ox.BlankNode(name) for name in "abc"]
    graphs = (ox.DefaultGraph(), ox.NamedNode(BASE + "g"), ox.BlankNode("g"))
    link = ox.NamedNode(STD + "p")
    values: list[Any] = [*chain, ox.NamedNode(BASE + "o"), ox.Literal("_:a"), ox.Literal("x _:b")]
    quads = [
        ox.Quad(subject, link, value, graph)
        for graph in graphs
        for subject in (chain[0], ox.NamedNode(BASE + "s"))
        for value in values
    ]
    monkeypatch.setattr(external_sort, "CHUNK_SIZE", 1)
    written = bench.write(EmbeddedStore.in_memory(quads), "nquads")
    found = bench.from_pyoxigraph(written, "nquads")
    assert found == in_order(found)
    assert bench.canonical(found) == bench.canonical(quads)
    renamed = ox.parse(written, ox.RdfFormat.N_QUADS, rename_blank_nodes=True)
    assert bench.write(renamed, "nquads") == written


TEXTS = (
    *("<< (", " <<( <a:a> <a:a> <a:a> )>> .", '"@ar--rtl .', '"@ar--rtl .\n', "_:a", " _:a .\n"),
    *(f'"^^<{PREFIXES["rdf"]}langString> .\n', "<skos:a>", r"\u0003", "\\b", "<std:a> <b:b> ."),
)


@pytest.mark.parametrize("syntax", FORMATS)
@pytest.mark.parametrize("text", TEXTS)
def test_literals_are_never_taken_for_syntax(syntax: str, text: str, bench: Any) -> None:
    quad = statement(STD + "p", ox.Literal(text))
    assert bench.from_pyoxigraph(bench.write([quad], syntax), syntax) == [quad]


def test_literals_longer_than_a_block(bench: Any) -> None:
    quads = [statement(STD + "p", ox.Literal(f"{n}" + "浙" * 2_000_000)) for n in range(3)]
    written = bench.write(EmbeddedStore.in_memory(quads), "nquads")
    assert bench.from_pyoxigraph(written, "nquads") == quads


@pytest.mark.parametrize(
    ("syntax", "bad"),
    [
        ("rdfxml", statement(STD + "z", ox.Literal("\x03"))),
        ("rdfxml", statement(STD + "z/1", ox.Literal("a"))),
        ("jsonld", statement(STD + "z", ox.NamedNode("skos:Concept"))),
        ("jsonld", statement(STD + "z", ox.Literal("a"), "skos:Concept")),
        (
            "nquads",
            statement(STD + "z", ox.Literal("a", language="ar", direction=ox.BaseDirection.RTL)),
        ),
    ],
)
def test_an_error_leaves_no_files(
    syntax: str, bad: ox.Quad, temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(external_sort, "CHUNK_SIZE", 1)
    seen: list[Path] = []

    def quads() -> Iterator[ox.Quad]:
        yield from (statement(STD + "a", ox.Literal(str(n))) for n in range(60_000))
        seen.extend(temporary.glob("*/*"))
        yield bad

    output = io.BytesIO()
    with pytest.raises(KgError, match="can't"):
        export(quads(), syntax, output)
    assert output.getvalue() == b""
    assert seen


def test_lack_of_space_is_reported_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "none"))
    monkeypatch.setattr(external_sort, "CHUNK_SIZE", 1)
    output = io.BytesIO()
    with pytest.raises(KgError, match=r"^temporary files can't be written: No such file.*TMPDIR$"):
        export([statement(STD + "p", ox.Literal("a"))], "nquads", output)
    assert output.getvalue() == b""
