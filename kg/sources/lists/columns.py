"""What the columns of lists hold, as far as their users say so."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any, Final

from kg.common.errors import SourceError
from kg.sources.lists.headings import ROLES, UNUSED
from kg.sources.lists.tables import Dialect

_ASSIGNMENT: Final = re.compile(rf"(?:^|,)\s*({'|'.join((*ROLES, *UNUSED))})\s*=", re.IGNORECASE)


@dataclass(frozen=True)
class ListColumn:
    """A column of a list: index (from 0), heading, and role (empty if it isn't known).

    ``language`` is that of its texts, ``date_format`` a format and ``separator`` a separator of
    CSVW, each empty if it isn't told.
    """

    index: int
    heading: str
    role: str
    language: str = ""
    date_format: str = ""
    separator: str = ""


@dataclass(frozen=True)
class Layout:
    """What is known of lists besides their headings.

    ``columns`` are pairs of a role and a heading or number (from 1) that the user gives.
    ``tables`` holds the description of a table in a metadata file of CSVW, by the table's path.
    """

    columns: tuple[tuple[str, str], ...] = ()
    tables: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def to_json(self) -> str:
        """Return it as one line, empty if nothing is known."""
        if not (self.columns or self.tables):
            return ""
        return json.dumps([self.columns, self.tables], ensure_ascii=False, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> Layout:
        """Return what :meth:`to_json` wrote."""
        if not text:
            return cls()
        columns, tables = json.loads(text)
        return cls(tuple((role, column) for role, column in columns), tables)

    def description(self, path: str) -> Mapping[str, Any]:
        """Return the description of the table of a file; empty without one."""
        return self.tables.get(path) or self.tables.get(PurePosixPath(path).name) or {}

    def dialect(self, path: str) -> Dialect:
        """Return how the CSV of a file is written, as far as its description says so."""
        dialect = self.description(path).get("dialect") or {}
        return Dialect(
            str(dialect.get("encoding") or ""),
            str(dialect.get("delimiter") or ""),
            str(dialect.get("quoteChar") or '"'),
        )


def parse_columns(text: str) -> tuple[tuple[str, str], ...]:
    """Parse the columns that a user gives: ``number=标准号,title=3``.

    Raises SourceError for a role that is unknown.

    >>> parse_columns("number=Nr., alt,title=3")
    (('number', 'Nr., alt'), ('title', '3'))
    """
    places = list(_ASSIGNMENT.finditer(text))
    if not places or text[: places[0].start()].strip():
        raise SourceError(
            f"--columns {text!r}: write ROLE=COLUMN, separated by commas; roles are"
            f" {', '.join((*ROLES, 'ignore'))}"
        )
    ends = [place.start() for place in places[1:]] + [len(text)]
    return tuple(
        (place[1].casefold(), text[place.end() : end].strip())
        for place, end in zip(places, ends, strict=True)
    )
