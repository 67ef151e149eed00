"""What is cited of a document, as its sources state it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from kg.common.dates import PartialDate
from kg.common.errors import ArgumentError
from kg.common.namespaces import iri
from kg.entities.labels import labels
from kg.entities.lookup import abbreviations, property_values
from kg.entities.resolution import DOCUMENTS
from kg.store import Store

_TITLE: Final = iri("dcterms:title")
_PUBLISHER: Final = iri("std:publisher")
_DATES: Final = (iri("std:publishedOn"), iri("std:issuedOn"))
_EDITION: Final = iri("std:edition")
_ADDRESS: Final = iri("schema:url")
_LANGUAGE: Final = iri("std:language")
_TYPE: Final = iri("rdf:type")
_PROPERTIES: Final = (_TYPE, _TITLE, _PUBLISHER, *_DATES, _EDITION, _ADDRESS, _LANGUAGE)


@dataclass(frozen=True)
class CitedDocument:
    """A document: its IRI and designation, and what its sources state, empty where they don't.

    ``titles`` are by language (BCP 47); ``title`` is the one to cite, and ``language`` its
    language. ``publishers`` are abbreviations or names. ``address`` is that of its web page.
    """

    iri: str
    number: str
    title: str = ""
    language: str = ""
    publishers: tuple[str, ...] = ()
    published: PartialDate | None = None
    edition: str = ""
    address: str = ""

    @property
    def key(self) -> str:
        """A key for bibliographies, made of the designation: ``iso9001-2015``."""
        parts = "".join(c if c.isalnum() and c.isascii() else " " for c in self.number).split()
        return "-".join(parts).lower() or "document"


def cited_documents(store: Store, documents: Iterable[str], lang: str) -> list[CitedDocument]:
    """Return what is cited of documents (IRIs), in their order; titles preferably in ``lang``.

    Raises ArgumentError for what is no document.
    """
    wanted = list(documents)
    values: dict[str, dict[str, list[ox.NamedNode | ox.Literal]]] = {}
    for document, property_, value, _ in property_values(store, wanted, _PROPERTIES):
        if isinstance(value, ox.NamedNode | ox.Literal):
            values.setdefault(document, {}).setdefault(property_, []).append(value)
    bodies = {body.value for each in values.values() for body in each.get(_PUBLISHER, ())}
    nodes = [ox.NamedNode(name) for name in {*wanted, *bodies}]
    names = {node.value: label for node, label in labels(store, nodes, "en").items()}
    names |= abbreviations(store, bodies)
    for document in wanted:
        kinds = {kind.value for kind in values.get(document, {}).get(_TYPE, ())}
        if kinds.isdisjoint(DOCUMENTS):
            raise ArgumentError(f"{names[document]} is no document: name documents to cite")
    return [_cited(document, values.get(document, {}), names, lang) for document in wanted]


def _cited(
    document: str,
    values: dict[str, list[ox.NamedNode | ox.Literal]],
    names: dict[str, str],
    lang: str,
) -> CitedDocument:
    titles = {
        value.language or "": value.value
        for value in values.get(_TITLE, ())
        if isinstance(value, ox.Literal)
    }
    language = next((tag for tag in (lang, "en", *sorted(titles)) if tag in titles), "")
    dates = [
        date
        for name in _DATES
        for value in values.get(name, ())
        if (date := PartialDate.parse_lexical(value.value))
    ]
    return CitedDocument(
        document,
        names[document],
        titles.get(language, ""),
        language,
        tuple(sorted({names[body.value] for body in values.get(_PUBLISHER, ())})),
        dates[0] if dates else None,
        _first(values, _EDITION),
        _first(values, _ADDRESS),
    )


def _first(values: dict[str, list[ox.NamedNode | ox.Literal]], property_: str) -> str:
    return min((value.value for value in values.get(property_, ())), default="")
