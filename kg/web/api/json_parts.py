"""Parts of answers in JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

import pyoxigraph as ox

from kg.common.bilingual import Text
from kg.common.namespaces import CLAIM, expand
from kg.entities.labels import labels
from kg.entities.status_words import describe_status
from kg.evidence.proofs import Proof, is_catalogue_claim
from kg.queries.arguments import Param
from kg.queries.model import Question
from kg.store import Term
from kg.tables.plain import json_term
from kg.web.rendering import Context, Page

if TYPE_CHECKING:
    from kg.analysis.model import Fact
    from kg.analysis.path_statements import Statement, Way
    from kg.entities.document_status import DocumentStatus
    from kg.graph import KnowledgeGraph

Json: TypeAlias = dict[str, Any]


def encode(content: object) -> bytes:
    """Return content as JSON."""
    return json.dumps(content, ensure_ascii=False).encode() + b"\n"


def page_of(page: Page[Any], context: Context, items: list[Any]) -> Json:
    """Return the fields of a page with its items."""
    return {
        "results": items,
        "offset": page.offset,
        "limit": page.limit,
        "total": page.total,
        "next": page.links(context).get("next"),
    }


def is_evidence(node: str) -> bool:
    """Return whether a node is a claim, a record or a catalogue."""
    return node.startswith(CLAIM) or is_catalogue_claim(node)


def names_of(graph: KnowledgeGraph, iris: Iterable[str], context: Context) -> dict[str, str]:
    """Return the names of entities by IRI."""
    nodes = (ox.NamedNode(iri) for iri in sorted({iri for iri in iris if iri}))
    return {node.value: name for node, name in labels(graph.store, nodes, context.lang).items()}


def named(iri: str, names: Mapping[str, str]) -> Json:
    """Return an entity with its name."""
    return {"iri": iri, "name": names[iri]}


def full_iri(name: str) -> str:
    """Return the IRI that a compact one of the graph stands for."""
    node = expand(name)
    return name if node is None else node.value


def both(text: Text) -> Json:
    """Return a text in both languages."""
    return {"en": text.en, "zh": text.zh}


def evidence_of(proofs: Iterable[Proof], lang: str) -> list[Json]:
    """Return pieces of evidence."""
    return [
        {
            "claim": proof.claim,
            "phrase": proof.phrase,
            "names": proof.names,
            "inferred": proof.inferred,
            "start": proof.start,
            "end": proof.end,
            "source": {"iri": proof.source, "name": proof.source_name(lang)},
            "url": proof.url,
            "snapshot": proof.snapshot,
            "record": proof.record,
        }
        for proof in dict.fromkeys(proofs)
    ]


def status_of(
    status: DocumentStatus, names: Mapping[str, str], proofs: Iterable[Proof], lang: str
) -> Json:
    """Return what became of a document."""
    return {
        "key": status.key,
        "text": describe_status(status, names, lang),
        "day": status.day,
        "successors": [named(iri, names) for iri in status.successors],
        "later": [{**named(later.iri, names), "by": later.by} for later in status.later],
        "evidence": evidence_of(proofs, lang),
    }


def fact_of(fact: Fact, lang: str) -> Json:
    """Return a fact with its evidence."""
    value = json_term(fact.value)
    if isinstance(fact.value, ox.NamedNode):
        value["label"] = fact.shown.of(lang)
    return {
        "direction": fact.direction,
        "property": full_iri(fact.property),
        "name": fact.name.of(lang),
        "value": value,
        "sentence": fact.sentence.of(lang) if fact.sentence else None,
        "date": fact.date,
        "value_date": fact.when,
        "evidence": evidence_of(fact.proofs, lang),
    }


def way_of(way: Way, names: Mapping[str, str], lang: str) -> Json:
    """Return a way between entities."""
    return {
        "cost": round(way.cost, 2),
        "weak": way.weak,
        "count": way.count,
        "stations": [named(station, names) for station in way.stations],
        "steps": [[statement_of(each, lang) for each in step] for step in way.steps],
        "alike": [
            {
                "stations": [named(station, names) for station in each.stations],
                "evidence": evidence_of(each.proofs, lang),
            }
            for each in way.alike
        ],
        "varieties": [
            {"sentence": sentence.of(lang), "count": count} for sentence, count in way.varieties
        ],
    }


def statement_of(statement: Statement, lang: str) -> Json:
    """Return a relation as a sentence."""
    return {
        "sentence": statement.sentence.of(lang),
        "source": statement.source,
        "relation": full_iri(statement.relation),
        "target": statement.target,
        "via": statement.via or None,
        "date": statement.date,
        "evidence": evidence_of(statement.proofs, lang),
    }


def question_of(question: Question) -> Json:
    """Return the name and the texts of a question."""
    return {
        "name": question.name,
        "title": both(question.title),
        "description": both(question.description),
    }


def parameter_of(param: Param) -> Json:
    """Return a parameter of a question."""
    return {
        "name": param.name,
        "kind": param.kind,
        "within": full_iri(param.within) if param.within else None,
        "default": param.default,
        "required": param.default is None and not param.optional,
        "description": both(param.description),
    }


def cells_of(terms: Mapping[str, Term | None], names: Mapping[ox.NamedNode, str]) -> Json:
    """Return terms by column, IRIs with their labels."""
    cells = {}
    for column, term in terms.items():
        if term is not None:
            cells[column] = json_term(term)
            if isinstance(term, ox.NamedNode):
                cells[column]["label"] = names[term]
    return cells
