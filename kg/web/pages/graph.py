"""The graph around a thing: its relations with their counts first, then neighbors by relation."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from kg.common.bilingual import Text
from kg.common.errors import ArgumentError, ResolutionError
from kg.common.namespaces import PREFIXES, compact
from kg.entities.groups import GROUPS
from kg.entities.lookup import bilingual_labels
from kg.web.pages import assets
from kg.web.pages.everything import LINES, Everything
from kg.web.pages.groups import entity_groups
from kg.web.pages.html import render
from kg.web.pages.once import facts_of_relation
from kg.web.pages.outcomes import Refused
from kg.web.pages.reader import Reader
from kg.web.pages.relations import relation_groups, relation_of

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph

_FEW: Final = 4
_HOPS: Final = 4
_NEIGHBORS: Final = 25
"""Neighbors that one step adds to the canvas."""
_WORDS: Final = {
    "more": Text("Show more", "展开更多"),
    "hide": Text("Hide what hangs on it", "收起"),
    "list": Text("List, filter and sort them", "列出并筛选排序"),
    "pin": Text("Pin", "固定"),
    "unpin": Text("Unpin", "取消固定"),
    "from": Text("Path from here", "以此为起点找联系"),
    "to": Text("Path from %s to here", "找出与“%s”的联系"),
    "pick": Text("Now choose the other thing.", "请选择另一事物。"),
    "noPath": Text("There is no short path between them.", "二者之间没有较短的联系。"),
    "then": Text("; ", "；"),
    "open": Text("All of it, with evidence", "全部内容及证据"),
}
"""What the script of the canvas says."""


def show(
    graph: KnowledgeGraph, reader: Reader, around: str, whole: Everything | None
) -> str | Refused:
    """Return the page of the graph around a thing, given by name.

    Without one, it is the page of the whole graph; ``whole`` is None while that is being placed.
    """
    content: dict[str, Any] = {
        "around": around,
        "profile": None,
        "problem": "",
        "whole": whole,
        "lines": LINES,
        "draws": assets.has("sigma.min.js"),
    }
    if not around:
        return render(reader, "graph.html", **content)
    try:
        profile = graph.profile(around, _FEW)
    except (ArgumentError, ResolutionError) as error:
        return Refused(render(reader, "graph.html", **{**content, "problem": str(error)}))
    group = entity_groups(graph.store, [profile.iri])[profile.iri]
    relations = relation_groups(profile, group, reader.lang)
    others = {fact.value.value for each in relations for fact in each.facts}
    return render(
        reader,
        "graph.html",
        **{**content, "profile": profile},
        group=group,
        relations=relations,
        marks=entity_groups(graph.store, others),
        short=compact(profile.iri).strip("<>"),
        words={
            "words": {key: text.of(reader.lang) for key, text in _WORDS.items()},
            "groups": {key: text.of(reader.lang) for key, text in GROUPS.items()},
            "prefixes": PREFIXES,
            "lang": reader.lang,
        },
    )


def expand(graph: KnowledgeGraph, lang: str, entity: str, key: str, start: int) -> dict[str, Any]:
    """Return what a step on the canvas adds, for its script.

    Without ``key``, the kinds of relations of an entity with their counts; with it, the neighbors
    by one of them (see :attr:`kg.web.pages.Group.key`).
    """
    reader = Reader("zh" if lang == "zh" else "en", False, "", ())
    if not key:
        profile = graph.profile(entity, 1)
        group = entity_groups(graph.store, [profile.iri])[profile.iri]
        return {
            "node": _node(reader, profile.iri, profile.label.of(lang), group),
            "relations": [
                {"key": each.key, "name": each.heading, "total": each.total}
                for each in relation_groups(profile, group, lang)
            ],
        }
    wanted = relation_of(key)
    facts, total = facts_of_relation(graph, entity, wanted, start, _NEIGHBORS)
    marks = entity_groups(graph.store, [fact.value.value for fact in facts])
    neighbors = {
        fact.value.value: {
            **_node(reader, fact.value.value, fact.shown.of(lang), marks[fact.value.value]),
            "sentence": fact.sentence.of(lang) if fact.sentence else "",
            "date": fact.date,
            "when": fact.when,
        }
        for fact in facts
    }
    return {"total": total, "neighbors": list(neighbors.values())}


def path(graph: KnowledgeGraph, lang: str, start: str, end: str) -> dict[str, Any]:
    """Return the best path between two things (IRIs) for the canvas: its things and sentences."""
    reader = Reader("zh" if lang == "zh" else "en", False, "", ())
    ways = graph.relate(start, end, paths=1, hops=_HOPS)
    stations = list(dict.fromkeys(iri for way in ways for iri in way.stations))
    names = bilingual_labels(graph.store, stations)
    groups = entity_groups(graph.store, stations)
    edges = [
        {
            "source": one,
            "target": other,
            "sentence": _WORDS["then"]
            .of(lang)
            .join(statement.sentence.of(lang) for statement in step),
        }
        for way in ways
        for (one, other), step in zip(pairwise(way.stations), way.steps, strict=True)
    ]
    return {
        "nodes": [_node(reader, iri, names[iri].of(lang), groups[iri]) for iri in stations],
        "edges": edges,
        "page": reader.url("/relate", **{"from": compact(start), "to": compact(end)}),
    }


def _node(reader: Reader, iri: str, label: str, group: str) -> dict[str, str]:
    return {"iri": iri, "label": label, "group": group, "page": reader.thing(iri)}
