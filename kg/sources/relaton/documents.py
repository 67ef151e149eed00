"""Convert a record of Relaton to statements about a document."""

from __future__ import annotations

import re
from typing import Final

from kg.identifiers import iris
from kg.identifiers.bodies.ietf import Ietf
from kg.identifiers.bodies.iso import Iso
from kg.sources.documents import implied_relations
from kg.sources.documents.adoptions import add_own_adoption
from kg.sources.documents.publishers import publisher, publishers_of
from kg.sources.documents.references import DocumentReference, document_of_identifier
from kg.sources.documents.statements import DocumentStatements
from kg.sources.documents.values import clean_abstract, language_tag, web_address
from kg.sources.rdf_terms import naming_lines, node, term
from kg.sources.record_batch import Batch, Options, RecordError
from kg.sources.relaton import committees, document_types, lineage, stages
from kg.sources.relaton.document_dates import add_dates
from kg.sources.relaton.reading.record import RecordIdentifier, RelatonRecord
from kg.sources.relaton.stages import DocumentStage
from kg.sources.relaton.titles import document_titles
from kg.store import ntriples
from kg.store.ntriples import EncodedTerm

_ISO_PAGE: Final = re.compile(r"https?://www\.iso\.org/(?:\w\w/)?standard/(\d+)\.html")
_ICS_CODE: Final = re.compile(r"\d\d(\.\d{3}(\.\d\d)?)?")
_IGNORED_IDENTIFIERS: Final = frozenset(("iso-reference", "OIML-bulletin-url-slug"))
"""Redundant types: the identifier of the English version, and a part of a web address."""
_IDENTIFIER_PREFIXES: Final = {"ISBN": "ISBN "}
_SUBSERIES: Final = ("BCP", "FYI", "STD")
_INTERNATIONAL: Final = frozenset(("ISO", "IEC", "CISPR", "ITU-T", "ITU-R", "ITU", "OIML"))
_NATIONAL: Final = frozenset(("JIS",))
_LINK_TYPES: Final = ("src", "website", "html", "pdf", "file", "")
"""Types of links to a document, in order of preference as its web address."""


def describe_document(
    record: RelatonRecord, path: str, options: Options, batch: Batch
) -> list[str]:
    """Return the statements of a record; ``batch`` receives the tallies.

    Raises RecordError for a record without an identifier.
    """
    if not record.identifiers:
        raise RecordError("no identifier", "no identifier: give docid or docidentifier")
    primary = record.identifiers[0]
    body = _body(primary)
    this = document_of_identifier(body, primary.text, record.edition, record.volume)
    _count_identifier(batch, primary, this, body)
    statements = DocumentStatements(this, batch)
    if _is_forthcoming(this):
        statements.repair("forthcoming-edition")
    related = lineage.related_documents(body, record.relations)
    for each in related:
        if each.other.designation is None:
            batch.unread[f"{body}: {each.relation.target}"] += 1
    # Older records have a colon in their names; the same document has a newer record too.
    outdated = ":" in path and bool(record.fetched)
    stage = DocumentStage()
    if not outdated:
        replaced = lineage.is_replaced(body, statements.this, related)
        stage = stages.stage_of_record(record, replaced=replaced)
    _add_names(statements, record, body)
    _add_type(statements, record)
    source = ntriples.encode_iri(iris.record(options.slug, path))
    statements.add("prov:wasDerivedFrom", source)
    _add_texts(statements, record)
    _add_publishers(statements, record, body)
    _add_stage(statements, stage, outdated=outdated)
    add_dates(statements, record, body, stage)
    _add_committees(statements, record, body)
    _add_edition_and_languages(statements, record)
    _add_topics(statements, record)
    _add_web_address(statements, record, source)
    siblings = [each.other for each in related]
    implied_relations.add_implied_relations(statements, siblings)
    add_own_adoption(statements, primary.text)
    lineage.add_relations(statements, body, stage, related)
    return statements.lines


def _body(primary: RecordIdentifier) -> str:
    """Return the body of a record: the type of its identifier, for ITU the sector."""
    if primary.type == "ITU":
        return primary.text[:5].upper()
    return primary.type


def _count_identifier(
    batch: Batch, primary: RecordIdentifier, this: DocumentReference, body: str
) -> None:
    if this.designation is None:
        batch.unparsed[body] += 1
        batch.unread[f"{body}: {primary.text}"] += 1
    else:
        batch.parsed[body] += 1


def _is_forthcoming(this: DocumentReference) -> bool:
    """Return whether it is an edition that its body names without the year to come."""
    d = this.designation
    return isinstance(d, Iso) and bool(d.edition) and not d.year


def _add_names(statements: DocumentStatements, record: RelatonRecord, body: str) -> None:
    this, primary = statements.this, record.identifiers[0]
    statements.introduce(this)
    names = dict.fromkeys([primary.text, *_other_names(statements, record, body)])
    work = document_of_identifier(body, primary.text) if record.edition else this
    if work.iri != this.iri:
        # The identifier of an edition known by a field alone is the name of the work.
        names = {name: None for name in names if document_of_identifier(body, name).iri != work.iri}
    for name in names:
        if name != this.name:
            statements.add_text("skos:altLabel", name)
    if body == "OGC" and not primary.text.startswith("OGC"):
        statements.repair("missing-owner")


