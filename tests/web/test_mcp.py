"""The graph for agents: tools and resources, over HTTP and over standard input and output."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, TypeVar

import httpx
import jsonschema
import pytest
from mcp import Client
from mcp.client.stdio import StdioServerParameters
from mcp.shared.exceptions import MCPError

from kg.graph import KnowledgeGraph
from kg.web.mcp.bounds import MAX_CHARACTERS, bounded
from tests.support import ROOT
from tests.web.event_loop import run_apart
from tests.web.server import Server

Result = TypeVar("Result")

TC_321 = "https://w3id.org/stdkg/iso/tc/321"
NAMES = ["search", "show", "relate", "ask", "question", "match", "evidence", "sparql"]


def session(server: Server, use: Callable[[Client], Awaitable[Result]]) -> Result:
    """Connect over HTTP, and return what is done with the connection."""

    async def run() -> Result:
        async with Client(f"{server.url}/mcp") as client:
            return await use(client)

    return run_apart(run())


def call(server: Server, tool: str, /, **arguments: Any) -> Any:
    """Call a tool; return its content, or the text of its error."""

    async def use(client: Client) -> Any:
        result = await client.call_tool(tool, arguments)
        text = result.content[0].text  # type: ignore[union-attr]
        if result.is_error:
            return text
        assert json.loads(text) == result.structured_content
        return result.structured_content

    return session(server, use)


def test_each_answer_has_iris_and_evidence(server: Server, graph: KnowledgeGraph) -> None:
    found = call(server, "search", text="ISO/TC 321", limit=1)
    [hit] = found["results"]
    assert hit["iri"] == TC_321
    assert hit["evidence"][0]["source"]["iri"].endswith("/source/cfsn-2019-04-11")
    assert found["next"] == {"offset": 1}

    shown = call(server, "show", entity=TC_321, lang="zh", limit=200)
    assert shown["kinds"] == ["标准化技术委员会"]
    assert shown["facts"]
    assert all(fact["evidence"] for fact in shown["facts"])
    assert shown["next"] is None

    [way] = call(server, "relate", **{"from": "浙江省省长", "to": "SAC", "paths": 1})["results"]
    assert all(statement["evidence"] for step in way["steps"] for statement in step)

    arguments = {"committee": "ISO/TC 321"}
    answer = call(server, "question", name="ballot", arguments=arguments, limit=200)
    assert len(answer["results"]) == len(graph.ask("ballot", committee="ISO/TC 321"))
    assert all(row["evidence"] for row in answer["results"])

    asked = call(server, "ask", question="ISO/TC 321的投票结果如何？", limit=1)
    assert asked["readings"][0]["question"] == "ballot"
    assert asked["answer"]["results"] == answer["results"][:1]
    assert asked["answer"]["next"] == {"offset": 1}
    assert call(server, "ask", question="what is the weather like?")["answer"] is None

    [match, none] = call(server, "match", references=["IOS/TC 321", "no such"])["results"]
    assert (match["iri"], none["iri"]) == (TC_321, None)
    assert match["evidence"]
    assert none["reasons"]

    evidence = call(server, "evidence", about=TC_321, limit=200)
    assert evidence["total"] == len(evidence["results"]) == len(set(graph.evidence(TC_321)))

    query = f"SELECT ?claim ?role {{ GRAPH ?claim {{ ?s std:in <{TC_321}> ; std:role ?role }} }}"
    rows = call(server, "sparql", query=query)["results"]
    assert rows[0]["cells"]["role"]["label"]
    assert all(row["evidence"] for row in rows)


def test_pages_are_complete(server: Server) -> None:
    query = "SELECT ?c ?p { ?c a std:Claim ; std:evidence ?p } ORDER BY ?c ?p"
    whole = call(server, "sparql", query=query, limit=200)
    assert whole["total"] > 30
    first = call(server, "sparql", query=query, limit=7)
    second = call(server, "sparql", query=query, limit=7, **first["next"])
    assert first["results"] + second["results"] == whole["results"][:14]
    fact = call(server, "show", entity=TC_321, limit=1)
    following = call(server, "show", entity=TC_321, limit=1, **fact["next"])
    assert fact["facts"] != following["facts"]


def test_forms_of_queries(server: Server) -> None:
    asked = call(server, "sparql", query="ASK {}")
    assert asked["results"][0]["cells"]["answer"]["value"] == "true"
    triples = call(server, "sparql", query=f"CONSTRUCT WHERE {{ <{TC_321}> a ?class }}")
    assert triples["columns"] == ["subject", "predicate", "object"]
    assert triples["results"][0]["cells"]["subject"]["value"] == TC_321


@pytest.mark.parametrize(
    ("name", "arguments", "text"),
    [
        ("show", {"entity": "nothing such"}, "no entity is called 'nothing such'"),
        ("show", {}, "'entity' is missing: the entity."),
        ("search", {"text": "x", "limit": 0}, "limit=0: give a whole number from 1 to 200"),
        ("search", {"text": ["x", "y"]}, "'text' is given 2 times: give it once"),
        ("search", {"text": {"a": 1}}, "text: give a text or a whole number, not {'a': 1}"),
        ("search", {"words": "x"}, "there is no argument 'words': the arguments are text, kind,"),
        ("question", {"name": "balot"}, "no question is called 'balot'; nearest: ballot"),
        ("question", {"name": "ballot", "arguments": {"x": 1}}, "ballot has no parameter 'x'"),
        ("question", {"name": "ballot", "arguments": []}, "arguments: give an object such as"),
        ("sparql", {"query": "SELECT *"}, "the query is not SPARQL 1.1: line 1, column 9"),
        ("sparql", {"query": "SELECT * { SERVICE <http://a> {} }"}, "SERVICE"),
        ("match", {"references": ["x"] * 101}, "there are 101 references: give at most 100"),
        ("nothing", {}, "there is no tool 'nothing': the tools are search, show,"),
    ],
)
def test_errors_are_one_line(
    server: Server, name: str, arguments: dict[str, Any], text: str
) -> None:
    answer = call(server, name, **arguments)
    assert isinstance(answer, str)
    assert text in answer
    assert "\n" not in answer


def test_a_query_is_ended_at_the_limit_of_the_server(server: Server) -> None:
    query = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    assert "took longer than 5 s" in call(server, "sparql", query=query)


def test_tools_describe_themselves(server: Server) -> None:
    listed = session(server, lambda client: client.list_tools()).tools
    assert [tool.name for tool in listed] == NAMES
    for tool in listed:
        jsonschema.Draft202012Validator.check_schema(tool.input_schema)
        assert tool.annotations is not None
        assert tool.annotations.read_only_hint
        assert "lang" in tool.input_schema["properties"]


def test_resources(server: Server, graph: KnowledgeGraph) -> None:
    async def use(client: Client) -> dict[str, str]:
        uris = [str(each.uri) for each in (await client.list_resources()).resources]
        [template] = (await client.list_resource_templates()).resource_templates
        question = template.uri_template.replace("{name}", "ballot")
        read = [await client.read_resource(uri) for uri in (*uris, question)]
        with pytest.raises(MCPError, match="nearest: ballot"):
            await client.read_resource(question.replace("ballot", "balot"))
        with pytest.raises(MCPError, match=r"there is no resource 'stdkg://\.\./x'"):
            await client.read_resource("stdkg://../x")
        return {str(one.uri): one.text for each in read for one in each.contents}  # type: ignore[union-attr]

    texts = session(server, use)
    terms = json.loads(texts["stdkg://ontology"])
    assert terms["classes"]["std:Ballot"]["zh"] == "投票"
    names = [question["name"] for question in json.loads(texts["stdkg://questions"])]
    assert names == list(graph.questions)
    assert "SELECT" in texts["stdkg://questions/ballot"]
    assert any(uri.startswith("stdkg://shapes/") for uri in texts)
    assert all(texts.values())


def test_only_this_machine(server: Server) -> None:
    message = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
    refused = httpx.post(
        f"{server.url}/mcp", json=message, headers={"Origin": "https://attacker.example"}
    )
    assert refused.status_code == 403
    assert httpx.get(f"{server.url}/mcp").status_code == 405


def test_standard_input_and_output(built: Path) -> None:
    command = ["-m", "kg", "mcp", "--store", str(built), "--workers", "1", "--timeout", "60"]

    async def run() -> tuple[list[str], str]:
        parameters = StdioServerParameters(command=sys.executable, args=command, cwd=str(ROOT))
        async with Client(parameters) as client:
            tools = (await client.list_tools()).tools
            result = await client.call_tool("search", {"text": "标准化", "limit": 1})
            assert result.structured_content is not None
            return [tool.name for tool in tools], result.structured_content["results"][0]["name"]

    names, name = run_apart(run())
    assert names == NAMES
    assert "标准化" in name


def test_a_missing_package_is_named(built: Path) -> None:
    code = "import sys; sys.modules['mcp'] = None; from kg.cli import main; main()"
    result = subprocess.run(
        [sys.executable, "-c", code, "mcp", "--store", str(built)],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    assert result.returncode == 2
    assert result.stderr == (
        "kg: kg mcp needs packages that are not installed: pip install 'stdkg[mcp]'\n"
    )


def test_answers_are_bounded() -> None:
    proof = {"phrase": "p" * 10}
    items = [{"text": "x" * 5000, "evidence": [proof] * 9}] * 100
    answer = bounded({"results": items, "next": None}, "results", 40)
    assert len(json.dumps(answer)) <= MAX_CHARACTERS
    assert 5 < len(answer["results"]) < 100
    assert answer["next"] == {"offset": 40 + len(answer["results"])}
    assert answer["results"][0]["text"].endswith("… (5000 characters in all)")
    assert (len(answer["results"][0]["evidence"]), answer["results"][0]["evidence_count"]) == (3, 9)
    small = bounded({"results": [1], "next": None}, "results", 0)
    assert small == {"results": [1], "next": None}
    # What is too long alone is still given, so that a reader gets on.
    long = bounded({"results": [["x" * 1000] * 100] * 2, "next": None}, "results", 0)
    assert (len(long["results"]), long["next"]) == (1, {"offset": 1})
