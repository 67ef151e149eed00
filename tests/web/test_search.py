"""The route /search, and what all routes on the graph have in common."""

from __future__ import annotations

import httpx

from kg.graph import KnowledgeGraph
from tests.web.server import Server


def test_it_finds_what_the_library_finds(patient: Server, graph: KnowledgeGraph) -> None:
    answer = httpx.get(f"{patient.url}/search", params={"q": "标准化", "limit": 3, "lang": "zh"})
    assert answer.headers["content-type"] == "application/json"
    found = answer.json()
    hits = graph.search("标准化")
    assert [each["iri"] for each in found["results"]] == [hit.iri for hit in hits[:3]]
    assert found["total"] is None
    following = httpx.get(found["next"]).json()
    assert [each["iri"] for each in following["results"]] == [hit.iri for hit in hits[3:6]]
    assert answer.links["next"]["url"] == found["next"]


def test_the_last_page_has_the_total(patient: Server, graph: KnowledgeGraph) -> None:
    found = httpx.get(f"{patient.url}/search", params={"q": "ISO/TC 321"}).json()
    hits = graph.search("ISO/TC 321")
    assert found["total"] == len(hits) == len(found["results"])
    assert found["next"] is None


def test_an_answer_is_asked_for_once(patient: Server) -> None:
    address = f"{patient.url}/search?q=iso"
    answer = httpx.get(address)
    assert answer.headers["stdkg-version"]
    again = httpx.get(address, headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = httpx.get(address + "&lang=zh")
    assert other.headers["etag"] != answer.headers["etag"]
    head = httpx.head(address)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["etag"] == answer.headers["etag"]


def test_the_language_is_the_browsers_unless_given(patient: Server) -> None:
    address = f"{patient.url}/search?q=ISO/TC 321"

    def kind(query: str, accepted: str) -> str:
        answer = httpx.get(address + query, headers={"Accept-Language": accepted})
        return str(answer.json()["results"][0]["kind"]["name"])

    assert kind("", "de, zh-CN;q=0.8, en;q=0.3") == kind("&lang=zh", "en") == "标准化技术委员会"
    assert kind("", "fr") == kind("", "") == kind("", "en;q=x, zh;q=0") == "technical committee"


def _refusal(patient: Server, query: str, **headers: str) -> tuple[int, str]:
    answer = httpx.get(f"{patient.url}/search?{query}", headers=headers)
    assert answer.headers["content-type"] == "application/problem+json"
    return answer.status_code, answer.json()["detail"]


def test_a_bad_request_is_refused_with_what_to_do(patient: Server) -> None:
    missing = "'q' is missing: words, a number or a part of a name, in any language"
    assert _refusal(patient, "") == (400, missing)
    assert _refusal(patient, "q=a&q=b") == (400, "'q' is given 2 times: give it once")
    limits = "give a whole number from 1 to 1000"
    assert _refusal(patient, "q=a&limit=1001") == (400, f"limit=1001: {limits}")
    assert _refusal(patient, "q=a&limit=-1") == (400, f"limit=-1: {limits}")
    assert _refusal(patient, "q=a&lang=fr") == (400, "lang=fr: give one of en, zh")
    unknown = (
        "there is no parameter 'query': the parameters are q, kind, limit, offset, lang, format"
    )
    assert _refusal(patient, "query=a") == (400, unknown)
    assert _refusal(patient, "q=a", Accept="image/png")[0] == 406
    # The graph's own refusals.
    assert _refusal(patient, "q=…") == (400, "'…' has no letter or digit to search for")
