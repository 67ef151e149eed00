"""Queries and their results: asked in the engine's dialect, read whole or not at all."""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Final, cast

import pyoxigraph as ox

from kg.common.errors import QueryError, QueryLimitError, StoreError
from kg.common.namespaces import BASE, PREFIXES
from kg.store import FreeQuery, Table
from kg.store.embedded import EmbeddedStore
from kg.store.remote import query_text
from kg.store.remote.connection import Answer, Connection
from kg.store.remote.dialect import UNIONS, Dialect, recognize
from kg.store.remote.endpoint import Endpoint
from kg.store.remote.local_evaluation import LocalEvaluation
from kg.store.remote.preparation import Prepared, prepare
from kg.store.remote.query_text import ALL_KEYS
from kg.store.remote.results import (
    GRAPH_TYPES,
    TABLE_TYPES,
    Row,
    read_boolean,
    read_number,
    read_rows,
    read_triples,
)

_MAX_ROWS: Final = "X-SPARQL-MaxRows"
_SQL_STATE: Final = "X-SQL-State"
_OUT_OF_TIME: Final = "S1TAT"
_KEPT: Final = 50_000
"""Rows that are kept while an answer is checked; of more, the answer is read a second time."""
_CERTAIN: Final = 10
"""Rows up to which no engine is suspected of a limit."""
_FILL: Final = 0.7
"""How full parts are to be: hashes spread evenly, but not exactly."""
_ANY: Final = "SELECT ?s ?p ?o WHERE { GRAPH ?g { ?s ?p ?o } } LIMIT 1"


