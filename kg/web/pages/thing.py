"""The page of an entity: what it is, its relations in both directions, and their evidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.common.bilingual import Text
from kg.common.folding import fold
from kg.common.namespaces import BASE, CLAIM, compact, expand
from kg.entities.groups import group_of, main_kind
from kg.entities.index import name_index
from kg.entities.resolution import DOCUMENTS
from kg.entities.status_words import describe_status
from kg.evidence.proofs import Proof
from kg.web.pages.cite import FORMATS
from kg.web.pages.editions import STANDINGS, edition_strip, editions_shown
from kg.web.pages.groups import entity_groups
from kg.web.pages.hierarchy import Hierarchy, hierarchy_of
from kg.web.pages.html import render
from kg.web.pages.linked_data import schema_org
from kg.web.pages.neighborhood import neighborhood
from kg.web.pages.once import all_questions, newest_snapshot
from kg.web.pages.order import STAGE_NAMES, value_order
from kg.web.pages.outcomes import Moved
from kg.web.pages.reader import Reader
from kg.web.pages.relations import relation_groups
from kg.web.pages.single_values import single_valued

if TYPE_CHECKING:
    from kg.analysis.model import Fact, Profile
    from kg.graph import KnowledgeGraph
    from kg.queries.model import Question
    from kg.web.pages.panels import Panel

_LONG_TEXTS: Final = ("dcterms:description", "dcterms:abstract")
_LISTED: Final = 8
"""Relations of a kind on the page of an entity; the rest have pages of their own."""
_DATED: Final = 14
_OF_ALL: Final = ("evidence", "edge-evidence", "profile", "mentioned-once")
"""Questions that this page answers itself, or that are not about one entity."""


@dataclass(frozen=True)
class Values:
    """The values of one property; in conflict if sources differ where only one can hold."""

    name: Text
    facts: tuple[Fact, ...]
    conflict: bool


def show(
    graph: KnowledgeGraph,
    reader: Reader,
    entity: str,
    panels: tuple[Panel, ...] | None = (),
    as_of: str = "",
) -> str:
    """Return the page of an entity, given by name or IRI; ResolutionError if it is unknown.

    ``panels`` are those of :mod:`kg.web.pages.panels`, None while they are being made. With a day
    ``as_of`` the page is as it stood then; ArgumentError if it is no day.
    """
    profile = graph.profile(entity, _LISTED, as_of=as_of)
    store = graph.store
    names = name_index(store)
    kinds = names.kind_sets[names.status(profile.iri).kind]
    group = group_of(profile.iri, main_kind(kinds.narrow))
    groups = relation_groups(profile, group, reader.lang)
    if profile.editions:
        groups = [each for each in groups if each.key != "in std:editionOf"]
    hierarchy = hierarchy_of(store, profile.iri) if CLAIM not in profile.iri else Hierarchy()
    others = {fact.value.value for fact in profile.facts if fact.direction != "value"}
    marks = entity_groups(store, others)
    editions, newest = editions_shown(graph, profile, reader.lang)
    return render(
        reader,
        "thing.html",
        profile=profile,
        group=group,
        title=_title(profile, reader.lang) or (newest.title if newest else ""),
        newest=newest,
        strip=edition_strip(editions),
        standings=STANDINGS,
        panels=panels,
        stages=STAGE_NAMES,
        around=neighborhood(group, groups, marks, reader.lang),
        values=values_of(profile, reader.lang),
        groups_of_relations=groups,
        marks=marks,
        hierarchy=hierarchy,
        status=_status(profile, reader.lang),
        edition_status=lambda edition: describe_status(
            edition.status, _labels(profile, reader.lang), reader.lang
        ),
        dated=_dated(profile),
        questions=_questions(kinds.every, group),
        linked_data=schema_org(profile, group, hierarchy),
        compact_iri=compact(profile.iri).strip("<>"),
        snapshot=newest_snapshot(graph),
        as_of=as_of,
        records=FORMATS if DOCUMENTS & kinds.every and not profile.editions else {},
    )


def find(graph: KnowledgeGraph, reader: Reader, text: str, as_of: str = "") -> str | Moved:
    """Return where the page of what a text means is; what is elsewhere on the web has none."""
    iri = graph.resolve(text)
    if iri.startswith(BASE):
        return Moved(reader.thing(iri, as_of=as_of or None))
    return show(graph, reader, iri, as_of=as_of)


def values_of(profile: Profile, lang: str) -> list[Values]:
    """Return the values of an entity by property, in the reader's language where there is one."""
    found: dict[str, list[Fact]] = {}
    for fact in profile.facts:
        if fact.direction == "value":
            found.setdefault(fact.property, []).append(fact)
    return [
        Values(shown[0].name, tuple(shown), _is_conflict(property_, facts))
        for property_, facts in sorted(found.items(), key=lambda pair: value_order(pair[0]))
        if (shown := _in_language(facts, lang))
    ]


