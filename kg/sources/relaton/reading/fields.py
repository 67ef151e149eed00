"""The fields that the importer reads or deliberately ignores; all others are counted."""

from __future__ import annotations

from collections import Counter
from typing import Any, Final

from kg.sources.relaton.reading.yaml_reader import YamlMapping

_IDENTIFIER: Final = "{id,content,type,primary,scope}"
_TEXT: Final = "{content,language,script,type}"
_GROUP: Final = "{abbreviation,acronym,name,content}"
_NUMBERED: Final = "{identifier,type,number,abbreviation,acronym,name,content}"
_BELOW: Final = "{committee,workgroup,commission}"

_READ: Final = (
    f"docid.{_IDENTIFIER}",
    f"docidentifier.{_IDENTIFIER}",
    "type",
    "title." + _TEXT,
    "link.{content,type}",
    "source.{content,type}",
    "doctype.{type,content}",
    "date.{type,value,at,on,from}",
    "contributor.role.type",
    "contributor.organization.abbreviation.content",
    "contributor.organization.subdivision.name.content",
    "contributor.organization.subdivision.identifier.{content,id}",
    "contributor.organization.subdivision.content",
    "edition.{content,number}",
    "version.draft",
    "language",
    "docstatus.{stage,substage}.{value,content}",
    "status.{stage,substage}.{value,content}",
    "ics.code",
    "editorialgroup.technical_committee.{name,identifier}",
    f"editorialgroup.{{group,subcommittee,subgroup,workgroup}}.{_NUMBERED}",
    f"editorialgroup.committee.{_GROUP}",
    f"editorialgroup.committee.{_BELOW}.{_GROUP}",
    f"editorialgroup.committee.{_BELOW}.{_BELOW}.{_GROUP}",
    "editorialgroup.name.content",
    f"relation.bibitem.docid.{_IDENTIFIER}",
    f"relation.bibitem.docidentifier.{_IDENTIFIER}",
    "relation.bibitem.date.{type,value,at,on,from}",
    "relation.bibitem.edition.{content,number}",
    "relation.bibitem.version.draft",
    "relation.bibitem.formattedref.content",
    "relation.type",
    "relation.description.content",
    "fetched",
    "ext.doctype.{type,content}",
    "ext.ics.code",
    "ext.editorialgroup.technical_committee.{name,identifier}",
    f"ext.editorialgroup.{{group,subcommittee,subgroup,workgroup}}.{_NUMBERED}",
    f"ext.editorialgroup.committee.{_GROUP}",
    f"ext.editorialgroup.committee.{_BELOW}.{_GROUP}",
    f"ext.editorialgroup.committee.{_BELOW}.{_BELOW}.{_GROUP}",
    "ext.editorialgroup.name.content",
    "ext.{standard_status,standard_modified,doi}",
    # Read with --abstracts only.
    "abstract." + _TEXT,
)

