"""Convert ISO's deliverables (``iso_deliverables_metadata``, .csv and .jsonl).

A row holds a project at ISO with its published document or its current draft. Fields follow
https://www.iso.org/open-data.html; rows refer to each other by project number.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from kg.identifiers import Designation, committees, iris, parse, undated
from kg.sources.iso_open_data import ics, rows
from kg.sources.iso_open_data.row_triples import Facts
from kg.sources.iso_open_data.rows import SourceRow, quoted
from kg.sources.iso_open_data.stages import StageCode
from kg.sources.record_batch import Batch, Options, RecordError, Reject
from kg.store import ntriples

_LISTS: Final = {"icsCode", "replaces", "replacedBy", "languages"}
_KNOWN: Final = _LISTS | {
    "id",
    "deliverableType",
    "supplementType",
    "reference",
    "title",
    "title.en",
    "title.fr",
    "publicationDate",
    "edition",
    "ownerCommittee",
    "currentStage",
    "pages",
    "pages.en",
    "pages.fr",
    "scope",
    "scope.en",
    "scope.fr",
}
_DELIVERABLES: Final = {
    "IS": "international-standard",
    "TR": "technical-report",
    "TS": "technical-specification",
    "PAS": "publicly-available-specification",
    "GUIDE": "guide",
    "IWA": "international-workshop-agreement",
    "R": "recommendation",
    "ISP": "international-standardized-profile",
    "TTA": "technology-trends-assessment",
    "DATA": "data",
}
_NOT_STANDARDS: Final = {"TTA", "DATA"}
_SUPPLEMENTS: Final = {
    "AMD": ("amendment", "std:amends"),
    "COR": ("technical-corrigendum", "std:corrects"),
    "ADD": ("addendum", "std:amends"),
    "SUPPL": ("supplement", "std:complements"),
}
"""The deliverable type of a supplement, and its relation to the base document."""


@dataclass(frozen=True)
class _Document:
    """The IRI and name of a document, and whether it has been published."""

    iri: str
    name: str
    published: bool


def convert(path: str, data: bytes, options: Options) -> Batch:
    """Convert a table of deliverables; ``path`` ends in .csv or .jsonl.

    Scopes are kept with ``options.abstracts`` only. Raises SourceError if the table as a whole
    can't be read.
    """
    batch = Batch()
    documents: dict[str, _Document] = {}
    lines: dict[str, int] = {}
    # Two passes, since a row may refer to a later one, and keeping all rows takes much memory.
    for row in rows.read_rows(path, data, _LISTS, ("id", "reference")):
        batch.records += 1
        if isinstance(row, Reject):
            batch.rejects.append(row)
            continue
        try:
            number = _number(row, lines)
            documents[number], lines[number] = _document(row), row.line
        except RecordError as error:
            batch.rejects.append(rows.reject_row(path, row, error))
    known: set[str] = set()
    accepted = {line: number for number, line in lines.items()}
    for row in rows.read_rows(path, data, _LISTS, ("id", "reference")):
        if isinstance(row, Reject) or row.line not in accepted:
            continue
        facts, counts = Facts(known=known), Batch()
        try:
            _describe(accepted[row.line], row, documents, counts, facts, options)
        except RecordError as error:
            batch.rejects.append(rows.reject_row(path, row, error))
        else:
            record = iris.record(options.slug, accepted[row.line])
            batch.add_record(record, ntriples.serialize(facts.triples))
            known |= facts.added
            batch.repairs += counts.repairs
            batch.unknown += counts.unknown
            batch.unknown.update(name for name in row.values if name not in _KNOWN)
    batch.rejects.sort(key=rows.reject_line)
    return batch


def _number(row: SourceRow, lines: dict[str, int]) -> str:
    number = row.number("id")
    if not number or not row.text("reference"):
        raise RecordError("no identifier", "a row needs an id and a reference: add them")
    if number in lines:
        raise RecordError(
            "duplicate id", f"the id {number} is also in line {lines[number]}: remove one"
        )
    return number


def _document(row: SourceRow) -> _Document:
    reference = row.text("reference")
    stage = StageCode.parse(row.text("currentStage"))
    published = stage.published if stage else bool(row.text("publicationDate"))
    designation = parse(reference)
    if designation is None:
        return _Document(iris.unparsed("ISO", reference), reference, published)
    return _Document(iris.document(designation), str(designation), published)


def _describe(
    number: str,
    row: SourceRow,
    documents: dict[str, _Document],
    counts: Batch,
    facts: Facts,
    options: Options,
) -> None:
    this, reference = documents[number], row.text("reference")
    kind = row.text("deliverableType").upper()
    facts.kind(this.iri, "std:Document" if kind in _NOT_STANDARDS else "std:Standard")
    facts.own_name(this.iri, this.name)
    if reference != this.name:
        facts.text(this.iri, "skos:altLabel", reference)
    facts.link(this.iri, "prov:wasDerivedFrom", iris.record(options.slug, number))
    facts.link(this.iri, "schema:url", f"https://www.iso.org/standard/{number}.html")
    facts.concept(this.iri, "std:scope", "scope:international")
    project = iris.iso_project(number)
    facts.link(this.iri, "std:project", project)
    facts.kind(project, "std:Project")
    facts.own_name(project, f"ISO project {number}")
    facts.link(project, "prov:wasDerivedFrom", iris.record(options.slug, number))
    for language in ("en", "fr"):
        facts.prose(this.iri, "dcterms:title", row.text(f"title.{language}"), language)
        if options.abstracts:
            facts.prose(this.iri, "dcterms:abstract", row.text(f"scope.{language}"), language)
    facts.date(this.iri, "std:publishedOn", row.text("publicationDate"))
    facts.text(this.iri, "std:edition", row.text("edition"))
    for language in row.texts("languages"):
        facts.text(this.iri, "std:language", language)
    for code in row.texts("icsCode"):
        if not ics.is_code(code):
            raise RecordError("unreadable value", f"{quoted(code)} is not a code of the ICS")
        facts.link(this.iri, "std:topic", iris.ics(code))
    facts.number(this.iri, "schema:numberOfPages", _pages(row))
    _add_stage(this, row, documents, facts)
    _add_owner(this, row, facts)
    _add_deliverable(this, row, counts, facts)
    _add_relations(this, row, documents, counts, facts)
    designation = parse(reference)
    if designation is None:
        counts.unknown["reference that no grammar reads"] += 1
        _publish(this, ("ISO",), facts)
    else:
        _publish(this, designation.publishers, facts)
        _add_family(this, designation, row, facts)


def _pages(row: SourceRow) -> str:
    return row.number("pages.en") or row.number("pages.fr")


def _publish(this: _Document, publishers: tuple[str, ...], facts: Facts) -> None:
    for publisher in publishers:
        facts.link(this.iri, "std:publisher", iris.body(publisher))
        facts.name(iris.body(publisher), publisher)


def _add_stage(
    this: _Document, row: SourceRow, documents: dict[str, _Document], facts: Facts
) -> None:
    stage = StageCode.parse(row.text("currentStage"))
    if stage is None:
        return
    later = (documents.get(each) for each in row.numbers("replacedBy"))
    replaced = any(each is not None and each.published for each in later)
    facts.text(this.iri, "std:stageCode", str(stage))
    facts.concept(this.iri, "std:stage", f"stage:{stage.concept(replaced=replaced)}")


def _add_owner(this: _Document, row: SourceRow, facts: Facts) -> None:
    owner = row.text("ownerCommittee")
    if not owner:
        return
    committee = committees.parse(owner)
    if committee is not None:
        iri, name = iris.committee(committee), str(committee)
    else:
        body, _, group = owner.partition("/")
        iri, name = (iris.group(body, group) if group else iris.body(body)), owner
    facts.link(this.iri, "std:committee", iri)
    facts.name(iri, name)


def _add_deliverable(this: _Document, row: SourceRow, counts: Batch, facts: Facts) -> None:
    kind, supplement = row.text("deliverableType"), row.text("supplementType")
    if supplement.upper() in _SUPPLEMENTS:
        code: str | None = _SUPPLEMENTS[supplement.upper()][0]
    elif supplement:
        code = None
        counts.unknown[f"supplementType={supplement}"] += 1
    else:
        code = _DELIVERABLES.get(kind.upper())
        if kind and not code:
            counts.unknown[f"deliverableType={kind}"] += 1
    if code:
        facts.concept(this.iri, "std:deliverable", f"deliverable:{code}")


def _add_relations(
    this: _Document, row: SourceRow, documents: dict[str, _Document], counts: Batch, facts: Facts
) -> None:
    """Relate documents to those that they replace, or as drafts are to replace."""
    for later, earlier, field in _pairs(this, row, documents, counts):
        if later.iri == earlier.iri:
            counts.repairs["relation-to-itself"] += 1
            facts.concept(this.iri, "std:mended", "mending:relation-to-itself")
            continue
        if not later.published:
            property_ = "std:toReplace"
        elif earlier.published:
            property_ = "std:replaces"
        else:
            # A draft abandoned for a published document is not replaced by it.
            property_ = "std:relatedTo"
        facts.link(later.iri, property_, earlier.iri)
        other = earlier if field == "replaces" else later
        facts.name(other.iri, other.name)


def _pairs(
    this: _Document, row: SourceRow, documents: dict[str, _Document], counts: Batch
) -> Iterator[tuple[_Document, _Document, str]]:
    for field in ("replaces", "replacedBy"):
        for each in row.numbers(field):
            other = documents.get(each)
            if other is None:
                counts.unknown[f"{field}: a number without a row"] += 1
            else:
                yield (this, other, field) if field == "replaces" else (other, this, field)


def _add_family(this: _Document, designation: Designation, row: SourceRow, facts: Facts) -> None:
    """Add relations implied by the designation: base document, undated document, series."""
    related: list[tuple[str, Designation]] = []
    if designation.supplements:
        property_ = _SUPPLEMENTS.get(row.text("supplementType").upper(), ("", "std:relatedTo"))[1]
        base = replace(designation, supplements=designation.supplements[:-1])
        related.append((property_ if this.published else "std:relatedTo", base))
    elif not designation.stage:
        if undated(designation) != designation:
            related.append(("std:editionOf", undated(designation)))
        if designation.parts:
            related.append(("std:inSeries", replace(undated(designation), parts=())))
    for property_, other in related:
        facts.link(this.iri, property_, iris.document(other))
        facts.name(iris.document(other), str(other))
