"""Everything in one picture: who makes standards, where, and in which fields, in nested circles.

Documents have no mark of their own: they are counted in the size of their publishing body,
committee and field.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING, Any, Final

import pyoxigraph as ox

from kg.common.bilingual import Text
from kg.common.namespaces import BASE
from kg.entities.groups import GROUPS, classes_in_group
from kg.entities.lookup import bilingual_labels
from kg.pictures.diagrams.circles import nest_circles
from kg.web.pages.groups import entity_groups
from kg.web.pages.reader import Reader

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph
    from kg.store import Store

_LEFT_OUT: Final = frozenset(("standard", "document", "topic"))
_THINGS: Final = (
    "SELECT DISTINCT ?thing WHERE {{ ?thing a ?class . VALUES ?class {{ {classes} }} }}"
)
_FIELDS: Final = (
    "SELECT DISTINCT ?thing WHERE { ?thing skos:inScheme <https://w3id.org/stdkg/ics> }"
)
_WHOLES: Final = """
SELECT ?part ?whole WHERE {{
    ?part {property} ?whole
    FILTER(?part != ?whole)
}}"""
_INSIDE: Final = ("std:partOf", "skos:broader", "std:locatedIn", "std:jurisdiction")
"""Properties that lead to the circle around a thing; an earlier one is preferred."""
_DOCUMENTS: Final = (
    "SELECT ?thing (COUNT(*) AS ?n) WHERE {{ ?document {property} ?thing }} GROUP BY ?thing"
)
_COUNTED: Final = ("std:publisher", "std:committee", "std:topic")
_SECRETARIATS: Final = "SELECT ?source ?target WHERE { ?source std:secretariatOf ?target }"
_LIAISONS: Final = "SELECT ?source ?target WHERE { ?source std:liaison ?target }"
_WORK: Final = """
SELECT ?source ?target WHERE {
    ?document std:committee ?source ; std:topic ?target
}
GROUP BY ?source ?target"""
_CLAIMED: Final = """
SELECT DISTINCT ?source ?target WHERE {
    ?claim a std:Claim .
    GRAPH ?claim { ?source ?relation ?target }
    FILTER(isIRI(?target) && ?source != ?target)
}"""
_LINKS: Final[tuple[tuple[str, Text, str], ...]] = (
    ("secretariat", Text("secretariats", "秘书处"), _SECRETARIATS),
    ("liaison", Text("liaisons", "联络"), _LIAISONS),
    ("work", Text("fields of committees' documents", "委员会文件所属领域"), _WORK),
    ("claim", Text("what articles say", "文章所述"), _CLAIMED),
)
LINES: Final = tuple((key, name) for key, name, _ in _LINKS)
"""The kinds of lines, and their names."""
_SMALLEST: Final = 1.0
_GAP: Final = 0.35
_ASPECT: Final = 1.7
_LARGEST: Final = 12
"""Rows of a circle's table."""


@dataclass(frozen=True)
class Circle:
    """An outermost circle: its thing (IRI) or group, its name, and how much is in it.

    ``largest`` are the things in it with the most documents: IRI, name and count.
    """

    key: str
    group: str
    name: Text
    things: int
    documents: int
    largest: tuple[tuple[str, Text, int], ...]


@dataclass(frozen=True)
class Everything:
    """The picture: things by group and place, the lines between them, and the outermost circles."""

    things: tuple[tuple[str, Text, str, float, float, float, int], ...]
    lines: Mapping[str, tuple[tuple[int, int], ...]]
    circles: tuple[Circle, ...]
    around: tuple[tuple[Text, str, float, float, float], ...]
    document_count: int

    @property
    def groups(self) -> frozenset[str]:
        """The groups of its things."""
        return frozenset(group for _, _, group, *_ in self.things)


def everything(graph: KnowledgeGraph) -> Everything:
    """Return the picture of a graph (an operation)."""
    store = graph.store
    groups = _things(store)
    documents = _documents(store, groups)
    parents = _parents(store, groups)
    # Those without a whole stand with those of their group.
    roots, parts = _tree(groups, parents)
    size = {each: _SMALLEST + sqrt(documents[each]) / 12 for each in groups}
    size |= {each: 0.0 for each in roots if each not in groups}
    placed = nest_circles(roots, parts, size, _GAP, _ASPECT)
    names = bilingual_labels(store, groups)
    order = {each: at for at, each in enumerate(groups)}
    things = tuple(
        _marked(each, groups[each], names[each], placed[each], size[each], documents[each])
        for each in groups
    )
    circles = tuple(_circle(each, parts, groups, names, documents) for each in roots)
    around = tuple(_around(circle, placed[circle.key]) for circle in circles)
    return Everything(things, dict(_lines(store, order)), circles, around, _document_count(store))


def _marked(
    iri: str,
    group: str,
    name: Text,
    place: tuple[float, float, float],
    size: float,
    documents: int,
) -> tuple[str, Text, str, float, float, float, int]:
    return iri, name, group, round(place[0], 1), round(place[1], 1), round(size, 1), documents


