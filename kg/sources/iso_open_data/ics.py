"""The International Classification for Standards (``ICS.xml``) -> a SKOS concept scheme.

Fields, groups and subgroups are concepts under one another, as their codes say (ISO, International
Classification for Standards, 7th edition). What a class refers to is related, with a note that
says what is found there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from kg.common.errors import KgError
from kg.identifiers import iris
from kg.sources.iso_open_data.row_triples import Facts
from kg.sources.iso_open_data.rows import RowError, shown
from kg.sources.iso_open_data.xml import Element, elements
from kg.sources.record_batch import Batch, Options, Reject
from kg.store import ntriples

_ROOT: Final = "fields"
_PARENT: Final = {"field": None, "group": "field", "subGroup": "group"}
"""The element of each kind of class that names the class above."""
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
    """Whether a text has the form of a code: of a field, a group or a subgroup.

    >>> is_code("35"), is_code("35.240.63"), is_code("35.24")
    (True, True, False)
    """
    return any(form.fullmatch(text) for form in _CODE.values())


def convert(path: str, data: bytes, options: Options) -> Batch:
    """The classes of the file as triples, and an account of each: one class is one record.

    Raises KgError where the file is no XML, is cut off, has a DOCTYPE, or is no ICS.
    """
    found = elements(path, data)
    if found.name != _ROOT:
        raise KgError(f"{path}: <{found.name}> where <{_ROOT}> is expected: this is no ICS.xml")
    batch = Batch(records=len(found.children))
    lines: dict[str, int] = {}
    codes = {each.text_of("identifier") for each in found.children}
    facts = Facts()
    _introduce(facts)
    for each in found.children:
        own = Facts()
        try:
            _describe(each, lines, codes, own, options.slug)
        except RowError as error:
            place = f"{path}:{each.line}"
            code = each.text_of("identifier")
            batch.rejects.append(Reject(code, place, error.reason, f"{place}: {error}"))
        else:
            facts.triples += own.triples
            batch.unknown.update(_unknown(each))
    batch.lines = ntriples.serialize(dict.fromkeys(facts.triples)) if lines else []
    return batch


def _introduce(facts: Facts) -> None:
    facts.kind(iris.ICS, "skos:ConceptScheme")
    for language, name in _SCHEME_NAMES.items():
        facts.text(iris.ICS, "skos:prefLabel", name, language)


def _describe(
    each: Element, lines: dict[str, int], codes: set[str], facts: Facts, slug: str
) -> None:
    """Say what an element says of its class. RowError for one that can't be read."""
    if each.name not in _PARENT:
        raise RowError("unknown element", f"<{each.name}> is no field, group or subGroup")
    code, above = each.text_of("identifier"), _PARENT[each.name]
    if not _CODE[each.name].fullmatch(code):
        raise RowError("no identifier", f"{shown(code)} is no code of a <{each.name}>: correct it")
    if code in lines:
        raise RowError("duplicate id", f"the code {code} stands in line {lines[code]} too")
    parent = code.rpartition(".")[0]
    if above and each.text_of(above) not in {"", parent}:
        said = shown(each.text_of(above))
        raise RowError("unreadable value", f"{code} lies under {parent}, not under {said}")
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
        raise RowError("no title", f"the class {code} has no title: add one")
    for language, title in titles.items():
        facts.prose(iri, "skos:prefLabel", title, language)
    for language, scope in _by_language(each, "scope").items():
        facts.prose(iri, "skos:scopeNote", scope, language)
    _relate(each, iri, codes, facts)
    lines[code] = each.line


def _relate(each: Element, iri: str, codes: set[str], facts: Facts) -> None:
    """The classes that a class refers to, and what it says is found there."""
    for references in each.named("references"):
        for reference in references.named("reference"):
            target = reference.text_of("identifier")
            if not is_code(target):
                raise RowError(
                    "unreadable value", f"it refers to {shown(target)}, which is no code"
                )
            facts.link(iri, "skos:related", iris.ics(target))
            _name_outside(target, codes, facts)
            for language, note in _by_language(reference, "note").items():
                facts.prose(iri, "skos:note", f"{target}: {note}", language)


def _name_outside(code: str, codes: set[str], facts: Facts) -> None:
    """A class that the file refers to and doesn't have is called by its code."""
    if code not in codes:
        facts.text(iris.ics(code), "skos:prefLabel", code)
        facts.text(iris.ics(code), "skos:notation", code)


def _by_language(each: Element, name: str) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for child in each.named(name):
        language = child.attributes.get("xml:lang", "")
        if not re.fullmatch(r"[a-z]{2,3}", language):
            raise RowError("unreadable value", f"a <{name}> without its language (xml:lang)")
        if language in found:
            raise RowError("duplicate key", f"two <{name}> in the language {language}: leave one")
        found[language] = child.text.strip()
    return found


def _unknown(each: Element) -> list[str]:
    return [f"{each.name}/{child.name}" for child in each.children if child.name not in _PARTS]
