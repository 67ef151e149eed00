"""Host and Origin on this machine, CORS on a public host."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.web.server import Server, serve


@pytest.fixture(scope="module")
def public(built: Path) -> Iterator[Server]:
    with serve("--store", built, "--host", "0.0.0.0") as running:
        running.url = running.url.replace("0.0.0.0", "127.0.0.1")
        yield running


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Host": "localhost:8000"}, 200),
        ({"Host": "[::1]"}, 200),
        ({"Origin": "http://localhost:3000"}, 200),
        # What a browser sends from a page of another site, also under a name that has been rebound.
        ({"Host": "attacker.example:8000"}, 403),
        ({"Host": "127.0.0.1.attacker.example"}, 403),
        ({"Host": "[bad"}, 403),
        ({"Origin": "https://attacker.example"}, 403),
        ({"Origin": "http://localhost.attacker.example"}, 403),
        ({"Origin": "null"}, 403),
    ],
)
@pytest.mark.parametrize("path", ["/sparql?query=ASK{}", "/health", "/metrics", "/nothing"])
def test_only_this_machine(server: Server, path: str, headers: dict[str, str], status: int) -> None:
    answer = httpx.get(server.url + path, headers=headers)
    assert answer.status_code == (404 if path == "/nothing" and status == 200 else status)
    if status == 403:
        assert "access-control-allow-origin" not in answer.headers
    else:
        assert answer.headers.get("access-control-allow-origin") == headers.get("Origin")


def test_a_public_server_answers_pages_of_any_site(public: Server) -> None:
    headers = {"Origin": "https://editor.example", "Host": "graph.example"}
    answer = httpx.get(public.sparql, params={"query": "ASK {}"}, headers=headers)
    assert answer.status_code == 200
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in answer.headers
    asked = {
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type",
    }
    preflight = httpx.options(public.sparql, headers=headers | asked)
    assert preflight.status_code == 204
    assert "POST" in preflight.headers["access-control-allow-methods"]
    assert preflight.headers["access-control-allow-headers"] == "content-type"
    refused = httpx.get(public.sparql, params={"query": "SELECT"}, headers=headers)
    assert refused.headers["access-control-allow-origin"] == "*"
