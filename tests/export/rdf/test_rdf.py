"""Turtle, TriG, N-Quads, N-Triples and RDF/XML are lossless and byte-stable."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.common.errors import KgError
from kg.common.namespaces import PREFIXES
from kg.export import FORMATS, export

SYNTAXES = ["turtle", "trig", "nquads", "ntriples", "rdfxml"]
WITHOUT_GRAPHS = {"turtle", "ntriples", "rdfxml"}
MANY = settings(max_examples=60, deadline=None, derandomize=True, database=None)
EX = "http://example.org/"
STD = PREFIXES["std"]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore:Parsing weird boolean"),
    pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated"),
    pytest.mark.filterwarnings("ignore:Dataset.default_context is deprecated"),
]


def fact(predicate: str, value: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> ox.Quad:
    return ox.Quad(ox.NamedNode(EX + "s"), ox.NamedNode(predicate), value)


@pytest.mark.parametrize("syntax", SYNTAXES)
def test_the_sample_reads_back_in_both_libraries(
    syntax: str, sample: list[ox.Quad], bench: Any
) -> None:
    expected = bench.flatten(sample) if syntax in WITHOUT_GRAPHS else sample
    data = bench.write(sample, syntax)
    assert bench.canonical(bench.from_pyoxigraph(data, syntax)) == bench.canonical(expected)
    assert bench.canonical(bench.fold_numbers(bench.from_rdflib(data, syntax))) == bench.canonical(
        bench.fold_numbers(expected)
    )


@pytest.mark.parametrize("syntax", SYNTAXES)
@MANY
@given(data=st.data())
def test_any_graph_reads_back_in_both_libraries(
    syntax: str, data: st.DataObject, graphs: st.SearchStrategy[list[ox.Quad]], bench: Any
) -> None:
    quads = bench.writable(data.draw(graphs), syntax)
    written = bench.write(quads, syntax)
    expected = bench.flatten(quads) if syntax in WITHOUT_GRAPHS else quads
    assert bench.canonical(bench.from_pyoxigraph(written, syntax)) == bench.canonical(expected)
    found = bench.from_rdflib(written, syntax)
    if syntax in ("turtle", "trig"):
        found, expected = bench.fold_numbers(found), bench.fold_numbers(expected)
    assert bench.canonical(found) == bench.canonical(expected)


@pytest.mark.parametrize("syntax", SYNTAXES)
@MANY
@given(data=st.data())
def test_order_duplicates_and_blank_labels_do_not_matter(
    syntax: str, data: st.DataObject, graphs: st.SearchStrategy[list[ox.Quad]], bench: Any
) -> None:
    quads = bench.writable(data.draw(graphs), syntax)
    shuffled = data.draw(st.permutations([*quads, *quads[:2]]))
    lines = ox.serialize(shuffled, format=ox.RdfFormat.N_QUADS)
    renamed = list(ox.parse(lines, ox.RdfFormat.N_QUADS, rename_blank_nodes=True))
    assert bench.write(renamed, syntax) == bench.write(quads, syntax)


PROGRAM = """
import io, random, sys
import pyoxigraph as ox
from kg.export import export
quads = list(set(ox.parse(sys.stdin.buffer.read(), ox.RdfFormat.N_QUADS)))
random.shuffle(quads)
for name in sys.argv[1:]:
    export(quads, name, sys.stdout.buffer)