def _other_names(statements: DocumentStatements, record: RelatonRecord, body: str) -> list[str]:
    names = []
    for each in record.identifiers[1:]:
        if each.type in _IGNORED_IDENTIFIERS or not each.text:
            continue
        if each.scope or each.type not in ("ISO", "IEC") or each.type == body:
            names.append(_IDENTIFIER_PREFIXES.get(each.type, "") + each.text)
        else:
            # Common text of ITU and ISO/IEC: two documents, each with its own number.
            other = document_of_identifier(each.type, each.text)
            statements.relate(statements.this, "std:relatedTo", other)
    return [*names, record.doi] if record.doi else names


def _add_type(statements: DocumentStatements, record: RelatonRecord) -> None:
    designation = statements.this.designation
    if _is_work(statements.this, record):
        statements.add("rdf:type", term("std:Work"))
        return
    concept, known = document_types.deliverable_type(record.doctype, designation)
    if not known:
        statements.batch.unknown[f"doctype={record.doctype}"] += 1
    class_ = "std:Standard" if document_types.is_standard(concept) else "std:Document"
    statements.add("rdf:type", term(class_))
    if concept:
        statements.add("std:deliverable", term(f"deliverable:{concept}"))


def _is_work(this: DocumentReference, record: RelatonRecord) -> bool:
    """Return whether a record describes a work: it is undated and lists its editions.

    So do the number of a subseries of the RFCs, whose text stands in RFCs (RFC 1818), and the name
    of an Internet-Draft without its version.
    """
    d = this.designation
    if isinstance(d, Ietf) and (d.type in _SUBSERIES or (d.stage and not d.edition)):
        return True
    return not this.is_dated and any(each.kind == "hasEdition" for each in record.relations)


def _add_texts(statements: DocumentStatements, record: RelatonRecord) -> None:
    repairs: set[str] = set()
    only_language = record.languages[0] if len(record.languages) == 1 else ""
    unknown = statements.batch.unknown
    for text, language in document_titles(record.titles, only_language, repairs, unknown):
        statements.add_text("dcterms:title", text, language)
    for code in sorted(repairs):
        statements.repair(code)
    for each in record.abstracts:
        tag = language_tag(each.language or only_language)
        text = clean_abstract(each.text)
        if text and tag:
            statements.add_text("dcterms:abstract", text, tag)


def _add_publishers(statements: DocumentStatements, record: RelatonRecord, body: str) -> None:
    d = statements.this.designation
    publishers = d.publishers if d else record.publishers or ((body,) if body else ())
    # A work is published in its editions only, and must not be counted among the documents.
    work = _is_work(statements.this, record)
    named = publishers_of(d) if d else map(publisher, dict.fromkeys(publishers))
    for iri, lines in named:
        statements.add("dcterms:publisher" if work else "std:publisher", iri)
        statements.lines += lines
    if work:
        return
    if _INTERNATIONAL & set(publishers):
        statements.add("std:scope", term("scope:international"))
    elif _NATIONAL & set(publishers):
        statements.add("std:scope", term("scope:national"))


def _add_stage(statements: DocumentStatements, stage: DocumentStage, *, outdated: bool) -> None:
    if outdated:
        statements.repair("outdated-record")
    if not stage.known:
        statements.batch.unknown[f"stage={stage.code}"] += 1
    if stage.code:
        statements.add_text("std:stageCode", stage.code)
    if stage.concept:
        statements.add("std:stage", term(f"stage:{stage.concept}"))


def _add_committees(statements: DocumentStatements, record: RelatonRecord, body: str) -> None:
    for levels in dict.fromkeys(record.committees):
        named = committees.committees_of_name(body, levels)
        for code in named.repairs:
            statements.repair(code)
        for committee in named.committees:
            form = "number" if committee.numbered else "name"
            statements.batch.committees[f"{body}: by {form}"] += 1
            statements.add("std:committee", committee.node)
            statements.lines += committee.lines


def _add_edition_and_languages(statements: DocumentStatements, record: RelatonRecord) -> None:
    if record.edition:
        statements.add_text("std:edition", record.edition)
    for code in dict.fromkeys(record.languages):
        tag = language_tag(code)
        if tag is None:
            statements.batch.unknown[f"language={code}"] += 1
        else:
            statements.add_text("std:language", tag)


def _add_topics(statements: DocumentStatements, record: RelatonRecord) -> None:
    for code in dict.fromkeys(record.ics_codes):
        if _ICS_CODE.fullmatch(code):
            statements.add("std:topic", node(iris.ics(code)))
        else:
            statements.repair("unreadable-class")


def _add_web_address(
    statements: DocumentStatements, record: RelatonRecord, source: EncodedTerm
) -> None:
    by_type = dict(reversed(record.links))
    link = next((by_type[type_] for type_ in _LINK_TYPES if by_type.get(type_)), "")
    if not link:
        return
    url = web_address(link)
    if url is None:
        statements.repair("unreadable-address")
        return
    statements.add("schema:url", url)
    if page := _ISO_PAGE.fullmatch(link):
        _add_project(statements, page[1], source)


def _add_project(statements: DocumentStatements, number: str, source: EncodedTerm) -> None:
    iri = iris.iso_project(number)
    project = ntriples.encode_iri(iri)
    statements.add("std:project", project)
    statements.lines += naming_lines(iri, f"ISO project {number}")
    statements.lines.append(ntriples.encode_triple(project, term("rdf:type"), term("std:Project")))
    statements.lines.append(ntriples.encode_triple(project, term("prov:wasDerivedFrom"), source))
