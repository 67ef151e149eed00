"""Every IRI of the graph as an address, and the descriptions of the dataset."""

from __future__ import annotations

import gzip
import hashlib
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest
from rdflib import DCAT, FOAF, OWL, RDF, VOID, Graph, Namespace, URIRef

from kg.common.errors import ResolutionError
from kg.common.namespaces import BASE, CLAIM, STD
from kg.graph import KnowledgeGraph
from kg.web.linked_data.documents import locate
from kg.web.linked_data.names import iris_of, path_of
from tests.web.server import Server, failing, serve

OWN = "https://example.org/kg/"
TC = "iso/tc/321"
SECRETARIAT = "claim/cfsn-2019-04-11/secretariat-china"
PARSED = {
    "ttl": ("text/turtle", "turtle"),
    "nt": ("application/n-triples", "nt"),
    "jsonld": ("application/ld+json", "json-ld"),
    "trig": ("application/trig", "trig"),
}
SPDX = Namespace("http://spdx.org/rdf/terms#")
PROF = Namespace("http://www.w3.org/ns/dx/prof/")


@pytest.fixture(scope="module")
def own(built: Path) -> Iterator[Server]:
    """A server that is reached at an address of its own."""
    limits = ("--timeout", "60", "--workers", "2")
    with serve("--store", built, "--base", OWN.rstrip("/"), *limits) as running:
        yield running
        # In order, so that it removes its dump.
        assert running.end() == 0


@pytest.fixture(scope="module")
def client(own: Server) -> httpx.Client:
    return httpx.Client(base_url=own.url, timeout=60)


def _graph(client: httpx.Client, path: str, accept: str = "application/n-triples") -> Graph:
    answer = client.get(path, headers={"Accept": accept})
    assert answer.status_code == 200, answer.text
    return Graph().parse(data=answer.text, format="nt")


@pytest.mark.parametrize("suffix", PARSED)
def test_an_iri_leads_to_a_document_by_its_format(client: httpx.Client, suffix: str) -> None:
    media_type, format_ = PARSED[suffix]
    lead = client.get(f"/{TC}", headers={"Accept": f"{media_type}, text/html;q=0.5"})
    assert (lead.status_code, lead.headers["location"]) == (303, f"{OWN}{TC}.{suffix}")
    assert lead.headers["vary"].startswith("Accept")
    document = client.get(f"/{TC}.{suffix}")
    assert document.headers["content-type"].partition(";")[0] == media_type
    assert f'<{OWN}show/{TC}>; rel="alternate"; type="text/html"' in document.headers["link"]
    assert f'<{OWN}{TC}.ttl>; rel="alternate"; type="text/turtle"' in document.headers["link"]
    from rdflib import Dataset

    data = Dataset(default_union=True).parse(data=document.text, format=format_)
    entity = URIRef(BASE + TC)
    assert (URIRef(f"{OWN}{TC}.{suffix}"), FOAF.primaryTopic, entity) in data
    assert (URIRef(OWN + TC), OWL.sameAs, entity) in data
    assert (entity, RDF.type, URIRef(STD + "TechnicalCommittee")) in data
    # Its evidence, down to the phrase.
    phrases = {str(value) for value in data.objects(None, URIRef("http://www.w3.org/ns/oa#exact"))}
    assert "秘书处由中国承担" in phrases
    again = client.get(f"/{TC}.{suffix}", headers={"If-None-Match": document.headers["etag"]})
    assert again.status_code == 304


def test_a_browser_is_led_to_the_page(client: httpx.Client) -> None:
    browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    lead = client.get(f"/{TC}", headers={"Accept": browser})
    assert (lead.status_code, lead.headers["location"]) == (303, f"{OWN}show/{TC}")
    assert client.get(f"/{TC}.html").headers["location"] == f"{OWN}show/{TC}"
    # A program that accepts everything gets data.
    assert client.get(f"/{TC}").headers["location"] == f"{OWN}{TC}.ttl"
    assert client.head(f"/{TC}").status_code == 303
    refused = client.get(f"/{TC}", headers={"Accept": "image/png"})
    assert refused.status_code == 406


