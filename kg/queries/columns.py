"""Headings of columns in tables that people read, from ``queries/columns.yaml``.

In formats for programs, column names are identifiers, the same in every language.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Final

import yaml

from kg.common import resources
from kg.common.bilingual import Text
from kg.queries.headers import HeaderReader

FILE: Final = "columns.yaml"


def column_headings(columns: Iterable[str], lang: str, question: str = "") -> dict[str, str]:
    """Return the heading of each column in a language, by column.

    ``question`` is the name of a canned question, in which a column may have a heading of its own.
    A column without any, such as one of a user's query, is its own heading.
    """
    texts = read_headings(resources.queries() / FILE)
    found = {name: texts.get(f"{question}.{name}") or texts.get(name) for name in columns}
    return {name: text.of(lang) if text else name for name, text in found.items()}


@cache
def read_headings(path: Path) -> Mapping[str, Text]:
    """Read the headings by ``COLUMN`` or ``QUESTION.COLUMN``; a QueryError gives file and line."""
    reader = HeaderReader(path)
    headings: dict[str, Text] = {}
    node = reader.read()
    if not isinstance(node, yaml.MappingNode):
        raise reader.error(node, "give columns, such as 'date: {en: date, zh: 日期}'")
    for key, value in node.value:
        name = reader.string(key)
        if name in headings:
            raise reader.error(key, f"{name!r} is given twice")
        headings[name] = reader.text(value)
    return headings
