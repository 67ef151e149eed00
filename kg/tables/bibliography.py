"""Read bibliographies as lists of references: BibTeX, RIS and CSL-JSON.

Fields of RIS are those of its tags as rispy names them; CSL-JSON has those of
https://docs.citationstyles.org/en/stable/specification.html#appendix-iv-variables.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from kg.common.errors import MissingPackageError, SourceError
from kg.identifiers import parse

EXTENSIONS: Final = (".bib", ".ris", ".json")
"""File extensions of bibliographies; .json is CSL-JSON."""
COLUMNS: Final = ("key", "type", "title", "year", "reference")
"""Columns of a bibliography as a list; the last one is matched."""
REFERENCE: Final = COLUMNS[-1]

_NUMBERS: Final = (
    *("number", "standard-number", "document_number", "report-number", "shorttitle", "titleshort"),
    *("title-short", "short_title", "custom1", "call_number", "issn", "isbn", "volume"),
    *("collection-title", "series"),
)
"""Fields that programs give the designation of a standard in, in the order of preference."""
_NOTES: Final = ("note", "notes", "annote", "howpublished", "archive_location")
"""Fields that may begin with a designation, if neither number nor title does."""
_BODIES: Final = (
    *("organization", "institution", "publisher", "authority", "school", "author"),
    *("first_authors", "authors"),
)
_TITLES: Final = ("title", "primary_title", "translated_title", "booktitle")
_ADDRESSES: Final = ("doi", "DOI", "isbn", "ISBN", "url", "URL", "urls")
_NOT_STANDARDS: Final = re.compile(
    r"article|book|inbook|incollection|inproceedings|conference|proceedings|thesis|mastersthesis"
    r"|phdthesis|jour|chap|cpaper|conf|thes|blog|mgzn|news|paper-conference|chapter|post"
    r"|article-(?:journal|magazine|newspaper)|edbook|ebook|echap|ejour|unpb|unpublished|inpr",
    re.IGNORECASE,
)
"""Types of entries whose titles are not those of standards; the rest may be."""
_WORDS: Final = 8
_PLAIN_NUMBER: Final = re.compile(r"[A-Z]{0,3}\d[\d.\-]*", re.IGNORECASE)
_YEAR: Final = re.compile(r"(?:18|19|20)\d\d")

Entry = Mapping[str, Any]


def read_bibliography(name: str, text: str) -> list[tuple[str, str, str, str, str]]:
    """Return a row of :data:`COLUMNS` for each entry; ``name`` is that of the file.

    The reference is the designation that an entry gives, under whatever field; else its DOI, ISBN
    or address; else its title, unless it is a book or an article. Raises SourceError for a file
    that can't be read, with the line, and MissingPackageError without the extra ``citations``.
    """
    reader = _READERS[next(each for each in EXTENSIONS if name.casefold().endswith(each))]
    entries = list(reader(name, text))
    if not entries:
        raise SourceError(f"{name}: holds no entry of a bibliography: check the file")
    return [_row(entry) for entry in entries]


def _row(entry: Entry) -> tuple[str, str, str, str, str]:
    kind = _text(entry.get("type_of_reference") or entry.get("ENTRYTYPE") or entry.get("type"))
    title = next(filter(None, (_text(entry.get(field)) for field in _TITLES)), "")
    year = _year(entry)
    key = _text(entry.get("ID") or entry.get("id"))
    return key, kind, title, year, _reference(entry, kind, title, year)


def _reference(entry: Entry, kind: str, title: str, year: str) -> str:
    numbers = [text for field in _NUMBERS if (text := _text(entry.get(field)))]
    notes = [text for field in _NOTES if (text := _text(entry.get(field)))]
    designations = (
        *map(leading_designation, (*numbers, title)),
        _composed(entry, numbers, year),
        *map(leading_designation, notes),
    )
    if found := next(filter(None, designations), ""):
        return found
    for field in _ADDRESSES:
        if text := _text(entry.get(field)):
            bare = field.casefold() == "doi" and "doi" not in text.casefold()
            return f"doi:{text}" if bare else text
    return "" if _NOT_STANDARDS.fullmatch(kind) else title


def _composed(entry: Entry, numbers: Iterable[str], year: str) -> str:
    """Return the designation that a body and a bare number make, with the year if there is one."""
    bodies = [text for field in _BODIES if (text := _text(entry.get(field)))]
    candidates = (
        text
        for number in numbers
        if _PLAIN_NUMBER.fullmatch(number)
        for body in bodies
        for text in ((f"{body} {number}:{year}",) if year else (f"{body} {number}",))
    )
    return next((text for text in candidates if parse(text) is not None), "")


def leading_designation(text: str) -> str:
    """Return the designation with which a text begins; empty without one.

    >>> leading_designation("ISO 9001:2008 Quality"), leading_designation("On ISO 9001:2008")
    ('ISO 9001:2008', '')
    """
    words = re.split(r"\s+|(?<=\d)(?=[,，:：《]\s|《)", text.strip().strip('"“”'))
    for count in range(min(len(words), _WORDS), 0, -1):
        candidate = " ".join(filter(None, words[:count])).rstrip(",，:：;.—–- ")
        if parse(candidate) is not None:
            return candidate
    return ""


def _year(entry: Entry) -> str:
    issued = entry.get("issued")
    if isinstance(issued, dict):
        parts = issued.get("date-parts") or [[issued.get("raw") or issued.get("literal") or ""]]
        issued = parts[0][0] if parts and parts[0] else ""
    for value in (entry.get("year"), entry.get("date"), entry.get("publication_year"), issued):
        if match := _YEAR.search(_text(value)):
            return match[0]
    return ""


def _text(value: Any) -> str:
    """Return a field as one line; of several values, such as authors, the first."""
    if isinstance(value, list):
        return _text(value[0]) if value else ""
    if isinstance(value, dict):
        return _text(value.get("literal") or value.get("family"))
    return "" if value is None else " ".join(str(value).replace("{", "").replace("}", "").split())


def _bibtex(name: str, text: str) -> Iterable[Entry]:
    try:
        from bibtexparser.entrypoint import parse_string
        from bibtexparser.middlewares import LatexDecodingMiddleware
        from bibtexparser.model import DuplicateBlockKeyBlock
        from bibtexparser.model import Entry as BibtexEntry
    except ImportError as error:
        raise _missing() from error
    # It reports broken entries in the log too, one by one.
    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)
    library = parse_string(text, append_middleware=[LatexDecodingMiddleware()])
    blocks: list[Any] = list(library.blocks)
    for place, block in enumerate(blocks):
        if isinstance(block, DuplicateBlockKeyBlock):
            blocks[place] = block.ignore_error_block
        elif block in library.failed_blocks:
            raise SourceError(f"{name}:{block.start_line + 1}: no entry of BibTeX: correct it")
    for block in blocks:
        if isinstance(block, BibtexEntry):
            fields = {field.key.casefold(): field.value for field in block.fields}
            # A field "type" says of what kind a report is.
            yield {**fields, "ENTRYTYPE": block.entry_type, "ID": block.key}


def _ris(name: str, text: str) -> Iterable[Entry]:
    try:
        import rispy
    except ImportError as error:
        raise _missing() from error
    try:
        entries: Iterable[Entry] = rispy.loads(text)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SourceError(f"{name}: not RIS: {error}: export it again") from error
    return entries


def _csl(name: str, text: str) -> Iterable[Entry]:
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise SourceError(f"{name}: not JSON: {error}: export it again") from error
    items = content.get("items") if isinstance(content, dict) else content
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise SourceError(f"{name}: not CSL-JSON, which is a list of entries: export it again")
    if not all("type" in item and ("title" in item or "number" in item) for item in items):
        raise SourceError(
            f"{name}: not CSL-JSON: an entry has no type, or neither title nor number"
        )
    return items


def _missing() -> MissingPackageError:
    return MissingPackageError(
        "bibliographies need packages that are not installed: pip install 'stdkg[citations]'"
    )


_READERS: Final[Mapping[str, Callable[[str, str], Iterable[Entry]]]] = {
    ".bib": _bibtex,
    ".ris": _ris,
    ".json": _csl,
}
