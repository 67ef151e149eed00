"""Properties of entities: those of the ontology, and some that are computed."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final
from weakref import WeakKeyDictionary

import pyoxigraph as ox

from kg.common.bilingual import Text
from kg.common.errors import ResolutionError
from kg.common.folding import fold
from kg.common.namespaces import STD, compact, expand, iri
from kg.entities.lookup import bilingual_labels
from kg.store import Store
from kg.web.reconciliation.model import NamedThing

IDENTIFIER: Final = "id"
NAME: Final = "name"
YEAR: Final = "year"
STATUS: Final = "status"
REPLACED_BY: Final = "replaced-by"
LATER_EDITION: Final = "later-edition"
EVIDENCE: Final = "evidence"

COMPUTED: Final[Mapping[str, Text]] = {
    IDENTIFIER: Text("IRI", "IRI"),
    NAME: Text("name", "名称"),
    YEAR: Text("year", "年份"),
    STATUS: Text("status and successor", "现行状态"),
    REPLACED_BY: Text("replaced by", "代替文件"),
    LATER_EDITION: Text("later edition", "较新版本"),
    EVIDENCE: Text("evidence", "证据"),
}
"""Names of the properties that the graph doesn't state, or states in several ways."""
OF_DOCUMENTS: Final = (YEAR, STATUS, REPLACED_BY, LATER_EDITION)
"""Computed properties that only documents have."""

NAMES_OF: Final[Mapping[str, Text]] = {
    "skos:prefLabel": Text("label", "首选名称"),
    "skos:altLabel": Text("other name", "其他名称"),
    "dcterms:description": Text("description", "说明"),
    "prov:wasDerivedFrom": Text("catalogue record", "目录记录"),
    "dcterms:title": Text("title", "题名"),
}
"""Names of properties of other vocabularies, as users know them."""
_OTHERS: Final = (*NAMES_OF, "dcterms:identifier", "schema:url", "dcterms:publisher")

_DECLARED: Final = """
SELECT DISTINCT ?property ?definition WHERE {
    { ?property a owl:ObjectProperty } UNION { ?property a owl:DatatypeProperty }
    OPTIONAL { ?property skos:definition ?definition }
    FILTER(STRSTARTS(STR(?property), STR(std:)))
}"""
_OF_TYPE: Final = """
SELECT ?property (COUNT(DISTINCT ?entity) AS ?count) WHERE {{
    {{
        SELECT DISTINCT ?entity WHERE {{ VALUES ?kind {{ {kinds} }} ?entity a ?kind }}
        LIMIT {sample}
    }} UNION {{
        SELECT DISTINCT ?entity WHERE {{ VALUES ?kind {{ {kinds} }} ?entity skos:inScheme ?kind }}
        LIMIT {sample}
    }}
    ?entity ?property ?value
}}
GROUP BY ?property ORDER BY DESC(?count) ?property"""
_SAMPLE: Final = 1000
_SUGGESTIONS: Final = 3


@dataclass(frozen=True)
class Property:
    """A property: its identifier, its name and its definition.

    The identifier is one of :data:`COMPUTED`, or a compact IRI.
    """

    id: str
    name: Text
    definition: Text

    @property
    def node(self) -> ox.NamedNode | None:
        """The property in the graph; None for a computed one."""
        return None if self.id in COMPUTED else ox.NamedNode(iri(self.id))

    def named(self, lang: str) -> NamedThing:
        """Return the property as the API gives it."""
        return NamedThing(self.id, self.name.of(lang), self.definition.of(lang))


_CACHE: Final[WeakKeyDictionary[Store, Properties]] = WeakKeyDictionary()


def properties_of(store: Store) -> Properties:
    """Return the properties of a store, read once."""
    properties = _CACHE.get(store)
    if properties is None:
        properties = _CACHE[store] = Properties(store)
    return properties


class Properties:
    """All properties that entities can have, by identifier."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.by_id = _read(store)
        self._by_name: dict[str, str] = {}
        for property_ in self.by_id.values():
            for name in (property_.name.en, property_.name.zh, property_.id.partition(":")[2]):
                self._by_name.setdefault(fold(name), property_.id)

    def find(self, text: str) -> Property:
        """Return the property of an identifier, an IRI, or a name in either language.

        ResolutionError suggests the nearest ones.
        """
        node = expand(text.strip())
        known = text.strip() if node is None else compact(node.value)
        found = self.by_id.get(known) or self.by_id.get(self._by_name.get(fold(text), ""))
        if found is not None:
            return found
        names = {**{id_: id_ for id_ in self.by_id}, **self._by_name}
        near = difflib.get_close_matches(text.strip(), names, n=_SUGGESTIONS)
        nearest = ", ".join(dict.fromkeys(names[name] for name in near))
        hint = f"nearest: {nearest}" if nearest else "/reconcile/suggest/property lists them"
        raise ResolutionError(f"no property is called {text!r}: {hint}")

    def suggest(self, prefix: str) -> list[Property]:
        """Return the properties whose identifier or name begins with a text, or contains it."""
        wanted = fold(prefix)
        ranked = []
        for place, property_ in enumerate(self.by_id.values()):
            local = property_.id.partition(":")[2]
            names = [fold(n) for n in (property_.id, local, property_.name.en, property_.name.zh)]
            best = min((_rank(wanted, name) for name in names if name), default=None)
            if best is not None and best < _NO_MATCH:
                ranked.append((best, place, property_))
        return [property_ for *_, property_ in sorted(ranked, key=lambda each: each[:2])]

    def of_kinds(self, kinds: Iterable[str], *, documents: bool) -> list[Property]:
        """Return the properties that entities of some kinds (IRIs) have, most frequent first.

        Counted in a sample. ``documents`` have the computed properties of documents too.
        """
        nodes = " ".join(str(ox.NamedNode(kind)) for kind in kinds)
        query = _OF_TYPE.format(kinds=nodes, sample=_SAMPLE)
        used = [compact(row[0].value) for row in self._store.select(query).rows if row[0]]
        computed = (*(OF_DOCUMENTS if documents else ()), EVIDENCE)
        wanted = (*used[:_COMMON], *computed, *used[_COMMON:])
        return [self.by_id[id_] for id_ in wanted if id_ in self.by_id]


_COMMON: Final = 6
"""Properties of the graph that come before the computed ones in proposals."""
_NO_MATCH: Final = 3


def _rank(wanted: str, name: str) -> int:
    """Return how well a folded text matches a name: lower is better."""
    if name == wanted:
        return 0
    if name.startswith(wanted):
        return 1
    return 2 if wanted in name else _NO_MATCH


def _read(store: Store) -> dict[str, Property]:
    definitions: dict[str, dict[str, str]] = {iri(name): {} for name in _OTHERS}
    for property_, definition in store.select(_DECLARED).rows:
        if isinstance(property_, ox.NamedNode):
            own = definitions.setdefault(property_.value, {})
            if isinstance(definition, ox.Literal):
                own[definition.language or ""] = definition.value
    labels = bilingual_labels(store, definitions)
    found = {id_: Property(id_, name, Text("", "")) for id_, name in COMPUTED.items()}
    # The project's own properties come first, where another vocabulary has one of that name.
    for node in sorted(definitions, key=lambda each: (not each.startswith(STD), each)):
        id_ = compact(node)
        texts = definitions[node]
        meaning = Text(texts.get("en", ""), texts.get("zh", ""))
        found[id_] = Property(id_, NAMES_OF.get(id_, labels[node]), meaning)
    return found
