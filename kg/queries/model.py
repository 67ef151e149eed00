"""A canned question: what it asks, its query, and how its answer is read."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from kg.common.bilingual import Text
from kg.queries.arguments import Param
from kg.queries.row_order import OrderKey


@dataclass(frozen=True)
class PastColumns:
    """Columns of a listing: the document of a row, and its status and stage, empty without."""

    document: str
    status: str = ""
    stage: str = ""


@dataclass(frozen=True)
class QuestionHeader:
    """What a canned question asks; ``family`` is a key of ``FAMILIES``."""

    name: str
    title: Text
    description: Text
    family: str
    params: tuple[Param, ...]


@dataclass(frozen=True)
class Question(QuestionHeader):
    """A canned question from the folder ``queries/``.

    ``columns`` are the columns of the answer, ``key`` the
    columns that identify a row, and ``order`` those by which the rows are sorted. A question with a
    ``metric`` (see :mod:`kg.queries.metrics`) uses the query of a view: the metric is computed from
    the edges of the view and determines the columns. ``needs`` is a key of ``NEEDS``: data that the
    graph must have besides the article. ``scans`` is a key of ``SCANS`` if answering means reading
    data that no index narrows.
    ``see`` names the questions that are suggested if the answer is empty. ``first`` is the column
    of a long listing by which its first rows are found (see :mod:`kg.queries.first_rows`). ``past``
    are the columns of documents whose answer as of a day is known (:mod:`kg.queries.past_rows`).
    """

    key: tuple[str, ...]
    columns: tuple[str, ...]
    sparql: str
    order: tuple[OrderKey, ...] = ()
    metric: str | None = None
    needs: str | None = None
    scans: str | None = None
    see: tuple[str, ...] = ()
    first: str | None = None
    past: PastColumns | None = None

    @property
    def row_order(self) -> tuple[OrderKey, ...]:
        """The order of the rows; the key makes it the same for equal data."""
        return (*self.order, *map(OrderKey, self.key))

    def query(self, given: Iterable[str]) -> str:
        """Return the SPARQL for arguments of the parameters ``given``.

        A line that begins with ``#?NAME`` is part of the query only if NAME has an argument. Its
        pattern narrows the answer by an index, unlike a FILTER that also passes unbound values.
        """
        names = "|".join(map(re.escape, given))
        return re.sub(rf"(?m)^([ ]*)#\?(?:{names}) ", r"\1", self.sparql) if names else self.sparql
