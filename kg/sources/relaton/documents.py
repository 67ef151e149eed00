"""A record of Relaton -> what it says of a document, as statements."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from kg.identifiers import iris, undated
from kg.identifiers.iso import Iso
from kg.identifiers.model import changed
from kg.sources.rdf_terms import concept, introduction, node, term
from kg.sources.record_batch import Batch, Options
from kg.sources.relaton import (
    committees,
    dates,
    document_types,
    implied_relations,
    languages,
    lineage,
    stages,
    texts,
)
from kg.sources.relaton.addresses import address
from kg.sources.relaton.reading.record import Identifier, Record
from kg.sources.relaton.reading.yaml_reader import RecordError
from kg.sources.relaton.references import Thing, named, of
from kg.sources.relaton.stages import Standing
from kg.sources.relaton.statements import Saying
from kg.sources.relaton.titles import titles
from kg.store import ntriples
from kg.store.ntriples import EncodedTerm

_PAGE: Final = re.compile(r"https?://www\.iso\.org/(?:\w\w/)?standard/(\d+)\.html")
_CODE: Final = re.compile(r"\d\d(\.\d{3}(\.\d\d)?)?")
_ALIKE: Final = frozenset(("iso-reference", "OIML-bulletin-url-slug"))
"""Identifiers that add nothing: the English version's, and a part of an address."""
_LABELED: Final = {"ISBN": "ISBN "}
_COUNTED: Final = frozenset(("ISO", "IEC"))
"""Bodies whose records name a forthcoming edition without its year."""
_INTERNATIONAL: Final = frozenset(("ISO", "IEC", "CISPR", "ITU-T", "ITU-R", "ITU", "OIML"))
_NATIONAL: Final = frozenset(("JIS",))
_NAMES: Final = {"JIS": "JISC", "JSA": "JSA"}
"""Bodies that are not called as their documents are."""
_LINKS: Final = ("src", "website", "html", "pdf", "file")
"""Which link is a document's address: the first of these kinds that it has."""
_SITTING: Final = {"90.93": "std:confirmedOn", "95.99": "std:withdrawnOn"}
"""What a document's own last stage dates, where the source puts the date to another document."""


def describe(record: Record, path: str, options: Options, account: Batch) -> list[str]:
    """What a record says; ``account`` counts mendings, identifiers and committees.

    Raises RecordError for a record without an identifier.
    """
    if not record.identifiers or not record.identifiers[0].text:
        raise RecordError("no identifier", "no identifier: give docid or docidentifier")
    primary = record.identifiers[0]
    body = _body(primary)
    this = named(body, primary.text)
    _count(account, primary, this, body)
    forthcoming = _forthcoming(record, this)
    said = Saying(forthcoming or this, account)
    if forthcoming:
        said.mend("forthcoming-edition")
    related = lineage.related(body, record.relations)
    for each in related:
        if each.other.designation is None:
            account.unread[f"{body}: {each.relation.target}"] += 1
    outdated = ":" in path and bool(record.fetched)
    standing = Standing()
    if not outdated:
        standing = stages.standing(record, replaced=lineage.is_replaced(body, said.this, related))
    _say_names(said, record, body)
    kind, known = document_types.deliverable(record.doctype, said.this.designation)
    if not known:
        account.unknown[f"doctype={record.doctype}"] += 1
    said.say(
        "rdf:type", term("std:Standard" if document_types.is_standard(kind) else "std:Document")
    )
    if kind:
        said.say("std:deliverable", concept("deliverable", kind))
    source = ntriples.encode_iri(iris.record(options.slug, path))
    said.say("prov:wasDerivedFrom", source)
    _say_titles(said, record)
    _say_publishers(said, record, body)
    _say_stage(said, standing, outdated=outdated)
    _say_dates(said, record, standing)
    _say_groups(said, record, body)
    _say_rest(said, record, source)
    implied_relations.relate(said, [each.other for each in related])
    lineage.say(said, body, standing, related)
    return said.lines


def _body(primary: Identifier) -> str:
    """The body of a record: the type of its identifier, and of ITU the sector."""
    if primary.type == "ITU":
        return primary.text[:5].upper()
    return primary.type


def _count(account: Batch, primary: Identifier, this: Thing, body: str) -> None:
    if this.designation is None:
        account.unparsed[body] += 1
        account.unread[f"{body}: {primary.text}"] += 1
    else:
        account.parsed[body] += 1


def _forthcoming(record: Record, this: Thing) -> Thing | None:
    """An edition of ISO that has no year yet: told from the others by its number."""
    d = this.designation
    if (
        not isinstance(d, Iso)
        or not _COUNTED & set(d.publishers)
        or this.draft
        or d.supplements
        or d.year
        or d.edition
        or undated(d) != d
        or not re.fullmatch(r"[1-9]\d?", record.edition)
        or not re.fullmatch(r"\d\d", record.stage)
    ):
        return None
    return of(changed(d, edition=record.edition))


