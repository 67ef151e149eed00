"""Nodes that are sentences themselves: figures, rankings, assessments and participations.

A template (``std:nodePhrasing``) names properties of the node in braces. What it has in brackets is
left out if a value in it is missing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from kg.common.bilingual import Text
from kg.common.namespaces import RDF_TYPE, STD, compact, iri
from kg.entities.lookup import bilingual_labels, property_values
from kg.store import Store, Term

_TEMPLATES: Final = "SELECT ?of ?template WHERE { ?of std:nodePhrasing ?template }"
_NODES: Final = """
SELECT DISTINCT ?node ?of WHERE {
    {
        ?of std:nodePhrasing ?any . ?of a owl:Class .
        FILTER NOT EXISTS { ?of rdfs:subClassOf* std:Participation }
        ?node a ?of
    }
    UNION { ?of std:nodePhrasing ?any . ?node std:basis ?of }
}"""
# The details of participations are few; participations as such are many, and have plain edges.
_DETAILED: Final = """
SELECT DISTINCT ?node WHERE {
    { ?node std:soughtBy|std:venue ?target } UNION { ?ranking std:rankedItem ?node }
}"""
_IN: Final = iri("std:in")
_ROLE: Final = iri("std:role")
_ROLE_PROPERTY: Final = iri("std:roleProperty")
_PARTICIPATION: Final = iri("std:Participation")
_PLACEHOLDER: Final = re.compile(r"\{([\w.]+)\}")
_OPTIONAL: Final = re.compile(r"\[([^\[\]]*)\]")
_ALSO: Final = {"rank", "timePart"}
"""Properties that are read besides those that the templates name."""
_AND: Final = Text(" and ", "、")
_COMMA: Final = Text(", ", "、")
_PART: Final = Text("{part} of {date}", "{date}{part}")
_ORDINALS: Final = {"1": Text("first", "首"), "2": Text("second", "第2"), "3": Text("third", "第3")}
_ORDINAL: Final = Text("{}th", "第{}")
_TEENS: Final = range(11, 14)
_ENDINGS: Final = {1: "{}st", 2: "{}nd", 3: "{}rd"}

_Values = Mapping[str, Text]


@dataclass(frozen=True)
class NodePhrases:
    """Templates by class or basis (IRI) and language, and the values of each node by property.

    ``template_of`` maps a node to the class or basis that phrases it; ``relation_of`` maps a
    participation to its relation (compact IRI).
    """

    templates: Mapping[tuple[str, str], str]
    template_of: Mapping[str, str]
    values_of: Mapping[str, _Values]
    relation_of: Mapping[str, str]

    @classmethod
    def read(cls, store: Store) -> NodePhrases:
        """Read the templates of a store, and the nodes that have one."""
        templates = {}
        for of, template in store.select(_TEMPLATES).rows:
            if of is not None and template is not None:
                templates[of.value, getattr(template, "language", "")] = template.value
        template_of: dict[str, str] = {}
        classes = {of for of, _ in templates}
        for each, kind in _pairs(store):
            # A secretariat is a participation too: the special class counts.
            known = template_of.get(each, _PARTICIPATION)
            if kind in classes:
                template_of[each] = kind if known == _PARTICIPATION else known
        named = {name.split(".")[0] for t in templates.values() for name in _PLACEHOLDER.findall(t)}
        values = _read_values(store, template_of, sorted(named | _ALSO))
        roles = {
            node: value.value for node, _, value, _ in property_values(store, template_of, [_ROLE])
        }
        relations = {
            role: compact(value.value)
            for role, _, value, _ in property_values(store, roles.values(), [_ROLE_PROPERTY])
        }
        relation_of = {node: relations[role] for node, role in roles.items() if role in relations}
        phrases = cls(templates, template_of, {**values}, relation_of)
        return phrases._with_nested(store)

    def sentence(self, node: str, lang: str) -> str:
        """Return the sentence of a figure, ranking or assessment; empty for anything else."""
        return "" if node in self.relation_of else self.phrase(node, lang)

    def phrase(self, node: str, lang: str) -> str:
        """Return what a node says, in words; empty for a node without a phrasing or its values."""
        template = self.templates.get((self.template_of.get(node, ""), lang), "")
        return _fill_optional(template, self.values(node, lang)) if template else ""

    def values(self, node: str, lang: str) -> dict[str, str]:
        """Return the values of a node by the local names of its properties, as texts."""
        values = {name: text.of(lang) for name, text in self.values_of.get(node, {}).items()}
        # "5 local standards developed: 5 standards" would say it twice.
        if values.get("unit") and values["unit"] in values.get("indicator", ""):
            del values["unit"]
        if values.get("place") and values["place"] in values.get("observed", ""):
            del values["place"]
        return values

    def participation(self, node: str) -> tuple[str, Text]:
        """Return the relation (compact IRI) of a participation, and the name of what it is in."""
        return self.relation_of[node], self.values_of[node]["in"]

    def with_part(self, node: str, date: str, lang: str) -> str:
        """Return a date with the part of the time that the node names, such as its end."""
        part = self.values(node, lang).get("timePart")
        return _PART.of(lang).format(part=part, date=date) if part else date

    def _with_nested(self, store: Store) -> NodePhrases:
        """Add the values of values, and phrases in place of the labels of such nodes."""
        values = {node: dict(known) for node, known in self.values_of.items()}
        for node, property_, value, _ in property_values(
            store, self.template_of, [STD + name for name in ("rankedItem", "ofWhich", "about")]
        ):
            name = property_.removeprefix(STD)
            if value.value not in self.template_of:
                continue
            for inner in self.values_of.get(value.value, {}):
                values[node][f"{name}.{inner}"] = self.values_of[value.value][inner]
            if self.relation_of.get(value.value):
                values[node][name] = Text(
                    *(self.phrase(value.value, lang) for lang in ("en", "zh"))
                )
        return NodePhrases(self.templates, self.template_of, values, self.relation_of)


def fill(template: str, values: Mapping[str, str]) -> str:
    """Fill the placeholders of a template; others, and braces of values, stay as they are."""
    return _PLACEHOLDER.sub(lambda match: values.get(match[1], match[0]), template)


def _fill_optional(template: str, values: Mapping[str, str]) -> str:
    """Fill a template without the optional parts that lack a value; empty if another one lacks."""

    def part(match: re.Match[str]) -> str:
        missing = any(name not in values for name in _PLACEHOLDER.findall(match[1]))
        return "" if missing else match[1]

    kept = _OPTIONAL.sub(part, template)
    complete = all(name in values for name in _PLACEHOLDER.findall(kept))
    return fill(kept, values) if complete else ""


def _pairs(store: Store) -> Iterator[tuple[str, str]]:
    """Yield nodes (IRIs) with the classes or bases that may phrase them."""
    for node, of in store.select(_NODES).rows:
        if node is not None and of is not None:
            yield node.value, of.value
    # Looked up one by one: the engine would join all participations first.
    detailed = [row[0].value for row in store.select(_DETAILED).rows if row[0] is not None]
    known = list(property_values(store, detailed, [_IN, RDF_TYPE.value]))
    inside = {iri for iri, property_, _, _ in known if property_ == _IN}
    for iri_, property_, value, _ in known:
        if iri_ in inside and property_ != _IN:
            yield iri_, value.value


def _read_values(
    store: Store, nodes: Iterable[str], names: Iterable[str]
) -> dict[str, dict[str, Text]]:
    """Return the values of nodes by the local ``names`` of properties, joined if several."""
    terms: dict[str, dict[str, list[Term]]] = {}
    for node, property_, value, _ in property_values(store, nodes, [STD + name for name in names]):
        known = terms.setdefault(node, {}).setdefault(property_.removeprefix(STD), [])
        if value not in known:
            known.append(value)
    labels = bilingual_labels(
        store,
        {
            value.value
            for by_name in terms.values()
            for values in by_name.values()
            for value in values
            if isinstance(value, ox.NamedNode)
        },
    )
    texts = {
        node: {name: _joined(values, labels) for name, values in by_name.items()}
        for node, by_name in terms.items()
    }
    for by_name in texts.values():
        if "rank" in by_name:
            number = by_name["rank"].en
            by_name["ordinal"] = Text(_ordinal(number, "en"), _ordinal(number, "zh"))
    return texts


def _joined(values: list[Term], labels: Mapping[str, Text]) -> Text:
    return Text(*(_list(sorted(_names(values, labels, lang)), lang) for lang in ("en", "zh")))


def _names(values: list[Term], labels: Mapping[str, Text], lang: str) -> set[str]:
    names = set()
    for value in values:
        if isinstance(value, ox.NamedNode):
            names.add(labels[value.value].of(lang))
        elif isinstance(value, ox.Literal) and value.language in (None, "", lang):
            names.add(value.value)
    return names


def _list(names: list[str], lang: str) -> str:
    *first, last = names or [""]
    return _AND.of(lang).join(filter(None, (_COMMA.of(lang).join(first), last)))


def _ordinal(number: str, lang: str) -> str:
    """Return an ordinal number: ``first``, ``21st``; 首, 第21."""
    if number in _ORDINALS:
        return _ORDINALS[number].of(lang)
    last = int(number) % 100
    ending = _ENDINGS.get(last % 10) if last not in _TEENS and lang == "en" else None
    return (ending or _ORDINAL.of(lang)).format(number)
