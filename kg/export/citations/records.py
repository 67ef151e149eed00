"""Bibliographic records: CSL-JSON, BibTeX, BibLaTeX, RIS, MARC 21 and MARCXML."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from kg.common.errors import MissingPackageError
from kg.export.citations.document import CitedDocument

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pymarc import Field, Record

_MARC_LANGUAGES: Final = {"en": "eng", "fr": "fre", "zh": "chi", "ja": "jpn", "de": "ger"}
"""MARC Code List for Languages."""


@contextmanager
def extra() -> Iterator[None]:
    """Turn a missing package into a MissingPackageError that says how to install it."""
    try:
        yield
    except ImportError as error:
        raise MissingPackageError(
            f"{error.name} is not installed: pip install 'stdkg[citations]'"
        ) from error


def csl_item(document: CitedDocument) -> dict[str, Any]:
    """Return a document as an item of CSL-JSON (CSL 1.0.2), without empty fields."""
    date = document.published
    parts = [part for part in (date.year, date.month, date.day) if part] if date else []
    item: dict[str, Any] = {
        "id": document.key,
        "type": "standard",
        "title": document.title or document.number,
        "number": document.number,
        "publisher": ", ".join(document.publishers),
        "issued": {"date-parts": [parts]} if parts else None,
        "edition": document.edition,
        "URL": document.address,
        "language": document.language,
    }
    return {name: value for name, value in item.items() if value}


def csl_json(documents: Sequence[CitedDocument]) -> bytes:
    """Return documents in CSL-JSON."""
    items = [csl_item(document) for document in documents]
    return (json.dumps(items, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def bibtex(documents: Sequence[CitedDocument]) -> bytes:
    """Return documents in BibTeX, which has no type for standards, as ``techreport``."""
    return _bibtex(documents, "techreport", {"institution": "publisher"})


def biblatex(documents: Sequence[CitedDocument]) -> bytes:
    """Return documents in BibLaTeX, as ``standard`` with full dates."""
    return _bibtex(documents, "standard", {"organization": "publisher"})


def _bibtex(documents: Sequence[CitedDocument], type_: str, body: dict[str, str]) -> bytes:
    with extra():
        from pybtex.database import BibliographyData, Entry
    [body_field] = body
    entries = {}
    for document in documents:
        date = document.published
        fields = {
            # Braces keep capitals as they are.
            "title": "{" + (document.title or document.number) + "}",
            "number": document.number,
            body_field: ", ".join(document.publishers),
            "type": "Standard" if type_ == "techreport" else "",
            "edition": document.edition,
            "url": document.address,
            "langid" if type_ == "standard" else "language": document.language,
        }
        if date and type_ == "standard":
            fields["date"] = str(date)
        elif date:
            fields["year"] = str(date.year)
            fields["month"] = str(date.month) if date.month else ""
        entries[document.key] = Entry(type_, [(k, v) for k, v in fields.items() if v])
    text: str = BibliographyData(entries).to_string("bibtex")
    return text.encode("utf-8")


def ris(documents: Sequence[CitedDocument]) -> bytes:
    """Return documents in RIS, type ``STAND``."""
    with extra():
        import rispy
    entries = []
    for document in documents:
        date = document.published
        parts = (f"{part:02}" if part else "" for part in (date.month, date.day)) if date else ()
        day = "/".join((f"{date.year:04}", *parts, "")) if date else ""
        entry = {
            "type_of_reference": "STAND",
            "title": document.title or document.number,
            "number": document.number,
            "publisher": ", ".join(document.publishers),
            "year": f"{date.year:04}" if date else "",
            "date": day,
            "edition": document.edition,
            "urls": [document.address] if document.address else [],
            "language": document.language,
        }
        entries.append({name: value for name, value in entry.items() if value})
    return str(rispy.dumps(entries, implementation=_unnumbered(rispy))).encode("utf-8")


def _unnumbered(rispy: Any) -> Any:
    """Return a writer of RIS that writes nothing before a record, as the format says."""

    class Writer(rispy.RisWriter):  # type: ignore[misc]
        def set_header(self, count: int) -> str:
            return ""

    return Writer


def _add(record: Record, field: Field) -> None:
    record.add_field(field)  # type: ignore[no-untyped-call]


def _marc_record(document: CitedDocument) -> Record:
    """Return a document as a record of MARC 21; fields by the tags of the format."""
    from pymarc import Field, Indicators, Record, Subfield

    def field(tag: str, indicators: str, **subfields: str) -> None:
        filled = [Subfield(code, value) for code, value in subfields.items() if value]
        if filled:
            _add(record, Field(tag=tag, indicators=Indicators(*indicators), subfields=filled))

    record = Record(force_utf8=True)
    record.leader[6:8] = "am"  # type: ignore[index]
    _add(record, Field(tag="001", data=document.key))
    year = f"{document.published.year:04}" if document.published else "    "
    language = _MARC_LANGUAGES.get(document.language, "und")
    _add(record, Field(tag="008", data=f"      s{year}    xx{' ' * 18}{language} d"))
    field("024", "8 ", a=document.number)
    field("245", "00", a=document.title or document.number)
    field("250", "  ", a=document.edition)
    field("264", " 1", b=", ".join(document.publishers), c=str(document.published or ""))
    field("655", " 7", a="Standards.", **{"2": "lcgft"})
    field("856", "40", u=document.address)
    return record


def marc21(documents: Sequence[CitedDocument]) -> bytes:
    """Return documents in MARC 21 (ISO 2709), in UTF-8."""
    with extra():
        import pymarc  # noqa: F401
    return b"".join(_marc_record(document).as_marc() for document in documents)


def marcxml(documents: Sequence[CitedDocument]) -> bytes:
    """Return documents in MARCXML."""
    with extra():
        from pymarc import XMLWriter
    stream = io.BytesIO()
    writer = XMLWriter(stream)
    for document in documents:
        writer.write(_marc_record(document))
    writer.close(close_fh=False)
    return stream.getvalue()
