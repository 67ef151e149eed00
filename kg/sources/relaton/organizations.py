"""Convert the organizations of Relaton (relaton-data-sdo)."""

from __future__ import annotations

from typing import Final

from kg.identifiers import iris
from kg.sources.documents.values import clean_text, language_tag
from kg.sources.rdf_terms import naming_lines, term
from kg.sources.record_batch import Batch, Options, RecordError
from kg.sources.relaton.reading.shapes import ShapeReader
from kg.sources.relaton.reading.yaml_reader import YamlMapping
from kg.store import ntriples

_KNOWN: Final = ("abbreviation", "name")
_NAME_FIELDS: Final = ("content", "language")
_DEFAULT_LANGUAGE: Final = "en"
"""The language of names that don't give theirs."""

_LABELS: Final = {"JIS": "JISC"}
"""Labels of organizations listed under the name of their standards."""


def describe_organization(
    mapping: YamlMapping, path: str, options: Options, batch: Batch
) -> list[str]:
    """Return the statements about an organization; ``batch`` receives unknown fields.

    Raises RecordError for a record without an abbreviation.
    """
    reader = ShapeReader(batch.unknown)
    abbreviation = reader.wrapped(mapping.get("abbreviation"), "abbreviation").strip()
    if not abbreviation:
        raise RecordError("no identifier", "no abbreviation: give one")
    iri = iris.body(abbreviation)
    this = ntriples.encode_iri(iri)
    source = ntriples.encode_iri(iris.record(options.slug, path))
    lines = [
        *naming_lines(iri, _LABELS.get(abbreviation, abbreviation)),
        ntriples.encode_triple(this, term("rdf:type"), term("std:StandardsBody")),
        ntriples.encode_triple(this, term("prov:wasDerivedFrom"), source),
    ]
    batch.unknown.update(key for key in mapping if key not in _KNOWN)
    for name in reader.mappings(mapping, "name", text="content"):
        batch.unknown.update(f"name.{key}" for key in name if key not in _NAME_FIELDS)
        code = reader.text(name.get("language"), "name.language").strip()
        language = language_tag(code or _DEFAULT_LANGUAGE)
        text = clean_text(reader.text(name.get("content"), "name.content").strip(), set())
        if language and text:
            title = ntriples.encode_literal(text, language)
            lines.append(ntriples.encode_triple(this, term("dcterms:title"), title))
    return lines
