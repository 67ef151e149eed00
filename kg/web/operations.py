"""Operations on the graph that the server's routes call (:mod:`kg.web.calls`).

They run in workers, which import this module: it stays free of the web framework.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from kg.common import resources
from kg.common.errors import ArgumentError, ResolutionError
from kg.common.namespaces import BASE, expand
from kg.entities import resolution
from kg.entities.as_of import optional_day
from kg.entities.kinds import resolve_kind
from kg.entities.search import Hit
from kg.queries.first_rows import first_rows
from kg.queries.model import Question
from kg.queries.past_rows import columns_on
from kg.queries.questions import (
    answer_on,
    answer_question,
    bind_parameters,
    load_questions,
    suggestions,
)
from kg.store import Table, Term
from kg.web.rendering import Page

if TYPE_CHECKING:
    from kg.analysis.model import Profile
    from kg.analysis.path_statements import Way
    from kg.entities.match import Match
    from kg.graph import KnowledgeGraph
    from kg.interpretation import Interpretation


@dataclass(frozen=True)
class End:
    """An end of a search for paths: its IRI, and its relations with the number of others in each.

    The relations are counted only if there is no path; the sentences are in the language asked for.
    """

    iri: str
    relations: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class Paths:
    """How two entities are related, best first.

    ``notes`` say what an answer as of a day leaves out.
    """

    ends: tuple[End, End]
    ways: tuple[Way, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Answer:
    """The answer to a canned question.

    ``parameters`` are bound to terms; ``see`` are the questions to ask instead, with their
    arguments, if there are no rows.
    """

    question: Question
    parameters: Mapping[str, Term]
    table: Table
    see: tuple[tuple[Question, Mapping[str, str]], ...]


@dataclass(frozen=True)
class Asked:
    """How a question in words is understood, and its answer unless it is refused."""

    found: Interpretation
    answer: Page[Answer] | None


def search(
    graph: KnowledgeGraph, q: str, kind: str | None, limit: int, offset: int
) -> Page[tuple[Hit, ...]]:
    """Find entities by parts of names, see :meth:`kg.graph.KnowledgeGraph.search`."""
    if kind is not None:
        _check_kind(graph, kind)
    hits = graph.search(q, within=kind, limit=offset + limit + 1)
    more = len(hits) > offset + limit
    items = tuple(hits[offset : offset + limit])
    return Page(items, offset, limit, None if more else len(hits), more)


def _check_kind(graph: KnowledgeGraph, kind: str) -> None:
    try:
        resolve_kind(graph.store, kind)
    except ResolutionError as error:
        # The address names no entity that could be missing.
        raise ArgumentError(f"kind={kind}: {error}") from error


def show(graph: KnowledgeGraph, name: str, limit: int, as_of: str = "") -> Profile:
    """Return the profile of an entity, see :meth:`kg.graph.KnowledgeGraph.profile`.

    ``name`` may also be the IRI without its beginning, such as ``iso/tc/321``.
    """
    return graph.profile(_entity(graph, name), limit, as_of=as_of)


def _entity(graph: KnowledgeGraph, name: str) -> str:
    """Return the entity that a path names; IRIs in paths may have lost a slash on their way."""
    for scheme in ("https:/", "http:/"):
        if name.startswith(scheme) and not name.startswith(scheme + "/"):
            name = f"{scheme}/{name.removeprefix(scheme)}"
    own = expand(f"<{BASE}{name}>") if expand(name) is None else None
    return own.value if own is not None and resolution.is_known(graph.store, own) else name


def relate(
    graph: KnowledgeGraph,
    start: str,
    end: str,
    paths: int,
    hops: int,
    lang: str,
    as_of: str = "",
) -> Paths:
    """Return how two entities are related, see :meth:`kg.graph.KnowledgeGraph.relate`."""
    ways = graph.relate(start, end, paths=paths, hops=hops, as_of=as_of)
    notes = tuple(graph.left_out(as_of, lang)) if as_of else ()
    first, last = (
        End(
            graph.resolve(name),
            () if ways else tuple(graph.count_relations(name, lang, as_of=as_of)),
        )
        for name in (start, end)
    )
    return Paths((first, last), tuple(ways), notes)


def match(graph: KnowledgeGraph, references: tuple[str, ...], as_of: str = "") -> tuple[Match, ...]:
    """Match references or names, see :meth:`kg.graph.KnowledgeGraph.match`."""
    return tuple(graph.match(references, as_of=as_of))


@cache
def _questions() -> Mapping[str, Question]:
    return load_questions(resources.queries())


def questions(graph: KnowledgeGraph) -> tuple[Question, ...]:
    """Return the canned questions."""
    del graph
    return tuple(_questions().values())


def question(
    graph: KnowledgeGraph,
    name: str,
    arguments: Mapping[str, str],
    limit: int,
    offset: int,
    as_of: str = "",
    lang: str = "en",
) -> Page[Answer]:
    """Answer a canned question, see :meth:`kg.graph.KnowledgeGraph.ask`.

    ``lang`` is the language of the notes of an answer as of a day.
    """
    asked = _questions()[name]
    day = optional_day(as_of)
    if day is not None:
        columns_on(asked)
    bound = bind_parameters(graph.store, asked, arguments)
    total: int | None = None
    if day is not None:
        table = answer_on(graph.store, asked, bound, day, lang)
        total = len(table.rows)
    elif asked.first is None:
        table = answer_question(graph.store, asked, bound)
        total = len(table.rows)
    else:
        found = first_rows(asked, bound, graph.store.select, offset + limit)
        table = found.table
        if found.keys is None:
            total = len(table.rows)
        elif asked.key == (asked.first,):
            total = found.keys
    rows = table.rows[offset : offset + limit]
    more = len(table.rows) > offset + limit if total is None else total > offset + limit
    see = () if table.rows else tuple(suggestions(resources.queries(), asked, arguments))
    answer = Answer(asked, bound, Table(table.columns, rows), see)
    return Page(answer, offset, limit, total, more)


def ask(graph: KnowledgeGraph, q: str, limit: int, offset: int) -> Page[Asked]:
    """Answer a question in words, see :meth:`kg.graph.KnowledgeGraph.interpret`."""
    found = graph.interpret(q)
    if found.best is None:
        return Page(Asked(found, None), offset, limit, 0, False)
    name, arguments = found.best.question.name, found.best.arguments
    answer = question(graph, name, arguments, limit, offset)
    return Page(Asked(found, answer), offset, limit, answer.total, answer.more)
