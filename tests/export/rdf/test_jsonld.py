"""JSON-LD is readable and lossless, whatever the context and the reader."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Iterable
from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from kg.common.errors import KgError
from kg.common.namespaces import BASE, PREFIXES
from kg.export.rdf import jsonld

MANY = settings(max_examples=60, deadline=None, derandomize=True, database=None)
STD = PREFIXES["std"]
XSD = PREFIXES["xsd"]
ALL_PREFIXES = {name: PREFIXES[name] for name in ("std", "skos", "xsd", "rdf", "oa", "dcterms")}

CONTEXT: dict[str, Any] = {
    "@version": 1.1,
    "@base": BASE,
    "@vocab": STD,
    "id": "@id",
    "type": "@type",
    "graph": "@graph",
    **ALL_PREFIXES,
    "prefLabel": {"@id": "skos:prefLabel", "@container": "@language"},
    "altLabel": {"@id": "skos:altLabel", "@container": "@language"},
    "identifier": "dcterms:identifier",
    "evidence": {"@id": "std:evidence", "@type": "@id"},
    "role": {"@id": "std:role", "@type": "@id"},
    "start": {"@id": "std:start", "@type": "xsd:gYear"},
}
# No aliases, a default language, overlapping prefixes, and terms that must not be used.
ODD_CONTEXT: dict[str, Any] = {
    "@base": BASE,
    "@vocab": STD,
    "@language": "ZH",
    **ALL_PREFIXES,
    "w3id": {"@id": "https://w3id.org/", "@prefix": True},
    "ex": "http://example.org/",
    "prefLabel": {"@id": "skos:prefLabel", "@container": ["@language", "@set"]},
    "altEn": {"@id": "skos:altLabel", "@language": "en"},
    "altLabel": {"@id": "skos:altLabel", "@language": None},
    "evidence": {"@type": "@vocab"},
    "start": {"@type": "xsd:gYear"},
    "begin": {"@id": "start", "@type": "@id", "@container": "@set"},
    "role": {"@container": "@list"},
    "label": "std:id",
    "labelEn": {"@id": "std:label", "@language": "en"},
    "Klass": "std:Claim",
    "Claim": "skos:Claim",
    "nothing": None,
    "reverse": {"@reverse": "std:x"},
}
CONTEXTS = {"plain": CONTEXT, "odd": ODD_CONTEXT, "empty": {}}

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore:Parsing weird boolean"),
    pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated"),
    pytest.mark.filterwarnings("ignore:Dataset.default_context is deprecated"),
]


def from_pyld(data: bytes) -> list[ox.Quad]:
    """Read with the reference implementation; fetching anything is an error."""
    from pyld import jsonld as pyld

    def refuse(url: str, _: object) -> None:
        raise AssertionError(url)

    options = {"format": "application/n-quads", "documentLoader": refuse}
    lines = pyld.to_rdf(json.loads(data), options)
    return list(ox.parse(lines, ox.RdfFormat.N_QUADS))


def one(predicate: str, value: ox.NamedNode | ox.BlankNode | ox.Literal) -> ox.Quad:
    return ox.Quad(ox.NamedNode(BASE + "s"), ox.NamedNode(predicate), value)


def node(quads: Iterable[ox.Quad], bench: Any, context: dict[str, Any] = CONTEXT) -> Any:
    """Return the only node object of a document."""
    document = json.loads(bench.write(quads, "jsonld", context))
    (found,) = document.get("graph", document.get("@graph"))
    return found


def shares_blanks(quads: Iterable[ox.Quad]) -> bool:
    """Tell whether two graphs share a blank node; rdflib reads it as two."""
    where: dict[ox.BlankNode, set[str]] = {}
    for quad in quads:
        for term in (quad.subject, quad.object, quad.graph_name):
            if isinstance(term, ox.BlankNode):
                where.setdefault(term, set()).add(str(quad.graph_name))
    return any(len(graphs) > 1 for graphs in where.values())


def has_doubles(quads: Iterable[ox.Quad]) -> bool:
    """Tell whether there is an xsd:double; PyLD 3 changes its lexical form."""
    objects = (quad.object for quad in quads)
    return any(isinstance(o, ox.Literal) and o.datatype.value == XSD + "double" for o in objects)


@pytest.mark.parametrize("context", CONTEXTS)
def test_the_sample_reads_back(context: str, sample: list[ox.Quad], bench: Any) -> None:
    written = bench.write(sample, "jsonld", CONTEXTS[context])
    assert bench.canonical(bench.from_pyoxigraph(written, "jsonld")) == bench.canonical(sample)
    assert bench.canonical(bench.from_rdflib(written, "jsonld")) == bench.canonical(sample)


@pytest.mark.parametrize("context", CONTEXTS)
@MANY
@given(data=st.data())
def test_any_graph_reads_back(
    context: str, data: st.DataObject, graphs: st.SearchStrategy[list[ox.Quad]], bench: Any
) -> None:
    quads = bench.writable(data.draw(graphs), "jsonld", CONTEXTS[context])
    written = bench.write(quads, "jsonld", CONTEXTS[context])
    expected = bench.canonical(quads)
    assert bench.canonical(bench.from_pyoxigraph(written, "jsonld")) == expected
    assume(not shares_blanks(quads))
    assert bench.canonical(bench.from_rdflib(written, "jsonld")) == expected
    assume(not has_doubles(quads))
    assert bench.canonical(from_pyld(written)) == expected


@MANY
@given(data=st.data())
def test_order_duplicates_and_blank_labels_do_not_matter(
    data: st.DataObject, graphs: st.SearchStrategy[list[ox.Quad]], bench: Any
) -> None:
    quads = bench.writable(data.draw(graphs), "jsonld", CONTEXT)
    shuffled = data.draw(st.permutations([*quads, *quads[:2]]))
    lines = ox.serialize(shuffled, format=ox.RdfFormat.N_QUADS)
    renamed = list(ox.parse(lines, ox.RdfFormat.N_QUADS, rename_blank_nodes=True))
    assert bench.write(renamed, "jsonld", CONTEXT) == bench.write(quads, "jsonld", CONTEXT)


PROGRAM = """
import json, random, sys
import pyoxigraph as ox
from kg.export import jsonld
quads = list(set(ox.parse(sys.stdin.buffer.read(), ox.RdfFormat.N_QUADS)))
random.shuffle(quads)
jsonld.write_jsonld(quads, sys.stdout.buffer, json.loads(sys.argv[1]))
"""


def test_two_processes_write_the_same_bytes(sample: list[ox.Quad], bench: Any) -> None:
    lines = ox.serialize(sample, format=ox.RdfFormat.N_QUADS)
    outputs = {
        subprocess.run(
            [sys.executable, "-c", PROGRAM, json.dumps(CONTEXT)],
            input=lines,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert outputs == {bench.write(sample, "jsonld", CONTEXT)}


def test_the_document_is_readable(sample: list[ox.Quad], bench: Any) -> None:
    chosen = {ox.NamedNode(BASE + name) for name in ("graph/entities", "claim/cfsn/1")}
    quads = [quad for quad in sample if quad.graph_name in chosen]
    written = bench.write(quads, "jsonld", {"@context": CONTEXT}).decode("utf-8")
    document = json.loads(written)
    assert document == {
        "@context": CONTEXT,
        "graph": [
            {
                "id": "claim/cfsn/1",
                "graph": [
                    {
                        "id": "secretariat/iso-tc-321",
                        "type": "Secretariat",
                        "committee": {"id": "iso/tc/321"},
                        "holder": {"id": "cn/zhejiang"},
                        "role": "scheme/role/secretariat",
                        "start": "2018",
                    }
                ],
            },
            {
                "id": "graph/entities",
                "graph": [
                    {"id": "cn/zhejiang", "prefLabel": {"en": "Zhejiang", "zh": "浙江"}},
                    {
                        "id": "iso/tc/321",
                        "type": "Committee",
                        "altLabel": {
                            "en": "TC 321",
                            "zh": "电商交易保障",
                            "zh-hant": "電商交易保障",
                        },
                        "identifier": "ISO/TC 321",
                        "prefLabel": {
                            "en": "Transaction assurance in E-commerce",
                            "zh": "电子商务交易保障技术委员会",
                        },
                        "skos:altLabel": "ISO/TC 321",
                    },
                ],
            },
        ],
    }
    assert written == json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def test_there_are_no_json_numbers(sample: list[ox.Quad], bench: Any) -> None:
    def refuse(text: str) -> None:
        raise AssertionError(text)

    context = {name: value for name, value in CONTEXT.items() if name != "@version"}
    written = bench.write(sample, "jsonld", context)
    json.loads(written, parse_float=refuse, parse_int=refuse)
    for number in ("1.10", "1e0", "80", "080"):
        assert f'"@value": "{number}"'.encode() in written


def test_terms_are_used_only_for_values_that_fit(bench: Any) -> None:
    year, month = (ox.Literal("2018", datatype=ox.NamedNode(XSD + k)) for k in ("gYear", "gMonth"))
    found = node([one(STD + "start", year), one(STD + "start", month)], bench)
    assert found["start"] == "2018"
    assert found["std:start"] == {"type": "xsd:gMonth", "@value": "2018"}
    found = node([one(STD + "evidence", ox.Literal("x"))], bench)
    assert found == {"id": "s", "std:evidence": "x"}


def test_containers_and_coercions_of_an_odd_context(bench: Any) -> None:
    skos = PREFIXES["skos"]
    labels = [ox.Literal("a", language="en"), ox.Literal("b", language="zh"), ox.Literal("c")]
    quads = [one(skos + "altLabel", label) for label in labels]
    quads += [one(skos + "prefLabel", label) for label in labels]
    quads += [one(STD + "evidence", ox.NamedNode(STD + "Claim"))]
    quads += [one(STD + "start", ox.NamedNode(BASE + "a"))]
    quads += [one(STD + "role", ox.NamedNode(BASE + "a")), one(STD + "title", labels[1])]
    assert node(quads, bench, ODD_CONTEXT) == {
        "@id": "w3id:stdkg/s",
        "altEn": "a",
        "altLabel": [{"@language": "zh", "@value": "b"}, "c"],
        "begin": ["w3id:stdkg/a"],
        "evidence": "Klass",
        "prefLabel": {"en": ["a"], "zh": ["b"]},
        "skos:prefLabel": {"@value": "c"},
        "std:role": {"@id": "w3id:stdkg/a"},
        "title": "b",
    }


@pytest.mark.parametrize(
    "tail",
    [
        *("", "/a", "a//b", "../a", "a/./b", "a/..", "?a", "a:b"),
        *("@id", "a;", "浙江", "a.b", ".a"),
    ],
)
def test_iris_below_the_base_and_the_vocabulary_read_back(tail: str, bench: Any) -> None:
    quads = [one(STD + tail, ox.NamedNode(BASE + tail))]
    quads += [one(PREFIXES["rdf"] + "type", ox.NamedNode(STD + tail))]
    written = bench.write(quads, "jsonld", CONTEXT)
    for read in (bench.from_pyoxigraph, bench.from_rdflib):
        assert set(read(written, "jsonld")) == set(quads)


def test_an_iri_that_looks_prefixed_is_rejected() -> None:
    output = io.BytesIO()
    quad = one(STD + "p", ox.NamedNode("skos:Concept"))
    with pytest.raises(KgError, match="can't hold the IRI <skos:Concept>, since 'skos' is a term"):
        jsonld.write_jsonld([quad], output, CONTEXT)
    assert output.getvalue() == b""


def test_terms_beyond_rdf_1_1_are_rejected() -> None:
    value = ox.Literal("a", language="ar", direction=ox.BaseDirection.RTL)
    with pytest.raises(KgError, match=r"base direction"):
        jsonld.write_jsonld([one(STD + "p", value)], io.BytesIO(), CONTEXT)


def test_an_empty_graph_gives_a_valid_file(bench: Any) -> None:
    written = bench.write([], "jsonld", CONTEXT)
    assert json.loads(written) == {"@context": CONTEXT, "graph": []}
    assert bench.from_pyoxigraph(written, "jsonld") == bench.from_rdflib(written, "jsonld") == []


@pytest.mark.parametrize(
    ("context", "fault"),
    [
        ([{}], "one JSON object"),
        ({"@context": "https://schema.org/"}, "one JSON object"),
        ({"@import": "https://schema.org/"}, "'@import' is not supported"),
        ({"skos:prefLabel": {"@type": "@id"}}, "'skos:prefLabel' is not supported"),
        ({"@vocab": "words#"}, "@vocab of the JSON-LD context must be an absolute IRI"),
        ({"@base": 1}, "@base of the JSON-LD context must be an absolute IRI"),
        ({"a": "b:x", "b": "a:x"}, "'a' of the JSON-LD context is defined by itself"),
        ({"a": 1}, "'a' of the JSON-LD context has no readable @id"),
    ],
)
def test_an_unsupported_context_is_rejected(context: Any, fault: str) -> None:
    with pytest.raises(KgError, match=fault):
        jsonld.write_jsonld([], io.BytesIO(), context)


def test_the_sample_reads_back_with_the_project_context(sample: list[ox.Quad], bench: Any) -> None:
    written = bench.write(sample, "jsonld")
    assert written == bench.write(reversed(sample), "jsonld")
    assert bench.canonical(bench.from_pyoxigraph(written, "jsonld")) == bench.canonical(sample)
    assert bench.canonical(bench.from_rdflib(written, "jsonld")) == bench.canonical(sample)
