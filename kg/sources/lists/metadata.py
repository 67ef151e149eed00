"""Descriptions of tables by CSVW, the W3C's Metadata Vocabulary for Tabular Data.

See https://www.w3.org/TR/tabular-metadata/ and, for where a description is found,
https://www.w3.org/TR/tabular-data-model/, section 5.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any, Final

from kg.common.errors import SourceError
from kg.common.files import decode_utf8
from kg.common.namespaces import expand
from kg.sources.lists.columns import Layout, ListColumn
from kg.sources.lists.headings import ROLES, role_of
from kg.sources.lists.tables import SUFFIXES
from kg.sources.source import Form, Source

_SUFFIX: Final = "-metadata.json"
_COMMON: Final = "csv-metadata.json"
_PROPERTIES: Final = {
    "number": ("dcterms:identifier", "schema:identifier", "skos:notation"),
    "title": ("dcterms:title", "schema:name", "rdfs:label"),
    "status": ("std:stage", "std:stageCode", "std:documentStatus", "schema:creativeWorkStatus"),
    "published": ("std:publishedOn", "dcterms:issued", "schema:datePublished"),
    "effective": ("std:effectiveOn", "dcterms:available"),
    "withdrawn": ("std:withdrawnOn", "schema:expires"),
    "confirmed": ("std:confirmedOn",),
    "replaces": ("std:replaces", "dcterms:replaces"),
    "replaced-by": ("dcterms:isReplacedBy",),
    "adopts": ("std:adoptionOf", "std:adopted"),
    "degree": ("std:degree",),
    "body": ("std:publisher", "dcterms:publisher", "schema:publisher"),
    "authority": ("std:competentAuthority",),
    "committee": ("std:committee",),
    "ics": ("std:topic",),
    "ccs": ("dcterms:subject",),
    "drafters": ("std:drafted", "dcterms:creator"),
    "kind": ("std:mandate", "std:scope"),
    "language": ("std:language", "dcterms:language", "schema:inLanguage"),
    "pages": ("schema:numberOfPages",),
    "url": ("schema:url",),
    "edition": ("std:edition",),
}
_PREFIXES: Final = {"dc": "http://purl.org/dc/terms/"}


def read_layout(source: Source, columns: Iterable[tuple[str, str]] = ()) -> Layout:
    """Return what is known of the lists of a source besides their headings.

    ``columns`` are what the user gives. A description is found beside a list (``LIST.csv`` has
    ``LIST.csv-metadata.json``, or ``csv-metadata.json`` in its folder), or in the same folder or
    archive. Raises SourceError for one that can't be read.
    """
    tables: dict[str, Mapping[str, Any]] = {}
    if source.form is Form.FILE:
        name = source.path.name
        for file in (source.path.with_name(name + _SUFFIX), source.path.with_name(_COMMON)):
            if file.is_file() and name not in tables:
                tables.update(_tables(str(file), file.read_bytes(), "", [name]))
    elif source.form is not Form.MISSING:
        lists = [name for name in source.names if name.lower().endswith(SUFFIXES)]
        described = {name for name in source.names if name.endswith(_SUFFIX)}
        for path, data in source.read(described) if described else ():
            tables.update(_tables(path, data, path, lists))
    return Layout(tuple(columns), tables)


def _tables(
    file: str, data: bytes, path: str, lists: Sequence[str]
) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield the descriptions in a metadata file of the lists that are there, with their paths."""
    try:
        content = json.loads(decode_utf8(data, file))
    except (ValueError, RecursionError) as error:
        raise SourceError(f"{file}: not JSON: {error}: correct it") from error
    if not isinstance(content, dict):
        raise SourceError(f"{file}: not a JSON object: see https://www.w3.org/TR/tabular-metadata/")
    own = PurePosixPath(file).name.removesuffix(_SUFFIX)
    tables = content.get("tables") or [content]
    if not isinstance(tables, list):
        raise SourceError(f"{file}: 'tables' is no list: see the Tabular Data vocabulary")
    for table in tables:
        if not isinstance(table, dict):
            raise SourceError(f"{file}: a table is no JSON object")
        url = str(table.get("url") or own)
        place = str(PurePosixPath(path).parent / url) if path else url
        if place in lists:
            yield place, {"dialect": content.get("dialect"), **table, "file": file}


def described_columns(
    path: str, description: Mapping[str, Any], headings: Sequence[str]
) -> list[ListColumn]:
    """Return the columns of a table as its description has them.

    The role of a column is that of its ``propertyUrl``, or else its ``name``, or else its titles.
    A column with ``suppressOutput`` is left out. Raises SourceError for a description without
    columns, and for one whose titles are not the headings of the table.
    """
    file = description.get("file", path)
    schema = description.get("tableSchema")
    listed = schema.get("columns") if isinstance(schema, dict) else None
    if not isinstance(listed, list) or not all(isinstance(each, dict) for each in listed):
        raise SourceError(f"{file}: no tableSchema with columns: describe the columns")
    found = []
    physical = [each for each in listed if not each.get("virtual")]
    for index, each in enumerate(physical):
        titles = list(_titles(each.get("titles")))
        heading = (
            headings[index] if index < len(headings) else (titles or [each.get("name", "")])[0]
        )
        if titles and headings and heading not in titles:
            raise SourceError(
                f"{file}: column {index + 1} of {path} is headed {heading!r}, and described as"
                f" {titles[0]!r}: give the columns in their order"
            )
        datatype = each.get("datatype")
        found.append(
            ListColumn(
                index,
                heading,
                "ignore" if each.get("suppressOutput") else _role(each, titles),
                str(each.get("lang") or ""),
                str(datatype.get("format") or "") if isinstance(datatype, dict) else "",
                str(each.get("separator") or ""),
            )
        )
    extra = range(len(physical), len(headings))
    return found + [ListColumn(index, headings[index], "") for index in extra]


def _titles(value: Any) -> Iterator[str]:
    """Yield titles: a text, a list of texts, or either of them by language."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for each in value:
            yield from _titles(each)
    elif isinstance(value, dict):
        for each in value.values():
            yield from _titles(each)


def _role(column: Mapping[str, Any], titles: Sequence[str]) -> str:
    url = str(column.get("propertyUrl") or "")
    prefix, _, local = url.partition(":")
    iri = expand(f"{_PREFIXES[prefix]}{local}" if prefix in _PREFIXES else url)
    for role, properties in _PROPERTIES.items():
        if iri is not None and iri in map(expand, properties):
            return role
    name = str(column.get("name") or "").replace("_", "-").casefold()
    if name in ROLES:
        return name
    return next((role for role in map(role_of, (*titles, name)) if role), "")
