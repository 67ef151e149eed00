"""Convert the International Classification for Standards (``ICS.xml``) to a SKOS concept scheme.

Fields, groups and subgroups are concepts in the hierarchy of their codes (ISO, International
Classification for Standards, 7th edition). References become related concepts, with their notes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from kg.common.errors import SourceError
from kg.identifiers import iris
from kg.sources.iso_open_data.row_triples import Facts
from kg.sources.iso_open_data.rows import quoted
from kg.sources.record_batch import Batch, Options, RecordError, Reject
from kg.sources.xml_reader import XmlElement, read_xml
from kg.store import ntriples

_ROOT: Final = "fields"
_PARENT: Final = {"field": None, "group": "field", "subGroup": "group"}
"""By element: the child element with the code of the parent."""
_CODE: Final = {
    "field": re.compile(r"\d\d"),
    "group": re.compile(r"\d\d\.\d{3}"),
    "subGroup": re.compile(r"\d\d\.\d{3}\.\d\d"),
}
_PARTS: Final = {"identifier", "field", "group", "title", "scope", "references"}
_SCHEME_NAMES: Final = {
    "en": "International Classification for Standards",
    "fr": "Classification internationale pour les normes",
    "zh": "国际标准分类法",
}


def is_code(text: str) -> bool:
    """Return whether a text has the form of a code of a field, group or subgroup.

    >>> is_code("35"), is_code("35.240.63"), is_code("35.24")
    (True, True, False)
    """
    return any(form.fullmatch(text) for form in _CODE.values())


def convert(path: str, data: bytes, options: Options) -> Batch:
    """Convert the file; each class is a record.

    Raises SourceError for invalid or truncated XML, for a DOCTYPE, and for another root element.
    """
    root = read_xml(path, data)
    if root.name != _ROOT:
        raise SourceError(f"{path}: <{root.name}> where <{_ROOT}> is expected: this is not ICS.xml")
    batch = Batch(records=len(root.children))
    lines: dict[str, int] = {}
    codes = {each.text_of("identifier") for each in root.children}
    facts = Facts()
    _introduce(facts)
    for each in root.children:
        own = Facts()
        try:
            _describe(each, lines, codes, own, options.slug)
        except RecordError as error:
            place = f"{path}:{each.line}"
            code = each.text_of("identifier")
            batch.rejects.append(Reject(code, place, error.reason, f"{place}: {error}"))
        else:
            record = iris.record(options.slug, each.text_of("identifier"))
            batch.add_record(record, ntriples.serialize(dict.fromkeys(own.triples)))
            batch.unknown.update(_unknown(each))
    if lines:
        batch.lines += ntriples.serialize(dict.fromkeys(facts.triples))
    return batch


def _introduce(facts: Facts) -> None:
    facts.kind(iris.ICS, "skos:ConceptScheme")
    for language, name in _SCHEME_NAMES.items():
        facts.text(iris.ICS, "skos:prefLabel", name, language)


def _describe(
    each: XmlElement, lines: dict[str, int], codes: set[str], facts: Facts, slug: str
) -> None:
    """Add the facts of a class; RecordError for an invalid element."""
    if each.name not in _PARENT:
        raise RecordError("unknown element", f"<{each.name}> is not a field, group or subGroup")
    code, parent_field = each.text_of("identifier"), _PARENT[each.name]
    if not _CODE[each.name].fullmatch(code):
        raise RecordError(
            "no identifier", f"{quoted(code)} is not a code of a <{each.name}>: correct it"
        )
    if code in lines:
        raise RecordError("duplicate id", f"the code {code} is also in line {lines[code]}")
    parent = code.rpartition(".")[0]
    if parent_field and each.text_of(parent_field) not in {"", parent}:
        other = quoted(each.text_of(parent_field))
        raise RecordError("unreadable value", f"{code} is under {parent}, not under {other}")
    iri = iris.ics(code)
    facts.kind(iri, "skos:Concept")
    facts.link(iri, "skos:inScheme", iris.ICS)
    facts.text(iri, "skos:notation", code)
    facts.link(iri, "prov:wasDerivedFrom", iris.record(slug, code))
    if parent:
        facts.link(iri, "skos:broader", iris.ics(parent))
        _name_outside(parent, codes, facts)
    else:
        facts.link(iri, "skos:topConceptOf", iris.ICS)
    titles = _by_language(each, "title")
    if not titles:
        raise RecordError("no title", f"the class {code} has no title: add one")
    for language, title in titles.items():
        facts.prose(iri, "skos:prefLabel", title, language)
    for language, scope in _by_language(each, "scope").items():
        facts.prose(iri, "skos:scopeNote", scope, language)
    _relate(each, iri, codes, facts)
    lines[code] = each.line


def _relate(each: XmlElement, iri: str, codes: set[str], facts: Facts) -> None:
    """Add the references of a class to other classes, and their notes."""
    for references in each.named("references"):
        for reference in references.named("reference"):
            target = reference.text_of("identifier")
            if not is_code(target):
                raise RecordError(
                    "unreadable value", f"it refers to {quoted(target)}, which is not a code"
                )
            facts.link(iri, "skos:related", iris.ics(target))
            _name_outside(target, codes, facts)
            for language, note in _by_language(reference, "note").items():
                facts.prose(iri, "skos:note", f"{target}: {note}", language)


def _name_outside(code: str, codes: set[str], facts: Facts) -> None:
    """Use the code as the label of a class that is referred to but missing in the file."""
    if code not in codes:
        facts.text(iris.ics(code), "skos:prefLabel", code)
        facts.text(iris.ics(code), "skos:notation", code)


def _by_language(each: XmlElement, name: str) -> Mapping[str, str]:
    texts: dict[str, str] = {}
    for child in each.named(name):
        language = child.attributes.get("xml:lang", "")
        if not re.fullmatch(r"[a-z]{2,3}", language):
            raise RecordError("unreadable value", f"a <{name}> without its language (xml:lang)")
        if language in texts:
            raise RecordError(
                "duplicate key", f"two <{name}> in the language {language}: remove one"
            )
        texts[language] = child.text.strip()
    return texts


def _unknown(each: XmlElement) -> list[str]:
    return [f"{each.name}/{child.name}" for child in each.children if child.name not in _PARTS]