IGNORED: Final = {
    "id": "made from the identifier; read only without one",
    "docnumber": "part of the identifier",
    "schema-version": "version of the schema",
    "schema_version": "version of the schema",
    "ext.schema-version": "version of the schema",
    "ext.schema_version": "version of the schema",
    "ext.flavor": "the body, which the identifier gives",
    "formattedref": "repeats the identifier",
    "series": "repeats identifier and stage (W3C), or names the periodical, which is related",
    "structuredidentifier": "parts of the identifier",
    "ext.structuredidentifier": "parts of the identifier",
    "revdate": "repeats the last date",
    "script": "follows from the language",
    "place": "seat of the publisher",
    "copyright": "rights to sell the document",
    "keyword": "free keywords, from no list",
    "note": "origin of the record",
    "validity": "repeats date and stage",
    "extent": "pages of an article",
    "date.to": "end of a period, whose beginning is read",
    "version.revision_date": "repeats the year of the edition, as a day",
    "version.content": "repeats the year of the edition, as a day",
    "title.format": "titles are cleaned in any case",
    "abstract.format": "abstracts are cleaned in any case",
    "link.language": "that of the page, not of the document",
    "doctype.abbreviation": "short form of the type",
    "ext.doctype.abbreviation": "short form of the type",
    "ext.subdoctype": "the type is enough",
    "contributor.person": "no personal names are kept",
    "contributor.role.description": "repeats that it is a committee",
    "contributor.organization.name": "abbreviation or identifier gives the publisher",
    "contributor.organization.url": "described once, among the organizations",
    "contributor.organization.uri": "described once, among the organizations",
    "contributor.organization.contact": "described once, among the organizations",
    "contributor.organization.abbreviation.language": "abbreviations have none",
    "contributor.organization.abbreviation.script": "abbreviations have none",
    "contributor.organization.subdivision.type": "part of its name",
    "contributor.organization.subdivision.subtype": "part of its name",
    "editorialgroup.technical_committee.number": "part of its identifier",
    "editorialgroup.technical_committee.type": "part of its identifier",
    "ext.editorialgroup.technical_committee.number": "part of its identifier",
    "ext.editorialgroup.technical_committee.type": "part of its identifier",
    "ics.text": "the ICS contains the names",
    "ext.ics.text": "the ICS contains the names",
    "relation.bibitem.id": "made from the identifier",
    "relation.bibitem.type": "always a document",
    "relation.bibitem.title": "the other document's record has it",
    "relation.bibitem.source": "the other document's record has it",
    "relation.bibitem.formattedref.format": "always plain text",
    "relation.description.format": "always plain text",
    "relation.description.language": "always English",
    "relation.description.script": "always Latin",
    "relation.bibitem.abstract": "the other document's record has it",
    "relation.bibitem.contributor": "the other document's record has it",
    "relation.bibitem.docnumber": "part of the identifier",
    "relation.bibitem.editorialgroup": "the other document's record has it",
    "relation.bibitem.ext": "the other document's record has it",
    "relation.bibitem.extent": "the other document's record has it",
    "relation.bibitem.keyword": "the other document's record has it",
    "relation.bibitem.language": "the other document's record has it",
    "relation.bibitem.link": "the other document's record has it",
    "relation.bibitem.place": "the other document's record has it",
    "relation.bibitem.relation": "the other document's record has it",
    "relation.bibitem.revdate": "repeats the last date",
    "relation.bibitem.script": "follows from the language",
    "relation.bibitem.series": "the other document's record has it",
    "relation.bibitem.medium": "paper or file, of a form of the document",
    "relation.bibitem.formattedref.language": "always English",
    "relation.bibitem.formattedref.script": "always Latin",
    "contributor.organization.subdivision.abbreviation": "short form of its name",
    "contributor.organization.subdivision.identifier.type": "part of the identifier",
    "contributor.organization.subdivision.name.language": "committees have one name",
    "contributor.organization.subdivision.name.script": "follows from the language",
    "docid.language": "that of the words in the identifier",
    "docid.script": "follows from the language",
    "docidentifier.language": "that of the words in the identifier",
    "docidentifier.script": "follows from the language",
    "relation.bibitem.docidentifier.language": "that of the words in the identifier",
    "relation.bibitem.docidentifier.script": "follows from the language",
    "source.language": "that of the page, not of the document",
    "source.script": "follows from the language",
    "link.script": "follows from the language",
    "editorialgroup.bureau": "sector of ITU, which the identifier gives",
    "ext.editorialgroup.bureau": "sector of ITU, which the identifier gives",
    "editorialgroup.type": "prime or secondary",
    "ext.editorialgroup.type": "prime or secondary",
    "radiotechnology": "generation of radio systems",
    "ext.radiotechnology": "generation of radio systems",
    "release": "dates of the whole release; the identifier gives its name",
    "ext.release": "dates of the whole release; the identifier gives its name",
    "ext.technology_area": "classification of OASIS's website",
    "ext.si_aspect": "part of the SI that a brochure is about",
    "biblionote": "origin of the record",
    "ext.price_code": "price",
    "ext.pubstatus": "equal for all documents of IEEE",
    "ext.holdstatus": "status in the shop",
    "ext.scope": "repeats the abstract, for some documents of OIML",
    "ext.focus_area": "classification of OIML's website",
    "ext.high_priority": "classification of OIML's website",
    "ext.high_priority_source": "classification of OIML's website",
    "ext.measuring_instrument": "classification of OIML's website",
    "ext.quantity": "classification of OIML's website",
    "ext.quantity_url": "classification of OIML's website",
    "ext.sustainability_framework": "classification of OIML's website",
}
"""Ignored fields, including all fields below them, and the reasons."""

_Node = dict[str, Any]
_IGNORE_ALL: Final[_Node] = {"*": True}


def _expand(path: str) -> list[str]:
    head, brace, rest = path.partition("{")
    if not brace:
        return [path]
    names, _, tail = rest.partition("}")
    return [full for name in names.split(",") for full in _expand(head + name + tail)]


def _tree() -> _Node:
    root: _Node = {}
    for path in (full for each in _READ for full in _expand(each)):
        node = root
        for name in path.split("."):
            node = node.setdefault(name, {})
    for path in IGNORED:
        *parents, last = path.split(".")
        node = root
        for name in parents:
            node = node.setdefault(name, {})
        node[last] = _IGNORE_ALL
    return root


_KNOWN: Final = _tree()


def count_unknown_fields(record: YamlMapping, unknown: Counter[str]) -> None:
    """Count the fields of a record that are neither read nor deliberately ignored, by path."""
    _count_fields(record, _KNOWN, "", unknown)


def _count_fields(fields: YamlMapping, known: _Node, path: str, unknown: Counter[str]) -> None:
    for key, value in fields.items():
        node = known.get(key)
        if node is None:
            unknown[f"{path}{key}"] += 1
        elif node is not _IGNORE_ALL:
            # Type identity is faster than isinstance, and all fields of all records pass here.
            kind = type(value)
            if kind is list:
                _count_items(value, node, f"{path}{key}.", unknown)
            elif kind is dict:
                _count_fields(value, node, f"{path}{key}.", unknown)


def _count_items(values: list[Any], known: _Node, path: str, unknown: Counter[str]) -> None:
    for value in values:
        kind = type(value)
        if kind is dict:
            _count_fields(value, known, path, unknown)
        elif kind is list:
            _count_items(value, known, path, unknown)
