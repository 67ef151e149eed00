"""What the endpoint says of itself: SPARQL 1.1 Service Description and VoID."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Final, cast

import pyoxigraph as ox
from starlette.requests import Request
from starlette.responses import Response

from kg.common import resources
from kg.common.namespaces import PREFIXES, RDF_TYPE, STD
from kg.queries.questions import load_questions
from kg.store import Table
from kg.web.errors import HttpError
from kg.web.formats import GRAPH_FORMATS
from kg.web.negotiation import best_type
from kg.web.state import State

_SD: Final = "http://www.w3.org/ns/sparql-service-description#"
_VOID: Final = "http://rdfs.org/ns/void#"
_SH: Final = "http://www.w3.org/ns/shacl#"
_FORMATS: Final = "http://www.w3.org/ns/formats/"
_RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
_DCTERMS: Final = "http://purl.org/dc/terms/"
_XSD: Final = "http://www.w3.org/2001/XMLSchema#"
_NAMES: Final = (
    *("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV"),
    *("Turtle", "N-Triples", "N-Quads", "TriG", "JSON-LD", "RDF_XML"),
)
"""Names of the formats at http://www.w3.org/ns/formats/."""

CLASSES: Final = """
SELECT ?class (COUNT(DISTINCT ?entity) AS ?entities) WHERE { ?entity a ?class } GROUP BY ?class
"""
PROPERTIES: Final = """
SELECT ?property (COUNT(*) AS ?triples) WHERE { ?subject ?property ?object } GROUP BY ?property
"""
_PATIENCE: Final = 1.0
"""Seconds for which a description waits for counts; it is answered without them then.

Some clients read it before their first query, and give up after three."""
_UNKNOWN: Final = Table((), ())
_SOURCES: Final = f"""
SELECT DISTINCT ?source ?day WHERE {{ ?source <{STD}snapshotOn> ?day }}
"""


async def respond(request: Request, state: State) -> Response:
    """Answer a request without a query with the description, in a format of graphs."""
    media_type = best_type(request.headers.get("accept", ""), GRAPH_FORMATS)
    if not media_type:
        raise HttpError(406, f"the description is one of {', '.join(GRAPH_FORMATS)}")
    sources = await state.once(_SOURCES)
    counts = [asyncio.ensure_future(state.once(query)) for query in (CLASSES, PROPERTIES)]
    # On millions of triples they take a minute, once for each version of the graph.
    _, late = await asyncio.wait(counts, timeout=_PATIENCE)
    for count in late:
        # What it waits for goes on.
        count.cancel()
    found = await asyncio.gather(*counts, return_exceptions=bool(late))
    tables = (_UNKNOWN, _UNKNOWN) if late else cast(tuple[Table, Table], tuple(found))
    endpoint = ox.NamedNode(str(request.url.replace(query="")))
    triples = sorted(set(_describe(endpoint, state.plain, *tables, sources)), key=str)
    body = ox.serialize(
        triples,
        format=GRAPH_FORMATS[media_type],
        prefixes={**PREFIXES, "sd": _SD, "void": _VOID, "sh": _SH},
    )
    headers = {"Vary": "Accept", **state.store().headers()}
    return Response(body, 200, headers, media_type)