def _say_names(said: Saying, record: Record, body: str) -> None:
    this, primary = said.this, record.identifiers[0]
    said.mention(this)
    others = dict.fromkeys([primary.text, *_other_names(said, record, body)])
    for other in others:
        if other != this.name:
            said.text("skos:altLabel", other)
    if body == "OGC" and not primary.text.startswith("OGC"):
        said.mend("missing-owner")


def _other_names(said: Saying, record: Record, body: str) -> list[str]:
    found = []
    for each in record.identifiers[1:]:
        if each.type in _ALIKE or not each.text:
            continue
        if each.scope or each.type not in ("ISO", "IEC") or each.type == body:
            found.append(_LABELED.get(each.type, "") + each.text)
        else:
            # The common text of ITU and ISO/IEC: two documents, each under its own number.
            said.join(said.this, "std:relatedTo", named(each.type, each.text))
    return [*found, record.doi] if record.doi else found


def _say_titles(said: Saying, record: Record) -> None:
    mended: set[str] = set()
    only = record.languages[0] if len(record.languages) == 1 else ""
    for text, language in titles(record.titles, only, mended, said.account.unknown):
        said.text("dcterms:title", text, language)
    for code in sorted(mended):
        said.mend(code)
    for each in record.abstracts:
        language = languages.tag(each.language or only) or ""
        text = texts.abstract(each.text)
        if text and language:
            said.text("dcterms:abstract", text, language)


def _say_publishers(said: Saying, record: Record, body: str) -> None:
    d = said.this.designation
    publishers = d.publishers if d else record.publishers or ((body,) if body else ())
    for publisher in dict.fromkeys(publishers):
        iri, introduced = _publisher(publisher)
        said.say("std:publisher", iri)
        said.lines += introduced
    if _INTERNATIONAL & set(publishers):
        said.say("std:scope", term("scope:international"))
    elif _NATIONAL & set(publishers):
        said.say("std:scope", term("scope:national"))


@lru_cache(maxsize=1024)
def _publisher(name: str) -> tuple[EncodedTerm, tuple[str, ...]]:
    iri = iris.body(name)
    return ntriples.encode_iri(iri), introduction(iri, _NAMES.get(name, name))


def _say_stage(said: Saying, standing: Standing, *, outdated: bool) -> None:
    if outdated:
        said.mend("outdated-record")
    if not standing.known:
        said.account.unknown[f"stage={standing.code}"] += 1
    if standing.code:
        said.text("std:stageCode", standing.code)
    if standing.concept:
        said.say("std:stage", concept("stage", standing.concept))


def _say_dates(said: Saying, record: Record, standing: Standing) -> None:
    for kind, text in record.dates:
        property_ = dates.PROPERTIES.get(kind)
        if property_ is None:
            said.account.unknown[f"date.type={kind or '(none)'}"] += 1
            continue
        value = dates.read(text.strip())
        if value is None:
            said.mend("unreadable-date" if text.strip() else "missing-date")
        else:
            said.say(property_, value)
    stray = {relation.date for relation in record.relations if relation.date}
    if stray:
        said.mend("stage-date")
    if len(stray) == 1 and (own := _SITTING.get(standing.code)):
        value = dates.read(next(iter(stray)))
        if value is not None:
            said.say(own, value)


def _say_groups(said: Saying, record: Record, body: str) -> None:
    for levels in dict.fromkeys(record.groups):
        named_ = committees.named(body, levels)
        for code in named_.mended:
            said.mend(code)
        for group in named_.found:
            by = "number" if group.numbered else "name"
            said.account.committees[f"{body}: by {by}"] += 1
            said.say("std:committee", group.node)
            said.lines += group.said


def _say_rest(said: Saying, record: Record, source: EncodedTerm) -> None:
    if record.edition:
        said.text("std:edition", record.edition)
    for code in dict.fromkeys(record.languages):
        language = languages.tag(code)
        if language is None:
            said.account.unknown[f"language={code}"] += 1
        else:
            said.text("std:language", language)
    for code in dict.fromkeys(record.classes):
        if _CODE.fullmatch(code):
            said.say("std:topic", node(iris.ics(code)))
        else:
            said.mend("unreadable-class")
    by_kind = dict(reversed(record.links))
    chosen = next((by_kind[kind] for kind in _LINKS if by_kind.get(kind)), "")
    if not chosen:
        return
    url = address(chosen)
    if url is None:
        said.mend("unreadable-address")
        return
    said.say("schema:url", url)
    if page := _PAGE.fullmatch(chosen):
        _say_project(said, page[1], source)


def _say_project(said: Saying, number: str, source: EncodedTerm) -> None:
    iri = iris.iso_project(number)
    project = ntriples.encode_iri(iri)
    said.say("std:project", project)
    said.lines += introduction(iri, f"ISO project {number}")
    said.lines.append(ntriples.encode_triple(project, term("rdf:type"), term("std:Project")))
    said.lines.append(ntriples.encode_triple(project, term("prov:wasDerivedFrom"), source))
