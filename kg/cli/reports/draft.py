"""Output of ``kg draft``: mentions and relations as JSON Lines, or as tables for people."""

from __future__ import annotations

from typing import Final

import pyoxigraph as ox

from kg.cli.reports.columns import for_people
from kg.common.bilingual import Text
from kg.drafting.lines import to_jsonl
from kg.drafting.model import NEW, Draft, Mention, Relation
from kg.store import Store, Table, Term
from kg.tables import add_labels, render_table

_HEAD: Final = Text("{}, published {}", "{}，发布于{}")
_NO_DATE: Final = Text(
    "{}, published at an unknown date: give --date", "{}，发布日期未知：请给出--date"
)
_WORDS: Final = {
    "planned": Text("planned", "计划"),
    "asked": Text("asked", "请求"),
    "denied": Text("denied", "否定"),
    "reportedBy": Text("reported by", "转述者"),
    "asOf": Text("as of", "截至"),
    "period": Text("period", "期间"),
    "unit": Text("unit", "单位"),
}
_SAYS: Final = Text("{}: {}", "{}：{}")
_RELATION_NAMES: Final = {
    "proposed": Text("proposed", "提出"),
    "hosts": Text("hosts", "主办"),
    "drafts": Text("drafts", "起草"),
    "approves": Text("approves", "批准"),
    "publishes": Text("publishes", "发布"),
    "secretariat": Text("runs the secretariat of", "承担秘书处"),
    "takes over": Text("takes over", "采纳"),
    "counts": Text("counts", "数量"),
}
_NEW: Final = Text("new", "新")
_COMPARATORS: Final = {"gt": ">", "ge": "≥", "lt": "<", "le": "≤", "about": "≈"}
_MENTIONS: Final = ("type", "start", "quote", "value", "entity", "rule", "confidence")
_RELATIONS: Final = ("subject", "relation", "object", "words")


def proposals(store: Store, draft: Draft, format: str, lang: str) -> str:
    """Return a draft in a format: ``jsonl``, or ``table``."""
    if format == "jsonl":
        return to_jsonl(draft)
    head = (_HEAD if draft.date else _NO_DATE).of(lang).format(draft.title or "?", draft.date)
    mentions = Table(_MENTIONS, tuple(_mention_row(each, lang) for each in draft.mentions))
    relations = Table(_RELATIONS, tuple(_relation_row(each, lang) for each in draft.relations))
    parts = [head]
    for table in (mentions, relations):
        if table.rows:
            labeled = for_people(add_labels(store, table, lang), lang, "draft")
            parts.append(render_table(labeled, "table", lang).rstrip("\n"))
    return "\n\n".join(parts) + "\n"


def _mention_row(mention: Mention, lang: str) -> tuple[Term | None, ...]:
    entity = ox.Literal(_NEW.of(lang)) if mention.iri == NEW else ox.NamedNode(mention.iri)
    named = mention.type not in {"DATE", "QTY", "RANK", "QUOTED", "VOTE"}
    comparator = _COMPARATORS.get(mention.comparator, "")
    value = " ".join(filter(None, (comparator, mention.value, mention.unit, mention.part)))
    return (
        *map(ox.Literal, (mention.type, str(mention.start), mention.quote, value)),
        entity if named else None,
        *map(ox.Literal, (mention.rule, f"{mention.confidence:.2f}")),
    )


def _relation_row(relation: Relation, lang: str) -> tuple[Term | None, ...]:
    words = [
        _SAYS.of(lang).format(word.of(lang), relation.quoted(role))
        for role, word in _WORDS.items()
        if relation.quoted(role)
    ]
    name = _RELATION_NAMES.get(relation.claim, Text(relation.claim, relation.claim)).of(lang)
    cells = (relation.subject, name, relation.object, ", ".join(words))
    return tuple(map(ox.Literal, cells))