def _describe(
    endpoint: ox.NamedNode, plain: bool, classes: Table, properties: Table, sources: Table
) -> Iterator[ox.Triple]:
    dataset, graph = (ox.NamedNode(f"{endpoint.value}#{name}") for name in ("dataset", "graph"))
    yield statement(endpoint, RDF_TYPE, _SD + "Service")
    yield statement(endpoint, _SD + "endpoint", endpoint)
    yield statement(endpoint, _SD + "supportedLanguage", _SD + "SPARQL11Query")
    yield statement(endpoint, _SD + "defaultDataset", dataset)
    if not plain:
        yield statement(endpoint, _SD + "feature", _SD + "UnionDefaultGraph")
    for name in _NAMES:
        yield statement(endpoint, _SD + "resultFormat", _FORMATS + name)
    yield statement(dataset, RDF_TYPE, _SD + "Dataset")
    yield statement(dataset, RDF_TYPE, _VOID + "Dataset")
    yield statement(dataset, _VOID + "sparqlEndpoint", endpoint)
    yield statement(dataset, _SD + "defaultGraph", graph)
    yield statement(graph, RDF_TYPE, _SD + "Graph")
    yield from partitions(dataset, f"{dataset.value}-", classes, properties)
    if properties.rows:
        total = sum(int(row[1].value) for row in properties.rows if isinstance(row[1], ox.Literal))
        yield statement(dataset, _VOID + "triples", _count(total))
    for source, day in sources.rows:
        if isinstance(source, ox.NamedNode) and isinstance(day, ox.Literal):
            yield statement(dataset, _DCTERMS + "source", source)
            yield statement(source, _DCTERMS + "date", day)
    if not plain:
        yield from _examples(endpoint)


def partitions(
    dataset: ox.NamedNode, parts: str, classes: Table, properties: Table
) -> Iterator[ox.Triple]:
    """Yield how often classes and properties occur, from the tables of their queries.

    Of the default dataset: a statement that several graphs make counts once for each. ``parts`` is
    the beginning of the IRIs of the partitions.
    """
    yield from _partitions(dataset, parts, classes, "class", "entities")
    yield from _partitions(dataset, parts, properties, "property", "triples")


def _partitions(
    dataset: ox.NamedNode, parts: str, counts: Table, kind: str, unit: str
) -> Iterator[ox.Triple]:
    for number, (term, count) in enumerate(counts.rows, 1):
        if isinstance(term, ox.NamedNode) and isinstance(count, ox.Literal):
            part = ox.NamedNode(f"{parts}{kind}-{number}")
            yield statement(dataset, f"{_VOID}{kind}Partition", part)
            yield statement(part, _VOID + kind, term)
            yield statement(part, _VOID + unit, count)


def _examples(endpoint: ox.NamedNode) -> Iterator[ox.Triple]:
    """Describe prefixes and questions as https://github.com/sib-swiss/sparql-examples does."""
    declared = ox.NamedNode(f"{endpoint.value}#prefixes")
    for prefix, namespace in PREFIXES.items():
        node = ox.NamedNode(f"{endpoint.value}#prefix-{prefix}")
        yield statement(declared, _SH + "declare", node)
        yield statement(node, _SH + "prefix", ox.Literal(prefix))
        value = ox.Literal(namespace, datatype=ox.NamedNode(_XSD + "anyURI"))
        yield statement(node, _SH + "namespace", value)
    for question in load_questions(resources.queries()).values():
        if question.metric:
            continue
        node = ox.NamedNode(f"{endpoint.value}#question-{question.name}")
        yield statement(node, RDF_TYPE, _SH + "SPARQLExecutable")
        yield statement(node, RDF_TYPE, _SH + "SPARQLSelectExecutable")
        yield statement(node, _SH + "prefixes", declared)
        yield statement(node, _SH + "select", ox.Literal(question.sparql))
        yield statement(node, "https://schema.org/target", endpoint)
        for lang in ("en", "zh"):
            title = ox.Literal(question.title.of(lang), language=lang)
            yield statement(node, _RDFS + "comment", title)


def statement(
    subject: ox.NamedNode, predicate: str | ox.NamedNode, value: str | ox.NamedNode | ox.Literal
) -> ox.Triple:
    """Return a triple; texts are IRIs."""
    return ox.Triple(
        subject,
        predicate if isinstance(predicate, ox.NamedNode) else ox.NamedNode(predicate),
        ox.NamedNode(value) if isinstance(value, str) else value,
    )


def _count(number: int) -> ox.Literal:
    return ox.Literal(str(number), datatype=ox.NamedNode(_XSD + "integer"))