def _in_language(facts: list[Fact], lang: str) -> list[Fact]:
    """Return the facts in a language, or else all; of long texts, those in English."""
    instead = ("en",) if facts[0].property in _LONG_TEXTS else ()
    for wanted in (lang, *instead):
        if any(_language(fact) == wanted for fact in facts):
            return [fact for fact in facts if _language(fact) in ("", wanted)]
    return facts


def _title(profile: Profile, lang: str) -> str:
    """Return the title of a document or committee, if its label is only its number."""
    titles = [fact for fact in profile.facts if fact.property == "dcterms:title"]
    own = [fact for fact in titles if _language(fact) == lang]
    english = [fact for fact in titles if _language(fact) in ("en", "")]
    for fact in (*own, *english, *titles):
        shown = fact.value.value
        return "" if fold(shown) in fold(profile.label.of(lang)) else shown
    return ""


def _language(fact: Fact) -> str:
    tag = fact.value.language if isinstance(fact.value, ox.Literal) else None
    return (tag or "").casefold().split("-")[0]


def _is_conflict(property_: str, facts: Iterable[Fact]) -> bool:
    stated = [fact for fact in facts if not _language(fact)]
    return len({fact.value for fact in stated}) > 1 and property_ in single_valued()


def _labels(profile: Profile, lang: str) -> Mapping[str, str]:
    return {each: label.of(lang) for each, label in profile.labels.items()}


def _status(profile: Profile, lang: str) -> str:
    """Return what became of a document; nothing for what no catalogue lists."""
    status = profile.status
    listed = any(proof.record for fact in profile.facts for proof in fact.proofs)
    if not status.key or (status.key == "untold" and not listed):
        return ""
    return describe_status(status, _labels(profile, lang), lang)


def _dated(profile: Profile) -> list[tuple[str, str, Text, bool, tuple[Proof, ...]]]:
    """Return what has a date, as date, IRI, sentence, whether it is planned, and evidence."""
    found = {
        (fact.date, fact.value.value, fact.sentence, fact.planned, fact.proofs)
        for fact in profile.facts
        if fact.sentence and fact.date
    }
    ordered = sorted(found, key=lambda row: (row[0], row[1]))[:_DATED]
    return [
        (
            when,
            iri,
            Text(*(_predicate(sentence.of(x), profile.label.of(x)) for x in ("en", "zh"))),
            planned,
            proofs,
        )
        for when, iri, sentence, planned, proofs in ordered
    ]


def _predicate(sentence: str, subject: str) -> str:
    rest = sentence.removeprefix(subject[:1].upper() + subject[1:]).lstrip().removeprefix("的")
    return rest if rest else sentence


def _questions(kinds: frozenset[str], group: str) -> list[tuple[Question, str]]:
    """Return the questions that ask about an entity of these kinds, with the parameter for it."""
    found = []
    for name, question in all_questions().items():
        for param in question.params:
            if param.kind != "entity" or name in _OF_ALL:
                continue
            within = expand(param.within) if param.within else None
            asks_of_documents = param.name == "document" and group in ("standard", "document")
            if asks_of_documents or (within is not None and within.value in kinds):
                found.append((question, param.name))
                break
    # What cannot be asked without the thing is more about it than what it only narrows.
    optional = {name for question, _ in found for name in _optional(question)}
    return sorted(found, key=lambda pair: (pair[0].name, pair[1]) in optional)


def _optional(question: Question) -> Iterable[tuple[str, str]]:
    return ((question.name, param.name) for param in question.params if param.optional)
