"""``kg ask``: what it prints, and what it refuses."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg import KnowledgeGraph
from kg.cli import cli
from kg.cli.reports.ask import understood
from kg.interpretation import REFUSALS

BALLOT = "How did the ballot on ISO/TC 321 turn out?"


Ask = Callable[..., Result]


@pytest.fixture
def ask(built: Path) -> Ask:
    def run(*arguments: str) -> Result:
        return CliRunner(env={"COLUMNS": "200"}).invoke(
            cli, ["ask", *arguments, "--store", str(built)], obj={}, catch_exceptions=False
        )

    return run


def test_the_best_three_what_was_understood_and_the_answer(ask: Ask) -> None:
    result = ask(BALLOT, "--lang", "en")
    assert result.exit_code == 0
    understood, answer = result.stdout.split("\n\n", 2)[:2], result.stdout
    assert understood[0].splitlines()[1] == "   kg query ballot committee='ISO/TC 321'"
    assert sum(line[:1].isdigit() for line in understood[0].splitlines()) == 3
    assert understood[1].splitlines()[0].startswith("understood: “ISO/TC 321” as committee, ")
    assert "approved unanimously" in answer
    assert "“方案获得全票通过”" in answer


def test_in_chinese(ask: Ask) -> None:
    result = ask("就ＩＳＯ／ＴＣ　３２１举行的投票，结果如何？", "--lang", "zh")
    assert result.exit_code == 0
    assert "已理解：“ISO/TC 321”为委员会" in result.stdout
    assert "全票通过" in result.stdout


def test_programs_read_the_table_alone(ask: Ask) -> None:
    result = ask(BALLOT, "--format", "csv", "--limit", "2")
    lines = result.stdout.splitlines()
    assert lines[0].startswith("ballot,ballot_label,what,")
    assert len(lines) == 3
    assert "kg query ballot" in result.stderr


def test_json_has_what_was_understood_and_the_answer(ask: Ask) -> None:
    content = json.loads(ask(BALLOT, "--format", "json").stdout)
    best = content["readings"][0]
    assert (content["refusal"], best["question"]) == (None, "ballot")
    assert best["parameters"] == {"committee": "ISO/TC 321"}
    assert best["understood"]["parameters"] == {"committee": "ISO/TC 321"}
    assert content["answer"]["results"]["bindings"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("what's the weather in Paris tomorrow?", "Not understood: "),
        ("How did the ballot on ISO/TC 99999 turn out?", "the graph has no “ISO/TC 99999”"),
        ("What came of the reform GS1?", "“GS1” fits no parameter"),
        (
            "How did a committee come about?",
            "an example is taken: committee = ISO/TC 321",
        ),
    ],
)
def test_what_is_not_understood_is_said(ask: Ask, text: str, said: str) -> None:
    result = ask(text, "--lang", "en")
    assert said in result.output
    assert result.exit_code == (0 if "example" in said else 1)
    assert result.exit_code == 0 or not result.stdout


def test_a_refusal_in_json(ask: Ask) -> None:
    result = ask("weather tomorrow", "--format", "json")
    content = json.loads(result.stdout)
    assert (content["refusal"], content["answer"], result.exit_code) == ("unclear", None, 1)


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("refusal", REFUSALS)
def test_every_refusal_says_why(graph: KnowledgeGraph, refusal: str, lang: str) -> None:
    choices = {"logistics committee": ("ISO/TC 315", "ISO/TC 344")}
    found = replace(graph.interpret(BALLOT), refusal=refusal, choices=choices)
    said = understood(found, lang).splitlines()[0]
    assert "{" not in said
    assert ("ISO/TC 315" in said) == (refusal == "ambiguous")
