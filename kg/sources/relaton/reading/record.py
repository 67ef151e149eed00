"""Normalize the records of Relaton's two schema versions.

The model is described at https://www.relaton.org/model/; records of version 1.2 (``docid``,
``link``, ``docstatus``, ``value``) and of 1.5 (``docidentifier``, ``source``, ``status``, ``at``)
occur side by side.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from kg.sources.record_batch import RecordError
from kg.sources.relaton.reading.yaml_reader import YamlMapping, scalar_text


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
    """A relation to another document: kind, description, the other's identifier and date."""

    kind: str
    description: str
    target: str
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
    languages: tuple[str, ...]
    stage: str
    substage: str
    ieee_status: tuple[str, str]
    ics_codes: tuple[str, ...]
    relations: tuple[RecordRelation, ...]
    doi: str
    fetched: str


_DATE_FIELDS: Final = ("value", "at", "on", "from")


def normalize_record(record: YamlMapping, *, abstracts: bool) -> RelatonRecord:
    """Normalize a record of either version.

    Raises RecordError for a field of an unexpected type, and NonTextScalarError if a text has been
    read as a number or boolean.
    """
    ext = _fields(record, "ext")
    extension = ext[0] if ext else {}
    status = _first(record, "docstatus", "status")
    links = _fields(record, "link") or _fields(record, "source")
    editions = [_wrapped_text(e) for e in _as_list(record.get("edition"))]
    versions = [scalar_text(v.get("draft")) for v in _fields(record, "version")]
    return RelatonRecord(
        identifiers=_identifiers(record),
        type=scalar_text(record.get("type")),
        doctype=_doctype(extension.get("doctype", record.get("doctype"))),
        titles=_texts(record, "title"),
        abstracts=_texts(record, "abstract") if abstracts else (),
        links=tuple(
            [(scalar_text(li.get("type")), scalar_text(li.get("content"))) for li in links]
        ),
        dates=tuple([(scalar_text(d.get("type")), _date(d)) for d in _fields(record, "date")]),
        publishers=_publishers(record),
        committees=(
            *_editorial_groups(record),
            *_editorial_groups(extension),
            *_subdivisions(record),
        ),
        edition=next(filter(None, (*editions, *versions)), "").strip(),
        languages=tuple(map(scalar_text, _as_list(record.get("language")))),
        stage=_wrapped_text(status.get("stage")),
        substage=_wrapped_text(status.get("substage")),
        ieee_status=(
            scalar_text(extension.get("standard_status")),
            scalar_text(extension.get("standard_modified")),
        ),
        ics_codes=tuple(
            scalar_text(each.get("code"))
            for part in (record, extension)
            for each in _fields(part, "ics")
        ),
        relations=tuple(
            [
                RecordRelation(
                    scalar_text(relation.get("type")),
                    _wrapped_text(relation.get("description")),
                    *_target(relation),
                )
                for relation in _fields(record, "relation")
            ]
        ),
        doi=scalar_text(extension.get("doi")),
        fetched=scalar_text(record.get("fetched")),
    )


def _identifiers(record: YamlMapping) -> tuple[RecordIdentifier, ...]:
    """Return the identifiers, the primary one first."""
    identifiers = _fields(record, "docid") or _fields(record, "docidentifier")
    first = [d for d in identifiers if d.get("primary") in (True, "true") and not d.get("scope")][
        :1
    ]
    return tuple(
        [
            RecordIdentifier(
                scalar_text(each.get("id") or each.get("content")).strip(),
                scalar_text(each.get("type")),
                scalar_text(each.get("scope")),
            )
            for each in (*first, *[d for d in identifiers if d not in first])
        ]
    )


def _target(relation: YamlMapping) -> tuple[str, str]:
    """Return the identifier and the date of the other document."""
    item = _first(relation, "bibitem")
    named = _fields(item, "docid") or _fields(item, "docidentifier")
    name = scalar_text(named[0].get("id") or named[0].get("content")) if named else ""
    dates = _fields(item, "date")
    return name or _wrapped_text(item.get("formattedref")), _date(dates[0]) if dates else ""


def _texts(record: YamlMapping, name: str) -> tuple[RecordText, ...]:
    given = record.get(name)
    if isinstance(given, str):
        return (RecordText(given, "", "", ""),)
    return tuple(
        [
            RecordText(
                scalar_text(each.get("content")),
                _first_text(each.get("language")),
                _first_text(each.get("script")),
                scalar_text(each.get("type")),
            )
            for each in _fields(record, name)
        ]
    )


def _publishers(record: YamlMapping) -> tuple[str, ...]:
    """Return the abbreviations of the publishers; names and persons are not kept."""
    return tuple(
        abbreviation
        for each in _fields(record, "contributor")
        if any(scalar_text(role.get("type")) == "publisher" for role in _fields(each, "role"))
        for organization in _fields(each, "organization")
        if (abbreviation := _wrapped_text(organization.get("abbreviation")))
    )


def _editorial_groups(part: YamlMapping) -> list[tuple[str, ...]]:
    """Return the committees of the editorial groups, each with a single level."""
    names: list[str] = []
    for group in _fields(part, "editorialgroup"):
        for committee in _as_list(group.get("technical_committee")):
            if isinstance(committee, dict):
                names.append(
                    scalar_text(committee.get("identifier")) or _wrapped_text(committee.get("name"))
                )
            else:
                names.append(scalar_text(committee))
        names += map(scalar_text, _as_list(group.get("committee")))
        names += map(_wrapped_text, _as_list(group.get("name")))
    return [(name,) for name in names if name.strip()]


def _subdivisions(record: YamlMapping) -> list[tuple[str, ...]]:
    """Return the committees that contribute as subdivisions of an organization."""
    groups = []
    for each in _fields(record, "contributor"):
        for organization in _fields(each, "organization"):
            levels = _fields(organization, "subdivision")
            names = [
                _wrapped_text(lv.get("identifier")) or _wrapped_text(lv.get("name"))
                for lv in levels
            ]
            if any(names):
                groups.append(tuple(filter(None, names)))
    return groups


def _doctype(value: object) -> str:
    if isinstance(value, dict):
        return scalar_text(value.get("type") or value.get("content"))
    return scalar_text(value)


def _date(fields: YamlMapping) -> str:
    for name in _DATE_FIELDS:
        value = fields.get(name)
        if value is not None:
            return scalar_text(value)
    return ""


def _wrapped_text(value: Any) -> str:
    """Return the text of a value that may be wrapped in ``content``, ``value`` or a list."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, list):
        return _wrapped_text(value[0]) if value else ""
    if isinstance(value, dict):
        return _wrapped_text(value.get("content", value.get("value")))
    return scalar_text(value)


def _first_text(value: Any) -> str:
    return (
        scalar_text(value[0] if value else None) if isinstance(value, list) else scalar_text(value)
    )


def _as_list(value: Any) -> list[Any]:
    if isinstance(value, list):
        return value
    return [] if value is None else [value]


def _fields(record: YamlMapping, name: str) -> list[YamlMapping]:
    given = record.get(name)
    if given is None:
        return []
    values = given if type(given) is list else [given]
    for value in values:
        if type(value) is not dict:
            kind = type(value).__name__
            raise RecordError("unreadable value", f"{name}: a {kind} where fields are expected")
    return values


def _first(record: YamlMapping, *names: str) -> YamlMapping:
    for name in names:
        given = _fields(record, name)
        if given:
            return given[0]
    return {}