def test_all_iris_of_the_graph_are_found(graph: KnowledgeGraph, client: httpx.Client) -> None:
    iris = {
        term.value
        for quad in graph.store.quads()
        for term in (quad.subject, quad.predicate, quad.object, quad.graph_name)
        if isinstance(term, ox.NamedNode) and term.value.startswith(BASE)
    }
    paths = sorted({path for iri in iris if (path := path_of(iri))})
    assert len(paths) > 1000
    for path in paths:
        assert path_of(locate(graph, path).iri) == path
    for path in paths[:: len(paths) // 20]:
        lead = client.get(f"/{path}")
        assert lead.headers["location"] == f"{OWN}{path}.ttl"
        assert _graph(client, f"/{path}.nt")


def test_the_document_of_a_claim_keeps_its_graph(client: httpx.Client) -> None:
    quads = ox.parse(client.get(f"/{SECRETARIAT}.trig").content, ox.RdfFormat.TRIG)
    inside = {quad.subject for quad in quads if quad.graph_name == ox.NamedNode(BASE + SECRETARIAT)}
    assert ox.NamedNode(f"{BASE}{TC}/secretariat/cn") in inside


def test_terms_and_shapes_are_found_at_their_iris(client: httpx.Client) -> None:
    ontology = _graph(client, "/ontology.nt")
    for term in ("Ballot", "partOf"):
        assert (URIRef(STD + term), RDF.type, None) in ontology
    shape = _graph(client, "/shape/Proposal.nt")
    sh = Namespace("http://www.w3.org/ns/shacl#")
    assert (URIRef(BASE + "shape/Proposal-date"), sh.path, URIRef(STD + "date")) in shape
    assert len(_graph(client, "/shape.nt")) > 1000
    assert (
        client.get("/shape/Proposal", headers={"Accept": "text/html, */*;q=0.1"})
        .headers["location"]
        .endswith("/shape/Proposal.ttl")
    )


def test_an_unknown_iri_is_refused_with_the_nearest(client: httpx.Client) -> None:
    answer = client.get("/iso/tc/3211")
    assert answer.status_code == 404
    assert answer.json()["detail"].startswith(
        f"nothing has the IRI {BASE}iso/tc/3211; nearest: <iso/tc/321>"
    )
    assert client.get(f"/{TC}?x=1").status_code == 400


def test_escapes_of_clients_make_no_difference() -> None:
    iri = BASE + "itu-t/id/emc-3_%2801%2F1974%29"
    for path in (
        "itu-t/id/emc-3_%2801%2F1974%29",
        "itu-t/id/emc-3_(01%2F1974)",
        "itu-t/id/emc-3_%2801%2f1974%29",
    ):
        assert iri in iris_of(path)


def test_no_iri_of_another_form_breaks_it(graph: KnowledgeGraph) -> None:
    for path in ("<>", "a b", "%00", "a" * 5000, "//", "."):
        with pytest.raises(ResolutionError):
            locate(graph, path)


def test_the_dataset_describes_itself(client: httpx.Client) -> None:
    void = _graph(client, "/.well-known/void")
    dataset = URIRef(BASE + "dataset")
    assert (dataset, VOID.sparqlEndpoint, URIRef(OWN + "sparql")) in void
    assert (dataset, VOID.uriSpace, None) in void
    [triples] = void.objects(dataset, VOID.triples)
    assert int(str(triples)) > 1000


def test_the_dump_is_whole_and_has_its_checksum(
    client: httpx.Client, graph: KnowledgeGraph
) -> None:
    [line] = client.get("/dumps/SHA256SUMS").text.splitlines()
    checksum, name = line.split()
    dump = client.get(f"/dumps/{name}")
    assert hashlib.sha256(dump.content).hexdigest() == checksum
    quads = list(ox.parse(gzip.decompress(dump.content), ox.RdfFormat.N_QUADS))
    assert sum(CLAIM in str(quad.graph_name) for quad in quads) == sum(
        CLAIM in str(quad.graph_name) for quad in graph.store.quads()
    )
    assert client.get(f"/dumps/{name}", headers={"Range": "bytes=0-1"}).content == b"\x1f\x8b"
    catalog = _graph(client, "/catalog")
    [address] = catalog.objects(None, DCAT.downloadURL)
    assert str(address) == f"{OWN}dumps/{name}"
    assert [str(value) for value in catalog.objects(None, SPDX.checksumValue)] == [checksum]
    [size] = catalog.objects(None, DCAT.byteSize)
    assert int(str(size)) == len(dump.content)


def test_the_catalog_names_services_and_the_profile(client: httpx.Client) -> None:
    catalog = _graph(client, "/catalog")
    services = {str(each) for each in catalog.objects(None, DCAT.endpointURL)}
    assert services == {OWN, OWN + "sparql", OWN + "reconcile"}
    artifacts = {str(each) for each in catalog.objects(None, PROF.hasArtifact)}
    assert artifacts == {BASE + "ontology", BASE + "shape"}
    for artifact in artifacts:
        assert client.get(f"/{artifact.removeprefix(BASE)}").status_code == 303
    turtle = client.get("/catalog", headers={"Accept": "text/turtle"})
    assert len(Graph().parse(data=turtle.text)) == len(catalog)


def test_crawlers_find_all_pages(client: httpx.Client) -> None:
    assert f"Sitemap: {OWN}sitemap.xml" in client.get("/robots.txt").text
    namespace = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    index = ET.fromstring(client.get("/sitemap.xml").content)
    [sitemap] = [each.text or "" for each in index.iter(f"{namespace}loc")]
    listed = ET.fromstring(client.get(sitemap.replace(OWN, "/")).content)
    pages = [each.text for each in listed.iter(f"{namespace}loc")]
    assert f"{OWN}show/{TC}" in pages
    assert len(pages) == len(set(pages)) > 200
    assert client.get("/sitemaps/1.xml").status_code == 404


def test_links_of_the_api_begin_with_the_base(client: httpx.Client) -> None:
    assert client.get("/search?q=iso&limit=1").json()["next"].startswith(OWN + "search?")
    assert client.get("/openapi.json").json()["servers"] == [{"url": OWN.rstrip("/")}]


@pytest.mark.parametrize("base", ["example.org", "ftp://example.org", "https://", "https://a/?b"])
def test_a_base_that_is_no_address_is_refused(base: str) -> None:
    refused = failing("--base", base)
    assert refused.returncode == 2
    assert f"{base!r} is no address" in refused.stderr
