"""Answers in JSON, as the schemas of :mod:`kg.web.schemas` describe them (renderers)."""

from __future__ import annotations

import json
from itertools import chain
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.analysis.match_rows import explain_reason
from kg.analysis.status_proofs import proofs_of_statuses
from kg.entities.hit_words import explain_hit
from kg.entities.index import name_index
from kg.entities.labels import labels
from kg.evidence.proofs import proofs_of_claims
from kg.queries.columns import column_headings
from kg.queries.families import FAMILIES, NEEDS, SCANS
from kg.queries.model import Question
from kg.web.api.json_parts import (
    both,
    cells_of,
    encode,
    evidence_of,
    fact_of,
    full_iri,
    is_evidence,
    named,
    names_of,
    page_of,
    parameter_of,
    question_of,
    status_of,
    way_of,
)
from kg.web.rendering import Context, Page

if TYPE_CHECKING:
    from kg.analysis.model import Profile
    from kg.entities.match import Match
    from kg.entities.search import Hit
    from kg.graph import KnowledgeGraph
    from kg.web.operations import Answer, Asked, Paths


def hits(graph: KnowledgeGraph, page: Page[tuple[Hit, ...]], context: Context) -> bytes:
    """Return entities with the name that matched, their title and kind, and why they match."""
    names = names_of(graph, (hit.kind for hit in page.items), context)
    items = [
        {
            "iri": hit.iri,
            "name": hit.name,
            "title": hit.title.of(context.lang),
            "kind": named(hit.kind, names) if hit.kind else None,
            "match": hit.match,
            "reason": explain_hit(hit, context.lang),
        }
        for hit in page.items
    ]
    return encode(page_of(page, context, items))


def profile(graph: KnowledgeGraph, profile: Profile, context: Context) -> bytes:
    """Return the names, kinds and status of an entity, and its facts with their evidence."""
    del graph
    lang = context.lang
    names = {each: label.of(lang) for each, label in profile.labels.items()}
    status = profile.status
    content = {
        "iri": profile.iri,
        "name": profile.label.of(lang),
        "kinds": [kind.of(lang) for kind in profile.kinds],
        "other_names": list(profile.names),
        "status": status_of(status, names, profile.status_proofs, lang) if status.key else None,
        "facts": [fact_of(fact, lang) for fact in profile.facts],
        "truncated": [
            {
                "direction": each.direction,
                "property": full_iri(each.property),
                "name": each.name.of(lang),
                "listed": each.listed,
                "total": each.total,
            }
            for each in profile.truncated
        ],
        "editions": [
            {
                "iri": edition.iri,
                "name": edition.label.of(lang),
                "edition": edition.edition,
                "date": edition.date,
                "status": status_of(edition.status, names, (), lang),
                "evidence": evidence_of(edition.proofs, lang),
            }
            for edition in profile.editions
        ],
        "edition_count": profile.edition_count,
        "left_out": [note.of(lang) for note in profile.notes],
    }
    return encode(content)


def paths(graph: KnowledgeGraph, paths: Paths, context: Context) -> bytes:
    """Return how entities are related, as sentences with their evidence."""
    lang = context.lang
    stations = chain.from_iterable(
        (*way.stations, *chain.from_iterable(each.stations for each in way.alike))
        for way in paths.ways
    )
    names = names_of(graph, (*stations, *(end.iri for end in paths.ends)), context)
    looked_at = [
        {
            **named(end.iri, names),
            "relations": [{"sentence": text, "count": count} for text, count in end.relations],
        }
        for end in paths.ends
    ]
    results = [way_of(way, names, lang) for way in paths.ways]
    content = {"results": results, "looked_at": [] if results else looked_at}
    return encode({**content, "left_out": list(paths.notes)})


def matches(graph: KnowledgeGraph, matches: tuple[Match, ...], context: Context) -> bytes:
    """Return what references mean, with the status of documents and the reasons."""
    lang = context.lang
    mentioned = (iri for each in matches for iri in (each.iri, *each.others, *each.status.named))
    names = names_of(graph, mentioned, context)
    proofs = proofs_of_statuses(graph.store, [each.status for each in matches])
    index = name_index(graph.store)
    results = [
        {
            "reference": each.text,
            "iri": each.iri or None,
            "name": names[each.iri] if each.iri else None,
            "score": each.score,
            "status": status_of(each.status, names, proved, lang) if each.status.key else None,
            "others": [named(other, names) for other in each.others],
            "reasons": [
                {
                    "key": reason.key,
                    "value": reason.value,
                    "text": explain_reason(index, each, reason, lang),
                }
                for reason in each.reasons
            ],
        }
        for each, proved in zip(matches, proofs, strict=True)
    ]
    return encode({"results": results})


def questions(graph: KnowledgeGraph, questions: tuple[Question, ...], context: Context) -> bytes:
    """Return the canned questions with their parameters, in both languages."""
    del graph
    results = [
        {
            **question_of(each),
            "family": {"key": each.family, "name": both(FAMILIES[each.family])},
            "parameters": [parameter_of(param) for param in each.params],
            "columns": list(each.columns),
            "needs": both(NEEDS[each.needs][0]) if each.needs else None,
            "note": both(SCANS[each.scans]) if each.scans else None,
            "see": list(each.see),
            "address": f"{context.base}questions/{each.name}",
        }
        for each in questions
    ]
    return encode({"results": results})


def answer(graph: KnowledgeGraph, page: Page[Answer], context: Context) -> bytes:
    """Return rows of an answer, each with its evidence."""
    answer, lang = page.items, context.lang
    rows = answer.table.rows
    terms = [term for row in (*rows, answer.parameters.values()) for term in row]
    nodes = {term for term in terms if isinstance(term, ox.NamedNode)}
    names = labels(graph.store, nodes, lang)
    cited = [node.value for node in nodes if is_evidence(node.value)]
    proofs = proofs_of_claims(graph.store, cited)
    headings = column_headings(answer.table.columns, lang, answer.question.name)
    results = [
        {
            "cells": cells_of(dict(zip(answer.table.columns, row, strict=True)), names),
            "evidence": evidence_of(
                chain.from_iterable(
                    proofs.get(term.value, ()) for term in row if isinstance(term, ox.NamedNode)
                ),
                lang,
            ),
        }
        for row in rows
    ]
    content = {
        "question": question_of(answer.question),
        "parameters": cells_of(answer.parameters, names),
        "columns": [{"name": name, "heading": headings[name]} for name in answer.table.columns],
        "see": [
            {
                "title": both(other.title),
                "address": context.address(f"questions/{other.name}", arguments),
            }
            for other, arguments in answer.see
        ],
        **page_of(page, context, results),
    }
    return encode(content)


def asked(graph: KnowledgeGraph, page: Page[Asked], context: Context) -> bytes:
    """Return how a question in words is understood, and the answer; null if it is refused."""
    found = page.items.answer
    content = None if found is None else json.loads(answer(graph, found, context))
    return encode({**page.items.found.as_dict(context.lang), "answer": content})