"""


def test_two_processes_write_the_same_bytes(sample: list[ox.Quad], bench: Any) -> None:
    lines = ox.serialize(sample, format=ox.RdfFormat.N_QUADS)
    outputs = {
        subprocess.run(
            [sys.executable, "-c", PROGRAM, *SYNTAXES],
            input=lines,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert outputs == {b"".join(bench.write(sample, name) for name in SYNTAXES)}


def test_trig_is_grouped_and_shortened(sample: list[ox.Quad], bench: Any) -> None:
    graph = ox.NamedNode("https://w3id.org/stdkg/claim/cfsn/1")
    quads = [quad for quad in sample if quad.graph_name == graph]
    assert bench.write(quads, "trig").decode() == (
        "@prefix role: <https://w3id.org/stdkg/scheme/role/> .\n"
        "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n"
        "@prefix std: <https://w3id.org/stdkg/ontology#> .\n"
        "<https://w3id.org/stdkg/claim/cfsn/1> {\n"
        "\t<https://w3id.org/stdkg/secretariat/iso-tc-321> a std:Secretariat ;\n"
        "\t\tstd:committee <https://w3id.org/stdkg/iso/tc/321> ;\n"
        "\t\tstd:holder <https://w3id.org/stdkg/cn/zhejiang> ;\n"
        "\t\tstd:role role:secretariat ;\n"
        '\t\tstd:start "2018"^^xsd:gYear .\n'
        "}\n"
    )


def test_types_come_first(bench: Any) -> None:
    quads = [fact("a:a", ox.Literal("x")), fact(PREFIXES["rdf"] + "type", ox.NamedNode(EX + "T"))]
    expected = f'<{EX}s> a <{EX}T> ;\n\t<a:a> "x" .\n'
    assert bench.write(quads, "turtle").decode() == expected


def test_names_that_need_escapes_are_written_in_full(bench: Any) -> None:
    plain = fact(STD + "a.b-1", ox.Literal("x"))
    assert b"std:a.b-1" in bench.write([plain], "turtle")
    for name in ("a.", "-a", "a/b", "a~"):
        written = bench.write([plain, fact(STD + name, ox.Literal("x"))], "turtle")
        assert f"<{STD}{name}>".encode() in written
        assert b"@prefix" not in written


def test_the_default_graph_and_named_graphs_stay_apart(bench: Any) -> None:
    triple = fact(STD + "p", ox.Literal("x"))
    named = ox.Quad(triple.subject, triple.predicate, triple.object, ox.NamedNode(EX + "g"))
    for syntax in ("trig", "nquads"):
        assert set(bench.from_pyoxigraph(bench.write([triple, named], syntax), syntax)) == {
            triple,
            named,
        }
    for syntax in WITHOUT_GRAPHS:
        written = bench.write([triple, named], syntax)
        assert bench.from_pyoxigraph(written, syntax) == [triple]
        assert written == bench.write([named], syntax)


@pytest.mark.parametrize("syntax", SYNTAXES)
def test_an_empty_graph_gives_a_valid_file(syntax: str, bench: Any) -> None:
    written = bench.write([], syntax)
    assert bench.from_pyoxigraph(written, syntax) == bench.from_rdflib(written, syntax) == []


def test_rdfxml_keeps_carriage_returns_and_markup(bench: Any) -> None:
    text = " a\r\nb\rc\t<&>\"']]> \u0085\u2028"
    written = bench.write([fact(STD + "p", ox.Literal(text))], "rdfxml")
    for read in (bench.from_pyoxigraph, bench.from_rdflib):
        assert read(written, "rdfxml")[0].object == ox.Literal(text)


def test_rdfxml_writes_classes_without_an_xml_name(bench: Any) -> None:
    quad = fact(PREFIXES["rdf"] + "type", ox.NamedNode(EX + "1"))
    written = bench.write([quad], "rdfxml")
    assert bench.from_pyoxigraph(written, "rdfxml") == [quad]
    assert bench.from_rdflib(written, "rdfxml") == [quad]


@pytest.mark.parametrize(
    "predicate",
    [
        *(EX + "1", EX, "urn:isbn:9", EX + "a%20", "http://www.w3.org/2000/xmlns/a"),
        *(PREFIXES["rdf"] + "li", PREFIXES["rdf"] + "about"),
    ],
)
def test_rdfxml_rejects_predicates_without_an_xml_name(predicate: str) -> None:
    output = io.BytesIO()
    with pytest.raises(KgError, match=f"RDF/XML can't write the predicate <{predicate}>"):
        export([fact(predicate, ox.Literal("x"))], "rdfxml", output)
    assert output.getvalue() == b""


@pytest.mark.parametrize("character", ["\0", "\b", "\x1f", "\ufffe", "\uffff"])
def test_rdfxml_rejects_characters_that_xml_does_not_allow(character: str) -> None:
    output = io.BytesIO()
    with pytest.raises(KgError, match=f"U\\+{ord(character):04X} in <{STD}p> of <{EX}s>"):
        export([fact(STD + "p", ox.Literal(f"a{character}"))], "rdfxml", output)
    assert output.getvalue() == b""


@pytest.mark.parametrize("syntax", SYNTAXES)
@pytest.mark.parametrize(
    "value",
    [
        ox.Triple(ox.NamedNode(EX), ox.NamedNode(EX), ox.NamedNode(EX)),
        ox.Literal("a", language="ar", direction=ox.BaseDirection.RTL),
        ox.Literal("a", datatype=ox.NamedNode(PREFIXES["rdf"] + "langString")),
    ],
)
def test_terms_beyond_rdf_1_1_are_rejected(syntax: str, value: Any) -> None:
    with pytest.raises(KgError, match=r"can't export .*#p> of .*: it has an? .* use RDF 1\.1"):
        export([fact(STD + "p", value)], syntax, io.BytesIO())


def test_an_unknown_format_names_the_choices() -> None:
    choices = ", ".join(FORMATS)
    assert set(FORMATS) == {*SYNTAXES, "jsonld"}
    with pytest.raises(KgError, match=f"unknown export format 'ttl': choose one of {choices}"):
        export([], "ttl", io.BytesIO())
