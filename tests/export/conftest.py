"""Shared by the tests of the RDF formats: a sample graph, generated graphs, writers and readers."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import strategies as st

from kg.common.errors import KgError
from kg.common.namespaces import BASE, PREFIXES
from kg.export import export
from kg.export.rdf import jsonld

FORMATS = {
    "turtle": ox.RdfFormat.TURTLE,
    "trig": ox.RdfFormat.TRIG,
    "nquads": ox.RdfFormat.N_QUADS,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdfxml": ox.RdfFormat.RDF_XML,
}
RDFLIB_FORMATS = {"ntriples": "nt11", "jsonld": "json-ld", "rdfxml": "xml"}

SAMPLE = """
@base <https://w3id.org/stdkg/> .
@prefix claim: <https://w3id.org/stdkg/claim/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix graph: <https://w3id.org/stdkg/graph/> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix role: <https://w3id.org/stdkg/scheme/role/> .
@prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix std: <https://w3id.org/stdkg/ontology#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

graph:entities {
    <iso/tc/321> a std:Committee ; dcterms:identifier "ISO/TC 321" ;
        skos:prefLabel "电子商务交易保障技术委员会"@zh , "Transaction assurance in E-commerce"@en ;
        skos:altLabel "TC 321"@en , "电商交易保障"@zh , "電商交易保障"@zh-Hant , "ISO/TC 321" .
    <cn/zhejiang> skos:prefLabel "浙江"@zh , "Zhejiang"@en .
}
<claim/cfsn/1> {
    <secretariat/iso-tc-321> a std:Secretariat ; std:committee <iso/tc/321> ;
        std:holder <cn/zhejiang> ; std:role role:secretariat ; std:start "2018"^^xsd:gYear .
}
<claim/cfsn/2> {
    <observation/1> std:value 1.10 , 1e0 , 80 , 080 ; std:date "2018-04"^^xsd:gYearMonth ;
        std:planned true .
}
graph:evidence {
    <claim/cfsn/1> a std:Claim ; std:evidence <evidence/cfsn/1> .
    <claim/cfsn/2> a std:Claim ; std:evidence <evidence/cfsn/2> , <evidence/cfsn/3> .
    <evidence/cfsn/1> a oa:SpecificResource ; oa:hasSource <source/cfsn> ;
        oa:hasSelector <evidence/cfsn/1/quote> .
    <evidence/cfsn/1/quote> a oa:TextQuoteSelector ;
        oa:exact "“浙江”\\r\\n\\t\\"80\\" </script> & ]]>" .
    <source/cfsn> schema:url <https://example.org/a?b=1&c=%E6%B5%99#d> .
}
<> dcterms:title "stdkg" .
"""

TEXTS = st.text(max_size=12)
LANGUAGES = st.sampled_from(["zh", "en", "zh-hans", "id", "type", "de-1996", "x-none"])
TAILS = st.text(
    alphabet=st.sampled_from("abcxyzAZ019._~-%é浙:/?#@!$&'()*+,;="), min_size=0, max_size=10
)
NAMESPACES = st.sampled_from(
    [
        *(BASE, PREFIXES["std"], PREFIXES["skos"], PREFIXES["claim"], PREFIXES["xsd"], "urn:x:"),
        *("http://example.org/", "https://w3id.org/", "mailto:a@", "skos:", "id:", "label:"),
    ]
)


def _is_iri(text: str) -> bool:
    try:
        ox.NamedNode(text)
    except ValueError:
        return False
    return True


IRIS = st.builds(str.__add__, NAMESPACES, TAILS).filter(_is_iri).map(ox.NamedNode)
KNOWN = st.sampled_from(
    [PREFIXES["skos"] + "prefLabel", PREFIXES["skos"] + "altLabel", PREFIXES["rdf"] + "type"]
    + [PREFIXES["std"] + name for name in ("start", "evidence", "role", "id", "label", "Claim")]
).map(ox.NamedNode)
BLANKS = st.sampled_from("abc").map(ox.BlankNode)
NUMERIC = {PREFIXES["xsd"] + name for name in ("integer", "decimal", "double")}
NUMBERS = st.sampled_from(["1", "01", "1.10", "1.", ".5", "-0", "1e0", "1E400", "INF", "TRUE"])
DATATYPES = st.sampled_from(
    ["integer", "decimal", "double", "boolean", "gYear", "date", "dateTime", "string", "anyURI"]
).map(lambda name: ox.NamedNode(PREFIXES["xsd"] + name))
LITERALS = st.one_of(
    TEXTS.map(ox.Literal),
    st.builds(lambda text, tag: ox.Literal(text, language=tag), TEXTS, LANGUAGES),
    st.builds(
        lambda text, kind: ox.Literal(text, datatype=kind),
        TEXTS | NUMBERS,
        DATATYPES | IRIS,
    ),
)
QUADS = st.builds(
    ox.Quad,
    IRIS | BLANKS,
    KNOWN | IRIS,
    IRIS | KNOWN | BLANKS | LITERALS,
    st.just(ox.DefaultGraph()) | IRIS | BLANKS,
)
GRAPHS = st.lists(QUADS, max_size=8)

Quads = Iterable[ox.Quad]


def _write(quads: Quads, name: str, context: Mapping[str, object] | None = None) -> bytes:
    output = io.BytesIO()
    if context is None:
        export(quads, name, output)
    else:
        jsonld.write_jsonld(quads, output, context)
    return output.getvalue()


def _writable(
    quads: Quads, name: str, context: Mapping[str, object] | None = None
) -> list[ox.Quad]:
    """Return the quads that a format can hold: those that it does not reject on their own."""
    held = []
    for quad in quads:
        with contextlib.suppress(KgError):
            _write([quad], name, context)
            held.append(quad)
    return held


def _canonical(quads: Quads) -> set[str]:
    """Return a set that is equal for isomorphic datasets only (RDFC-1.0)."""
    dataset = ox.Dataset(quads)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return {str(quad) for quad in dataset}


def _flatten(quads: Quads) -> list[ox.Quad]:
    return [ox.Quad(quad.subject, quad.predicate, quad.object) for quad in quads]


def _fold_numbers(quads: Quads) -> list[ox.Quad]:
    """Normalize numbers as rdflib reads them from Turtle and TriG: ``01`` as ``1``."""
    folded = []
    for quad in quads:
        value = quad.object
        if isinstance(value, ox.Literal) and value.datatype.value in NUMERIC:
            number = rdflib.Literal(value.value, datatype=value.datatype.value, normalize=True)
            value = ox.Literal(str(number), datatype=value.datatype)
        folded.append(ox.Quad(quad.subject, quad.predicate, value, quad.graph_name))
    return folded


def _term(node: object) -> ox.NamedNode | ox.BlankNode | ox.Literal:
    if isinstance(node, rdflib.URIRef):
        return ox.NamedNode(str(node))
    if isinstance(node, rdflib.BNode):
        return ox.BlankNode(str(node))
    assert isinstance(node, rdflib.Literal)
    if node.language:
        return ox.Literal(str(node), language=node.language)
    # rdflib distinguishes "x" and "x"^^xsd:string; in RDF 1.1 they are one literal.
    return ox.Literal(str(node), datatype=ox.NamedNode(str(node.datatype or rdflib.XSD.string)))


def _graph_name(name: object) -> ox.NamedNode | ox.BlankNode | ox.DefaultGraph:
    if name is None or name == rdflib.graph.DATASET_DEFAULT_GRAPH_ID:
        return ox.DefaultGraph()
    term = _term(name)
    assert not isinstance(term, ox.Literal)
    return term


def _from_pyoxigraph(data: bytes, name: str) -> list[ox.Quad]:
    return list(ox.parse(data, FORMATS[name]))


def _from_rdflib(data: bytes, name: str) -> list[ox.Quad]:
    dataset = rdflib.Dataset()
    dataset.parse(data=data, format=RDFLIB_FORMATS.get(name, name))
    read = []
    for subject, predicate, value, graph in dataset.quads((None, None, None, None)):
        node, prop = _term(subject), _term(predicate)
        assert not isinstance(node, ox.Literal)
        assert isinstance(prop, ox.NamedNode)
        read.append(ox.Quad(node, prop, _term(value), _graph_name(graph)))
    return read


@dataclass(frozen=True)
class Bench:
    """Functions that write, read and compare quads."""

    write: Callable[..., bytes] = _write
    writable: Callable[..., list[ox.Quad]] = _writable
    canonical: Callable[[Quads], set[str]] = _canonical
    flatten: Callable[[Quads], list[ox.Quad]] = _flatten
    fold_numbers: Callable[[Quads], list[ox.Quad]] = _fold_numbers
    from_pyoxigraph: Callable[[bytes, str], list[ox.Quad]] = _from_pyoxigraph
    from_rdflib: Callable[[bytes, str], list[ox.Quad]] = _from_rdflib


@pytest.fixture(scope="session")
def bench() -> Iterator[Bench]:
    with pytest.MonkeyPatch.context() as patch:
        # rdflib would otherwise turn "01"^^xsd:integer into "1" while it reads.
        patch.setattr(rdflib, "NORMALIZE_LITERALS", False)
        yield Bench()


@pytest.fixture(scope="session")
def sample() -> list[ox.Quad]:
    return list(ox.parse(SAMPLE, ox.RdfFormat.TRIG))


@pytest.fixture(scope="session")
def graphs() -> st.SearchStrategy[list[ox.Quad]]:
    return GRAPHS
