"""What is known of how people ask: the questions, their parameters, their words and examples."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from kg.interpretation import phrasings, vocabulary
from kg.interpretation.phrasings import Phrasing, read_phrasings
from kg.interpretation.ranking import Field, WordModel
from kg.interpretation.slots import Slot, key, slots_of
from kg.interpretation.terms import IGNORED, normalize, split, terms
from kg.interpretation.vocabulary import Vocabulary, read_vocabulary
from kg.queries.model import QuestionHeader
from kg.queries.questions import load_headers

_TITLE: Final = 2.0
_DESCRIPTION: Final = 0.4
_PHRASING: Final = 1.0
"""Weights of the texts about a question."""


@dataclass(frozen=True)
class Knowledge:
    """What is known of the questions of a folder.

    ``plain`` has the words of each question itself, in the form of
    :func:`kg.interpretation.slots.key` with spaces around each text;
    ``ordinary`` are words that people write in small letters when they ask.
    """

    questions: Mapping[str, QuestionHeader]
    slots: Mapping[str, tuple[Slot, ...]]
    plain: Mapping[str, str]
    words: WordModel
    vocabulary: Vocabulary
    ordinary: frozenset[str]


@cache
def load_knowledge(folder: Path) -> Knowledge:
    """Read questions, vocabulary and examples of a folder; a QueryError gives file and line."""
    questions = load_headers(folder)
    examples = read_phrasings(folder / phrasings.FILE, questions)
    return learn(questions, read_vocabulary(folder / vocabulary.FILE), examples)


def learn(
    questions: Mapping[str, QuestionHeader], spoken: Vocabulary, phrasings: Iterable[Phrasing]
) -> Knowledge:
    """Return what questions, a vocabulary and examples of questions tell."""
    examples: dict[str, list[Phrasing]] = {name: [] for name in questions}
    for phrasing in phrasings:
        examples[phrasing.question].append(phrasing)
    slots = {name: slots_of(question, examples[name]) for name, question in questions.items()}
    model = WordModel.of(
        {
            name: _fields(question, examples[name], slots[name], spoken)
            for name, question in questions.items()
        }
    )
    plain: dict[str, str] = {}
    ordinary = {
        word
        for own in spoken.entries.values()
        for _, entries in own
        for words in entries
        for word in words
    }
    for name, question in questions.items():
        pieces = _pieces(examples[name])
        own = (question.title.en, question.title.zh, *pieces)
        plain[name] = "".join(f" {key(text)} " for text in own)
        for text in (question.title.en, question.description.en, *pieces):
            ordinary |= _small(text)
    return Knowledge(questions, slots, plain, model, spoken, frozenset(ordinary))


def _pieces(examples: Iterable[Phrasing]) -> list[str]:
    return [piece for each in examples for piece in each.pieces]


def _small(text: str) -> set[str]:
    """Return the words that are written in small letters."""
    return {token.word for token in split(text) if text[token.start : token.end].islower()}


def _fields(
    question: QuestionHeader,
    examples: Iterable[Phrasing],
    slots: Sequence[Slot],
    spoken: Vocabulary,
) -> list[Field]:
    own = {slot.param.name: slot for slot in slots}
    title, description = question.title, question.description
    fields = [Field(_terms(text, spoken), _TITLE, True) for text in (title.en, title.zh)]
    fields += [
        Field(_terms(text, spoken), _DESCRIPTION, False)
        for text in (description.en, description.zh)
    ]
    for each in examples:
        pieces = list(each.pieces)
        for place, value in enumerate(each.values):
            if own[value.param].takes_terms:
                pieces[place] += f" {value.words} "
        found = frozenset().union(*(_terms(piece, spoken) for piece in pieces))
        fields.append(Field(found, _PHRASING, True))
    return fields


def _terms(text: str, spoken: Vocabulary) -> frozenset[str]:
    found = terms(split(normalize(text)), spoken.entries)
    return frozenset(each.term for each in found if each.term != IGNORED)
