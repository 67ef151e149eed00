"""The words of the rules: ``drafting/*.yaml``, and a list of one's own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final

import yaml

from kg.common import resources
from kg.common.errors import SourceError
from kg.drafting.model import TYPES

FILES: Final = (
    *("places", "organizations", "boundaries", "events", "people", "documents"),
    *("quantities", "dates", "relations"),
)


@dataclass(frozen=True)
class Words:
    """The lists of a file by their keys; ``own`` are further names by type."""

    lists: Mapping[str, Mapping[str, Any]]
    own: Mapping[str, tuple[str, ...]]

    def __getitem__(self, place: tuple[str, str]) -> tuple[str, ...]:
        """Return the words of a list, given by file and key."""
        file, key = place
        value = self.lists[file][key]
        return tuple(dict.fromkeys(value.split() if isinstance(value, str) else value))

    def mapping(self, file: str, key: str) -> Mapping[str, Any]:
        """Return a list that gives a value to each word."""
        value: Mapping[str, Any] = self.lists[file][key]
        return value


def alternatives(words: Iterable[str]) -> str:
    """Return a pattern that matches any of the words, the longest first."""
    return _alternatives(tuple(words))


# A rule asks for the same words at each place of a text.
@lru_cache(maxsize=1024)
def _alternatives(words: tuple[str, ...]) -> str:
    return "|".join(re.escape(w) for w in sorted(set(words), key=lambda w: (-len(w), w))) or "(?!)"


@cache
def _rules() -> dict[str, dict[str, Any]]:
    return {name: _load(resources.drafting() / f"{name}.yaml") for name in FILES}


def read_words(own: Path | None = None) -> Words:
    """Read the lists of the rules, and a file of one's own names by type of mention.

    SourceError if the file can't be read, isn't such a list, or names another type.
    """
    names: dict[str, tuple[str, ...]] = {}
    for type_, value in (_load(own) if own else {}).items():
        if type_ not in TYPES:
            raise SourceError(f"{own}: {type_!r} is no type; give one of {', '.join(TYPES)}")
        words = value.split() if isinstance(value, str) else value
        if not isinstance(words, list) or not all(isinstance(w, str) and w for w in words):
            raise SourceError(f"{own}: {type_}: give names, in one text or as a list")
        names[type_] = tuple(words)
    return Words(_rules(), names)


def _load(file: Path) -> dict[str, Any]:
    try:
        content = yaml.load(file.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506 (derived from the safe one)
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(f"{file}: can't be read: {error}") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f":{mark.line + 1}" if mark else ""
        problem = getattr(error, "problem", None) or "no YAML"
        raise SourceError(f"{file}{line}: {problem}: write 'TYPE: names'") from error
    if not isinstance(content, dict):
        raise SourceError(f"{file}: give types and names, such as 'ORG: 某某研究院 某某协会'")
    return content


class _Loader(yaml.SafeLoader):
    """Reads words as they are written: ``NO`` and ``1.10`` are texts; integers stay numbers."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag == "tag:yaml.org,2002:int"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
