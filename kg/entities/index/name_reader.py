"""What an index of names takes from a graph: the names of things, their kinds and stages.

Where the text is at hand that a part of the graph was loaded from, its lines are read: a quad that
the store gives back takes 11 µs, its line 1.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import pyoxigraph as ox

from kg.common.namespaces import PREFIXES
from kg.entities.index.kind_sets import KindSets
from kg.entities.index.schema import PROPERTIES, STAGES
from kg.store import Graph, Store, TextOf
from kg.store.ntriples import read_properties

NameRow = tuple[int, int, str, str]
"""A thing by its number, the place of the property, the language or nothing, the text."""

_TYPE: Final = PREFIXES["rdf"] + "type"
_SCHEME: Final = PREFIXES["skos"] + "inScheme"
_STAGE: Final = PREFIXES["std"] + "stage"
_LABEL: Final = PREFIXES["skos"] + "prefLabel"
_IDENTIFIER: Final = PREFIXES["dcterms"] + "identifier"
_NAMES: Final = {iri: place for place, iri in enumerate(PROPERTIES)}
_WANTED: Final = (*PROPERTIES, _TYPE, _SCHEME, _STAGE)


class Gathering:
    """The things of a graph, numbered as they come.

    ``kind`` and ``stage`` are those of each by its number, and ``named`` whether it has a name; all
    are whole when :meth:`names` has ended.
    """

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}
        self.named = bytearray()
        self.kinds = KindSets()
        self.kind: list[int] = []
        self.stage: list[str] = []

    def names(self, store: Store, text_of: TextOf | None = None) -> Iterator[NameRow]:
        """All names of a store; one that is said several times may come as often.

        An identifier that is the thing's label may be left out.
        """
        if text_of is None:
            yield from self._of_store(store, None)
            return
        for graph in store.graphs():
            blocks = text_of(graph)
            if blocks is None:
                yield from self._of_store(store, graph)
            else:
                yield from self._of_text(store, graph, blocks)

    def _of_store(self, store: Store, graph: Graph | None) -> Iterator[NameRow]:
        for iri in _WANTED:
            for quad in store.quads(graph, ox.NamedNode(iri)):
                yield from self._of_quad(quad)

    def _of_quad(self, quad: ox.Quad) -> Iterator[NameRow]:
        if not isinstance(quad.subject, ox.NamedNode):
            return
        subject, property_, value = quad.subject.value, quad.predicate.value, quad.object
        if property_ not in _NAMES:
            if isinstance(value, ox.NamedNode):
                self._describe(subject, property_, value.value)
        elif isinstance(value, ox.Literal):
            yield self._name(subject, property_, value.language or "", value.value)

    def _of_text(self, store: Store, graph: Graph, blocks: Iterable[bytes]) -> Iterator[NameRow]:
        odd: set[tuple[str, str]] = set()
        label = ("", "")
        for subject, property_, value in read_properties(blocks, _WANTED):
            if subject[0] != "<":
                continue
            if "\\" in value or '"^^<' in value:
                # The engine knows what is escaped, and which values the store writes anew.
                odd.add((subject, property_))
            elif property_ not in _NAMES:
                if value[0] == "<":
                    self._describe(subject[1:-1], property_, value[1 : value.rindex(">")])
            elif value[0] == '"':
                # A third of all names are identifiers that the label before them gives.
                if property_ == _LABEL:
                    label = subject, value
                elif property_ == _IDENTIFIER and (subject, value) == label:
                    continue
                text, _, after = value[1:].rpartition('"')
                language = after[1 : after.index(" ")].lower() if after[0] == "@" else ""
                yield self._name(subject[1:-1], property_, language, text)
        for subject, property_ in odd:
            for quad in store.quads(graph, ox.NamedNode(property_), ox.NamedNode(subject[1:-1])):
                yield from self._of_quad(quad)

    def _number(self, iri: str) -> int:
        number = self.numbers.setdefault(iri, len(self.kind))
        if number == len(self.kind):
            self.kind.append(0)
            self.stage.append("")
            self.named.append(False)
        return number

    def _name(self, iri: str, property_: str, language: str, text: str) -> NameRow:
        number = self._number(iri)
        self.named[number] = True
        return number, _NAMES[property_], language, text

    def _describe(self, iri: str, property_: str, value: str) -> None:
        at = self._number(iri)
        if property_ != _STAGE:
            self.kind[at] = self.kinds.add(self.kind[at], property_ == _SCHEME, value)
        elif STAGES.get(value, 0) >= STAGES.get(self.stage[at], 0):
            self.stage[at] = value
