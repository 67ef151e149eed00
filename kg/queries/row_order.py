"""The order of an answer's rows: that of the query's ORDER BY, with numbers in natural order.

SPARQL compares IRIs and texts by code point (SPARQL 1.1, section 15.1), so that ``iso/tc/10``
precedes ``iso/tc/2``. Answers of canned questions are therefore sorted here, and the engine gets
their queries without the ORDER BY.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias

import pyoxigraph as ox

from kg.common.errors import QueryError
from kg.common.namespaces import iri
from kg.common.natural_order import natural_key
from kg.store import Table, Term

_NUMERIC: Final = frozenset(
    map(iri, ("xsd:integer", "xsd:decimal", "xsd:double", "xsd:float", "xsd:nonNegativeInteger"))
)
_ORDER_BY: Final = re.compile(r"\bORDER\s+BY\b(?P<keys>[^{}]*)\Z", re.IGNORECASE)
_KEY: Final = re.compile(
    r"""\s*(?:
        COALESCE\(\s*STR\(\s*[?$](?P<last>\w+)\s*\)\s*,\s*"9999"\s*\)
        | (?P<direction>ASC|DESC)\(\s*(?:[?$](?P<directed>\w+)|STR\(\s*[?$](?P<text>\w+)\s*\))\s*\)
        | (?:[?$](?P<plain>\w+)|STR\(\s*[?$](?P<plain_text>\w+)\s*\))
    )\s*""",
    re.IGNORECASE | re.VERBOSE,
)

_SEPARATOR: Final = ", "
_LIST: Final = re.compile(
    r"\bGROUP_CONCAT\s*\((?:[^()]|\([^()]*(?:\([^()]*\))?[^()]*\))*;\s*separator\s*=\s*\", \"\s*\)"
    r"\s*AS\s*[?$](\w+)",
    re.IGNORECASE,
)

_COLUMNS: Final = ("last", "directed", "text", "plain", "plain_text")

_Key: TypeAlias = tuple[int, float, str]
_Row: TypeAlias = tuple[Term | None, ...]


@dataclass(frozen=True)
class OrderKey:
    """A column by which rows are sorted; unbound cells come last if ``unbound_last``."""

    column: str
    descending: bool = False
    unbound_last: bool = False


def read_order(path: Path, sparql: str, columns: Collection[str]) -> tuple[OrderKey, ...]:
    """Return the keys of a query's last ORDER BY; empty if it has none.

    QueryError for a key that is not a column ``?x``, ``DESC(?x)``, ``STR(?x)`` or, with unbound
    cells last, ``COALESCE(STR(?x), "9999")``.
    """
    match = _ORDER_BY.search(sparql)
    keys: list[OrderKey] = []
    position = match.start("keys") if match else len(sparql)
    while sparql[position:].strip():
        key = _KEY.match(sparql, position)
        column = next(filter(None, map(key.group, _COLUMNS)), "") if key else ""
        if not key or column not in columns:
            line = sparql.count("\n", 0, position) + 1
            rest = " ".join(sparql[position:].split())
            raise QueryError(f"{path}:{line}: ORDER BY {rest}: sort by columns of the SELECT")
        descending = (key["direction"] or "").upper() == "DESC"
        keys.append(OrderKey(column, descending, key["last"] is not None))
        position = key.end()
    return tuple(keys)


def without_order(sparql: str) -> str:
    """Return a query without its last ORDER BY, which :func:`read_order` has read.

    The engine needs four times as long for 30,000 rows if it sorts them too.
    """
    match = _ORDER_BY.search(sparql)
    return sparql[: match.start()] if match else sparql


def list_columns(sparql: str) -> tuple[str, ...]:
    """Return the columns that hold lists of names, made by GROUP_CONCAT with ``", "``."""
    return tuple(dict.fromkeys(_LIST.findall(sparql)))


def sort_rows(table: Table, order: Sequence[OrderKey], lists: Collection[str] = ()) -> Table:
    """Sort the rows of a table by keys, the first one first, and the names in ``lists``.

    SPARQL leaves the order of GROUP_CONCAT open (SPARQL 1.1, section 18.5.1.7).
    """
    if places := {table.columns.index(name) for name in lists if name in table.columns}:
        rows = (
            tuple(_sorted_list(cell) if place in places else cell for place, cell in enumerate(row))
            for row in table.rows
        )
        table = Table(table.columns, tuple(rows))
    columns = [table.columns.index(key.column) for key in order]
    return Table(table.columns, tuple(_sorted(table.rows, order, columns)))


def _sorted_list(cell: Term | None) -> Term | None:
    if not isinstance(cell, ox.Literal):
        return cell
    names = sorted(cell.value.split(_SEPARATOR))
    return ox.Literal(_SEPARATOR.join(names), datatype=cell.datatype)


def _sorted(
    rows: Sequence[_Row], order: Sequence[OrderKey], columns: Sequence[int]
) -> Iterator[_Row]:
    """Yield sorted rows; the later keys are only made for rows that are alike in the earlier ones.

    That halves the time for a listing whose first key tells most rows apart.
    """
    if len(rows) <= 1 or not order:
        yield from rows
        return
    alike: dict[Term | None, list[_Row]] = {}
    for row in rows:
        alike.setdefault(row[columns[0]], []).append(row)
    groups: dict[_Key, list[_Row]] = {}
    for term, members in alike.items():
        groups.setdefault(_sort_key(term, order[0]), []).extend(members)
    for key in sorted(groups, reverse=order[0].descending):
        yield from _sorted(groups[key], order[1:], columns[1:])


def _sort_key(term: Term | None, order: OrderKey) -> _Key:
    """Return a key in the order of SPARQL: unbound, blank node, IRI, number, other literal."""
    if term is None:
        return (9 if order.unbound_last else 0), 0, ""
    if isinstance(term, ox.BlankNode):
        return 1, 0, term.value
    if isinstance(term, ox.NamedNode):
        return 2, 0, natural_key(term.value)
    if term.datatype.value in _NUMERIC:
        return 3, float(term.value), ""
    return 4, 0, natural_key(term.value)
