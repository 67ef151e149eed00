"""The scores of the fixtures stay above what was asked for."""

from __future__ import annotations

import pytest

from benchmarks.drafting import Score, marked_texts, measure, measure_relations
from kg.drafting import TYPES, draft


@pytest.fixture(scope="module")
def scores() -> tuple[Score, Score]:
    score, relations = Score(), Score()
    for marked in marked_texts():
        drafted = draft(marked.text, date=marked.date)
        measure(marked, drafted, score)
        measure_relations(marked, drafted, relations)
    return score, relations


@pytest.mark.parametrize("type_", TYPES)
def test_each_type_is_found_precisely_and_completely(
    scores: tuple[Score, Score], type_: str
) -> None:
    score = scores[0]
    assert score.right[type_] + score.missing[type_] >= 10
    assert score.precision([type_]) >= 0.9, score.misses
    assert score.recall([type_]) >= 0.9, score.misses


def test_values_are_right(scores: tuple[Score, Score]) -> None:
    assert scores[0].valued(TYPES) >= 0.98, scores[0].misses


def test_most_relations_are_found(scores: tuple[Score, Score]) -> None:
    right, missing = (sum(c.values()) for c in (scores[1].right, scores[1].missing))
    assert right + missing >= 20
    assert right / (right + missing) >= 0.75, scores[1].misses
