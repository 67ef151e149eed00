"""Output of ``kg draft``: mentions and relations as JSON Lines, or as tables for people."""

from __future__ import annotations

from typing import Final

import pyoxigraph as ox

from kg.cli.reports.columns import for_people
from kg.common.bilingual import Text
from kg.common.dates import PartialDate
from kg.common.namespaces import compact
from kg.drafting.lines import to_jsonl
from kg.drafting.model import NEW, Draft, Mention, Relation
from kg.store import Store, Table
from kg.tables import add_labels, render_table

_HEAD: Final = Text("{}, published {}", "{}，发布于{}")
_NO_DATE: Final = Text("at an unknown date: give --date", "日期未知：请给出--date")
_MODALITY: Final = ("planned", "asked", "denied", "reportedBy", "asOf", "period", "unit")
_COMPARATORS: Final = {"gt": ">", "ge": "≥", "lt": "<", "le": "≤", "about": "≈"}
_MENTIONS: Final = ("type", "start", "quote", "value", "entity", "rule", "confidence")
_RELATIONS: Final = ("subject", "relation", "object", "words")


def proposals(store: Store, draft: Draft, format: str, lang: str) -> str:
    """Return a draft in a format: ``jsonl``, or ``table``."""
    if format == "jsonl":
        return to_jsonl(draft)
    head = _HEAD.of(lang).format(draft.title or "?", _date(draft.date, lang))
    mentions = Table(_MENTIONS, tuple(_mention_row(each) for each in draft.mentions))
    relations = Table(_RELATIONS, tuple(_relation_row(each) for each in draft.relations))
    parts = [head]
    for table in (mentions, relations):
        if table.rows:
            labeled = for_people(add_labels(store, table, lang), lang, "draft")
            parts.append(render_table(labeled, "table", lang).rstrip("\n"))
    return "\n\n".join(parts) + "\n"


def _date(date: PartialDate | None, lang: str) -> str:
    return str(date) if date else _NO_DATE.of(lang)


def _mention_row(mention: Mention) -> tuple[ox.Literal, ...]:
    entity = NEW if mention.iri == NEW else compact(mention.iri)
    named = mention.type not in {"DATE", "QTY", "RANK", "QUOTED", "VOTE"}
    comparator = _COMPARATORS.get(mention.comparator, "")
    value = " ".join(filter(None, (comparator, mention.value, mention.unit, mention.part)))
    cells = (
        *(mention.type, str(mention.start), mention.quote, value),
        *(entity if named else "", mention.rule, f"{mention.confidence:.2f}"),
    )
    return tuple(map(ox.Literal, cells))


def _relation_row(relation: Relation) -> tuple[ox.Literal, ...]:
    words = [f"{role}: {relation.quoted(role)}" for role in _MODALITY if relation.quoted(role)]
    cells = (relation.subject, relation.claim, relation.object, ", ".join(words))
    return tuple(map(ox.Literal, cells))
