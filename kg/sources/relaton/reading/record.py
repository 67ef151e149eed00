"""Normalize the records of Relaton's two schema versions.

The model is described at https://www.relaton.org/model/; records of version 1.2 (``docid``,
``link``, ``docstatus``, ``value``) and of 1.5 (``docidentifier``, ``source``, ``status``, ``at``)
occur side by side, each with several shapes of a field.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Final, NamedTuple

from kg.sources.relaton.reading.groups import editorial_groups, subdivisions
from kg.sources.relaton.reading.shapes import ShapeReader, as_list
from kg.sources.relaton.reading.yaml_reader import YamlMapping


class RecordIdentifier(NamedTuple):
    """An identifier and its type, such as ISO, URN or DOI."""

    text: str
    type: str
    scope: str


class RecordText(NamedTuple):
    """A title or abstract; ``kind`` is main, title-intro and the like, or empty."""

    text: str
    language: str
    script: str
    kind: str


class RecordRelation(NamedTuple):
    """A relation to another document: kind, description, and what the record says of the other."""

    kind: str
    description: str
    target: str
    edition: str
    volume: str
    date: str


@dataclass(frozen=True, slots=True)
class RelatonRecord:
    """The fields of a record, without interpretation; missing values are empty.

    ``committees`` are tuples of levels from the top; ``links`` and ``dates`` are pairs of type and
    value; ``ieee_status`` is IEEE's status and its modification.
    """

    identifiers: tuple[RecordIdentifier, ...]
    type: str
    doctype: str
    titles: tuple[RecordText, ...]
    abstracts: tuple[RecordText, ...]
    links: tuple[tuple[str, str], ...]
    dates: tuple[tuple[str, str], ...]
    publishers: tuple[str, ...]
    committees: tuple[tuple[str, ...], ...]
    edition: str
    volume: str
    languages: tuple[str, ...]
    stage: str
    substage: str
    ieee_status: tuple[str, str]
    ics_codes: tuple[str, ...]
    relations: tuple[RecordRelation, ...]
    doi: str
    fetched: str


class _Contributor(NamedTuple):
    roles: list[str]
    organizations: list[YamlMapping]


_DATE_FIELDS: Final = ("value", "at", "on", "from")
_DOCTYPE_KEYS: Final = ("type", "content")
_EDITION_KEYS: Final = ("content", "value", "number")
_LEADING_WORD: Final = re.compile(r"\w+(?=\s)")
"""The type of an identifier without one (relaton-bib, ``docid_hash_to_bib``)."""


def normalize_record(record: YamlMapping, lost: Counter[str], *, abstracts: bool) -> RelatonRecord:
    """Normalize a record of either version; ``lost`` counts values of an unexpected type.

    Raises NonTextScalarError if a text has been read as a number or boolean.
    """
    reader = ShapeReader(lost)
    ext = reader.only(reader.mappings(record, "ext"), "ext")
    extension = ext[0] if ext else {}
    stage, substage = _status(reader, record)
    contributors = _contributors(reader, record)
    return RelatonRecord(
        identifiers=_identifiers(reader, record),
        type=reader.text(record.get("type"), "type"),
        doctype=reader.wrapped(extension.get("doctype"), "ext.doctype", _DOCTYPE_KEYS)
        or reader.wrapped(record.get("doctype"), "doctype", _DOCTYPE_KEYS),
        titles=_texts(reader, record, "title"),
        abstracts=_texts(reader, record, "abstract") if abstracts else (),
        links=_links(reader, record, "link") or _links(reader, record, "source"),
        dates=tuple(
            [
                (reader.text(date.get("type"), "date.type"), _date(reader, date, "date"))
                for date in reader.mappings(record, "date")
            ]
        ),
        publishers=_publishers(reader, contributors),
        committees=(
            *editorial_groups(reader, record, ""),
            *editorial_groups(reader, extension, "ext."),
            *subdivisions(reader, [org for each in contributors for org in each.organizations]),
        ),
        edition=_edition(reader, record),
        volume=_volume(reader, record),
        languages=tuple(reader.texts(record.get("language"), "language")),
        stage=stage,
        substage=substage,
        ieee_status=(
            reader.text(extension.get("standard_status"), "ext.standard_status"),
            reader.text(extension.get("standard_modified"), "ext.standard_modified"),
        ),
        ics_codes=(*_ics_codes(reader, record, ""), *_ics_codes(reader, extension, "ext.")),
        relations=tuple(
            [
                RecordRelation(
                    reader.text(relation.get("type"), "relation.type"),
                    reader.wrapped(relation.get("description"), "relation.description"),
                    *_target(reader, relation),
                )
                for relation in reader.mappings(record, "relation")
            ]
        ),
        doi=reader.text(extension.get("doi"), "ext.doi"),
        fetched=reader.text(record.get("fetched"), "fetched"),
    )


def _identifiers(reader: ShapeReader, record: YamlMapping) -> tuple[RecordIdentifier, ...]:
    """Return the identifiers, the primary one first; without any, the key of the record."""
    for name in ("docid", "docidentifier"):
        identifiers: list[RecordIdentifier] = []
        primary = None
        for each in reader.mappings(record, name, text="id"):
            identifier = _identifier(reader, each, name)
            if not identifier.text:
                continue
            is_primary = reader.flag(each.get("primary"), f"{name}.primary")
            if primary is None and is_primary and not identifier.scope:
                primary = identifier
            else:
                identifiers.append(identifier)
        if primary:
            identifiers.insert(0, primary)
        if identifiers:
            return tuple(identifiers)
    key = _identifier(reader, {"id": record.get("id")}, "")
    return (key,) if key.text else ()


def _identifier(reader: ShapeReader, fields: YamlMapping, path: str) -> RecordIdentifier:
    text = reader.text(fields.get("id"), f"{path}.id".lstrip("."))
    text = (text or reader.text(fields.get("content"), f"{path}.content")).strip()
    type_ = reader.text(fields.get("type"), f"{path}.type")
    if not type_ and (word := _LEADING_WORD.match(text)):
        type_ = word[0]
    return RecordIdentifier(text, type_, reader.text(fields.get("scope"), f"{path}.scope"))


def _target(reader: ShapeReader, relation: YamlMapping) -> tuple[str, str, str, str]:
    """Return the identifier, the edition, the volume and the date of the other document."""
    path = "relation.bibitem"
    items = reader.only(reader.mappings(relation, "bibitem", "relation", text="formattedref"), path)
    item = items[0] if items else {}
    texts = (
        reader.text(each.get("id"), f"{path}.{name}.id")
        or reader.text(each.get("content"), f"{path}.{name}.content")
        for name in ("docid", "docidentifier")
        for each in reader.mappings(item, name, path, text="id")[:1]
    )
    target = next(filter(None, texts), "") or reader.wrapped(
        item.get("formattedref"), f"{path}.formattedref"
    )
    dates = reader.mappings(item, "date", path)
    date = _date(reader, dates[0], f"{path}.date") if dates else ""
    return target, _edition(reader, item, f"{path}."), _volume(reader, item, path), date


def _texts(reader: ShapeReader, record: YamlMapping, name: str) -> tuple[RecordText, ...]:
    return tuple(
        [
            RecordText(
                reader.text(each.get("content"), f"{name}.content"),
                _first_text(reader, each.get("language"), f"{name}.language"),
                _first_text(reader, each.get("script"), f"{name}.script"),
                reader.text(each.get("type"), f"{name}.type"),
            )
            for each in reader.mappings(record, name, text="content")
        ]
    )


def _links(reader: ShapeReader, record: YamlMapping, name: str) -> tuple[tuple[str, str], ...]:
    return tuple(
        [
            (
                reader.text(link.get("type"), f"{name}.type"),
                reader.text(link.get("content"), f"{name}.content"),
            )
            for link in reader.mappings(record, name, text="content")
        ]
    )


def _contributors(reader: ShapeReader, record: YamlMapping) -> list[_Contributor]:
    """Return the roles and organizations of the contributors; persons are not kept."""
    return [
        _Contributor(
            [
                reader.text(role.get("type"), "contributor.role.type")
                for role in reader.mappings(each, "role", "contributor", text="type")
            ],
            reader.mappings(each, "organization", "contributor"),
        )
        for each in reader.mappings(record, "contributor")
    ]


def _publishers(reader: ShapeReader, contributors: list[_Contributor]) -> tuple[str, ...]:
    """Return the abbreviations of the publishers; their names are not kept."""
    abbreviations = [
        reader.wrapped(each.get("abbreviation"), "contributor.organization.abbreviation")
        for contributor in contributors
        if "publisher" in contributor.roles
        for each in contributor.organizations
    ]
    return tuple(filter(None, abbreviations))


def _edition(reader: ShapeReader, item: YamlMapping, path: str = "") -> str:
    """Return the edition; without one, the draft that is its version."""
    if "edition" not in item and "version" not in item:
        return ""
    editions = [
        reader.wrapped(each, f"{path}edition", _EDITION_KEYS)
        for each in as_list(item.get("edition"))
    ]
    versions = [
        reader.text(each.get("draft"), f"{path}version.draft")
        for each in reader.mappings(item, "version", path.rstrip("."))
    ]
    stated = reader.only(list(filter(None, editions)), f"{path}edition")
    return next(iter(stated or filter(None, versions)), "").strip()


def _volume(reader: ShapeReader, item: YamlMapping, path: str = "") -> str:
    """Return the volume of an edition that appeared in several."""
    if "extent" not in item:
        return ""
    here = f"{path}.extent".lstrip(".")
    localities = [
        locality
        for extent in reader.mappings(item, "extent", path)
        for locality in reader.mappings(extent, "locality", here)
    ]
    return next(
        (
            reader.text(each.get("reference_from"), f"{here}.locality.reference_from")
            for each in localities
            if each.get("type") == "volume"
        ),
        "",
    )


def _status(reader: ShapeReader, record: YamlMapping) -> tuple[str, str]:
    """Return stage and substage."""
    for name in ("docstatus", "status"):
        for status in reader.only(reader.mappings(record, name, text="stage"), name):
            return (
                reader.wrapped(status.get("stage"), f"{name}.stage"),
                reader.wrapped(status.get("substage"), f"{name}.substage"),
            )
    return "", ""


def _ics_codes(reader: ShapeReader, part: YamlMapping, path: str) -> list[str]:
    return [
        reader.text(each.get("code"), f"{path}ics.code")
        for each in reader.mappings(part, "ics", path.rstrip("."), text="code")
    ]


def _date(reader: ShapeReader, fields: YamlMapping, path: str) -> str:
    for name in _DATE_FIELDS:
        value = fields.get(name)
        if value is not None:
            return reader.text(value, f"{path}.{name}")
    return ""


def _first_text(reader: ShapeReader, value: object, path: str) -> str:
    if isinstance(value, list):
        value = value[0] if value else None
    return reader.text(value, path)
