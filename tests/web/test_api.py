"""The graph as an API: the same answers and errors as the library and the command line."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import httpx
import pyoxigraph as ox
import pytest

from kg.graph import KnowledgeGraph
from tests.queries.test_answers import ANSWERS, QUESTIONS, identified
from tests.web.server import Server


@pytest.fixture(scope="module")
def client(patient: Server) -> httpx.Client:
    return httpx.Client(base_url=patient.url, timeout=30)


def _json(client: httpx.Client, path: str, **parameters: str | int) -> Any:
    answer = client.get(path, params=parameters or None)
    assert answer.status_code == 200, answer.text
    return answer.json()


def _refused(client: httpx.Client, path: str, **parameters: str) -> tuple[int, str]:
    answer = client.get(path, params=parameters)
    assert answer.headers["content-type"] == "application/problem+json"
    return answer.status_code, answer.json()["detail"]


@pytest.mark.parametrize("name", QUESTIONS)
def test_questions_are_answered_as_expected(client: httpx.Client, name: str) -> None:
    with (ANSWERS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        expected = list(csv.DictReader(file))
    answer = _json(client, f"/questions/{name}", limit=10_000)
    columns = [column["name"] for column in answer["columns"]]
    rows = [
        {column: row["cells"].get(column, {}).get("value", "") for column in columns}
        for row in answer["results"]
    ]
    assert identified(rows) == identified(
        [{key: value.removeprefix("'") for key, value in row.items()} for row in expected]
    )
    assert answer["total"] == len(rows)
    for row in answer["results"]:
        cited = {"claim", "evidence", "record"} & row["cells"].keys()
        assert bool(row["evidence"]) >= bool(cited), "what a row cites is opened"


def test_tables_are_those_of_the_command_line(client: httpx.Client) -> None:
    answer = client.get("/questions/ballot", headers={"Accept": "text/csv"})
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    with (ANSWERS / "ballot.csv").open(encoding="utf-8", newline="") as file:
        assert list(csv.DictReader(io.StringIO(answer.text, newline=""))) == list(
            csv.DictReader(file)
        )


def test_the_questions_are_listed_with_their_parameters(client: httpx.Client) -> None:
    listed = {each["name"]: each for each in _json(client, "/questions")["results"]}
    assert listed.keys() >= QUESTIONS.keys()
    ballot = listed["ballot"]
    assert ballot["title"]["zh"].startswith("文章述及哪些投票")
    assert [each["name"] for each in ballot["parameters"]] == ["committee", "year"]
    assert ballot["parameters"][0]["within"].endswith("#TechnicalCommittee")
    assert client.get(ballot["address"]).status_code == 200


def test_pages_are_linked(client: httpx.Client) -> None:
    whole = _json(client, "/questions/ballot", committee="ISO/TC 321", lang="zh")
    assert whole["parameters"]["committee"]["label"] == "ISO电子商务交易保障技术委员会"
    rows, address = [], "/questions/ballot?committee=ISO/TC 321&lang=zh&limit=4"
    while address:
        answer = client.get(address)
        rows += answer.json()["results"]
        address = answer.links.get("next", {}).get("url", "")
    assert rows == whole["results"]
    assert len(rows) > 4
    assert "prev" in answer.links


def test_an_empty_answer_names_other_questions(client: httpx.Client) -> None:
    empty = _json(client, "/questions/ballot", committee="ISO/TC 321", year="1999")
    assert (empty["results"], empty["total"]) == ([], 0)
    [other] = empty["see"]
    assert other["address"].endswith("/questions/committee-history?committee=ISO%2FTC+321")
    assert client.get(other["address"]).json()["results"]


def test_errors_are_those_of_the_command_line(client: httpx.Client) -> None:
    assert _refused(client, "/questions/balot") == (
        404,
        "no question is called 'balot'; nearest: ballot",
    )
    assert _refused(client, "/questions/ballot", committee="ISO/TC 3219") == (
        404,
        "parameter 'committee': no std:TechnicalCommittee is called 'ISO/TC 3219'; nearest:"
        " 'ISO/TC 321'",
    )
    assert _refused(client, "/questions/ballot", year="soon") == (
        400,
        "parameter 'year': 'soon' is not a valid year",
    )
    status, detail = _refused(client, "/questions/lineage")
    assert (status, detail[:14]) == (400, "lineage needs ")
    assert _refused(client, "/show", name="ISO/TC 32 1x")[0] == 404


@pytest.mark.parametrize(
    "path",
    [
        "/show/iso/tc/321",
        "/show/ISO/TC%20321",
        "/show/https://w3id.org/stdkg/iso/tc/321",
        # As some proxies pass it on.
        "/show/https:/w3id.org/stdkg/iso/tc/321",
        "/show?name=ISO/TC 321",
        "/show?name=<iso/tc/321>",
    ],
)
def test_an_entity_is_shown_by_any_name(client: httpx.Client, path: str) -> None:
    assert _json(client, path)["iri"] == "https://w3id.org/stdkg/iso/tc/321"


def test_a_profile_is_whole(client: httpx.Client, graph: KnowledgeGraph) -> None:
    for name in ("ISO/TC 321", "claim:cfsn-2019-04-11/secretariat-china"):
        shown, profile = _json(client, "/show", name=name, lang="zh"), graph.profile(name)
        assert shown["name"] == profile.label.zh
        assert len(shown["facts"]) == len(profile.facts)
        for found, fact in zip(shown["facts"], profile.facts, strict=True):
            assert found["value"]["value"] == fact.value.value
            assert [each["claim"] for each in found["evidence"]] == [
                proof.claim for proof in dict.fromkeys(fact.proofs)
            ]
            assert all(each["phrase"] or each["source"] for each in found["evidence"])
    table = client.get("/show", params={"name": "ISO/TC 321", "format": "tsv"}).text
    assert table.splitlines()[0].split("\t")[:2] == ["?thing", "?direction"]


def test_a_path_is_told_with_its_evidence(client: httpx.Client, graph: KnowledgeGraph) -> None:
    [way] = _json(client, "/relate", **{"from": "浙江省省长", "to": "SAC"}, paths=1)["results"]
    [expected] = graph.relate("浙江省省长", "SAC", paths=1)
    assert [each["iri"] for each in way["stations"]] == list(expected.stations)
    first = way["steps"][0][0]
    assert first["sentence"] == expected.steps[0][0].sentence.en
    assert first["evidence"][0]["phrase"] == expected.steps[0][0].proofs[0].phrase


def test_without_a_path_it_says_what_was_looked_at(client: httpx.Client) -> None:
    found = _json(client, "/relate", **{"from": "浙江省省长", "to": "ISO/TMB"}, hops=1)
    assert found["results"] == []
    assert [end["name"] for end in found["looked_at"]][1] == "ISO Technical Management Board"
    assert found["looked_at"][1]["relations"][0]["count"]


def test_references_are_matched(client: httpx.Client) -> None:
    asked = ["IOS/TC 321", "国际标准化组织", "", "no such thing"]
    by_json = client.post(
        "/match", content=json.dumps(asked), headers={"Content-Type": "application/json"}
    )
    found = by_json.json()["results"]
    assert [each["reference"] for each in found] == asked
    assert [each["iri"] for each in found] == [
        "https://w3id.org/stdkg/iso/tc/321",
        "https://w3id.org/stdkg/iso",
        None,
        None,
    ]
    assert found[0]["reasons"][1]["text"] == "one error in spelling, read as iso/TC 321"
    by_text = client.post(
        "/match?lang=zh", content="\n".join(asked), headers={"Content-Type": "text/plain"}
    )
    assert [each["iri"] for each in by_text.json()["results"]] == [each["iri"] for each in found]
    in_address = client.get("/match", params={"reference": asked[:2], "format": "csv"})
    assert [row["iri"] for row in csv.DictReader(in_address.text.splitlines())] == [
        each["iri"] for each in found[:2]
    ]


@pytest.mark.parametrize(
    ("content", "media_type", "status"),
    [
        (b"{}", "application/json", 400),
        (b"[1]", "application/json", 400),
        (b'["\\ud800"]', "application/json", 400),
        (b"\xff", "text/plain", 400),
        (b"[" * 100_000, "application/json", 400),
        (b"x", "text/csv", 415),
        (b"x\n" * 1001, "text/plain", 400),
    ],
)
def test_no_list_is_refused(
    client: httpx.Client, content: bytes, media_type: str, status: int
) -> None:
    answer = client.post("/match", content=content, headers={"Content-Type": media_type})
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"


def test_suggestions_come_while_one_types(client: httpx.Client) -> None:
    names = [each["name"] for each in _json(client, "/suggest", q="浙江省人民政")["results"]]
    assert any(name == "浙江省人民政府" for name in names)
    assert ox.NamedNode(_json(client, "/suggest", q="iso/tc 3")["results"][0]["iri"])