def _around(
    circle: Circle, place: tuple[float, float, float]
) -> tuple[Text, str, float, float, float]:
    return circle.name, circle.group, round(place[0], 1), round(place[1], 1), round(place[2], 1)


def picture(found: Everything, lang: str) -> dict[str, Any]:
    """Return what the script of the picture draws.

    Things have columns instead of fields, so that thousands of them are small.
    """
    reader = Reader("zh" if lang == "zh" else "en", False, "", ())
    return {
        "base": BASE,
        "groups": list(GROUPS),
        "iri": [iri.removeprefix(BASE) for iri, *_ in found.things],
        "label": [name.of(reader.lang) for _, name, *_ in found.things],
        "group": [list(GROUPS).index(group) for _, _, group, *_ in found.things],
        "x": [each[3] for each in found.things],
        "y": [each[4] for each in found.things],
        "size": [each[5] for each in found.things],
        "documents": [each[6] for each in found.things],
        "lines": {
            key: [number for line in found.lines[key] for number in line] for key, _, _ in _LINKS
        },
        "circles": [
            {"name": name.of(reader.lang), "group": group, "x": x, "y": y, "r": r}
            for name, group, x, y, r in found.around
        ],
    }


def _things(store: Store) -> dict[str, str]:
    """Return the group of each thing that has a mark."""
    classes = (
        kind for group in GROUPS if group not in _LEFT_OUT for kind in classes_in_group(group)
    )
    query = _THINGS.format(classes=" ".join(classes))
    found = sorted(
        row[0].value
        for text in (query, _FIELDS)
        for row in store.select(text).rows
        if isinstance(row[0], ox.NamedNode)
    )
    groups = entity_groups(store, found)
    ics = {row[0].value for row in store.select(_FIELDS).rows if row[0] is not None}
    return {each: group for each, group in groups.items() if group not in _LEFT_OUT or each in ics}


def _documents(store: Store, groups: Mapping[str, str]) -> Counter[str]:
    found: Counter[str] = Counter()
    for name in _COUNTED:
        for thing, count in store.select(_DOCUMENTS.format(property=name)).rows:
            if thing is not None and count is not None and thing.value in groups:
                found[thing.value] += int(count.value)
    return found


def _document_count(store: Store) -> int:
    either = " UNION ".join(f"{{ ?document {name} [] }}" for name in _COUNTED)
    (count,) = store.select(f"SELECT (COUNT(DISTINCT ?document) AS ?n) WHERE {{ {either} }}").rows[
        0
    ]
    return int(count.value) if count is not None else 0


def _parents(store: Store, groups: Mapping[str, str]) -> dict[str, str]:
    parents: dict[str, str] = {}
    for name in _INSIDE:
        pairs = _pairs(store, _WHOLES.format(property=name))
        for part, whole in sorted(pairs):
            if part in groups and whole in groups and part not in parents:
                line = [whole]
                while line[-1] in parents:
                    line.append(parents[line[-1]])
                if part not in line:
                    parents[part] = whole
    return parents


def _tree(
    groups: Mapping[str, str], parents: Mapping[str, str]
) -> tuple[list[str], dict[str, list[str]]]:
    parts: dict[str, list[str]] = {}
    for part, whole in parents.items():
        parts.setdefault(whole, []).append(part)
    roots: dict[str, None] = {}
    for each in groups:
        if each not in parents:
            if groups[each] != "topic" and len(parts.get(each, ())) >= _OWN:
                roots[each] = None
            else:
                roots[groups[each]] = None
                parts.setdefault(groups[each], []).append(each)
    return list(roots), parts


_OWN: Final = 20
"""Parts from which on a thing without a whole has a circle of its own."""


def _circle(
    key: str,
    parts: Mapping[str, Iterable[str]],
    groups: Mapping[str, str],
    names: Mapping[str, Text],
    documents: Counter[str],
) -> Circle:
    inside, waiting = [], [key]
    while waiting:
        each = waiting.pop()
        inside += [each] if each in groups else []
        waiting.extend(parts.get(each, ()))
    ranked = sorted(inside, key=lambda each: (-documents[each], each))[:_LARGEST]
    return Circle(
        key,
        groups.get(key, key),
        names[key] if key in groups else GROUPS[key],
        len(inside),
        documents[key],
        tuple((each, names[each], documents[each]) for each in ranked),
    )


def _lines(
    store: Store, order: Mapping[str, int]
) -> Iterable[tuple[str, tuple[tuple[int, int], ...]]]:
    for key, _, query in _LINKS:
        pairs = {
            (min(ends), max(ends))
            for source, target in _pairs(store, query)
            if source in order and target in order and (ends := (order[source], order[target]))
        }
        yield key, tuple(sorted(pairs))


def _pairs(store: Store, query: str) -> list[tuple[str, str]]:
    return [
        (source.value, target.value)
        for source, target in store.select(query).rows
        if isinstance(source, ox.NamedNode) and isinstance(target, ox.NamedNode)
    ]
