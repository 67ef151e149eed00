"""Questions in words are led to the right question, with phrasings that were kept back."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from benchmarks.asking import Score, held_out, measure, off_topic
from kg import KnowledgeGraph
from kg.common import resources
from kg.interpretation.knowledge import load_knowledge
from kg.interpretation.phrasings import FILE, read_phrasings

QUESTIONS = 0.85
PARAMS = 0.9
COUNTS = ("right", "count")


@pytest.fixture(scope="module")
def scores(graph: KnowledgeGraph) -> Mapping[str, Score]:
    known = load_knowledge(resources.queries())
    return measure(graph.store, held_out(), known)


def test_held_out_phrasings_are_understood(scores: Mapping[str, Score]) -> None:
    right, count = (sum(getattr(each, name) for each in scores.values()) for name in COUNTS)
    assert count > 600
    assert right / count >= QUESTIONS
    assert sum(each.params for each in scores.values()) / right >= PARAMS
    assert sum(each.refused for each in scores.values()) / count < 0.06


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_neither_language_is_far_behind(scores: Mapping[str, Score], lang: str) -> None:
    assert scores[lang].right / scores[lang].count >= QUESTIONS - 0.03
    assert scores[lang].among_three / scores[lang].count >= 0.93


def test_other_things_are_refused(graph: KnowledgeGraph) -> None:
    answered = [text for text in off_topic() if not graph.interpret(text).refusal]
    assert len(answered) <= len(off_topic()) / 10, answered


def test_every_question_has_examples_and_none_of_them_is_held_out(graph: KnowledgeGraph) -> None:
    examples = read_phrasings(resources.queries() / FILE, graph.questions)
    kept = held_out()
    for lang in ("en", "zh"):
        assert {each.question for each in examples if each.lang == lang} == set(graph.questions)
        counts = [
            sum(e.question == name and e.lang == lang for e in kept) for name in graph.questions
        ]
        assert min(counts) >= 5
    assert not {each.text for each in examples} & {each.text for each in kept}
