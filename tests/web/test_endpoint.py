"""``kg serve`` answers alike from a graph that is behind an endpoint."""

from __future__ import annotations

import time
from pathlib import Path

import httpx
import pytest

from kg.pipeline.build import CatalogueSelection, build
from kg.pipeline.endpoints import load_generation
from kg.web.served_endpoint import store_of_endpoint
from tests.store.endpoints import engines
from tests.support import WORLD
from tests.web.server import Server, serve

PAGES = (
    "/sparql?query=SELECT * { <cn/sac> ?p ?o } ORDER BY ?p ?o",
    "/sparql?query=ASK { <cn/sac> a std:Organization }",
    "/search?q=浙江",
    "/questions/ballot",
    "/entities/iso/tc/321",
)


@pytest.mark.slow
def test_pages_and_queries_are_the_same(patient: Server, own_store: Path, tmp_path: Path) -> None:
    with engines.oxigraph(tmp_path) as endpoint:
        load_generation(own_store, endpoint)
        with serve("--endpoint", endpoint.url, "--timeout", "60", "--workers", "1") as remote:
            for page in PAGES:
                one, other = (
                    httpx.get(server.url + page, timeout=60, follow_redirects=True)
                    for server in (patient, remote)
                )
                assert one.status_code == other.status_code
                assert one.text == other.text.replace(remote.url, patient.url)


@pytest.mark.slow
def test_a_load_is_noticed(own_store: Path, tmp_path: Path) -> None:
    with engines.oxigraph(tmp_path / "engine") as endpoint:
        load_generation(own_store, endpoint)
        find = store_of_endpoint(endpoint, every=0.1)
        first = find()
        time.sleep(0.5)
        assert find() == first
        build(own_store, selection=CatalogueSelection((WORLD / "relaton-data-ogc",)))
        load_generation(own_store, endpoint)
        end = time.monotonic() + 30
        while (second := find()) == first:
            assert time.monotonic() < end, "the load was not noticed"
            time.sleep(0.05)
        assert second.version > first.version
        assert second.endpoint == endpoint
