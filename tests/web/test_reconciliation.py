"""The Reconciliation Service API: valid by its schemas, and what is found and refused."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

import httpx
import pytest

from kg.common.errors import ArgumentError, ResolutionError
from kg.graph import KnowledgeGraph
from kg.web.reconciliation.candidates import LONGEST, reconcile
from kg.web.reconciliation.extension import extend, propose
from kg.web.reconciliation.model import Candidate, Condition, Quantifier, Query, Strictness
from kg.web.reconciliation.queries import MAX_BATCH, parse_batch, parse_extension, parse_match
from tests.web import reconciliation_schemas as schemas
from tests.web.server import Server

ISO = "https://w3id.org/stdkg/iso"
TC_321 = f"{ISO}/tc/321"
HTTP = httpx.Client(timeout=60)
OPENREFINE = {"Origin": "http://127.0.0.1:3333"}


@pytest.fixture(scope="module", autouse=True)
def loaded(server: Server) -> None:
    """Let a worker load the code, which can take longer than a query may on a busy machine."""
    for _ in range(5):
        if HTTP.get(f"{server.url}/reconcile").status_code == 200:
            return


def _get(server: Server, path: str, lang: str = "en", **parameters: str) -> Any:
    answer = HTTP.get(
        f"{server.url}/reconcile{path}", params=parameters, headers={"Accept-Language": lang}
    )
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-language"] == ("zh" if path.startswith("/zh") else lang)
    return answer.json()


def _post(server: Server, path: str, content: Any, *, form: str = "") -> httpx.Response:
    address = f"{server.url}/reconcile{path}"
    if form:
        return HTTP.post(address, data={form: json.dumps(content)})
    return HTTP.post(address, json=content)


# Valid by the schemas


@pytest.mark.parametrize(
    ("version", "root"), [("0.2", ""), ("0.2", "/zh"), ("1.0-draft", "/1.0-draft")]
)
def test_answers_are_valid(server: Server, version: str, root: str) -> None:
    propose_path = "/properties" if version == "0.2" else "/extend/propose"
    for schema, path, parameters in (
        ("manifest", "", {}),
        ("suggest-entities-response", "/suggest/entity", {"prefix": "ISO"}),
        ("suggest-types-response", "/suggest/type", {"prefix": ""}),
        ("suggest-properties-response", "/suggest/property", {"prefix": ""}),
        ("data-extension-property-proposal", propose_path, {"type": "std:TechnicalCommittee"}),
    ):
        content = _get(server, root + path, **parameters)
        schemas.check(version, schema, content)
        assert schema == "manifest" or max(map(len, content.values())) > 3


def test_matches_and_values_are_valid(server: Server) -> None:
    names = ["ISO/TC 321", "浙江省", "电子商务", "no such thing at all", ""]
    batch = {f"q{number}": {"query": name, "limit": 3} for number, name in enumerate(names[:-1])}
    schemas.check("0.2", "reconciliation-query-batch", batch)
    found = _post(server, "/en", batch, form="queries").json()
    schemas.check("0.2", "reconciliation-result-batch", found)
    assert list(found) == list(batch)
    by_get = _get(server, "", queries=json.dumps(batch))
    assert by_get == found

    condition = {"matchType": "name", "propertyValue": "ISO/TC 321"}
    draft = {"queries": [{"conditions": [condition]}, {"conditions": [condition], "limit": 1}]}
    schemas.check("1.0-draft", "reconciliation-query-batch", draft)
    results = _post(server, "/1.0-draft/match", draft).json()
    schemas.check("1.0-draft", "reconciliation-result-batch", results)
    assert results["results"][0]["candidates"] == found["q0"]["result"]

    wanted = ["std:start", "std:state", "dcterms:title", "name", "evidence", "std:partOf", "year"]
    query = {"ids": [TC_321, "urn:none"], "properties": [{"id": each} for each in wanted]}
    schemas.check("0.2", "data-extension-query", query)
    extended = _post(server, "", query, form="extend").json()
    schemas.check("0.2", "data-extension-response", extended)
    drafted = _post(server, "/1.0-draft/extend", query).json()
    schemas.check("1.0-draft", "data-extension-response", drafted)
    assert [row["id"] for row in drafted["rows"]] == [TC_321, "urn:none"]
    assert list(extended["rows"][TC_321]) == wanted
    assert extended["rows"][TC_321]["std:partOf"] == [
        {"id": ISO, "name": "International Organization for Standardization"}
    ]
    assert not any(extended["rows"]["urn:none"].values())


@pytest.mark.parametrize("version", schemas.VERSIONS)
def test_the_examples_of_the_specification_are_read(version: str) -> None:
    parse = parse_batch if version == "0.2" else parse_match
    valid = schemas.examples(version, "reconciliation-query-batch", "valid")
    invalid = schemas.examples(version, "reconciliation-query-batch", "invalid")
    assert len(valid) >= 4
    assert len(invalid) >= 3
    for content in valid.values():
        assert parse(content)
    for content in invalid.values():
        with pytest.raises(ArgumentError, match=r": |give "):
            parse(content)
    for content in schemas.examples(version, "data-extension-query", "valid").values():
        ids, properties = parse_extension(content)
        assert len(ids) == 2
        assert len(properties) >= 3


def test_both_languages(server: Server) -> None:
    queries = json.dumps({"q": {"query": "ISO/TC 321"}})
    [english] = _get(server, "/en", queries=queries)["q"]["result"]
    [chinese] = _get(server, "/zh", queries=queries)["q"]["result"]
    assert (english["type"][0]["name"], chinese["type"][0]["name"]) == (
        "technical committee",
        "标准化技术委员会",
    )
    assert (english["features"][0]["name"], chinese["features"][0]["name"]) == (
        "the name is the same",
        "名称相同",
    )
    assert _get(server, "", "zh", queries=queries)["q"]["result"] == [chinese]
    draft = _get(server, "/1.0-draft/suggest/property", "zh", prefix="发布机构")
    assert draft["result"][0] == {
        "id": "std:publisher",
        "name": "发布机构",
        "description": draft["result"][0]["description"],
        "matchQualifiers": draft["result"][0]["matchQualifiers"],
    }


# Clients in a browser


def test_a_page_of_another_port_may_ask(server: Server) -> None:
    answer = HTTP.get(f"{server.url}/reconcile", headers=OPENREFINE)
    assert answer.headers["access-control-allow-origin"] == OPENREFINE["Origin"]
    asked = {"Access-Control-Request-Method": "POST"}
    preflight = HTTP.options(
        f"{server.url}/reconcile/1.0-draft/match",
        headers={**OPENREFINE, **asked, "Access-Control-Request-Headers": "content-type"},
    )
    assert preflight.status_code == 204
    assert preflight.headers["access-control-allow-headers"] == "content-type"
    other = {"Origin": "https://attacker.example"}
    assert HTTP.get(f"{server.url}/reconcile", headers=other).status_code == 403


def test_a_callback_is_refused(server: Server) -> None:
    answer = HTTP.get(f"{server.url}/reconcile", params={"callback": "alert"})
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    assert "JSONP" in answer.json()["detail"]


def test_a_preview_is_shown_in_a_frame(server: Server) -> None:
    manifest = _get(server, "/zh")
    address = manifest["preview"]["url"].replace("{{id}}", TC_321)
    answer = HTTP.get(address)
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    policy = answer.headers["content-security-policy"]
    assert "frame-ancestors http://127.0.0.1:*" in policy
    assert "script-src" not in policy
    assert "default-src 'none'" in policy
    assert "标准化技术委员会" in answer.text
    assert "中国食品安全网" in answer.text
    page = manifest["view"]["url"].replace("{{id}}", quote(TC_321, safe=""))
    assert page.replace("%3A", ":").replace("%2F", "/") in answer.text
    shown = HTTP.get(page, headers={"Accept": "text/html"}, follow_redirects=True)
    assert (shown.status_code, TC_321.rpartition("/")[2] in shown.text) == (200, True)
    missing = HTTP.get(f"{server.url}/reconcile/preview?id=<script>")
    assert missing.status_code in {400, 404}
    assert "is not an entity" in missing.json()["detail"]


def test_flyouts_are_escaped(server: Server) -> None:
    for kind, id_ in (("entity", ISO), ("type", "std:Ballot"), ("property", "std:publisher")):
        manifest = _get(server, "/en")["suggest"][kind]
        path = manifest["flyout_service_path"].replace("${id}", id_)
        content = HTTP.get(manifest["flyout_service_url"] + path).json()
        assert content["id"] == id_
        assert content["html"].startswith("<p")
    missing = HTTP.get(f"{server.url}/reconcile/flyout/type", params={"id": "std:Nothing"})
    assert missing.status_code == 404


def test_suggestions_come_in_pages(server: Server) -> None:
    for path, skip in (("", "cursor"), ("/1.0-draft", "offset")):
        first = _get(server, f"{path}/suggest/entity", prefix="标准", limit="4")["result"]
        rest = _get(server, f"{path}/suggest/entity", prefix="标准", limit="2", **{skip: "2"})
        assert rest["result"] == first[2:]
    [only] = _get(server, "/suggest/entity", prefix=TC_321)["result"]
    assert only["id"] == TC_321
    # Clients add parameters of their own.
    wanted = {"prefix": "浙江", "type": "std:Place", "_": "1"}
    strict = _get(server, "/suggest/entity", **wanted)["result"]
    wish = _get(server, "/suggest/entity", type_strict="should", **wanted)["result"]
    assert all("/place/" in hit["id"] for hit in strict)
    assert wish[: len(strict)] == strict
    assert len(wish) > len(strict) > 0


# Bad requests


@pytest.mark.parametrize(
    ("form", "content", "status", "detail"),
    [
        ("queries", "{", 400, "line 1, column 2"),
        ("queries", "[]", 400, "queries: an object is needed here, not a list"),
        ("queries", '{"q": {}}', 400, "q: give a query, or properties with values"),
        ("queries", '{"q": {"query": 7}}', 400, "q: query: a text is needed here"),
        ("queries", '{"q": {"query": "x", "limit": NaN}}', 400, "NaN is no number"),
        ("queries", '{"q": {"query": "\\ud800"}}', 400, "surrogate"),
        ("queries", '{"q": {"query": "x", "type": "std:Nothing"}}', 404, "no kind is called"),
        (
            "queries",
            '{"q": {"query": "x", "properties": [{"pid": "publsher", "v": "y"}]}}',
            404,
            "nearest: std:publisher",
        ),
        (
            "queries",
            json.dumps({str(number): {"query": "x"} for number in range(MAX_BATCH + 1)}),
            413,
            "queries: 101 are more than 100",
        ),
        ("queries", "[" * 100_000, 400, "nested too deeply"),
        ("extend", '{"ids": []}', 400, "properties: a list is needed here, not nothing"),
        ("other", "{}", 400, "give the parameter 'queries', or 'extend'"),
    ],
)
def test_a_bad_request_is_refused_with_what_to_do(
    server: Server, form: str, content: str, status: int, detail: str
) -> None:
    answer = HTTP.post(f"{server.url}/reconcile", data={form: content})
    assert (answer.status_code, answer.headers["content-type"]) == (
        status,
        "application/problem+json",
    )
    assert detail in answer.json()["detail"]


def test_the_media_type_is_that_of_the_version(server: Server) -> None:
    assert _post(server, "", {}).status_code == 415
    assert _post(server, "/1.0-draft/match", {}, form="queries").status_code == 415
    assert HTTP.post(f"{server.url}/reconcile", data={}).status_code in {400, 415}


# What is found


def _find(
    graph: KnowledgeGraph, *texts: str, lang: str = "en", **query: Any
) -> Sequence[Candidate]:
    [found] = reconcile(graph, [Query(texts, **query)], lang)
    return found


def _features(candidate: Candidate) -> dict[str, bool | float]:
    return {feature.id: feature.value for feature in candidate.features}


def test_a_match_has_its_reasons(world: KnowledgeGraph) -> None:
    best, *others = _find(world, "ISO 9001")
    assert (best.name, best.score, best.match) == ("ISO 9001:2015", 95.0, True)
    assert _features(best) == {"designated": 1.0, "undated": 0.95}
    assert [(other.name, other.match) for other in others] == [
        ("ISO 9001:2008", False),
        ("ISO 9001:2000", False),
    ]
    assert others[0].score < best.score


def test_a_refusal_is_a_low_score(world: KnowledgeGraph) -> None:
    [refused] = _find(world, "ISO 9001:2015 Environmental management")
    assert (refused.name, refused.match) == ("ISO 9001:2015", False)
    assert refused.score < 50
    assert _features(refused) == {"other-title": False}
    assert "its title is" in refused.features[0].name
    assert _find(world, "GB/T 99999-2016") == ()
    assert _find(world, "x" * (LONGEST + 1)) == ()


def _conditions(**values: str) -> tuple[Condition, ...]:
    return tuple(Condition(name, (value,)) for name, value in values.items())


@pytest.mark.parametrize(
    ("conditions", "name", "match"),
    [
        ({"year": "2015"}, "ISO 9001:2015", True),
        # What the name alone means is not what the other columns say.
        ({"year": "2008"}, "ISO 9001:2008", True),
        ({"年份": "2008", "发布机构": "国际标准化组织"}, "ISO 9001:2008", True),
        ({"std:publicationDate": "2008-11-14"}, "ISO 9001:2008", True),
        ({"publisher": "IEC"}, "ISO 9001:2015", False),
        ({"title": "Quality management systems"}, "ISO 9001:2015", True),
        ({"title": "Environmental management systems"}, "ISO 9001:2015", False),
        ({"status": "withdrawn"}, "ISO 9001:2015", False),
    ],
)
def test_conditions_decide_between_editions(
    world: KnowledgeGraph, conditions: dict[str, str], name: str, match: bool
) -> None:
    found = _find(world, "ISO 9001", conditions=_conditions(**conditions))
    best = max(found, key=lambda candidate: (candidate.match, candidate.name == name))
    assert (best.name, best.match) == (name, match)
    assert not match or best == found[0]


def test_a_required_condition_leaves_out_others(world: KnowledgeGraph) -> None:
    wanted = Condition("year", ("2008", "2000"), required=True)
    found = _find(world, "ISO 9001", conditions=(wanted,))
    assert [candidate.name for candidate in found] == ["ISO 9001:2008", "ISO 9001:2000"]
    assert not any(candidate.match for candidate in found)
    none = Condition("year", ("2008", "2015"), required=True, quantifier=Quantifier.NONE)
    [only] = _find(world, "ISO 9001", conditions=(none,))
    assert (only.name, only.match) == ("ISO 9001:2000", True)
    both = Condition("year", ("2008", "2015"), required=True, quantifier=Quantifier.ALL)
    assert _find(world, "ISO 9001", conditions=(both,)) == ()


def test_a_type_decides_between_namesakes(world: KnowledgeGraph) -> None:
    [work] = _find(world, "ISO 9001", types=("std:Work",))
    assert (work.name, work.match) == ("ISO 9001", True)
    assert _features(work)["type"] is True
    wish = _find(world, "ISO 9001", types=("std:Work",), strictness=Strictness.SHOULD)
    assert wish[0] == work
    assert [candidate.match for candidate in wish[1:]] == [False] * (len(wish) - 1)
    assert not _find(world, "ISO 9001:2008", types=("std:Ballot",))
    with pytest.raises(ResolutionError, match="no kind is called"):
        _find(world, "ISO 9001", types=("std:Nothing",))


def test_entities_are_found_by_conditions_alone(world: KnowledgeGraph) -> None:
    found = _find(world, conditions=_conditions(committee="ISO/TC 176/SC 2", year="2008"))
    assert (found[0].name, found[0].match) == ("ISO 9001:2008", True)
    [by_number] = _find(world, conditions=_conditions(identifier="ISO 9001:2008"))
    assert (by_number.name, by_number.match) == ("ISO 9001:2008", True)
    with pytest.raises(ArgumentError, match="give a name"):
        _find(world, conditions=_conditions(year="2008"))


def test_values_are_those_of_their_sources(world: KnowledgeGraph) -> None:
    edition = world.resolve("ISO 9001:2008")
    wanted: dict[str, dict[str, Any]] = {
        "std:publicationDate": {},
        "replaced-by": {"content": "name"},
        "std:publisher": {"content": "iri", "limit": "1"},
        "evidence": {},
        "status": {},
    }
    extension = extend(world, [edition], wanted, "zh")
    [row] = extension.rows.values()
    values = [[value.content for value in own] for own in row]
    assert values[:3] == [["2008-11"], ["ISO 9001:2015"], [ISO]]
    assert "relaton-data-iso" in str(values[3][0])
    assert values[4] == ["被ISO 9001:2015代替"]
    for settings in ({"limit": -1}, {"limit": "x"}, {"content": "all"}):
        with pytest.raises(ArgumentError, match=r"std:publisher: "):
            extend(world, [edition], {"std:publisher": settings}, "en")


def test_proposals_are_what_entities_have(world: KnowledgeGraph) -> None:
    of_standards = [each.id for each in propose(world, "standard", 0, "en")]
    of_committees = [each.id for each in propose(world, "std:TechnicalCommittee", 5, "en")]
    assert {"std:publisher", "dcterms:title", "status", "evidence"} < set(of_standards)
    assert "status" not in of_committees
    assert len(of_committees) == 5
    assert len(propose(world, "", 0, "en")) > len(of_standards)
