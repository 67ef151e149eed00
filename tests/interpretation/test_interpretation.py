"""What a question in words names, and how it is filled in."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg import ArgumentError, KnowledgeGraph, QueryError
from kg.common import resources
from kg.interpretation.phrasings import parse_phrasing, read_phrasings
from kg.interpretation.vocabulary import FILE, read_vocabulary
from kg.queries.questions import load_headers, load_questions


@pytest.mark.parametrize(
    ("text", "question", "arguments"),
    [
        ("ＴＩＭＥＬＩＮＥ　２０１８", "timeline", {"year": "2018"}),
        ("iso/tc321的投票结果", "ballot", {"committee": "iso/tc321"}),
        ("TC 321 ballot result", "ballot", {"committee": "TC 321"}),
        ("Chinese secretariats in ISO", "country-secretariats", {"country": "China"}),
        ("US secretariats in ISO", "country-secretariats", {"country": "US"}),
        ("events in Hangzhou 2018", "events", {"place": "Hangzhou", "year": "2018"}),
        ("documents of ISO and SAC together", "joint-documents", {"body": "ISO", "other": "SAC"}),
        (
            "how was the transaction assurance committee set up",
            "committee-history",
            {"committee": "Transaction assurance in E-commerce"},
        ),
        ("which standards are mandatory", "standards", {"mandate": "mandatory"}),
    ],
)
def test_names_fill_parameters(
    graph: KnowledgeGraph, text: str, question: str, arguments: dict[str, str]
) -> None:
    reading = graph.interpret(text).readings[0]
    assert reading.question.name == question
    assert arguments.items() <= reading.arguments.items()


def test_a_small_word_is_no_name(graph: KnowledgeGraph) -> None:
    assert graph.interpret("give us the timeline").readings[0].used == {}


def test_a_text_without_words_and_one_that_is_too_long(graph: KnowledgeGraph) -> None:
    with pytest.raises(ArgumentError, match="has no word"):
        graph.interpret("？！")
    with pytest.raises(ArgumentError, match="at most 500 characters"):
        graph.interpret("x " * 300)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("ballot:\n  en: ['[ISO](nobody)']\n  zh: []", ":2: ballot has no parameter 'nobody'"),
        ("no-such: {en: [], zh: []}", ":1: 'no-such' is not one of "),
        ("ballot: {en: []}", ":1: 'zh' is missing"),
    ],
)
def test_faults_of_phrasings_name_file_and_line(tmp_path: Path, content: str, said: str) -> None:
    file = tmp_path / "phrasings.yaml"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(QueryError, match=f"phrasings.yaml{said}"):
        read_phrasings(file, load_headers(resources.queries()))


def test_a_phrasing_as_people_write_it() -> None:
    phrasing = parse_phrasing("events", "en", "[German](country=DE) events in [2018](year)")
    assert phrasing.text == "German events in 2018"
    assert [(value.param, value.argument) for value in phrasing.values] == [
        ("country", "DE"),
        ("year", "2018"),
    ]


def test_no_word_means_two_things() -> None:
    vocabulary = read_vocabulary(resources.queries() / FILE)
    assert len(vocabulary.entries) > 300


def test_headers_are_those_of_the_questions() -> None:
    headers, questions = (load(resources.queries()) for load in (load_headers, load_questions))
    assert headers.keys() == questions.keys()
    for name, question in questions.items():
        assert headers[name].params == question.params
        assert headers[name].title == question.title
