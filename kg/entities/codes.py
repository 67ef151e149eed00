"""Entities by their codes: concepts of code lists, classes of the ICS, and countries."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import pyoxigraph as ox

from kg.common.namespaces import BASE, STD, iri
from kg.store import Store

_ICS: Final = re.compile(r"(ICS[\s:]*)?([0-9]{2}(?:\.[0-9]{3}(?:\.[0-9]{2})?)?)", re.IGNORECASE)
_COUNTRY: Final = re.compile(r"[A-Za-z]{2,3}")
_SEPARATOR: Final = re.compile(r"[\s_]+")
_NAME: Final = re.compile("[A-Za-z]+")
_CLASS: Final = iri("owl:Class")
_CODE: Final = re.compile("[a-z0-9-]+")
_SCHEMES: Final = BASE + "scheme/"
_CODES: Final = "SELECT DISTINCT ?code ?scheme WHERE { ?code skos:inScheme ?scheme }"


def iris_of_code(text: str, class_: ox.NamedNode | None) -> Iterator[ox.NamedNode]:
    """Yield the IRIs that a text means as a code; they need not occur in the graph.

    Codes are the last part of a concept's IRI in the code list ``class_`` (``asked for support``),
    the words of a class of the ontology (``award rounds``; with ``owl:Class`` as ``class_``),
    the notation of a class of the ICS (``35.030``; without a class as ``ICS 35.030``), and the
    alpha-2 and alpha-3 codes of ISO 3166-1 (``CN``, ``CHN``; without a class in capitals).

    >>> [node.value for node in iris_of_code("ICS 35.030", None)]
    ['https://w3id.org/stdkg/ics/35.030']
    >>> [node.value for node in iris_of_code("chn", ox.NamedNode(iri("std:Place")))]
    ['https://w3id.org/stdkg/place/cn']
    """
    if class_ is not None and class_.value.startswith(_SCHEMES):
        code = _SEPARATOR.sub("-", text).casefold()
        if _CODE.fullmatch(code):
            yield ox.NamedNode(f"{class_.value}/{code}")
            yield ox.NamedNode(f"{class_.value}/{singular(code, class_)}")
    if class_ is not None and class_.value == _CLASS:
        name = "".join(map(_capitalize, _SEPARATOR.split(text)))
        if _NAME.fullmatch(name):
            yield ox.NamedNode(STD + name)
            yield ox.NamedNode(STD + singular(name, class_))
    letters = text.replace(".", "")
    notation, country = _ICS.fullmatch(text), _COUNTRY.fullmatch(letters)
    if not notation and not country:
        return
    # Loads all grammars of designations.
    from kg.identifiers import iris

    is_field = class_ is not None and class_.value in (iris.ICS, iri("skos:Concept"))
    if notation and (is_field or (class_ is None and notation[1])):
        yield ox.NamedNode(iris.ics(notation[2]))
    if country and (class_ is not None or letters.isupper()):
        yield ox.NamedNode(iris.country(_alpha2(letters.upper()).lower()))


def _capitalize(word: str) -> str:
    return word[:1].upper() + word[1:]


def _alpha2(code: str) -> str:
    """Return the alpha-2 code for an alpha-3 code, or the code itself."""
    # Babel takes a moment to import.
    from babel.core import get_global

    meant = get_global("territory_aliases").get(code, [code])
    return str(meant[0]) if len(meant) == 1 else code


def singular(text: str, class_: ox.NamedNode | None) -> str:
    """Return the English singular of a code or class that is typed in the plural, else nothing."""
    counted = class_ is not None and (class_.value == _CLASS or class_.value.startswith(_SCHEMES))
    return text[:-1] if counted and text.endswith("s") else ""


def codes_of_list(store: Store, scheme: ox.NamedNode) -> list[str]:
    """Return the codes of a code list, sorted; empty for any other IRI."""
    if not scheme.value.startswith(_SCHEMES):
        return []
    rows = store.select(_CODES, {"scheme": scheme}).rows
    return sorted(code.value.rpartition("/")[2] for code, _ in rows if code is not None)
