"""Read examples of how people ask canned questions: ``queries/phrasings.yaml``.

Values of parameters are marked as in the training data of Rasa (https://rasa.com/docs/rasa):
``members of [ISO/TC 176](committee)``; ``[German](country=DE)`` if the words are not its name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kg.queries.headers import HeaderReader
from kg.queries.model import QuestionHeader

FILE: Final = "phrasings.yaml"
_VALUE: Final = re.compile(r"\[([^]]+)\]\(([a-z]\w*)(?:=([^()]+))?\)", re.IGNORECASE)


@dataclass(frozen=True)
class Value:
    """A marked value: its parameter, its words in the text, and how it is written as argument."""

    param: str
    words: str
    argument: str


@dataclass(frozen=True)
class Phrasing:
    """One way to ask a question.

    ``pieces`` are the texts around the values, one more than there are values.
    """

    question: str
    lang: str
    pieces: tuple[str, ...]
    values: tuple[Value, ...]

    @property
    def text(self) -> str:
        """The text as people write it, without marks."""
        words = (*(value.words for value in self.values), "")
        return "".join(piece + word for piece, word in zip(self.pieces, words, strict=True))


def parse_phrasing(question: str, lang: str, marked: str) -> Phrasing:
    """Parse a text with marked values.

    >>> phrasing = parse_phrasing("editions", "en", "editions of [iso 9001](document=ISO 9001)")
    >>> phrasing.text, phrasing.values[0].argument
    ('editions of iso 9001', 'ISO 9001')
    """
    pieces, values, end = [], [], 0
    for match in _VALUE.finditer(marked):
        pieces.append(marked[end : match.start()])
        values.append(Value(match[2], match[1], match[3] or match[1]))
        end = match.end()
    return Phrasing(question, lang, (*pieces, marked[end:]), tuple(values))


def read_phrasings(file: Path, questions: Mapping[str, QuestionHeader]) -> list[Phrasing]:
    """Read phrasings by question and language; a QueryError gives file and line.

    It is an error if one has a question or a parameter that isn't there.
    """
    reader = HeaderReader(file)
    found = []
    for name, value in reader.mapping(reader.read(), "", " ".join(questions)).items():
        params = {param.name for param in questions[name].params}
        for lang, items in reader.mapping(value, "en zh").items():
            for item in reader.items(items):
                phrasing = parse_phrasing(name, lang, reader.string(item))
                for marked in phrasing.values:
                    if marked.param not in params:
                        raise reader.error(item, f"{name} has no parameter {marked.param!r}")
                found.append(phrasing)
    return found
