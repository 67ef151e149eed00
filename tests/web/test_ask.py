"""``/ask``: questions in words, understood as on the command line."""

from __future__ import annotations

import httpx
import pytest

from tests.web.server import Server


@pytest.fixture(scope="module")
def client(patient: Server) -> httpx.Client:
    return httpx.Client(base_url=patient.url, timeout=30)


@pytest.mark.parametrize("text", ["How did the ballot on ISO/TC 321 turn out?", "TC321投票结果"])
def test_a_question_is_understood_and_answered(client: httpx.Client, text: str) -> None:
    answer = client.get("/ask", params={"q": text, "lang": "zh", "limit": 3})
    content = answer.json()
    assert content["refusal"] is None
    assert len(content["readings"]) == 3
    assert content["readings"][0]["question"] == "ballot"
    found = content["answer"]
    assert found["parameters"]["committee"]["value"].endswith("/iso/tc/321")
    assert found["results"][0]["evidence"]
    assert len(found["results"]) == 3
    assert client.get(found["next"]).json()["answer"]["offset"] == 3


def test_a_table(client: httpx.Client) -> None:
    answer = client.get("/ask", params={"q": "ISO/TC 321 ballot result", "format": "csv"})
    assert answer.text.startswith("ballot,ballot_label,what")


def test_what_is_not_understood_is_refused(client: httpx.Client) -> None:
    content = client.get("/ask", params={"q": "weather tomorrow"}).json()
    assert (content["refusal"], content["answer"]) == ("unclear", None)
    assert content["not_understood"] == ["weather", "tomorrow"]
    refused = client.get("/ask", params={"q": "weather tomorrow", "format": "csv"})
    assert refused.status_code == 404
    assert "is not understood" in refused.json()["detail"]
    assert client.get("/ask").status_code == 400
    assert client.get("/ask", params={"q": "?!"}).status_code == 400
