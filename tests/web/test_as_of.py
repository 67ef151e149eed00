"""Answers as of a day, on routes, pages and tools."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from kg.graph import KnowledgeGraph
from tests.web.server import Server

DAY = "2018-09-01"


@pytest.fixture(scope="module")
def client(patient: Server) -> httpx.Client:
    return httpx.Client(base_url=patient.url, timeout=60)


def _json(client: httpx.Client, path: str, **parameters: str) -> Any:
    answer = client.get(path, params=parameters)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_a_profile_is_that_of_the_day(client: httpx.Client, graph: KnowledgeGraph) -> None:
    past = _json(client, "/show", name="ISO/TC 321", as_of=DAY, lang="en")
    today = _json(client, "/show", name="ISO/TC 321", lang="en")
    expected = graph.profile("ISO/TC 321", as_of=DAY)
    assert past["left_out"] == [note.en for note in expected.notes] != []
    assert len(past["facts"]) == len(expected.facts) < len(today["facts"])
    assert today["left_out"] == []


def test_a_question_is_answered_as_of_the_day(client: httpx.Client, graph: KnowledgeGraph) -> None:
    answer = _json(client, "/questions/standards", as_of=DAY, limit="10000")
    assert answer["total"] == len(graph.ask("standards", as_of=DAY))
    assert answer["columns"][-1]["name"] == "note"


def test_references_have_the_status_of_the_day(client: httpx.Client, graph: KnowledgeGraph) -> None:
    references = [row["standard"].value for row in graph.ask("standards")][:5]
    for params in ({"as_of": "2000-01-01"}, {"as_of": DAY}):
        answer = client.post("/match", params=params, json=references).json()
        expected = graph.match(references, as_of=params["as_of"])
        assert [each["status"]["key"] for each in answer["results"] if each["status"]] == [
            each.status.key for each in expected if each.status.key
        ]
        assert all(
            each["status"]["day"] == params["as_of"] for each in answer["results"] if each["status"]
        )


def test_what_is_no_day_is_refused(client: httpx.Client) -> None:
    for path, parameters in (
        ("/match", {"reference": "ISO 9001", "as_of": "2018"}),
        ("/show", {"name": "ISO/TC 321", "as_of": "yesterday"}),
        ("/questions/standards", {"as_of": "2018-13-01"}),
    ):
        answer = client.get(path, params=parameters)
        assert (answer.status_code, "is not a day" in answer.json()["detail"]) == (400, True)
    answer = client.get("/questions/ballot", params={"as_of": DAY})
    assert (answer.status_code, "no parameter 'as_of'" in answer.json()["detail"]) == (400, True)


def test_pages_are_those_of_the_day(client: httpx.Client) -> None:
    html = {"Accept": "text/html"}
    page = client.get("/show", params={"name": "ISO/TC 321", "as_of": DAY}, headers=html)
    assert page.status_code == 303
    page = client.get(page.headers["location"], headers=html)
    assert f"As of {DAY}" in page.text
    assert "are left out" in page.text
    question = client.get("/questions/standards", params={"as_of": DAY}, headers=html)
    assert f'name="as_of" type="date" value="{DAY}"' in question.text
    assert "as_of=2018-09-01" in question.text.partition("Download:")[2]
    wrong = client.get("/show/iso/tc/321", params={"as_of": "2018"}, headers=html)
    assert wrong.status_code == 400
    files = {"text": (None, "ISO/TC 321\nISO 9001:2008"), "as_of": (None, DAY)}
    assert f"as of {DAY}" in client.post("/match", files=files, headers=html).text
