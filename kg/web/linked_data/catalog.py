"""What the graph is and where it can be had: VoID at /.well-known/void, DCAT at /catalog."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Final

import pyoxigraph as ox
from starlette.requests import Request
from starlette.responses import Response

from kg.common.namespaces import PREFIXES, RDF_TYPE, iri
from kg.store import Table
from kg.web.dumps import NAME, Dump
from kg.web.errors import HttpError
from kg.web.formats import GRAPH_FORMATS
from kg.web.linked_data.documents import DATASET, ONTOLOGY, SHAPES
from kg.web.negotiation import best_type
from kg.web.responses import entity_tag, unchanged, without_body
from kg.web.service_description import statement
from kg.web.state import State

_SPDX: Final = "http://spdx.org/rdf/terms#"
_PROF: Final = "http://www.w3.org/ns/dx/prof/"
_ROLE: Final = "http://www.w3.org/ns/dx/prof/role/"
_MEDIA: Final = "https://www.iana.org/assignments/media-types/"
_ADMS: Final = "http://www.w3.org/ns/adms#"
_XSD: Final = "http://www.w3.org/2001/XMLSchema#"
_LICENSE: Final = "https://creativecommons.org/licenses/by/4.0/"
_PROFILE: Final = "profile"

_DATASET: Final = f"SELECT ?property ?value {{ <{DATASET}> ?property ?value }}"
# With VALUES, the engine begins with all labels of the graph.
_SOURCES: Final = """
SELECT ?source ?property ?value WHERE {
    { SELECT DISTINCT ?source { ?graph a std:Catalogue ; dcterms:source ?source } }
    ?source ?property ?value
    FILTER(?property IN (skos:prefLabel, schema:url, std:snapshotOn, dcterms:license))
}
"""


async def void(request: Request) -> Response:
    """Describe the dataset with VoID: its size, and how to get it.

    The counts of its classes and properties, which take long on a large graph, are in the
    description of the endpoint.
    """
    state: State = request.app.state.server
    described = await state.once(_DATASET)
    base = state.address(request)
    more = statement(ox.NamedNode(DATASET), iri("rdfs:seeAlso"), f"{base}sparql")
    return _respond(request, state, [*_described(described), *_access(base), more])


async def catalog(request: Request) -> Response:
    """Describe dataset, dumps and services with DCAT 3, and ontology and shapes with PROF."""
    state: State = request.app.state.server
    described, sources = await asyncio.gather(*map(state.once, (_DATASET, _SOURCES)))
    base = state.address(request)
    dump = await state.dumps.soon(state.store())
    triples = [
        *_described(described),
        *_sources(sources),
        *_access(base),
        *_catalog(base),
        *_distribution(base, dump),
        *_profile(base),
    ]
    return _respond(request, state, triples)


def _respond(request: Request, state: State, triples: list[ox.Triple]) -> Response:
    media_type = best_type(request.headers.get("accept", ""), GRAPH_FORMATS)
    if not media_type:
        raise HttpError(406, f"the description is one of {', '.join(GRAPH_FORMATS)}")
    triples = sorted(set(triples), key=str)
    tag = entity_tag(state.store().version, media_type, triples)
    if response := unchanged(request, tag):
        return response
    prefixes = {**PREFIXES, "spdx": _SPDX, "prof": _PROF}
    body = ox.serialize(triples, format=GRAPH_FORMATS[media_type], prefixes=prefixes)
    headers = {
        "ETag": tag,
        "Cache-Control": "no-cache",
        "Vary": "Accept",
        **state.store().headers(),
    }
    if media_type.startswith("text/"):
        media_type += "; charset=utf-8"
    response = Response(body, 200, headers, media_type)
    return without_body(response) if request.method == "HEAD" else response


def _described(table: Table) -> Iterator[ox.Triple]:
    """Yield what the graph states of itself."""
    for property_, value in table.rows:
        if isinstance(property_, ox.NamedNode) and value is not None:
            yield ox.Triple(ox.NamedNode(DATASET), property_, value)


def _access(base: str) -> Iterator[ox.Triple]:
    dataset = ox.NamedNode(DATASET)
    yield statement(dataset, iri("void:sparqlEndpoint"), f"{base}sparql")
    yield statement(dataset, iri("void:dataDump"), f"{base}dumps/{NAME}")
    yield statement(dataset, iri("void:uriLookupEndpoint"), f"{base}show?name=")
    for name in ("Turtle", "N-Triples", "JSON-LD", "TriG", "N-Quads"):
        yield statement(dataset, iri("void:feature"), f"http://www.w3.org/ns/formats/{name}")


def _sources(table: Table) -> Iterator[ox.Triple]:
    for source, property_, value in table.rows:
        if (
            isinstance(source, ox.NamedNode)
            and isinstance(property_, ox.NamedNode)
            and value is not None
        ):
            yield statement(ox.NamedNode(DATASET), iri("dcterms:source"), source)
            yield ox.Triple(source, property_, value)


def _catalog(base: str) -> Iterator[ox.Triple]:
    node = ox.NamedNode(f"{base}catalog")
    yield statement(node, RDF_TYPE, iri("dcat:Catalog"))
    yield from _texts(node, "stdkg: a knowledge graph of standardization", "stdkg：标准化知识图谱")
    yield statement(node, iri("dcterms:license"), _LICENSE)
    yield statement(node, iri("foaf:homepage"), base)
    yield statement(node, iri("dcat:dataset"), DATASET)
    for path, title, chinese, conforms in (
        ("sparql", "SPARQL endpoint", "SPARQL查询端点", "https://www.w3.org/TR/sparql11-protocol/"),
        (
            "reconcile",
            "Reconciliation service",
            "名称匹配服务",
            "https://reconciliation-api.github.io/specs/0.2/",
        ),
        ("", "API", "应用程序接口", "https://spec.openapis.org/oas/v3.1.1"),
    ):
        service = ox.NamedNode(f"{base}catalog#{path or 'api'}")
        yield statement(node, iri("dcat:service"), service)
        yield statement(service, RDF_TYPE, iri("dcat:DataService"))
        yield from _texts(service, title, chinese)
        yield statement(service, iri("dcat:endpointURL"), base + path)
        yield statement(service, iri("dcat:servesDataset"), DATASET)
        yield statement(service, iri("dcterms:conformsTo"), conforms)
        yield statement(service, iri("dcterms:license"), _LICENSE)
    yield statement(
        ox.NamedNode(f"{base}catalog#api"), iri("dcat:endpointDescription"), f"{base}openapi.json"
    )


def _distribution(base: str, dump: Dump | None) -> Iterator[ox.Triple]:
    """Yield the dump, and its size and checksum if it has been written."""
    node = ox.NamedNode(f"{base}catalog#dump")
    yield statement(ox.NamedNode(DATASET), iri("dcat:distribution"), node)
    yield statement(node, RDF_TYPE, iri("dcat:Distribution"))
    yield from _texts(node, "All statements as N-Quads, compressed", "全部陈述（N-Quads，压缩）")
    yield statement(node, iri("dcat:accessURL"), f"{base}dumps/{NAME}")
    yield statement(node, iri("dcat:downloadURL"), f"{base}dumps/{NAME}")
    yield statement(node, iri("dcat:mediaType"), f"{_MEDIA}application/n-quads")
    yield statement(node, iri("dcat:compressFormat"), f"{_MEDIA}application/gzip")
    yield statement(node, iri("dcterms:license"), _LICENSE)
    if dump is None:
        return
    integer = ox.NamedNode(f"{_XSD}nonNegativeInteger")
    yield statement(node, iri("dcat:byteSize"), ox.Literal(str(dump.size), datatype=integer))
    checksum = ox.NamedNode(f"{base}catalog#checksum")
    yield statement(node, f"{_SPDX}checksum", checksum)
    yield statement(checksum, RDF_TYPE, f"{_SPDX}Checksum")
    yield statement(checksum, f"{_SPDX}algorithm", f"{_SPDX}checksumAlgorithm_sha256")
    value = ox.Literal(dump.sha256, datatype=ox.NamedNode(f"{_XSD}hexBinary"))
    yield statement(checksum, f"{_SPDX}checksumValue", value)


def _profile(base: str) -> Iterator[ox.Triple]:
    """Yield the profile that data of this kind follow: the ontology, and the shapes to check it."""
    node = ox.NamedNode(f"{base}catalog#{_PROFILE}")
    yield statement(ox.NamedNode(DATASET), iri("dcterms:conformsTo"), node)
    yield statement(node, RDF_TYPE, f"{_PROF}Profile")
    yield from _texts(node, "stdkg: data on standardization", "stdkg：标准化数据")
    for name, role, artifact, standard in (
        ("ontology", "vocabulary", ONTOLOGY, "http://www.w3.org/2002/07/owl#"),
        ("shapes", "validation", SHAPES, "http://www.w3.org/ns/shacl#"),
    ):
        resource = ox.NamedNode(f"{base}catalog#{name}")
        yield statement(node, f"{_PROF}hasResource", resource)
        yield statement(resource, RDF_TYPE, f"{_PROF}ResourceDescriptor")
        yield statement(resource, f"{_PROF}hasRole", f"{_ROLE}{role}")
        yield statement(resource, f"{_PROF}hasArtifact", artifact)
        yield statement(resource, iri("dcterms:format"), f"{_MEDIA}text/turtle")
        yield statement(resource, iri("dcterms:conformsTo"), standard)


def _texts(node: ox.NamedNode, english: str, chinese: str) -> Iterator[ox.Triple]:
    for lang, text in (("en", english), ("zh", chinese)):
        yield statement(node, iri("dcterms:title"), ox.Literal(text, language=lang))