class Client:
    """Runs queries on an endpoint; safe to use in several threads."""

    def __init__(self, endpoint: Endpoint) -> None:
        self.connection: Final = Connection(endpoint)
        self._dialect: Dialect | None = None
        self._lock = threading.Lock()
        self._doubtful = _CERTAIN + 1
        self._local = LocalEvaluation(
            str(endpoint),
            lambda pattern, end: self.pattern_rows(pattern.query(self.dialect), end),
            lambda pattern, end: self.number(pattern.count(self.dialect), end),
        )

    def answer(
        self, query: FreeQuery, deadline: float | None = None
    ) -> Table | bool | list[ox.Triple]:
        """Return the result of any query: a table, a bool or distinct triples."""
        prepared = prepare(query)
        if (store := self._local_store(query, deadline)) is not None:
            return store.result(query)
        if prepared.kind == "rows":
            return Table(prepared.columns, tuple(self._rows(prepared, deadline)))
        if prepared.kind == "boolean":
            return read_boolean(self._ask(prepared, TABLE_TYPES, deadline))
        return self._triples(prepared, deadline)

    def rows(self, query: FreeQuery) -> Iterator[Row]:
        """Yield the rows of a SELECT query; QueryError for others."""
        prepared = prepare(query)
        if prepared.kind != "rows":
            raise QueryError("a SELECT query is needed here")
        if (store := self._local_store(query)) is not None:
            return iter(cast(Table, store.result(query)).rows)
        return self._rows(prepared, None)

    def pattern_rows(
        self, text: str, deadline: float | None = None, *, plain: bool = False
    ) -> Iterator[Row]:
        """Yield the rows of a query with a single pattern, which every engine can answer."""
        return self._rows(prepare(FreeQuery(text, plain=plain)), deadline)

    def number(self, text: str, deadline: float | None = None, *, plain: bool = False) -> int:
        """Return the number that such a query counts."""
        return read_number(self._ask(prepare(FreeQuery(text, plain=plain)), TABLE_TYPES, deadline))

    def graph_sizes(self, names: Collection[str] | None = None) -> dict[str, int]:
        """Return the numbers of statements of named graphs (None: of all but system graphs)."""
        values = "" if names is None else f"VALUES ?g {{ {' '.join(f'<{n}>' for n in names)} }} "
        rows = self.pattern_rows(
            f"SELECT ?g (COUNT(*) AS ?n) WHERE {{ {values}GRAPH ?g {{ ?s ?p ?o }} }} GROUP BY ?g"
        )
        sizes = {
            name.value: int(number.value)
            for name, number in rows
            if isinstance(name, ox.NamedNode) and isinstance(number, ox.Literal)
        }
        return {n: size for n, size in sizes.items() if n not in self.dialect.system_graphs}

    def copy(self) -> EmbeddedStore | None:
        """Return all data in memory, if that is where queries are answered and it is small."""
        return None if self._joins_there() else self._local.whole()

    def _joins_there(self, deadline: float | None = None) -> bool:
        joins = self.connection.endpoint.joins
        return self._find_dialect(deadline).can_join if joins == "auto" else joins == "server"

    def local_store(self, query: FreeQuery, deadline: float | None = None) -> EmbeddedStore | None:
        """Return a store with what a query needs; None if the endpoint evaluates queries.

        QueryError if it is not SPARQL 1.1, before anything is sent.
        """
        prepare(query)
        return self._local_store(query, deadline)

    def _local_store(self, query: FreeQuery, deadline: float | None = None) -> EmbeddedStore | None:
        if self._joins_there(deadline):
            return None
        ours = {} if query.plain else PREFIXES
        base = query.base if query.plain else BASE
        text = query_text.declare(query.text, {**ours, **query.prefixes}, base)
        return self._local.store_for(query, text, deadline)

    @property
    def dialect(self) -> Dialect:
        """How the endpoint is asked, which is found out first."""
        return self._find_dialect(None)

    def _find_dialect(self, deadline: float | None) -> Dialect:
        with self._lock:
            if self._dialect is not None:
                return self._dialect
            dialect, is_certain = self._probe(deadline)
            if is_certain:
                self._dialect = dialect
            return dialect

    def _probe(self, deadline: float | None) -> tuple[Dialect, bool]:
        """Find out what makes the default graph the union; also return whether that is certain."""
        answer = self.connection.read([("query", _ANY)], TABLE_TYPES, deadline)
        dialect = recognize(answer.headers)
        if dialect.name:
            return dialect, True
        rows = list(read_rows(answer, ("s", "p", "o")))
        if not rows:
            return dialect, False
        triple = " ".join(map(str, rows[0]))
        for union in UNIONS:
            form = [("query", f"ASK {{ {triple} }}"), *union]
            if read_boolean(self.connection.read(form, TABLE_TYPES, deadline)):
                return replace(dialect, union=union), True
        raise StoreError(
            f"{self.connection.endpoint} answers from its default graph alone: make the union of"
            " all named graphs its default graph in the settings of the server"
        )

    def _ask(self, prepared: Prepared, accept: str, deadline: float | None) -> Answer:
        dialect = self._find_dialect(deadline)
        form = [("query", prepared.text), *prepared.fields]
        if prepared.is_union:
            form += dialect.union
        answer = self.connection.read(form, accept, deadline)
        if answer.headers.get(_SQL_STATE) == _OUT_OF_TIME:
            raise QueryLimitError(
                f"{answer.source} cut the answer short when its time was up (Virtuoso's"
                " MaxQueryExecutionTime): narrow the query, or raise that limit"
            )
        return answer

    def _rows(self, prepared: Prepared, deadline: float | None) -> Iterator[Row]:
        answer = self._ask(prepared, TABLE_TYPES, deadline)
        limit = answer.headers.get(_MAX_ROWS, "")
        if self.dialect.tells_limit and not limit:
            yield from read_rows(answer, prepared.columns)
            return
        kept: list[Row] = []
        count = 0
        for row in read_rows(answer, prepared.columns):
            count += 1
            if count <= _KEPT:
                kept.append(row)
        # A whole answer proves that the limit is not below its rows; it may be just that many.
        if count >= self._doubtful or (limit.isdigit() and count >= int(limit)):
            total = self._count(prepared, deadline)
            if count < total:
                yield from self._parts(prepared, count, total, deadline)
                return
            self._doubtful = max(self._doubtful, count)
        if count <= _KEPT:
            yield from kept
        else:
            yield from read_rows(answer, prepared.columns)

    def _count(self, prepared: Prepared, deadline: float | None) -> int:
        """Return the number of rows of a query."""
        counting = replace(prepared, text=query_text.count_query(prepared.text))
        return read_number(self._ask(counting, TABLE_TYPES, deadline))

    def _parts(
        self, prepared: Prepared, limit: int, total: int, deadline: float | None
    ) -> Iterator[Row]:
        """Yield the rows of an answer that the engine cuts at a number of rows."""
        where = self.connection.endpoint
        if query_text.is_ordered(prepared.text):
            raise QueryLimitError(
                f"{where} returns at most {limit} of the {total} rows: add LIMIT {limit}, leave out"
                " ORDER BY, or raise the engine's limit (Virtuoso: ResultSetMaxRows)"
            )
        number = int(total / (limit * _FILL)) + 1
        bounds = [ALL_KEYS[1] * place // number for place in range(number + 1)]
        waiting = list(pairwise(bounds))[::-1]
        count = 0
        while waiting:
            start, end = waiting.pop()
            text = query_text.part_query(prepared.text, prepared.columns, (start, end))
            answer = self._ask(replace(prepared, text=text), TABLE_TYPES, deadline)
            rows = list(read_rows(answer, prepared.columns))
            if len(rows) < limit:
                count += len(rows)
                yield from rows
            elif end - start > 1:
                middle = (start + end) // 2
                waiting += [(middle, end), (start, middle)]
            else:
                raise QueryLimitError(
                    f"{where} returns at most {limit} rows, too few to read this answer in parts:"
                    " raise the engine's limit (Virtuoso: ResultSetMaxRows)"
                )
        if count != total:
            raise StoreError(
                f"{where} counts {total} rows and returned {count}: the data changed while it was"
                " read: try again"
            )

    def _triples(self, prepared: Prepared, deadline: float | None) -> list[ox.Triple]:
        answer = self._ask(prepared, GRAPH_TYPES, deadline)
        triples = read_triples(answer)
        limit = answer.headers.get(_MAX_ROWS, "")
        if limit.isdigit() and len(triples) >= int(limit):
            raise QueryLimitError(
                f"{answer.source} returns at most {limit} statements (Virtuoso's ResultSetMaxRows):"
                " narrow the query, or raise that limit"
            )
        return list(dict.fromkeys(triples))
