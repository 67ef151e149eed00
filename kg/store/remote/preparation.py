"""A query as it is sent: checked here, with its prefixes and the values of its variables."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

import pyoxigraph as ox

from kg.common.errors import QueryError
from kg.common.namespaces import BASE, PREFIXES
from kg.store import FreeQuery
from kg.store.embedded import EmbeddedStore
from kg.store.query_guard import names_graphs
from kg.store.remote import query_text

Kind = Literal["rows", "boolean", "triples"]

_NOTHING: Final = EmbeddedStore.in_memory()
"""A store without data, to see what a query is before it is sent."""


@dataclass(frozen=True)
class Prepared:
    """A query with the kind of its result, its columns, and the fields that are sent with it."""

    text: str
    kind: Kind
    columns: tuple[str, ...]
    fields: tuple[tuple[str, str], ...]
    is_union: bool


def prepare(query: FreeQuery) -> Prepared:
    """Return a query as text of its own; QueryError if it is not SPARQL 1.1.

    It is parsed by the embedded engine, so its faults are told as they are without an endpoint.
    """
    kind, columns = _inspect(query)
    base = query.base if query.plain else BASE
    prefixes = {**({} if query.plain else PREFIXES), **query.prefixes}
    text = _write_bindings(query) if query.bindings else query.text
    has_dataset = query.default_graphs is not None or query.named_graphs is not None
    fields = [("default-graph-uri", each.value) for each in query.default_graphs or ()]
    fields += [("named-graph-uri", each.value) for each in query.named_graphs or ()]
    is_union = not (has_dataset or query.plain or names_graphs(query.text))
    return Prepared(
        query_text.declare(text, prefixes, base), kind, columns, tuple(fields), is_union
    )


def _write_bindings(query: FreeQuery) -> str:
    """Return the text with terms in place of variables, or with VALUES where that can't be."""
    is_blank = any(isinstance(term, ox.BlankNode) for term in query.bindings.values())
    text = None if is_blank else query_text.replace_variables(query.text, query.bindings)
    if text is not None:
        written = FreeQuery(text, {}, query.prefixes, plain=query.plain, base=query.base)
        try:
            _inspect(written)
        except QueryError:
            # Such as a literal as a subject.
            text = None
    return query_text.add_values(query.text, query.bindings) if text is None else text


def _inspect(query: FreeQuery) -> tuple[Kind, tuple[str, ...]]:
    if query.bindings or query.prefixes or query.base:
        return _ask_nothing(query)
    return _ask_nothing_once(query.text, query.plain)


@lru_cache(maxsize=256)
def _ask_nothing_once(text: str, plain: bool) -> tuple[Kind, tuple[str, ...]]:
    return _ask_nothing(FreeQuery(text, plain=plain))


def _ask_nothing(query: FreeQuery) -> tuple[Kind, tuple[str, ...]]:
    with _NOTHING.evaluated(query) as answer:
        if isinstance(answer, ox.QueryBoolean):
            return "boolean", ()
        if isinstance(answer, ox.QueryTriples):
            return "triples", ()
        return "rows", tuple(variable.value for variable in answer.variables)
