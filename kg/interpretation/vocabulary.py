"""The words in which people ask: ``queries/vocabulary.yaml``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import yaml

from kg.common.folding import fold
from kg.common.namespaces import BASE, SCHEMES
from kg.interpretation.terms import CONCEPT, IGNORED, Entries, split
from kg.queries.headers import HeaderReader

FILE: Final = "vocabulary.yaml"


@dataclass(frozen=True)
class Vocabulary:
    """``entries`` are the concepts and the ignored words; ``names`` maps folded names to IRIs."""

    entries: Entries
    names: Mapping[str, Sequence[str]]


def read_vocabulary(file: Path) -> Vocabulary:
    """Read a vocabulary; a QueryError gives file and line."""
    reader = HeaderReader(file)
    fields = reader.mapping(reader.read(), "concepts ignored names")
    entries: dict[tuple[str, ...], str] = {}
    for word in _words(reader, fields["ignored"]):
        entries[_key(word)] = IGNORED
    for name, words in _items(reader, fields["concepts"]):
        entries |= {_key(word): CONCEPT + name for word in _words(reader, words)}
    names: dict[str, list[str]] = {}
    for path, words in _items(reader, fields["names"]):
        scheme = path.partition("/")[0]
        iri = f"{BASE}scheme/{path}" if scheme in SCHEMES else BASE + path
        for word in _words(reader, words):
            names.setdefault(fold(word), []).append(iri)
    return Vocabulary(_by_first_word(entries), names)


def _by_first_word(entries: Mapping[tuple[str, ...], str]) -> Entries:
    found: dict[str, dict[int, dict[tuple[str, ...], str]]] = {}
    for words, term in entries.items():
        found.setdefault(words[0], {}).setdefault(len(words), {})[words] = term
    return {first: sorted(own.items(), reverse=True) for first, own in found.items()}


def _items(reader: HeaderReader, node: yaml.Node) -> list[tuple[str, yaml.Node]]:
    if not isinstance(node, yaml.MappingNode):
        raise reader.error(node, "give names, each with its words in en and zh")
    return [(reader.string(key), value) for key, value in node.value]


def _words(reader: HeaderReader, node: yaml.Node) -> list[str]:
    lists = reader.mapping(node, "en zh").values()
    return [reader.string(word) for words in lists for word in reader.items(words)]


def _key(word: str) -> tuple[str, ...]:
    return tuple(token.word for token in split(word))
