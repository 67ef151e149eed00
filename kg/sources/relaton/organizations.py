"""Relaton's organizations (relaton-data-sdo) -> what their records say, as statements."""

from __future__ import annotations

from typing import Final

from kg.identifiers import iris
from kg.sources.rdf_terms import introduction, term
from kg.sources.record_batch import Batch, Options
from kg.sources.relaton import languages, texts
from kg.sources.relaton.reading.yaml_reader import Mapping, NoText, RecordError
from kg.store import ntriples

_KNOWN: Final = ("abbreviation", "name")
_NAME: Final = ("content", "language")
_OTHER: Final = "en"
"""The language of a name that says none."""

_LABELS: Final = {"JIS": "JISC"}
"""Listed by the name of its standards."""


def describe(found: Mapping, path: str, options: Options, account: Batch) -> list[str]:
    """What a record says of an organization. RecordError for one without an abbreviation."""
    abbreviation = found.get("abbreviation")
    if not abbreviation:
        raise RecordError("no identifier", "no abbreviation: give one")
    label = _LABELS.get(_text(abbreviation), _text(abbreviation))
    iri = iris.body(_text(abbreviation))
    this = ntriples.encode_iri(iri)
    source = ntriples.encode_iri(iris.record(options.slug, path))
    lines = [
        *introduction(iri, label),
        ntriples.encode_triple(this, term("rdf:type"), term("std:StandardsBody")),
        ntriples.encode_triple(this, term("prov:wasDerivedFrom"), source),
    ]
    account.unknown.update(key for key in found if key not in _KNOWN)
    names = found.get("name") or []
    for name in names if isinstance(names, list) else [names]:
        if not isinstance(name, dict):
            raise RecordError("unreadable value", "name: a text where fields are expected")
        account.unknown.update(f"name.{key}" for key in name if key not in _NAME)
        tag = languages.tag(_text(name.get("language")) or _OTHER)
        text = texts.clean(_text(name.get("content")), set())
        if tag and text:
            title = ntriples.encode_literal(text, tag)
            lines.append(ntriples.encode_triple(this, term("dcterms:title"), title))
    return lines


def _text(value: object) -> str:
    if isinstance(value, str):
        return value.strip()
    if value is None:
        return ""
    if isinstance(value, bool | int | float):
        raise NoText
    raise RecordError("unreadable value", f"a {type(value).__name__} where a text is expected")
