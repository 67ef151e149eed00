"""Answers as CSV and TSV, with the columns of the command line (renderers)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.analysis.evidence_rows import path_rows, profile_rows
from kg.analysis.match_rows import COLUMNS, match_rows
from kg.common.errors import ResolutionError
from kg.entities.hit_words import explain_hit
from kg.store import Table
from kg.tables import LabeledTable, add_labels, render_table
from kg.web.rendering import CSV, TSV, Context, Page

if TYPE_CHECKING:
    from kg.analysis.model import Profile
    from kg.entities.match import Match
    from kg.entities.search import Hit
    from kg.graph import KnowledgeGraph
    from kg.queries.model import Question
    from kg.web.operations import Answer, Asked, Paths

_FORMATS = {CSV: "csv", TSV: "tsv"}


def _write(table: LabeledTable, context: Context) -> bytes:
    return render_table(table, _FORMATS[context.media_type], context.lang).encode()


def hits(graph: KnowledgeGraph, page: Page[tuple[Hit, ...]], context: Context) -> bytes:
    """Return entities with the name that matched, their title and kind, and why they match."""
    rows = tuple(
        (
            ox.NamedNode(hit.iri),
            ox.NamedNode(hit.kind) if hit.kind else None,
            ox.Literal(hit.name),
            ox.Literal(title) if (title := hit.title.of(context.lang)) else None,
            ox.Literal(explain_hit(hit, context.lang)),
        )
        for hit in page.items
    )
    table = Table(("thing", "kind", "name", "title", "match"), rows)
    return _write(add_labels(graph.store, table, context.lang), context)


def profile(graph: KnowledgeGraph, profile: Profile, context: Context) -> bytes:
    """Return the facts about an entity, one row for each piece of evidence."""
    del graph
    return _write(profile_rows(profile, profile.facts, context.lang), context)


def paths(graph: KnowledgeGraph, paths: Paths, context: Context) -> bytes:
    """Return the statements of paths, one row for each piece of evidence."""
    table = path_rows(paths.ways, context.lang)
    return _write(add_labels(graph.store, table, context.lang), context)


def matches(graph: KnowledgeGraph, matches: tuple[Match, ...], context: Context) -> bytes:
    """Return references with the columns that ``kg match`` adds."""
    texts = [each.text for each in matches]
    cells = match_rows(graph.store, matches, context.lang)
    rows = tuple(
        tuple(ox.Literal(str(cell)) if cell != "" else None for cell in (text, *row))
        for text, row in zip(texts, cells, strict=True)
    )
    return _write(LabeledTable(("reference", *COLUMNS), rows, {}, context.lang), context)


def questions(graph: KnowledgeGraph, questions: tuple[Question, ...], context: Context) -> bytes:
    """Return the canned questions with their titles in both languages and their parameters."""
    del graph
    columns = ("name", "family", "title_en", "title_zh", "parameters")
    rows = tuple(
        tuple(
            ox.Literal(text)
            for text in (
                each.name,
                each.family,
                each.title.en,
                each.title.zh,
                " ".join(param.name for param in each.params),
            )
        )
        for each in questions
    )
    return _write(LabeledTable(columns, rows, {}, context.lang), context)


def answer(graph: KnowledgeGraph, page: Page[Answer], context: Context) -> bytes:
    """Return the rows of an answer with the labels of their IRIs."""
    return _write(add_labels(graph.store, page.items.table, context.lang), context)


def asked(graph: KnowledgeGraph, page: Page[Asked], context: Context) -> bytes:
    """Return the answer to a question in words; ResolutionError if it is refused."""
    found = page.items.found
    if page.items.answer is None:
        nearest = ", ".join(reading.question.name for reading in found.readings)
        raise ResolutionError(f"{found.text!r} is not understood; nearest: {nearest or 'none'}")
    return answer(graph, page.items.answer, context)
