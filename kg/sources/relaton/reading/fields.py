"""The fields that the importer reads, those that it leaves out on purpose, and all others."""

from __future__ import annotations

from collections import Counter
from typing import Any, Final

from kg.sources.relaton.reading.yaml_reader import Mapping

_NAMED: Final = "{id,content,type,primary,scope}"
_WORDS: Final = "{content,language,script,type}"

_READ: Final = (
    f"docid.{_NAMED}",
    f"docidentifier.{_NAMED}",
    "type",
    "title." + _WORDS,
    "link.{content,type}",
    "source.{content,type}",
    "doctype.{type,content}",
    "date.{type,value,at,on,from}",
    "contributor.role.type",
    "contributor.organization.abbreviation.content",
    "contributor.organization.subdivision.name.content",
    "contributor.organization.subdivision.identifier.content",
    "edition.content",
    "version.draft",
    "language",
    "docstatus.{stage,substage}.{value,content}",
    "status.{stage,substage}.{value,content}",
    "ics.code",
    "editorialgroup.technical_committee.{name,identifier}",
    "editorialgroup.{committee,name}",
    f"relation.bibitem.docid.{_NAMED}",
    f"relation.bibitem.docidentifier.{_NAMED}",
    "relation.bibitem.date.{type,value,at,on,from}",
    "relation.bibitem.formattedref.content",
    "relation.type",
    "relation.description.content",
    "fetched",
    "ext.doctype.{type,content}",
    "ext.ics.code",
    "ext.editorialgroup.technical_committee.{name,identifier}",
    "ext.editorialgroup.{committee,name}",
    "ext.{standard_status,standard_modified,doi}",
    # Read with --abstracts only.
    "abstract." + _WORDS,
)

LEFT_OUT: Final = {
    "id": "made from the identifier",
    "docnumber": "part of the identifier",
    "schema-version": "of the record's form",
    "schema_version": "of the record's form",
    "ext.schema-version": "of the record's form",
    "ext.schema_version": "of the record's form",
    "ext.flavor": "which body's form the record has; the identifier tells the body",
    "formattedref": "the identifier once more",
    "series": "the identifier and the stage once more (W3C), or the periodical, which is related",
    "structuredidentifier": "parts of the identifier",
    "ext.structuredidentifier": "parts of the identifier",
    "revdate": "the last of the dates once more",
    "script": "follows from the language",
    "place": "where the publisher has its seat",
    "copyright": "who may sell the document, and since when",
    "keyword": "words of no list, chosen freely",
    "note": "where the record was taken from",
    "extent": "pages of an article",
    "version.content": "the year of the edition once more, as if it were a day",
    "title.format": "titles are cleaned, whatever they hold",
    "abstract.format": "abstracts are cleaned, whatever they hold",
    "link.language": "of the page, not of the document",
    "doctype.abbreviation": "short form of the type",
    "ext.doctype.abbreviation": "short form of the type",
    "ext.subdoctype": "the type is enough",
    "contributor.person": "no personal names are kept",
    "contributor.role.description": "says of a committee that it is one",
    "contributor.organization.name": "the abbreviation, or the identifier, tells the publisher",
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
    "ics.text": "the classification itself has the names",
    "ext.ics.text": "the classification itself has the names",
    "relation.bibitem.id": "made from the identifier",
    "relation.bibitem.type": "that it is a document",
    "relation.bibitem.title": "the other document's record has it",
    "relation.bibitem.source": "the other document's record has it",
    "relation.bibitem.formattedref.format": "that it is text",
    "relation.description.format": "that it is text",
    "relation.description.language": "that it is English",
    "relation.description.script": "that it is Latin",
    "ext.price_code": "what the document costs",
    "ext.pubstatus": "the same for all of IEEE's documents",
    "ext.holdstatus": "of the shop, not of the document",
    "ext.scope": "what a document is about, as its abstract; of a part of OIML's only",
    "ext.focus_area": "a classification of OIML's site",
    "ext.high_priority": "a classification of OIML's site",
    "ext.high_priority_source": "a classification of OIML's site",
    "ext.measuring_instrument": "a classification of OIML's site",
    "ext.quantity": "a classification of OIML's site",
    "ext.quantity_url": "a classification of OIML's site",
    "ext.sustainability_framework": "a classification of OIML's site",
}
"""What is known and not kept, each with the reason; what lies under it is left out with it."""

_Node = dict[str, Any]
_ANYTHING: Final[_Node] = {"*": True}


def _spread(path: str) -> list[str]:
    head, brace, rest = path.partition("{")
    if not brace:
        return [path]
    names, _, tail = rest.partition("}")
    return [full for name in names.split(",") for full in _spread(head + name + tail)]


def _tree() -> _Node:
    root: _Node = {}
    for path in (full for each in _READ for full in _spread(each)):
        node = root
        for name in path.split("."):
            node = node.setdefault(name, {})
    for path in LEFT_OUT:
        *above, last = path.split(".")
        node = root
        for name in above:
            node = node.setdefault(name, {})
        node[last] = _ANYTHING
    return root


_KNOWN: Final = _tree()


def count_unknown(found: Mapping, unknown: Counter[str]) -> None:
    """Count the fields of a record that are neither read nor left out on purpose, by path."""
    _look(found, _KNOWN, "", unknown)


def _look(fields: Mapping, known: _Node, path: str, unknown: Counter[str]) -> None:
    for key, value in fields.items():
        node = known.get(key)
        if node is None:
            unknown[f"{path}{key}"] += 1
        elif node is not _ANYTHING:
            # Types by identity, since all fields of all records pass by here.
            kind = type(value)
            if kind is list:
                _look_through(value, node, f"{path}{key}.", unknown)
            elif kind is dict:
                _look(value, node, f"{path}{key}.", unknown)


def _look_through(values: list[Any], known: _Node, path: str, unknown: Counter[str]) -> None:
    for value in values:
        kind = type(value)
        if kind is dict:
            _look(value, known, path, unknown)
        elif kind is list:
            _look_through(value, known, path, unknown)
